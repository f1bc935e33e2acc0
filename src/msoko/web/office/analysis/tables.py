"""Tables of result pages as values: the page shows them, Excel takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msoko.cycle.analysis.api import Figure, estimate_of
from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Column, Table
from qualimetry.recipes.contracts import Estimate, GroupKind, GroupResult

BAND_WORDS = {"above": "выше остальных", "indistinct": "неразличимо", "below": "ниже остальных"}
BAND_TONES = {"above": "good", "indistinct": "wait", "below": "warn"}
NO_BAND = "мало участников"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as text, its interval, its N."""

    value: str
    interval: str
    n: int
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in a table of groups: name, link, figures in the order of the columns."""

    name: str
    full_name: str
    group: GroupResult
    cells: tuple[Cell, ...]
    url: str = ""
    is_total: bool = False
    band: str = ""
    band_tone: str = "wait"

    @property
    def parts(self) -> list[tuple[str, float]]:
        """Shares of marks for the bar beside the figures."""
        return [(f"mark-{mark}", share.value or 0.0) for mark, share in self.group.mark_shares.items()]


def cell(group: GroupResult, figure: Figure) -> Cell:
    """A figure of a group as a table shows it."""
    estimate = estimate_of(group, figure.key)
    return Cell(value_text(estimate, figure), interval_text(estimate, figure), estimate.n if estimate else 0, estimate)


def value_text(estimate: Estimate | None, figure: Figure) -> str:
    """«54,2 %» or «3,49»."""
    if estimate is None:
        return russian.DASH
    return (
        russian.percent(estimate.value, estimate.n)
        if figure.is_share
        else russian.decimal(estimate.value, figure.places)
    )


def interval_text(estimate: Estimate | None, figure: Figure) -> str:
    """«48,1–60,2 %»; empty where there is no interval."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return ""
    if figure.is_share:
        return russian.percent_interval(estimate.low, estimate.high, estimate.n)
    return f"{russian.decimal(estimate.low, figure.places)}–{russian.decimal(estimate.high, figure.places)}"


def group_row(
    name: str, group: GroupResult, figures: Sequence[Figure], *, full_name: str = "", url: str = "",
    is_total: bool = False,
) -> GroupRow:  # fmt: skip
    """A row of a table of groups."""
    band = BAND_WORDS.get(group.band or "", NO_BAND)
    return GroupRow(
        name, full_name or name, group, tuple(cell(group, figure) for figure in figures), url, is_total,
        "" if is_total else band, BAND_TONES.get(group.band or "", "wait"),
    )  # fmt: skip


def groups_table(key: str, caption: str, rows: Iterable[GroupRow], figures: Sequence[Figure], note: str = "") -> Table:
    """The table of groups for Excel: every figure with both bounds of its interval."""
    listed = list(rows)
    marks = sorted({mark for row in listed for mark in row.group.marks})
    columns = (
        Column("Группа", width=4),
        Column("Участников", "integer"),
        Column("Отсутствовали", "integer"),
        *(Column(f"«{mark}», чел.", "integer") for mark in marks),
        *(Column(f"«{mark}», %", "percent") for mark in marks),
        *(column for figure in figures for column in _figure_columns(figure)),
        Column("Относительно остальных", width=2),
    )
    return Table(key, caption, columns, tuple(_values(row, marks, figures) for row in listed), note=note,
                 total_rows=sum(row.is_total for row in listed))  # fmt: skip


def _figure_columns(figure: Figure) -> tuple[Column, ...]:
    kind, places = ("percent", None) if figure.is_share else ("decimal", figure.places)
    return (
        Column(figure.title, kind, places=places),
        Column(f"{figure.title}: от", kind, places=places),
        Column(f"{figure.title}: до", kind, places=places),
    )


def _values(row: GroupRow, marks: Sequence[int], figures: Sequence[Figure]) -> tuple[object, ...]:
    group = row.group
    shares = [group.mark_shares.get(mark) for mark in marks]
    estimates = [found.estimate or Estimate(None) for found in row.cells]
    return (
        row.full_name,
        group.participants,
        None if group.group.kind is GroupKind.REFERENCE else group.absent,
        *(group.marks.get(mark) for mark in marks),
        *(share.value if share else None for share in shares),
        *(value for estimate in estimates for value in (estimate.value, estimate.low, estimate.high)),
        row.band or None,
    )
