"""Templates of official papers and their layout (`definitions/documents/drafts.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class PointTemplate:
    """`each`: a list of facts for which the point repeats; `needs`, `unless`: a fact that must or must not be there."""

    key: str
    text: str
    level: int = 1
    each: str = ""
    needs: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class DraftTemplate:
    """`subject`: drawn up from a «plan», a «campaign» or nothing; `style`: order, regulation, minutes."""

    id: str
    title: str
    summary: str
    kind: str
    style: str
    subject: str
    heading: str
    preamble: str
    goal: str
    command: str
    points: tuple[PointTemplate, ...]
    appendix: str = ""
    list_title: str = ""


@dataclass(frozen=True, slots=True)
class DraftLook:
    """Millimetres, points, multiples; `left_long` is the left margin of papers kept for more than ten years."""

    source: str
    left: int
    left_long: int
    right: int
    top: int
    bottom: int
    size: int
    spacing: float
    indent_mm: float


@cache
def draft_templates() -> dict[str, DraftTemplate]:
    """Templates by code in the order of the file."""
    found = {}
    for row in tables("documents")["drafts"]["template"]:
        points = tuple(PointTemplate(**point) for point in row["point"])
        values = {name: value for name, value in row.items() if name != "point"}
        found[row["id"]] = DraftTemplate(points=points, **values)
    return found


@cache
def draft_look() -> DraftLook:
    """How papers are laid out."""
    return DraftLook(**tables("documents")["drafts"]["look"])
