"""Mean percent of the maximum by group with intervals and the line of the whole: no ranking, names in order."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.labels import axis_labels
from qualimetry.charts.stacked import label_axis
from qualimetry.charts.theme import (
    ACCENT,
    ALERT,
    INK,
    REFERENCE,
    Spec,
    bar_height,
    chart,
    inline,
    plot_width,
    share_axis,
)
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import integer, percent
from qualimetry.recipes.contracts import GroupResult

BAND_COLORS = {
    "выше остальных": ACCENT,
    "неразличимо": "#8c8c8c",
    "ниже остальных": ALERT,
    "не сравнивается": "#bdbdbd",
}
BAND_SHAPES = {"выше остальных": "triangle-up", "неразличимо": "circle", "ниже остальных": "triangle-down",
               "не сравнивается": "diamond"}  # fmt: skip
_BANDS = {"above": "выше остальных", "indistinct": "неразличимо", "below": "ниже остальных"}


def means_chart(
    key: str, groups: Sequence[tuple[str, GroupResult]], whole: GroupResult, *, is_school: bool = False
) -> Chart:
    """Dots with intervals; `whole` gives the line. Groups without a mean are left out by the caller."""
    rows = _rows(groups)
    title = _title(rows, is_school=is_school)
    reference = "по организации" if is_school else "по муниципалитету"
    subtitle = "Средний процент выполнения, доверительный интервал; N – число участников"
    if any(row["size"] == "few" for row in rows):
        subtitle += "; пустой знак – мало участников"
    return Chart(
        key=key,
        caption="Средний процент выполнения работы с интервалами",
        specification=chart(title, subtitle, _layers(rows, whole, reference)),
        alt=f"Точечная диаграмма с интервалами: средний процент выполнения по группам ({len(rows)}) и линия среднего"
        f" {reference}. {title}.",
        table=_table(key, rows, whole, reference),
    )


def _rows(groups: Sequence[tuple[str, GroupResult]]) -> list[Spec]:
    labels = axis_labels([label for label, _ in groups])
    return [
        {
            "label": label,
            "name": name,
            "value": group.mean_percent.value,
            "low": _clipped(group.mean_percent.low),
            "high": _clipped(group.mean_percent.high),
            "band": _BANDS.get(group.band or "", "не сравнивается"),
            "size": "few" if group.is_small else "enough",
            "text": f"N = {integer(group.participants)}",
            "n": group.participants,
            "at": 1.0,
        }
        for label, (name, group) in zip(labels, groups, strict=True)
    ]


def _clipped(value: float | None) -> float | None:
    return None if value is None else min(1.0, max(0.0, value))


def _title(rows: Sequence[Spec], *, is_school: bool) -> str:
    noun = "классах" if is_school else "организациях"
    values = [row["value"] for row in rows if row["size"] == "enough"]
    if len(values) < 2:
        return "Средний процент выполнения работы"
    low, high = percent(min(values), places=0), percent(max(values), places=0)
    if low == high:
        return f"Средний процент выполнения в {noun} одинаков – {low}"
    return f"Средний процент выполнения в {noun} – от {low} до {high}"


def _layers(rows: Sequence[Spec], whole: GroupResult, reference: str) -> Spec:
    labels = [row["label"] for row in rows]
    y = label_axis(labels)
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "axis": share_axis(),
    }
    with_interval = [row for row in rows if row["low"] is not None and row["high"] is not None]
    return {
        "width": plot_width(labels),
        "height": {"step": bar_height(len(rows))},
        "layer": [
            *_line(whole, reference),
            {
                "data": inline(with_interval),
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.4},
                "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            _dots(rows, y, x),
            {
                "data": inline(rows),
                "mark": {"type": "text", "align": "left", "dx": 8, "color": "#52606d"},
                "encoding": {"y": y, "x": {"field": "at", **x}, "text": {"field": "text"}},
            },
        ],
    }


def _dots(rows: Sequence[Spec], y: Spec, x: Spec) -> Spec:
    used = [band for band in BAND_COLORS if any(row["band"] == band for row in rows)]
    legend = {"title": None, "orient": "top"}
    keep = None if used == ["не сравнивается"] else legend
    return {
        "data": inline(rows),
        "mark": {"type": "point", "size": 80, "opacity": 1, "strokeWidth": 1.6},
        "encoding": {
            "y": y,
            "x": {"field": "value", **x},
            "color": _scale("band", used, [BAND_COLORS[band] for band in used], keep),
            "shape": _scale("band", used, [BAND_SHAPES[band] for band in used], keep),
            "fillOpacity": {
                "field": "size",
                "type": "nominal",
                "scale": {"domain": ["few", "enough"], "range": [0, 1]},
                "legend": None,
            },
            "fill": _scale("band", used, [BAND_COLORS[band] for band in used], None),
        },
    }


def _scale(field: str, domain: list[str], values: list[str], legend: Spec | None) -> Spec:
    return {"field": field, "type": "nominal", "scale": {"domain": domain, "range": values}, "legend": legend}


def _line(whole: GroupResult, reference: str) -> list[Spec]:
    value = whole.mean_percent.value
    if value is None:
        return []
    data = inline([{"value": value, "text": f"{reference} – {percent(value, places=0)}"}])
    x = {"field": "value", "type": "quantitative"}
    return [
        {"data": data, "mark": {"type": "rule", "color": REFERENCE, "strokeDash": [5, 4]}, "encoding": {"x": x}},
        {
            "data": data,
            "mark": {"type": "text", "align": "left" if value < 0.6 else "right", "dx": 4 if value < 0.6 else -4,
                     "baseline": "bottom", "dy": -3, "color": "#52606d"},
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "text"}},
        },
    ]  # fmt: skip


def _table(key: str, rows: Sequence[Spec], whole: GroupResult, reference: str) -> Table:
    mean = whole.mean_percent
    return Table(
        f"{key}.table",
        "Средний процент выполнения",
        (
            Column("Группа", width=3),
            Column("N", "integer"),
            Column("Среднее", "percent"),
            Column("Нижняя граница", "percent"),
            Column("Верхняя граница", "percent"),
            Column("Относительно остальных", width=2),
        ),
        (
            *((r["name"], r["n"], r["value"], r["low"], r["high"], r["band"]) for r in rows),
            (f"В целом {reference}", whole.participants, mean.value, mean.low, mean.high, None),
        ),
        total_rows=1,
    )
