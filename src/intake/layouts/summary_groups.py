"""Groups of summary reports: «Вся выборка», a region, «Район(reg20_m012)», «МБОУ «СОШ № 1»(edu990001)»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.contracts import GroupLevel
from intake.fields.text import clean, header_key

_CODE = re.compile(r"^(?P<name>.*?)\s*\(\s*(?P<code>[A-Za-zА-Яа-я]{2,4}\d+(?:_[A-Za-zА-Яа-я]*\d+)?)\s*\)$")
_COUNTRY = re.compile(r"вся выборка|рф|россия|российская федерация|вся россия|по стране")
_REGION = re.compile(r"\b(?:край|область|республика|автономный округ|автономная область)\b")
_MUNICIPALITY = re.compile(r"\b(?:муниципальный|муниципальное|городской округ|район|округ|го|мо|мр)\b")
#: Words of names of schools, kindergartens, colleges; a bare name without them is a region («Дагестан»).
_ORGANIZATION = re.compile(
    r"школ|гимнази|лице[йя]|интернат|колледж|техникум|училищ|кадет|учрежден|детск|\bсад\b|центр|академи|прогимнази"
    r"|\b(?:м|г|ч|о|фг|к|а|б|н)*(?:оу|доу|одо|удо|поу)\b|\b(?:с|о|н)(?:о)?ш\b|\bсш\b|\bоо\b|№|\d"
)
#: A school of a district names the district too: «МБОУ СОШ № 2 Примерского района».
_SCHOOL_FIRST = re.compile(
    r"(?:[мгчо][а-я]{2,5}у|с[о]?ш|о?ош|школа|гимназия|лицей|муниципальное \w* ?\w* ?учреждение)\b"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as printed: its level, name without the code, code («edu990001», «reg99_m012») or ""."""

    level: GroupLevel
    name: str
    code: str = ""


def read_group(text: object) -> Group:
    """Group of a cell; the level follows from the code, and without one from the words of the name."""
    printed = clean(text)
    match = _CODE.match(printed)
    if match is not None:
        return Group(level_of_code(match["code"]), match["name"].strip() or match["code"], match["code"])
    return Group(_level_of_words(header_key(printed)), printed)


def level_of_code(code: str) -> GroupLevel:
    """`reg20_m012` is a municipality, `reg20` a region, anything else an organization."""
    if not code.casefold().startswith("reg"):
        return GroupLevel.ORGANIZATION
    return GroupLevel.MUNICIPALITY if "_" in code else GroupLevel.REGION


def _level_of_words(words: str) -> GroupLevel:
    if _COUNTRY.fullmatch(words):
        return GroupLevel.COUNTRY
    if _ORGANIZATION.search(words) and _SCHOOL_FIRST.match(words):
        return GroupLevel.ORGANIZATION
    if _MUNICIPALITY.search(words) and not re.search(r"\bавтономный округ\b", words):
        return GroupLevel.MUNICIPALITY
    is_organization = _ORGANIZATION.search(words) is not None and not _REGION.search(words)
    return GroupLevel.ORGANIZATION if is_organization else GroupLevel.REGION
