"""Which charts a result page draws, by the kind of result; the drawings are those of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, overload

from msoko.web.office.analysis.charting import Drawn, drawn
from msoko.web.office.analysis.desk import Desk
from qualimetry.charts.levels import levels_chart
from qualimetry.charts.marks import marks_chart
from qualimetry.charts.means import means_chart
from qualimetry.charts.raw_scores import Boundary, raw_score_chart
from qualimetry.charts.scaled import score_chart
from qualimetry.frames.blueprint import Blueprint, ResultKind
from qualimetry.narrative.blocks import Chart
from qualimetry.recipes.contracts import GroupResult

Labelled = Sequence[tuple[str, GroupResult]]


@overload
def distribution_charts(desk: Desk, *, as_blocks: Literal[True]) -> list[Chart]: ...
@overload
def distribution_charts(desk: Desk) -> list[Drawn]: ...
def distribution_charts(desk: Desk, *, as_blocks: bool = False) -> list[Chart] | list[Drawn]:
    """Distributions of raw scores (with boundaries) and of test scores; shares of levels or marks of the group."""
    charts = list(_distributions(desk))
    return charts if as_blocks else [drawn(chart) for chart in charts]


def _distributions(desk: Desk) -> list[Chart]:
    blueprint, group = desk.result.blueprint, desk.group
    found = []
    if group.scaled and group.scaled.distribution:
        found.append(score_chart("scaled", group.scaled))
    if any(group.raw_score_distribution):
        found.append(raw_score_chart("raw", group, boundaries_of(blueprint)))
    rows = [(desk.slice_title if desk.is_sliced else desk.owner_name, group)]
    rows += [(desk.owner_name, desk.result.whole)] if desk.is_sliced else []
    chart = shares_chart(blueprint, [*rows, *((one.group.label, one) for one in desk.result.references)])
    return [*found, chart] if chart else found


def boundaries_of(blueprint: Blueprint) -> list[Boundary]:
    """Where marks or levels begin on the scale of raw scores."""
    cuts = blueprint.cut_scores
    if cuts is not None and blueprint.result_kind is ResultKind.MARKS:
        return [("«3»", cuts.lowest_three), ("«4»", cuts.lowest_four), ("«5»", cuts.lowest_five)]
    levels = blueprint.levels
    if levels is None or not levels.lowest:
        return []
    return list(zip(levels.names[1:], levels.lowest, strict=False))


def shares_chart(blueprint: Blueprint, groups: Labelled) -> Chart | None:
    """Stacked shares of marks or levels of the groups that have them; None where nobody has."""
    if blueprint.result_kind is ResultKind.LEVELS and blueprint.levels is not None:
        known = [(name, group) for name, group in groups if group.levels]
        return levels_chart("levels", known, blueprint.levels.names) if known else None
    marked = [(name, group) for name, group in groups if group.mark_shares and group.participants]
    return marks_chart("marks", marked) if marked else None


def parts_chart(desk: Desk, groups: Labelled) -> Chart | None:
    """The whole and its parts: shares of marks or levels, else means with intervals."""
    whole = (desk.owner_name, desk.result.whole)
    marked = [(f"{name}*" if group.is_small else name, group) for name, group in groups]
    chart = shares_chart(desk.result.blueprint, [whole, *marked])
    return chart or means_of(desk, groups)


def means_of(desk: Desk, groups: Labelled) -> Chart | None:
    """Mean percent of the maximum of each part with intervals, and the line of the whole."""
    known = [(name, group) for name, group in groups if group.mean_percent.value is not None]
    return means_chart("means", known, desk.result.whole) if known else None
