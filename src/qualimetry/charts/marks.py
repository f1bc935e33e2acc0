"""Stacked bars of marks by group with N."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.stacked import StackedRow, stacked_layers
from qualimetry.charts.theme import MARK_COLORS, chart
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import percent
from qualimetry.recipes.contracts import GroupResult

MARKS = (2, 3, 4, 5)


def marks_chart(key: str, groups: Sequence[tuple[str, GroupResult]]) -> Chart:
    """`groups` are (label, result) in the order of drawing; each needs mark shares."""
    rows = [StackedRow(label, group.participants, _shares(group)) for label, group in groups]
    title = _title(groups)
    subtitle = "Доли участников с отметками «2»–«5», %; N – число участников"
    return Chart(
        key=key,
        caption="Распределение участников по отметкам",
        specification=chart(title, subtitle, stacked_layers(rows, MARK_COLORS, legend="Отметка")),
        alt=f"Столбчатая диаграмма с накоплением: доли отметок «2», «3», «4», «5» по группам ({len(rows)}). {title}.",
        table=_table(key, rows),
    )


def _shares(group: GroupResult) -> dict[str, float | None]:
    return {str(mark): group.mark_shares[mark].value if mark in group.mark_shares else None for mark in MARKS}


def _title(groups: Sequence[tuple[str, GroupResult]]) -> str:
    """The finding: spread of the share of «2» among readable parts, or the share itself."""
    parts = [(label, g.mark_shares[2]) for label, g in groups if 2 in g.mark_shares and not g.is_small]
    known = [(label, share) for label, share in parts if share.value is not None]
    if len(known) < 2:
        return "Распределение участников по отметкам"
    low = min(known, key=lambda row: row[1].value or 0.0)[1]
    high = max(known, key=lambda row: row[1].value or 0.0)[1]
    lowest, highest = percent(low.value, places=0), percent(high.value, places=0)
    if lowest == highest:
        return f"Доля отметок «2» во всех группах – {lowest}"
    return f"Доля отметок «2» – от {lowest} до {highest}"


def _table(key: str, rows: Sequence[StackedRow]) -> Table:
    return Table(
        f"{key}.table",
        "Доли отметок",
        (Column("Группа", width=3), Column("N", "integer"), *(Column(f"«{mark}»", "percent") for mark in MARKS)),
        tuple((row.label, row.n, *(row.shares[str(mark)] for mark in MARKS)) for row in rows),
    )
