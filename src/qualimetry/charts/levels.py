"""Stacked bars of levels of a work without marks."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.stacked import StackedRow, stacked_layers
from qualimetry.charts.theme import LEVEL_SCALE, chart
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.recipes.contracts import GroupResult


def levels_chart(key: str, groups: Sequence[tuple[str, GroupResult]], names: tuple[str, ...]) -> Chart:
    """`names` from the lowest level up; `groups` are (label, result) with shares of levels."""
    rows = [
        StackedRow(label, group.participants, {name: _share(group, name) for name in names}) for label, group in groups
    ]
    title = "Распределение участников по уровням"
    subtitle = "Доли участников, %; N – число участников"
    return Chart(
        key=key,
        caption=title,
        specification=chart(title, subtitle, stacked_layers(rows, _colors(names), legend="Уровень")),
        alt=f"Столбчатая диаграмма с накоплением: доли уровней ({', '.join(names)}) по группам ({len(rows)}).",
        table=Table(
            f"{key}.table",
            "Доли уровней",
            (Column("Группа", width=3), Column("N", "integer"), *(Column(name, "percent") for name in names)),
            tuple((row.label, row.n, *(row.shares[name] for name in names)) for row in rows),
        ),
    )


def _share(group: GroupResult, name: str) -> float | None:
    return group.levels[name].value if name in group.levels else None


def _colors(names: tuple[str, ...]) -> dict[str, str]:
    """Colours spread over the scale from the lowest level to the highest."""
    last = max(len(names) - 1, 1)
    places = [round(place * (min(len(LEVEL_SCALE), max(len(names), 4)) - 1) / last) for place in range(len(names))]
    return {name: LEVEL_SCALE[place % len(LEVEL_SCALE)] for name, place in zip(names, places, strict=True)}
