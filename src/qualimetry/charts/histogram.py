"""Columns over a whole-number scale with labelled vertical lines: raw and test scores."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.theme import ACCENT, ALERT, INK, WIDTH, Spec, inline

HEIGHT = 205


def histogram_layers(
    counts: Sequence[tuple[int, int, int]],
    lines: Sequence[tuple[str, float]],
    *,
    x_title: str,
    y_title: str = "Участников",
    label_bars: bool = True,
) -> Spec:
    """`counts` are (from, to, how many): a column over [from − ½, to + ½]. `lines` are (label, score): drawn before
    the score that they let in."""
    values = [{"from": low - 0.5, "to": high + 0.5, "n": n, "middle": (low + high) / 2} for low, high, n in counts]
    first, last = values[0]["from"], values[-1]["to"]
    top = max(n for *_, n in counts) or 1
    x = {
        "type": "quantitative",
        "scale": {"domain": [first, last], "nice": False},
        "axis": {"title": x_title, "grid": False, "values": _ticks(counts), "format": "d"},
    }
    y = {
        "type": "quantitative",
        "scale": {"domain": [0, top * 1.18], "nice": False},
        "axis": {"title": y_title, "format": "d", "tickMinStep": 1, "tickCount": min(6, top)},
    }
    layers: list[Spec] = [
        {
            "data": inline(values),
            "mark": {"type": "bar", "color": ACCENT, "stroke": "#ffffff", "strokeWidth": 0.8},
            "encoding": {
                "x": {"field": "from", **x},
                "x2": {"field": "to"},
                "y": {"field": "n", **y},
                "y2": {"datum": 0},
            },
        }
    ]
    if label_bars:
        layers.append(_numbers([value for value in values if value["n"]], x, y))
    return {"width": WIDTH - 60, "height": HEIGHT, "layer": [*layers, *_lines(lines, x)]}


def _numbers(values: Sequence[Spec], x: Spec, y: Spec) -> Spec:
    return {
        "data": inline(values),
        "mark": {"type": "text", "baseline": "bottom", "dy": -2, "fontSize": 10, "color": INK},
        "encoding": {"x": {"field": "middle", **x}, "y": {"field": "n", **y}, "text": {"field": "n", "format": "d"}},
    }


def _lines(lines: Sequence[tuple[str, float]], x: Spec) -> list[Spec]:
    if not lines:
        return []
    data = inline([{"at": score - 0.5, "text": label} for label, score in lines])
    at = {"field": "at", **x}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": ALERT, "strokeWidth": 1.6, "strokeDash": [5, 3]},
            "encoding": {"x": at},
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "baseline": "top", "dx": 4, "color": ALERT, "fontWeight": "bold"},
            "encoding": {"x": at, "y": {"value": 0}, "text": {"field": "text"}},
        },
    ]


def _ticks(counts: Sequence[tuple[int, int, int]]) -> list[int]:
    """Whole scores, thinned so that about 25 fit."""
    first, last = counts[0][0], counts[-1][1]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) / step <= 25)
    return list(range(first - first % step, last + 1, step))
