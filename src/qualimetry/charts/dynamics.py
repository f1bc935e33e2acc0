"""Figures over years with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualimetry.charts.theme import ACCENT, ALERT, INK, REFERENCE, Spec, chart, inline, share_axis
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import percent
from qualimetry.recipes.contracts import Estimate

COLORS = (ACCENT, ALERT, INK, REFERENCE)
SHAPES = ("circle", "square", "triangle-up", "diamond")


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
    subtitle = "Доли, %; вертикальные линии – 95-процентные интервалы"
    return Chart(
        key=key,
        caption=title,
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
    return {
        "hconcat": [
            _panel([p for p in points if p.figure == figure], figure, place, years)
            for place, figure in enumerate(figures)
        ],
        "spacing": 26,
    }


def _panel(points: Sequence[YearPoint], figure: str, place: int, years: Sequence[int]) -> Spec:
    rows = [
        {
            "year": str(point.year),
            "value": point.estimate.value,
            "low": point.estimate.low,
            "high": point.estimate.high,
            "text": percent(point.estimate.value, n=point.estimate.n),
        }
        for point in points
    ]
    axis = {"title": None, "labelAngle": 0}
    x = {"field": "year", "type": "ordinal", "sort": [str(year) for year in years], "axis": axis}
    y = {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {**share_axis(), "labels": place == 0},
    }
    color = COLORS[place % len(COLORS)]
    return {
        "title": {"text": figure[:1].upper() + figure[1:], "fontSize": 12, "anchor": "middle", "offset": 6},
        "width": 150,
        "height": 190,
        "data": inline(rows),
        "layer": [
            {
                "mark": {"type": "line", "color": color, "strokeWidth": 1.5},
                "encoding": {"x": x, "y": {"field": "value", **y}},
            },
            {
                "mark": {"type": "rule", "color": color},
                "encoding": {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 70,
                    "opacity": 1,
                    "color": color,
                    "shape": SHAPES[place % len(SHAPES)],
                },
                "encoding": {"x": x, "y": {"field": "value", **y}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "baseline": "middle"},
                "encoding": {"x": x, "y": {"field": "value", **y}, "text": {"field": "text"}},
            },
        ],
    }
