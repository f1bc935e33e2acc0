"""The same work in earlier years: compared, or the reason why it may not be."""

from __future__ import annotations

from qualimetry.charts.dynamics import YearPoint, dynamics_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, bullets, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.recipes.contracts import Estimate, GroupResult, YearComparison

#: figures that are compared over years: attribute of GroupResult → words
FIGURES = {
    "pass_rate": "успеваемость",
    "quality_rate": "качество знаний",
    "passed": "доля сдавших",
    "mean_percent": "средний процент выполнения",
}
_UNKNOWN = Estimate(None)


def blocks(scene: Scene) -> tuple[Block, ...]:
    comparisons = scene.result.comparisons
    if scene.is_school or not comparisons:
        said = scene.say("dynamics_school" if scene.is_school and comparisons else "dynamics_none")
        return (*paragraph("dynamics.none", said), *told_findings(scene, "dynamics"))
    return (
        *paragraph("dynamics.refused", *(_refusal(scene, row) for row in comparisons if not row.is_comparable)),
        *bullets("dynamics.differences", (s for row in comparisons for s in _differences(scene, row))),
        *told_findings(scene, "dynamics"),
        *_picture(scene),
    )


def _refusal(scene: Scene, row: YearComparison) -> Sentence | None:
    return scene.say("years_not_comparable", year=row.year, reason=row.reason or None)


def _differences(scene: Scene, row: YearComparison) -> list[Sentence | None]:
    if not row.is_comparable or row.previous is None:
        return []
    said = []
    for name, words in FIGURES.items():
        difference = row.differences.get(name)
        now, before = value_of(scene.subject, name), value_of(row.previous, name)
        if difference is not None and difference.value is not None and now.value is not None:
            said.append(
                scene.say(
                    "year_difference",
                    n=min(scene.subject.participants, row.previous.participants),
                    figure=words,
                    year=row.year,
                    before=before.value,
                    now=now.value,
                    difference=difference.value,
                    is_clear="yes" if _is_clear(difference) else "no",
                )
            )
    return said


def _is_clear(difference: Estimate) -> bool:
    return difference.low is not None and difference.high is not None and (difference.low > 0 or difference.high < 0)


def value_of(group: GroupResult, name: str) -> Estimate:
    """The estimate of this name, an empty one where the group has none."""
    return getattr(group, name, None) or _UNKNOWN


def _years(scene: Scene) -> list[tuple[int, GroupResult]]:
    this_year = scene.result.blueprint.year or scene.context.year
    past = [(row.year, row.previous) for row in scene.result.comparisons if row.is_comparable and row.previous]
    return sorted([*past, (this_year, scene.subject)]) if past and this_year else []


def _picture(scene: Scene) -> tuple[Block, ...]:
    years = _years(scene)
    if not years:
        return ()
    names = [name for name in FIGURES if any(value_of(group, name).value is not None for _, group in years)]
    points = [YearPoint(year, FIGURES[name], value_of(group, name)) for year, group in years for name in names]
    return (_table(years, names), dynamics_chart("dynamics.chart", points))


def _table(years: list[tuple[int, GroupResult]], names: list[str]) -> Table:
    return Table(
        "dynamics.table",
        "Результаты по годам",
        (
            Column("Год"),
            Column("Участников", "integer"),
            *(Column(FIGURES[name][:1].upper() + FIGURES[name][1:], "percent", 1.4) for name in names),
        ),
        tuple(
            (str(year), group.participants, *(value_of(group, name).value for name in names)) for year, group in years
        ),
    )
