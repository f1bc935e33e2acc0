"""Figures given from outside: region, country."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

from qualimetry.recipes.contracts import GroupResult


def item_reference(label: str, references: Sequence[GroupResult]) -> float:
    """Facility of an item in the first reference group that knows it; NaN when none does."""
    known = (item.facility.value for group in references for item in group.items if item.label == label)
    return next((value for value in known if value is not None), nan)


def element_reference(kind: str, code: str, references: Sequence[GroupResult]) -> float:
    """Facility of an element (kind "item": of the item with this label) in the first reference group that knows it."""
    if kind == "item":
        return item_reference(code, references)
    found = (e.facility.value for group in references for e in group.elements if (e.kind, e.code) == (kind, code))
    return next((value for value in found if value is not None), nan)
