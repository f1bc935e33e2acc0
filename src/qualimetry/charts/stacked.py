"""Stacked shares by group: the drawing that marks, levels and journal charts have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualimetry.charts.labels import axis_labels
from qualimetry.charts.theme import TEXT_ON, Spec, bar_height, inline, label_limit, plot_width, share_axis
from qualimetry.narrative.russian import integer, percent

#: narrower segments have no label: it would not fit
LABEL_FROM = 0.07


@dataclass(frozen=True, slots=True)
class StackedRow:
    """A group with N and its shares by category (category → fraction or None)."""

    label: str
    n: int
    shares: Mapping[str, float | None]


def stacked_layers(rows: Sequence[StackedRow], colors: Mapping[str, str], *, legend: str) -> Spec:
    """Bars of 100 % with a label in each wide segment and N at the right end."""
    labels = axis_labels([row.label for row in rows])
    return {
        "width": plot_width(labels),
        "height": {"step": bar_height(len(rows))},
        "layer": [_bars(rows, labels, colors, legend), _labels(rows, labels, colors), _counts(rows, labels)],
        "resolve": {"scale": {"color": "independent"}},
    }


def label_axis(labels: Sequence[str]) -> Spec:
    """The vertical axis of group names in the given order."""
    axis = {"title": None, "labelLimit": label_limit(labels), "ticks": False, "domain": False, "labelPadding": 8}
    return {"field": "label", "type": "nominal", "sort": list(labels), "axis": axis}


def _values(rows: Sequence[StackedRow], labels: Sequence[str], categories: Sequence[str]) -> list[dict[str, object]]:
    values: list[dict[str, object]] = []
    for row, label in zip(rows, labels, strict=True):
        start = 0.0
        for category in categories:
            share = row.shares.get(category) or 0.0
            values.append(
                {
                    "label": label,
                    "category": category,
                    "start": start,
                    "end": start + share,
                    "middle": start + share / 2,
                    "text": percent(share, places=0).removesuffix("\u00a0%"),
                    "share": share,
                }
            )
            start += share
    return values


def _bars(rows: Sequence[StackedRow], labels: Sequence[str], colors: Mapping[str, str], legend: str) -> Spec:
    scale = {"domain": list(colors), "range": list(colors.values())}
    return {
        "data": inline(_values(rows, labels, list(colors))),
        "mark": {"type": "bar", "height": {"band": 0.78}, "stroke": "#ffffff", "strokeWidth": 1},
        "encoding": {
            "y": label_axis(labels),
            "x": {
                "field": "start",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "nice": False},
                "axis": {**share_axis(), "grid": False},
            },
            "x2": {"field": "end"},
            "color": {
                "field": "category",
                "type": "nominal",
                "scale": scale,
                "legend": {"title": legend, "orient": "top", "direction": "horizontal", "symbolType": "square"},
            },
        },
    }


def _labels(rows: Sequence[StackedRow], labels: Sequence[str], colors: Mapping[str, str]) -> Spec:
    wide = [
        {**value, "ink": TEXT_ON.get(colors[str(value["category"])], "#ffffff")}
        for value in _values(rows, labels, list(colors))
        if float(str(value["share"])) >= LABEL_FROM
    ]
    return {
        "data": inline(wide),
        "mark": {"type": "text", "fontSize": 11, "baseline": "middle"},
        "encoding": {
            "y": label_axis(labels),
            "x": {"field": "middle", "type": "quantitative"},
            "text": {"field": "text"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }


def _counts(rows: Sequence[StackedRow], labels: Sequence[str]) -> Spec:
    values = [
        {"label": label, "text": f"N = {integer(row.n)}" if row.n else "", "at": 1.0}
        for row, label in zip(rows, labels, strict=True)
    ]
    return {
        "data": inline(values),
        "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 11, "color": "#52606d"},
        "encoding": {
            "y": label_axis(labels),
            "x": {"field": "at", "type": "quantitative"},
            "text": {"field": "text"},
        },
    }
