"""The short notation in which works of the demo are written, and its reader.

A line is `* code name` (content element), `# name` (section) or an item: `label max level element skill…`.
Labels of criteria carry the Cyrillic «К».
"""

from __future__ import annotations

from dataclasses import dataclass

from qualimetry.frames.blueprint import Item


@dataclass(frozen=True, slots=True)
class WorkText:
    """Items of a work with the names of their content elements by code."""

    items: tuple[Item, ...]
    element_names: dict[str, str]


def parse_work(text: str) -> WorkText:
    """Items in the order of `text`; raises ValueError on an item whose element was not named before."""
    names: dict[str, str] = {}
    items: list[Item] = []
    section = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("*"):
            _, code, name = line.split(maxsplit=2)
            names[code] = name
        elif line.startswith("#"):
            section = line[1:].strip()
        else:
            items.append(_parse_item(line, section, names))
    return WorkText(tuple(items), names)


def _parse_item(line: str, section: str, names: dict[str, str]) -> Item:
    label, max_score, level, code, skill = line.split(maxsplit=4)
    if code not in names:
        raise ValueError(f"item {label}: element {code} has no name")
    return Item(label, int(max_score), level, (code,), (skill,), section)
