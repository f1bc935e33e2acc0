"""What the reader of values does not tell of an XLSX: months among dates, hidden rows, formulas without values."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
#: built-in format «mmm-yy»
_MONTH_FORMAT = 17
_NOT_CODE = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(slots=True)
class SheetMarks:
    """`months`: places (row, column from 0) of dates shown as a month; `hidden`: numbers of hidden rows from 1;
    `unread`: cells with a formula that nobody has computed."""

    months: set[tuple[int, int]] = field(default_factory=set)
    hidden: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def marks_of_workbook(data: bytes) -> dict[str, SheetMarks]:
    """Marks by name of the sheet; nothing when the parts cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _month_styles(archive)
            return {name: _marks(archive.read(path), styles) for name, path in _sheets(archive)}
    except (etree.XMLSyntaxError, ValueError, KeyError, zipfile.BadZipFile, RuntimeError, OSError):
        return {}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = {
        one.get("Id"): (one.get("Target") or "").lstrip("/")
        for one in _parsed(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in _parsed(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = links.get(sheet.get(f"{_LINKS}id"))
        if target:
            yield sheet.get("name") or "", target if target.startswith("xl/") else f"xl/{target}"


def _month_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """Numbers of cell styles that show a date without its day."""
    root = _parsed(archive.read("xl/styles.xml"))
    own = {one.get("numFmtId"): one.get("formatCode") or "" for one in root.iter(f"{_MAIN}numFmt")}
    styles = root.find(f"{_MAIN}cellXfs")
    return frozenset(
        str(place)
        for place, one in enumerate(styles if styles is not None else ())
        if _is_month(own.get(one.get("numFmtId"), ""), one.get("numFmtId") or "")
    )


def _is_month(code: str, number: str) -> bool:
    letters = _NOT_CODE.sub("", code).casefold().split(";")[0]
    return number == str(_MONTH_FORMAT) or ("m" in letters and not set(letters) & set("dhs"))


def _marks(part: bytes, styles: frozenset[str]) -> SheetMarks:
    result = SheetMarks()
    if not styles and b"hidden=" not in part and b"<f" not in part:
        return result
    for row in _parsed(part).iter(f"{_MAIN}row"):
        if row.get("hidden") in ("1", "true") and len(row):
            result.hidden.append(int(row.get("r") or 0))
        for cell in row:
            place = _PLACE.fullmatch(cell.get("r") or "")
            if place is None:
                continue
            if cell.get("s") in styles:
                result.months.add((int(place[2]) - 1, _column(place[1])))
            value = cell.find(f"{_MAIN}v")
            if cell.find(f"{_MAIN}f") is not None and (value is None or not value.text):
                result.unread.append(place[0])
    return result


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _parsed(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
