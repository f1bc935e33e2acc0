"""An official paper on a blank: requisites, heading, text of numbered points, signatures, acquaintance, appendices.

The layout follows ГОСТ Р 7.0.97-2025; what the standard leaves open (margins for long keeping, type size) is a setting
that comes with the values.
"""

from __future__ import annotations

from dataclasses import dataclass

from msoko.foundation.documents.official_table import OfficialTable


@dataclass(frozen=True, slots=True)
class PaperLook:
    """Margins in millimetres, type size in points, lines in multiples of the single one."""

    left: int
    right: int
    top: int
    bottom: int
    size: int
    spacing: float
    indent_mm: float


@dataclass(frozen=True, slots=True)
class PaperPoint:
    """A numbered point; `is_heading` is the heading of a section."""

    number: str
    text: str
    level: int = 1
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class PaperAppendix:
    """`mark` are lines at the right top; `table` turns the sheets of the appendix."""

    mark: tuple[str, ...]
    title: str
    points: tuple[PaperPoint, ...] = ()
    table: OfficialTable | None = None


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """Everything that is printed, in the order of the sheet; without a day the line of day and number is left out.

    `emblem` is a PNG or JPEG above the name; `top` are lines between them (the body above the organization).
    """

    look: PaperLook
    organization: tuple[str, ...]
    requisites: tuple[str, ...]
    kind: str
    day: str
    number: str
    place: str
    heading: str
    preamble: tuple[str, ...] = ()
    command: str = ""
    points: tuple[PaperPoint, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    acquainted_title: str = ""
    acquainted: tuple[str, ...] = ()
    approval: tuple[str, ...] = ()
    appendix_note: str = ""
    appendices: tuple[PaperAppendix, ...] = ()
    stamp: str = ""
    top: tuple[str, ...] = ()
    emblem: bytes = b""
    performer: str = ""
    distribution: tuple[str, ...] = ()


def text_of_paper(paper: OfficialPaper) -> str:
    """The words of the paper as lines: for search, for a preview without layout."""
    lines = [*paper.top, *paper.organization, paper.kind, _day_line(paper), paper.heading, *paper.preamble]
    lines += [paper.command, *(f"{one.number} {one.text}" for one in paper.points)]
    lines += [f"{post} {name}" for post, name in paper.signatures]
    for appendix in paper.appendices:
        lines += [*appendix.mark, appendix.title, *(f"{one.number} {one.text}" for one in appendix.points)]
    return "\n".join(line.strip() for line in lines if line.strip())


def _day_line(paper: OfficialPaper) -> str:
    return f"{paper.day} № {paper.number}" if paper.day else ""
