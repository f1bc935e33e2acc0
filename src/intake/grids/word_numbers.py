"""Automatic numbers of Word lists: what a reader sees before a paragraph though it is not in its text."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ALPHABET = "абвгдежзиклмнопрстуфхцчшщэюя"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str


@dataclass(slots=True)
class Numbering:
    """Counters of all lists of a document."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # list → level → its form
    abstract: dict[str, str] = field(default_factory=dict)  # list → definition that lists share
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style → list, level
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _started: set[str] = field(default_factory=set)

    def next_number(self, paragraph: etree._Element) -> str:
        """Number of the paragraph («2.1.», "" for bullets and paragraphs outside of lists); moves the counters."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        list_, level = found
        form = self.levels.get(list_, {}).get(level)
        if form is None:
            return ""
        key = self.abstract.get(list_, list_)
        if list_ not in self._started:
            self._started.add(list_)
            self._restart(list_, key)
        self._counts[key, level] = self._counts.get((key, level), form.start - 1) + 1
        for deeper in range(level + 1, 9):
            self._counts.pop((key, deeper), None)
        return (
            ""
            if form.kind in ("bullet", "none")
            else _PLACE.sub(lambda match: self._part(list_, key, match), form.text)
        )

    def _restart(self, list_: str, key: str) -> None:
        """A list with its own start begins anew even when it shares its definition."""
        if f"{list_}!" in self.abstract:
            for level in range(9):
                self._counts.pop((key, level), None)

    def _part(self, list_: str, key: str, match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        form = self.levels[list_].get(level)
        if form is None:
            return ""
        return _written(self._counts.get((key, level), form.start), form.kind)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        own = properties.find(f"{_W}numPr")
        style = properties.find(f"{_W}pStyle")
        inherited = self.styles.get(style.get(f"{_W}val") or "") if style is not None else None
        if own is None:
            return inherited
        list_, level = _attribute(own, "numId"), _attribute(own, "ilvl")
        if list_ == "0":
            return None
        if not list_:
            return (inherited[0], int(level or 0)) if inherited else None
        return list_, int(level) if level.isdecimal() else 0


def numbering_of(archive: zipfile.ZipFile) -> Numbering:
    """Lists of the document; an unreadable part of lists is as good as none."""
    names = set(archive.namelist())
    result = Numbering()
    try:
        if "word/numbering.xml" in names:
            _read_lists(_parsed(archive, "word/numbering.xml"), result)
        if "word/styles.xml" in names:
            _read_styles(_parsed(archive, "word/styles.xml"), result)
    except (etree.XMLSyntaxError, ValueError, KeyError, zipfile.BadZipFile):
        return Numbering()
    return result


def _parsed(archive: zipfile.ZipFile, path: str) -> etree._Element:
    return etree.fromstring(archive.read(path), etree.XMLParser(resolve_entities=False, no_network=True))


def _read_lists(root: etree._Element, result: Numbering) -> None:
    definitions = {one.get(f"{_W}abstractNumId") or "": _levels(one) for one in root.iter(f"{_W}abstractNum")}
    for one in root.iter(f"{_W}num"):
        list_, abstract = one.get(f"{_W}numId") or "", _attribute(one, "abstractNumId")
        levels = dict(definitions.get(abstract, {}))
        for override in one.iter(f"{_W}lvlOverride"):
            level = int(override.get(f"{_W}ilvl") or 0)
            levels |= _levels(override)
            start = _attribute(override, "startOverride")
            if start.isdecimal() and level in levels:
                levels[level] = _Level(int(start), levels[level].kind, levels[level].text)
                result.abstract[f"{list_}!"] = ""
        result.levels[list_] = levels
        result.abstract[list_] = abstract


def _levels(definition: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in definition.iter(f"{_W}lvl"):
        number = level.get(f"{_W}ilvl") or "0"
        start = _attribute(level, "start")
        if number.isdecimal():
            form = _Level(
                int(start) if start.isdecimal() else 1,
                _attribute(level, "numFmt") or "decimal",
                _attribute(level, "lvlText"),
            )
            found[int(number)] = form
    return found


def _read_styles(root: etree._Element, result: Numbering) -> None:
    for style in root.iter(f"{_W}style"):
        own = style.find(f"{_W}pPr/{_W}numPr")
        if own is not None and (list_ := _attribute(own, "numId")) and list_ != "0":
            level = _attribute(own, "ilvl")
            result.styles[style.get(f"{_W}styleId") or ""] = (list_, int(level) if level.isdecimal() else 0)


def _attribute(parent: etree._Element, name: str) -> str:
    found = parent.find(f"{_W}{name}")
    return (found.get(f"{_W}val") or "") if found is not None else ""


def _written(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 90:
        text, rest = "", number
        for value, letters in _ROMAN:
            count, rest = divmod(rest, value)
            text += letters * count
        return text if kind == "upperRoman" else text.lower()
    if kind == "russianLower" and 0 < number <= len(_ALPHABET):
        return _ALPHABET[number - 1]
    return f"{number:02}" if kind == "decimalZero" else str(number)
