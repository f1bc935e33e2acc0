"""One look for page, Word and PDF: fonts, colours safe for colour-blind readers, Russian numbers, sizes.

Specifications are plain Vega-Lite 6 dictionaries with their data inside and no expressions, so the page can draw them
under a strict content security policy and documents need no network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Liberation Sans, PT Sans, Arial, sans-serif"
#: width of the plot with its axis, px; charts are printed 165 mm wide
WIDTH = 640
INK, QUIET, GRID = "#1f2933", "#52606d", "#d9e2ec"
ACCENT, REFERENCE, ALERT = "#1d4f91", "#7b8794", "#b44d12"
#: diverging order «2» … «5» after ColorBrewer PuOr/BuOr: distinct in print and for dichromats
MARK_COLORS = {"2": "#b35806", "3": "#fdb863", "4": "#92c5de", "5": "#2166ac"}
LOWER, SAME, HIGHER = "#b35806", "#d9d9d9", "#2166ac"
#: text colour that is readable on each fill
TEXT_ON = {"#b35806": "#ffffff", "#fdb863": INK, "#92c5de": INK, "#2166ac": "#ffffff", "#d9d9d9": INK}
READING_COLORS = {
    "sufficient": "#2166ac",
    "borderline": "#8c8c8c",
    "insufficient": "#b35806",
    "not_enough_data": "#bdbdbd",
    "no_norm": "#5e4fa2",
}
#: light fills behind words of the heat map
READING_FILLS = {
    "sufficient": "#d1e5f0",
    "borderline": "#f7f7f7",
    "insufficient": "#fdd0a2",
    "not_enough_data": "#ffffff",
    "no_norm": "#ffffff",
}
LEVEL_SCALE = ("#b35806", "#fdb863", "#92c5de", "#2166ac", "#053061")

_LOCALE = {
    "number": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""], "percent": "\u00a0%"}
}

CONFIG: Spec = {
    "font": FONT,
    "background": "#ffffff",
    "locale": _LOCALE,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "fontSize": 15,
        "fontWeight": "bold",
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 12,
        "subtitlePadding": 4,
        "offset": 12,
        "frame": "bounds",
    },
    "axis": {
        "labelColor": INK,
        "titleColor": QUIET,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": REFERENCE,
        "tickColor": REFERENCE,
        "labelLimit": 260,
    },
    "legend": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleColor": QUIET,
        "titleLimit": 400,
        "titleOrient": "left",
        "labelColor": INK,
        "labelLimit": 260,
    },
    "header": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK},
    "text": {"color": INK, "fontSize": 11},
}


def chart(title: str, subtitle: str, layers: Mapping[str, Any]) -> Spec:
    """A whole specification: finding as title, what is drawn and N as subtitle, the theme."""
    return {
        "$schema": SCHEMA,
        "title": {"text": wrapped(title, 78), "subtitle": wrapped(subtitle, 100)},
        "config": CONFIG,
        **layers,
    }


def inline(rows: Iterable[Mapping[str, Any]]) -> Spec:
    """Data that travels with the specification."""
    return {"values": [dict(row) for row in rows]}


def share_axis(title: str = "") -> Spec:
    """Axis of fractions: «0 %», «50 %», «100 %»."""
    return {"format": ".0%", "title": title or None, "tickCount": 5}


def bar_height(rows: int) -> int:
    """Step of one row in px: comfortable for a few, tighter for thirty, which share a page with their text."""
    return 24 if rows <= 8 else 16 if rows <= 20 else 14


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, broken at spaces; Vega does not wrap titles itself."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def plot_width(labels: Iterable[str]) -> int:
    """Width left for the plot beside its group names and «N = …», so that every chart is printed in one scale."""
    return WIDTH - label_limit(labels) - 70


def label_limit(labels: Iterable[str]) -> int:
    """Space in px for the longest label of an axis, at most 300."""
    return min(300, 12 + 7 * max((len(label) for label in labels), default=0))
