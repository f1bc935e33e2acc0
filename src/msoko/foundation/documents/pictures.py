"""How wide a chart stands on the page and what a screen reader says of it."""

from __future__ import annotations

from msoko.foundation.documents import charts
from msoko.foundation.documents.layout import prepare
from qualimetry.narrative.blocks import Chart

#: a picture with its caption must fit one page
_HIGHEST_PORTRAIT_MM = 195.0
_HIGHEST_LANDSCAPE_MM = 130.0


def picture_width_mm(chart: Chart, page_width_mm: float, *, is_landscape: bool) -> float:
    """The wanted width, less where the page is narrower or the picture would be higher than the page."""
    width, height = charts.svg_size(charts.to_svg(chart.specification))
    highest = _HIGHEST_LANDSCAPE_MM if is_landscape else _HIGHEST_PORTRAIT_MM
    return min(chart.width_mm, page_width_mm, highest * width / height)


def alternative_text(chart: Chart, number: int) -> str:
    """Never empty: a picture without words does not exist for those who cannot see it."""
    texts = (prepare(text).strip() for text in (chart.alt, chart.caption, f"Рисунок {number}"))
    return next(text for text in texts if text)
