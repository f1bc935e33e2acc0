"""Headers of item columns in all their spellings → label and maximum."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from intake.contracts import ItemClaim
from intake.fields.text import LOOKALIKES, clean_text, header_text

#: 2020 export: a-1-grade
_RAW_EXPORT = re.compile(r"a-(\d{1,2})-grade")
_LATIN_WORD = re.compile(r"(?:item|task|question|q|i)[ _#№.-]*(?=\d)")
_PREFIX = (
    r"(?:балл(?:ы|ов)?\.? ?)?(?:за |по )?(?:выполнение )?"
    r"(?:(?:задани[еяю]|задача|задачу|вопрос|зад|критери[йя]|з)\b\.? ?|з(?=\d))?(?:№|n)? ?"
)
_NUMBER = r"\d{1,2}(?!\d)(?:[.,]\d{1,2}(?!\d)){0,2}"
_LABEL = (
    rf"(?P<number>{_NUMBER})\.?(?P<sub>\(\d{{1,2}}\))?(?: ?[-_.]? ?к\.? ?-?(?P<criterion>\d{{1,2}})|(?P<letter>[а-е]))?"
    r"|(?P<lone>[авск]|[гифсо]к)[ .-]?(?P<lone_number>\d{1,2}(?:\.\d{1,2})?)"
)
_POINTS = r"б(?:алл(?:а|ов)?)?\.?"
_MAXIMUM = (
    rf"(?P<max_points>\d{{1,2}}) ?{_POINTS}(?: ?макс\w*\.?)?"
    rf"|(?:макс\w*\.?(?: балл\w*)?|мах|мaкс|до|из|0 ?[-–—])[ .:=-]*(?P<max_word>\d{{1,2}})(?: ?{_POINTS})?"
)
_ITEM = re.compile(
    rf"{_PREFIX}(?:{_LABEL})(?: (?:задани[ея]|зад|вопрос)\.?)?"
    rf"(?:(?:[ ,;:/–—-]*[(\[]? ?(?:{_MAXIMUM}) ?[)\]]?)|(?: [(\[](?P<bare>\d{{1,2}})[)\]]))?\.?"
)
#: number and maximum, «2/3»: read only where the headers of a row are written so together
_FRACTION = re.compile(rf"(?:(?:задание|зад\.?|№) ?)?({_NUMBER}(?:к\d{{1,2}})?) ?[/\\] ?(\d{{1,2}})")
_QUOTES = str.maketrans("", "", "\"'«»“”„`")


def parse_item_header(text: object, column: str | None = None) -> ItemClaim | None:
    """Item of a column with this header, None when it is not an item.

    «1 (2б)», «5(1) (1б)», «9.1», «4К1 (3б)», «11.3 k1 (2б)», «1⏎3б», «балл за 1», «a-1-grade», «1.1.К1», «"1,2"»,
    «Задание 5», «№ 5 (макс. 2)», «К3», «С1», «ГК1». Labels come out as «9.1», «4К1», «11.3К1», «5(1)».
    A bare number is an item too: whether it is one depends on its neighbours, which is for the caller to see.
    """
    found = _parsed(text if isinstance(text, str) else header_text(text))
    if found is None or column is None:
        return found
    return ItemClaim(found.label, found.max_score, column=column)


@lru_cache(maxsize=8192)
def _parsed(raw: str) -> ItemClaim | None:
    text = clean_text(raw)
    if not text or len(text) > 60:
        return None
    lowered = text.translate(_QUOTES).strip().casefold().replace("ё", "е")
    if exported := _RAW_EXPORT.fullmatch(lowered):
        return ItemClaim(exported.group(1))
    match = _ITEM.fullmatch(_LATIN_WORD.sub("", lowered, count=1).translate(LOOKALIKES))
    if match is None:
        return None
    points = match["max_points"] or match["max_word"] or match["bare"]
    maximum = int(points) if points else None
    return ItemClaim(_label(match), maximum if maximum else None)


def fraction_headers(cells: Sequence[object]) -> dict[int, ItemClaim]:
    """Item by place of the cells written as number and maximum («1/1», «2/3»), when at least two are."""
    found = _dated_headers(cells)
    for place, cell in enumerate(cells):
        text = clean_text(cell).casefold().translate(LOOKALIKES) if isinstance(cell, str) and "/" in cell else ""
        match = _FRACTION.fullmatch(text)
        item = parse_item_header(match[1]) if match else None
        if match and item is not None and int(match[2]):
            found[place] = replace(item, max_score=int(match[2]))
    labels = {item.label for item in found.values()}
    return found if len(labels) == len(found) > 1 else {}


def _dated_headers(cells: Sequence[object]) -> dict[int, ItemClaim]:
    """«2/3» that a spreadsheet took for the second of March. The dates are labels «2.1», «2.2» unless every day stands
    once and some month is no first or following part of its number."""
    dates = {place: cell for place, cell in enumerate(cells) if isinstance(cell, dt.date)}
    days = [cell.day for cell in dates.values()]
    if len(days) < 2 or len(set(days)) < len(days) or all(cell.month == 1 for cell in dates.values()):
        return {}
    return {place: ItemClaim(str(cell.day), cell.month) for place, cell in dates.items()}


def _label(match: re.Match[str]) -> str:
    if match["lone"]:
        return f"{match['lone'].upper()}{match['lone_number']}"
    numbers = [str(int(part)) for part in re.split(r"[.,]", match["number"])]
    if len(numbers) == 2 and numbers[1] == "0":  # the number 1 written as 1.0
        numbers.pop()
    label = ".".join(numbers) + (match["sub"] or "")
    if match["criterion"]:
        return f"{label}К{int(match['criterion'])}"
    return f"{label}{(match['letter'] or '').upper()}"


def distinct_labels(items: Sequence[ItemClaim]) -> list[ItemClaim]:
    """Items with unique labels: a numeric cell «5.10» reads as 5.1 and is told by following 5.9; any other
    repetition gets a mark «1 (2)»."""
    seen: set[str] = set()
    result: list[ItemClaim] = []
    previous = ""
    for item in items:
        label = item.label
        if label in seen:
            label = _tenth_after(previous, label) or label
        number = 2
        while label in seen:
            label, number = f"{item.label} ({number})", number + 1
        seen.add(label)
        previous = label
        result.append(item if label == item.label else replace(item, label=label))
    return result


def _tenth_after(previous: str, label: str) -> str | None:
    head, dot, tail = label.rpartition(".")
    if dot and tail.isdecimal() and previous == f"{head}.{int(tail) * 10 - 1}":
        return f"{head}.{int(tail) * 10}"
    return None


def is_bare_number(text: object) -> bool:
    """Whether the header is nothing but a number, as in tables of marks («2», «3») as well as of items."""
    return re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2}){0,2}", header_text(text).strip()) is not None
