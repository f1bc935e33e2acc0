"""Facility by item with intervals, norm lines of the difficulty levels and readings in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualimetry.charts.theme import (
    INK,
    READING_COLORS,
    REFERENCE,
    Spec,
    bar_height,
    chart,
    inline,
    plot_width,
    share_axis,
)
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.norms import sufficient_phrase
from qualimetry.narrative.russian import counted, percent
from qualimetry.recipes.contracts import ItemResult, Reading
from qualimetry.recipes.policy import ItemNorm

SHAPES = {
    Reading.SUFFICIENT: "circle",
    Reading.BORDERLINE: "square",
    Reading.INSUFFICIENT: "triangle-down",
    Reading.NOT_ENOUGH_DATA: "diamond",
    Reading.NO_NORM: "circle",
}


def facility_chart(
    key: str,
    items: Sequence[ItemResult],
    words: Mapping[Reading, str],
    *,
    reference_name: str,
    norms: Mapping[str, ItemNorm] | None = None,
) -> Chart:
    """`words` names the readings, `norms` are those of the run by difficulty level: their sufficient facility is a tick
    in every row. A hollow diamond is the reference facility where one is given. At least one item has a facility."""
    norms = norms or {}
    rows = [_row(item, words, norms) for item in items]
    title = _title(items)
    subtitle = "Доля набранных баллов, доверительный интервал"
    drawn = {level: norm for level, norm in norms.items() if any(item.level == level for item in items)}
    if drawn:
        subtitle += f"; вертикальная черта – норма уровня ({sufficient_phrase(drawn)})"
    if any(item.reference is not None for item in items):
        subtitle += f"; серый ромб – {reference_name.lower()}"
    return Chart(
        key=key,
        caption="Выполнение заданий",
        specification=chart(title, subtitle, _layers(rows, words)),
        alt=f"Точечная диаграмма с интервалами: выполнение заданий ({len(items)}). {title}.",
        table=_table(key, items, words),
    )


def _row(item: ItemResult, words: Mapping[Reading, str], norms: Mapping[str, ItemNorm]) -> Spec:
    norm = norms.get(item.level or "")
    level = f" · {item.level}" if item.level else ""
    return {
        "label": f"{item.label}{level}",
        "value": item.facility.value,
        "low": item.facility.low,
        "high": item.facility.high,
        "norm": norm.sufficient if norm else None,
        "reference": item.reference,
        "reading": words[item.reading],
        "text": percent(item.facility.value, n=item.facility.n),
        "at": 1.0,
    }


def _title(items: Sequence[ItemResult]) -> str:
    count = sum(item.reading is Reading.INSUFFICIENT for item in items)
    if count:
        return f"Недостаточный уровень выполнения – у {counted(count, 'задание', 'gent')} из {len(items)}"
    if items and all(item.reading is Reading.SUFFICIENT for item in items):
        return "Все задания выполнены на достаточном уровне"
    return "Выполнение заданий"


def _layers(rows: Sequence[Spec], words: Mapping[Reading, str]) -> Spec:
    labels = [row["label"] for row in rows]
    title = "Задание · уровень" if any(" · " in label for label in labels) else "Задание"
    axis = {"title": title, "ticks": False, "domain": False, "labelPadding": 8}
    y = {"field": "label", "type": "nominal", "sort": labels, "axis": axis}
    x = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": share_axis()}
    known = [row for row in rows if row["value"] is not None]
    return {
        "width": plot_width(labels) - 20,
        "height": {"step": bar_height(len(rows))},
        "layer": [
            {
                "data": inline(row for row in rows if row["norm"] is not None),
                "mark": {"type": "tick", "color": INK, "thickness": 2, "height": {"band": 0.8}},
                "encoding": {"y": y, "x": {"field": "norm", **x}},
            },
            {
                "data": inline(row for row in known if row["low"] is not None and row["high"] is not None),
                "mark": {"type": "rule", "color": REFERENCE, "strokeWidth": 1.6},
                "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "data": inline(row for row in rows if row["reference"] is not None),
                "mark": {"type": "point", "shape": "diamond", "size": 60, "color": REFERENCE, "filled": False},
                "encoding": {"y": y, "x": {"field": "reference", **x}},
            },
            _dots(known, y, x, words),
            {
                "data": inline(rows),
                "mark": {"type": "text", "align": "left", "dx": 8, "color": "#52606d"},
                "encoding": {"y": y, "x": {"field": "at", **x}, "text": {"field": "text"}},
            },
        ],
    }


def _dots(rows: Sequence[Spec], y: Spec, x: Spec, words: Mapping[Reading, str]) -> Spec:
    used = [reading for reading in Reading if any(row["reading"] == words[reading] for row in rows)]
    domain = [words[reading] for reading in used]
    legend = None if used == [Reading.NO_NORM] else {"title": "Оценка", "orient": "top"}
    return {
        "data": inline(rows),
        "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
        "encoding": {
            "y": y,
            "x": {"field": "value", **x},
            "color": {
                "field": "reading",
                "type": "nominal",
                "scale": {"domain": domain, "range": [READING_COLORS[reading] for reading in used]},
                "legend": legend,
            },
            "shape": {
                "field": "reading",
                "type": "nominal",
                "scale": {"domain": domain, "range": [SHAPES[reading] for reading in used]},
                "legend": legend,
            },
        },
    }


def _table(key: str, items: Sequence[ItemResult], words: Mapping[Reading, str]) -> Table:
    return Table(
        f"{key}.table",
        "Выполнение заданий",
        (
            Column("Задание"),
            Column("Уровень"),
            Column("N", "integer"),
            Column("Выполнение", "percent"),
            Column("Нижняя граница", "percent"),
            Column("Верхняя граница", "percent"),
            Column("Для сравнения", "percent"),
            Column("Оценка", width=2),
        ),
        tuple(
            (
                i.label,
                i.level,
                i.facility.n,
                i.facility.value,
                i.facility.low,
                i.facility.high,
                i.reference,
                words[i.reading],
            )
            for i in items
        ),
    )
