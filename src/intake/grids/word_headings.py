"""Paragraphs that Word itself marks as headings: by the style, by what the style is based on, by the outline level."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAME = re.compile(r"^(?:heading|заголовок)\s*([1-9])", re.IGNORECASE)
#: styles are based on one another no deeper than this
_DEEPEST = 12


def levels_of_styles(archive: zipfile.ZipFile) -> dict[str, int]:
    """Style → level of heading 1–9; styles of plain text are left out, an unreadable part has no headings."""
    try:
        root = etree.fromstring(
            archive.read("word/styles.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except (etree.XMLSyntaxError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
    own: dict[str, int] = {}
    bases: dict[str, str] = {}
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId") or ""
        bases[name] = _attribute(style, "basedOn")
        named = _NAME.match(_attribute(style, "name"))
        level = int(named[1]) if named else _outline(style)
        if level:
            own[name] = level
    return {name: level for name in bases if (level := _inherited(name, own, bases))}


def heading_level(paragraph: etree._Element, styles: Mapping[str, int]) -> int:
    """Level of the paragraph, 0 when it is no heading."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return 0
    return _outline(paragraph) or styles.get(_attribute(properties, "pStyle"), 0)


def _inherited(name: str, own: Mapping[str, int], bases: Mapping[str, str]) -> int:
    for _ in range(_DEEPEST):
        if name in own or not name:
            break
        name = bases.get(name, "")
    return own.get(name, 0)


def _outline(element: etree._Element) -> int:
    """Outline level of a paragraph or style: «0» is the first, «9» is text."""
    found = element.find(f"{_W}pPr/{_W}outlineLvl")
    value = found.get(f"{_W}val") or "" if found is not None else ""
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0


def _attribute(parent: etree._Element, name: str) -> str:
    found = parent.find(f"{_W}{name}")
    return (found.get(f"{_W}val") or "") if found is not None else ""
