"""A phrase as comparable text: one kind of dash, space and letter, glued and doubled words apart. Length may change."""

from __future__ import annotations

import re
from typing import Final

from intake.fields.text import LOOKALIKES, clean_text

_DASHES: Final = re.compile(r"[‐‑‒–—―−⁃]")
_QUOTES: Final = re.compile(r"[«»“”„\"'`’]")
_TAGS: Final = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_LATIN_WORD: Final = re.compile(r"[A-Za-zА-Яа-яІіЇї]*[A-Za-zІіЇї][A-Za-zА-Яа-яІіЇї]*")
_ROMAN: Final = re.compile(r"(?:i{1,3}|iv|v|vi{1,3}|ix|x|xi{0,2})")
#: letters that stand for Roman digits in texts typed or scanned with a Russian keyboard
_ROMAN_LIKE: Final = str.maketrans("іІХх|", "iixxi")
_GLUE: Final = re.compile(
    r"(?<=[а-я])(?=\d)|(?<=\d)(?=(?:г|гг|год|года|кв|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\b)"
)
#: a scanner takes zero for «О», one for «l» and three for «З», but only beside other digits
_LOOKS_DIGIT: Final = re.compile(r"(?<![а-яa-z\d])(?=[оo]?\d|[оozзlі|]\d|\d[оozзlі|])[\dоozзlі|]{2,4}(?![а-яa-z\d])")
_DIGITS: Final = str.maketrans("оoзzlі|", "0033111")
#: a narrow column tears the year of a date: «20.09.202 6»
_TORN_YEAR: Final = re.compile(r"(\b\d{1,2}\.\d{1,2}\.)(\d{1,3}) (\d{1,3})(?![\d.])")
#: «3. до 15 октября» is the third item of a list; «3. октября» and «3. четверть» are counted
_ITEM: Final = re.compile(
    r"^\d{1,2}[.)] +(?=[а-я]{2,})"
    r"(?!(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)я\b|марта\b|мая\b|августа\b"
    r"|(?:кв|четв|полуг|тримест|декад|недел|нед|половин|числ|класс|кл|этап|раз|дн|день|рабоч|календ|мес|год|г)[а-я]*\b)"
)
_DITTO: Final = re.compile(r"[\s\-/\\.,\"'«»“”„=_]*(?:\"|//|»\s*$|-[\"/»]|,,)[\s\-/\\.,\"'«»“”„=_]*")


def fold(phrase: str) -> str:
    """The phrase in lower case with «ё» as «е», Cyrillic look-alikes for Latin letters, Latin Roman numerals."""
    text = _TAGS.sub(" ", clean_text(phrase))
    text = _DASHES.sub("-", _QUOTES.sub(" ", text)).casefold().replace("ё", "е")
    text = _LOOKS_DIGIT.sub(lambda match: match.group().translate(_DIGITS), text)
    text = _TORN_YEAR.sub(_whole_year, text)
    text = _LATIN_WORD.sub(_cyrillic, re.sub(r"\.{2,}|…", "-", text))
    text = _GLUE.sub(" ", _ITEM.sub("", text))
    text = re.sub(r"\b(по|до|с|в|на)(?: \1)+\b", r"\1", text)
    return re.sub(r" {2,}", " ", text).strip()


def is_ditto(phrase: str) -> bool:
    """The cell says «as above» by marks alone: -//-, «»», ,,"""
    return bool(_DITTO.fullmatch(phrase.strip()))


def _whole_year(match: re.Match[str]) -> str:
    year = match.group(2) + match.group(3)
    return match.group(1) + year if re.fullmatch(r"(?:19|20)\d\d", year) else match.group()


def _cyrillic(match: re.Match[str]) -> str:
    word = match.group()
    roman = word.translate(_ROMAN_LIKE)
    if _ROMAN.fullmatch(roman):
        return roman
    return word.translate(LOOKALIKES)
