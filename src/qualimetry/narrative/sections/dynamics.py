"""The same work in earlier years: compared, or the reason why it may not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualimetry.charts.dynamics import YearPoint, dynamics_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import decimal, percent, percentage_points
from qualimetry.narrative.scene import Scene, bullets, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.recipes.contracts import Estimate, GroupResult, YearComparison

_UNKNOWN = Estimate(None)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure compared over years: words, where it stands in a result, whether it is a share."""

    words: str
    of: Callable[[GroupResult], Estimate | None]
    is_share: bool = True

    def value(self, group: GroupResult) -> Estimate:
        return self.of(group) or _UNKNOWN

    def text(self, value: float | None, n: int) -> str:
        return percent(value, n=n) if self.is_share else decimal(value, places=2)

    def size(self, difference: float, n: int) -> str:
        if self.is_share:
            return percentage_points(abs(difference), n=n).removeprefix("+")
        return decimal(abs(difference), places=2)


#: by the names of `YearComparison.differences`
FIGURES = {
    "pass_rate": Figure("успеваемость", lambda group: group.pass_rate),
    "quality_rate": Figure("качество знаний", lambda group: group.quality_rate),
    "share_two": Figure("доля отметок «2»", lambda group: group.mark_shares.get(2)),
    "passed": Figure("доля сдавших", lambda group: group.passed),
    "below_minimum": Figure("доля ниже минимума", lambda group: group.scaled.below_minimum if group.scaled else None),
    "mean_percent": Figure("средний % выполнения", lambda group: group.mean_percent),
    "mean_mark": Figure("средняя отметка", lambda group: group.mean_mark, is_share=False),
    "mean_test_score": Figure(
        "средний тестовый балл", lambda group: group.scaled.mean if group.scaled else None, is_share=False
    ),
}


def blocks(scene: Scene) -> tuple[Block, ...]:
    comparisons = scene.result.comparisons
    if scene.is_school and not comparisons:
        return told_findings(scene, "dynamics")
    if scene.is_school or not comparisons:
        said = scene.say("dynamics_school" if scene.is_school and comparisons else "dynamics_none")
        return (*paragraph("dynamics.none", said), *told_findings(scene, "dynamics"))
    return (
        *paragraph("dynamics.remarks", *(_remark(scene, row) for row in comparisons)),
        *bullets("dynamics.differences", (s for row in comparisons for s in _differences(scene, row))),
        *told_findings(scene, "dynamics"),
        *_picture(scene),
    )


def _remark(scene: Scene, row: YearComparison) -> Sentence | None:
    """Why a year is not compared, or what its comparison leaves out."""
    if not row.is_comparable:
        return scene.say("years_not_comparable", year=row.year, reason=row.reason or None)
    return scene.say("year_note", year=row.year, reason=row.reason) if row.reason else None


def _differences(scene: Scene, row: YearComparison) -> list[Sentence | None]:
    if not row.is_comparable or row.previous is None:
        return []
    n = min(scene.subject.participants, row.previous.participants)
    said = []
    for name, figure in FIGURES.items():
        difference = row.differences.get(name, _UNKNOWN)
        now, before = figure.value(scene.subject).value, figure.value(row.previous).value
        if difference.value is not None and now is not None and before is not None:
            said.append(
                scene.say(
                    "year_difference",
                    n=n,
                    figure=figure.words,
                    year=row.year,
                    before=figure.text(before, n),
                    now=figure.text(now, n),
                    difference=difference.value,
                    size=figure.size(difference.value, n),
                    is_clear="yes" if _is_clear(difference) else "no",
                )
            )
    return said


def _is_clear(difference: Estimate) -> bool:
    return difference.low is not None and difference.high is not None and (difference.low > 0 or difference.high < 0)


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    group: GroupResult
    names: frozenset[str]

    def estimate(self, name: str) -> Estimate:
        """The figure of that year where it may be compared with this one."""
        return FIGURES[name].value(self.group) if name in self.names else _UNKNOWN


def _years(scene: Scene) -> list[_Year]:
    past = [
        _Year(row.year, row.previous, frozenset(row.differences))
        for row in scene.result.comparisons
        if row.is_comparable and row.previous is not None and row.differences
    ]
    this_year = scene.result.blueprint.year or scene.context.year
    if not past or this_year is None:
        return []
    now = _Year(this_year, scene.subject, frozenset().union(*(year.names for year in past)))
    return sorted([*past, now], key=lambda year: year.year)


def _picture(scene: Scene) -> tuple[Block, ...]:
    years = _years(scene)
    names = [name for name in FIGURES if any(year.estimate(name).value is not None for year in years)]
    if not names:
        return ()
    shares = [name for name in names if FIGURES[name].is_share][:4]
    points = [YearPoint(year.year, FIGURES[name].words, year.estimate(name)) for name in shares for year in years]
    chart = (dynamics_chart("dynamics.chart", points),) if shares else ()
    return (_table(years, names), *chart)


def _table(years: list[_Year], names: list[str]) -> Table:
    columns = (Column(_title(name), "percent" if FIGURES[name].is_share else "text", 1.3) for name in names)
    return Table(
        "dynamics.table",
        "Результаты по годам",
        (Column("Год"), Column("Участников", "integer"), *columns),
        tuple((str(year.year), year.group.participants, *(_cell(year, name) for name in names)) for year in years),
        note="«—» – показатель этого года с нынешним не сопоставим.",
    )


def _title(name: str) -> str:
    words = FIGURES[name].words
    return words[:1].upper() + words[1:]


def _cell(year: _Year, name: str) -> float | str | None:
    value = year.estimate(name).value
    return value if FIGURES[name].is_share or value is None else decimal(value, places=2)
