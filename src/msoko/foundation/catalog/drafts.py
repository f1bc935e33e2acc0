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
    """`subject`: what it is drawn up from («plan», «campaign», «schedule», «analysis», «document», «discussion») or
    nothing; `style`: order, regulation, minutes; `kinds`: kinds that a person may choose, the first by default;
    `approves`: whether the signed paper brings its subject into force."""

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
    kinds: tuple[str, ...] = ()
    approves: bool = False


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
        values["kinds"] = tuple(row.get("kinds", (row["kind"],)))
        found[row["id"]] = DraftTemplate(points=points, **values)
    return found


@cache
def draft_look() -> DraftLook:
    """How papers are laid out."""
    return DraftLook(**tables("documents")["drafts"]["look"])


@cache
def commands() -> dict[str, str]:
    """The word of command by the kind of the document."""
    return dict(tables("documents")["drafts"]["commands"])


@cache
def look_limits() -> dict[str, tuple[float, float]]:
    """The least and the largest value of each figure of the layout that an organization may set."""
    rows = tables("documents")["drafts"]["limits"]
    return {name: (float(low), float(high)) for name, (low, high) in rows.items()}


@dataclass(frozen=True, slots=True)
class Requisite:
    """A requisite of papers: where the product prints it. `number` is that of the standard."""

    number: str
    title: str
    where: str


@cache
def requisites() -> tuple[Requisite, ...]:
    """Requisites that papers of the product have."""
    return tuple(Requisite(**row) for row in tables("documents")["drafts"]["requisite"])


def requisites_note() -> str:
    """Where the list of requisites comes from, and what of it was not verified."""
    return str(tables("documents")["drafts"]["requisites_note"])
