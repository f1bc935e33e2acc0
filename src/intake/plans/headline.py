"""What the text around the table says: title of the plan, period, list of abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.fields.text import clean_text

_TITLE = re.compile(
    r"^(?:сетевой\s+)?(?:план\b|план[-–—\s]+график|планы?\s+мероприятий|комплексный\s+план|комплекс\s+мер|дорожная\s+карта"
    r"|«дорожная карта»|циклограмма|график\b|календарь\b|календарный\s+план|годовой\s+план"
    r"|программа\s+мероприятий|перспективный\s+план"
    r"|муниципальн\w+\s+(?:план|циклограмма)|единый\s+план|рабочий\s+план|(?:комплекс|перечень|система)\s+мероприятий"
    r"|мероприятия\s+по|(?:годовая|единая)\s+циклограмма|межведомственный\s+(?:комплексный\s+)?план|план\w*[-–—]\w+)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:на|за|в|во)\s+(?:\d{4}\s*[-–—/]\s*\d{2,4}(?:\s*(?:(?:учебн\w+|уч\.?)\s*)?г(?:од(?:ы|а|ов)?|\.\s?г\.|г\.|\.))?"
    r"|\d{4}\s*(?:год|г\.)|(?:[IVX]+|\d)\s+(?:квартал|полугодие)\s+\d{4}\s*(?:года|г\.)"
    r"|(?:январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)\s+\d{4}\s*(?:года|г\.))",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\d{4}")
#: lines of a title at most
_LINES = 5


def title_of(paragraphs: Sequence[str]) -> str:
    """Title of the plan: the last paragraph before the table that names a plan, with the lines that go on."""
    for place in range(len(paragraphs) - 1, -1, -1):
        if _TITLE.match(clean_text(paragraphs[place]).lstrip('«" ')) and len(paragraphs[place]) < 400:
            return _whole(paragraphs, place)
    return ""


def is_title(text: str) -> bool:
    """Whether a paragraph names a plan: «План мероприятий …», «Циклограмма …»."""
    return bool(_TITLE.match(clean_text(text).lstrip('«" ')))


def period_of(title: str) -> str:
    """«на 2020-2021 учебный год» of the title."""
    match = _PERIOD.search(clean_text(title))
    return match[0] if match else ""


def years_of(period: str) -> list[int]:
    """Four-figure years of the period."""
    return [int(year) for year in _YEARS.findall(period)]


def _whole(paragraphs: Sequence[str], place: int) -> str:
    lines = [clean_text(paragraphs[place])]
    for text in paragraphs[place + 1 : place + _LINES]:
        text = clean_text(text)
        if (
            not text
            or len(text) > 250
            or text.endswith((":", ";"))
            or re.match(r"^(?:\d+[.)]|[IVX]+\.|приложение)", text, re.IGNORECASE)
        ):
            break
        lines.append(text)
    return " ".join(lines)
