"""Content elements, skills, sections and levels of a blueprint as groups of items."""

from __future__ import annotations

from dataclasses import dataclass

from qualimetry.frames.blueprint import Blueprint, Item
from qualimetry.statistics.campaign import ItemGroup


@dataclass(frozen=True, slots=True)
class Element:
    """A content element, skill, section or level with the positions (from 1) of its items."""

    kind: str
    code: str
    name: str
    positions: tuple[int, ...]

    def items(self, blueprint: Blueprint) -> tuple[Item, ...]:
        return tuple(blueprint.items[position - 1] for position in self.positions)


def elements_of(blueprint: Blueprint) -> tuple[Element, ...]:
    """Elements in order of appearance, content first, then skills, sections, levels."""
    found: dict[tuple[str, str], list[int]] = {}
    for kind in ("content_element", "skill", "section", "level"):
        for position, item in enumerate(blueprint.items, start=1):
            for code in dict.fromkeys(_codes(item, kind)):
                found.setdefault((kind, code), []).append(position)
    return tuple(
        Element(kind, code, blueprint.element_names.get(code, code), tuple(positions))
        for (kind, code), positions in found.items()
    )


def item_groups(blueprint: Blueprint) -> tuple[ItemGroup, ...]:
    """What a scan should count together for exact intervals of elements: distinct sets of two and more items."""
    sets = dict.fromkeys(element.positions for element in elements_of(blueprint) if len(element.positions) > 1)
    return tuple(ItemGroup(positions) for positions in sets)


def _codes(item: Item, kind: str) -> tuple[str, ...]:
    if kind == "content_element":
        return item.content_elements
    if kind == "skill":
        return item.skills
    single = item.section if kind == "section" else item.level
    return (single,) if single else ()
