"""Figures over years with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualimetry.charts.theme import ACCENT, REFERENCE, Spec, chart, inline, share_axis
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import percent
from qualimetry.recipes.contracts import Estimate


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One figure in one year."""

    year: int
    figure: str
    estimate: Estimate


def dynamics_chart(key: str, points: Sequence[YearPoint]) -> Chart:
    """A panel for each figure, years from left to right; intervals as thin lines."""
    known = [point for point in points if point.estimate.value is not None]
    figures = list(dict.fromkeys(point.figure for point in known))
    years = sorted({point.year for point in known})
    title = f"Результаты за {years[0]}–{years[-1]} годы" if len(years) > 1 else f"Результаты {years[0]} года"
    subtitle = "Доли, %; вертикальные линии – доверительные интервалы"
    return Chart(
        key=key,
        caption="Динамика результатов",
        specification=chart(title, subtitle, _layers(known, figures, years)),
        alt=f"Графики по годам ({years[0]}–{years[-1]}): {', '.join(figures)}, с интервалами.",
        table=Table(
            f"{key}.table",
            "Показатели по годам",
            (
                Column("Показатель", width=3),
                Column("Год"),
                Column("Значение", "percent"),
                Column("Нижняя граница", "percent"),
                Column("Верхняя граница", "percent"),
                Column("N", "integer"),
            ),
            tuple(
                (p.figure, str(p.year), p.estimate.value, p.estimate.low, p.estimate.high, p.estimate.n) for p in known
            ),
        ),
    )


def _layers(points: Sequence[YearPoint], figures: Sequence[str], years: Sequence[int]) -> Spec:
    """One panel a figure; the value stands above the interval so that no line crosses it."""
    x: Spec = {"field": "year", "type": "ordinal", "sort": [str(year) for year in years]}
    x["axis"] = {"title": None, "labelAngle": 0}
    y = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": share_axis()}
    header = {"title": None, "labelFontWeight": "bold", "labelLimit": 200, "labelPadding": 6}
    encodings: tuple[tuple[Spec, Spec], ...] = (
        ({"type": "line", "color": REFERENCE, "strokeWidth": 1.5}, {"y": {"field": "value", **y}}),
        ({"type": "rule", "color": ACCENT}, {"y": {"field": "low", **y}, "y2": {"field": "high"}}),
        ({"type": "point", "filled": True, "size": 70, "opacity": 1, "color": ACCENT}, {"y": {"field": "value", **y}}),
        (
            {"type": "text", "baseline": "bottom", "dy": -5},
            {"y": {"field": "top", **y}, "text": {"field": "text"}},
        ),
    )
    return {
        "data": inline(_row(point) for point in points),
        "facet": {"column": {"field": "figure", "type": "nominal", "sort": list(figures), "header": header}},
        "spacing": 22,
        "spec": {
            "width": max(130, min(260, 540 // len(figures) - 22)),
            "height": 190,
            "layer": [{"mark": mark, "encoding": {"x": x, **encoding}} for mark, encoding in encodings],
        },
    }


def _row(point: YearPoint) -> Spec:
    estimate = point.estimate
    return {
        "year": str(point.year),
        "figure": point.figure,
        "value": estimate.value,
        "low": estimate.value if estimate.low is None else estimate.low,
        "high": estimate.value if estimate.high is None else estimate.high,
        "top": estimate.value if estimate.high is None else estimate.high,
        "text": percent(estimate.value, n=estimate.n),
    }
