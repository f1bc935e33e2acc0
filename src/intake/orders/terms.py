"""The term of a point: the phrase as it stands, whole, for the reader of terms."""

from __future__ import annotations

import re

_MONTHS = "январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_DAY = (
    rf"(?:«?\s*\d{{1,2}}\s*»?\s+(?:{_MONTHS})[а-яё]*(?:\s+\d{{4}})?|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}\.\d{{1,2}})"
    r"(?:\s*(?:года|г\.?))?"
)
#: «Срок: …», «Срок исполнения – …» up to the end of the sentence or the next word of the form
_NAMED = re.compile(
    r"срок\w*(?:\s+исполнения)?\s*[:–—-]\s*(?P<term>.+?)\s*"
    r"(?=\.\s+[А-ЯЁ]|;|\.?\s*[,;(]?\s*(?:ответственн|контрол)|\.?\)?\s*$)",
    re.IGNORECASE | re.DOTALL,
)
_PIECES = (
    # «ежеквартально», «раз в полугодие», «по итогам квартала»
    r"(?:ежедневно|еженедельно|ежемесячно|ежеквартально|ежегодно|постоянно|незамедлительно)",
    r"(?:(?:один|два|три|\d+)\s+)?раза?\s+в\s+(?:неделю|месяц|квартал|полугодие|год|(?:два|три|\d+)\s+года)",
    r"по\s+итогам\s+(?:каждо\w+\s+)?(?:месяца|квартала|четверти|полугодия|(?:учебного\s+)?года)",
    r"по\s+мере\s+необходимости",
    # «до 5 числа месяца, следующего за отчётным кварталом»
    r"(?:до|не\s+позднее)\s+\d{1,2}(?:-?го)?\s+числа(?:\s+каждого)?(?:\s+месяца)?"
    r"(?:,?\s+следующего\s+за\s+отч[её]тным(?:\s+(?:периодом|кварталом|месяцем))?)?",
    # «с 1 по 15 октября 2026 года»
    rf"с\s+\d{{1,2}}(?:\.\d{{1,2}}(?:\.\d{{4}})?|\s+(?:{_MONTHS})[а-яё]*(?:\s+\d{{4}})?)?(?:\s+года)?\s+(?:по|до)\s+{_DAY}",
    rf"(?:до|не\s+позднее|по)\s+{_DAY}(?:\s*(?:,|и)\s*(?:до\s+)?{_DAY})*",
    r"в\s+течение\s+[^,.;]+",
    rf"(?:в|во|к)\s+(?:{_MONTHS})[а-яё]*(?:\s*(?:,|и|-|–)\s*(?:{_MONTHS})[а-яё]*)*(?:\s+\d{{4}})?(?:\s+года|\s+г\.)?",
    # a day that is not that of an act
    r"(?<!\bот )(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?:\s*(?:года|г\.?))?(?!\s*№)",
)
_PIECE = re.compile(rf"(?<![\w-])(?:{'|'.join(f'(?:{piece})' for piece in _PIECES)})(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,]*(?:и\s+)?", re.IGNORECASE)


def term_in(text: str) -> str:
    """The phrase of the term; empty when the text has none.

    Words that stand together belong together: «ежеквартально, до 5 числа» is one term.
    """
    if named := _NAMED.search(text):
        return _trimmed(named.group("term"))
    pieces = list(_PIECE.finditer(text))
    if not pieces:
        return ""
    start, end = pieces[0].span()
    for piece in pieces[1:]:
        if not _BETWEEN.fullmatch(text[end : piece.start()]):
            break
        end = piece.end()
    return _trimmed(text[start:end])


def term_place(text: str) -> int:
    """Where the term begins; the length of the text when there is none."""
    found = _PIECE.search(text)
    return found.start() if found else len(text)


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" ,;(.")
