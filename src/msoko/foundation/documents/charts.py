"""Vega-Lite specifications drawn without a browser: SVG for PDF, PNG for Word. Equal charts are drawn once."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import Any

from msoko.foundation.documents.fonts import FONT_FOLDER, SANS

#: dots per inch of pictures in Word, as printers want them
PNG_DPI = 200
#: CSS pixels are 1/96 inch
_CSS_DPI = 96
_NBSP = "\u00a0"

NUMBER_LOCALE = {
    "decimal": ",", "thousands": _NBSP, "grouping": [3], "currency": ["", f"{_NBSP}₽"],
    "percent": f"{_NBSP}%", "minus": "\u2212",
}  # fmt: skip


def to_svg(specification: dict[str, Any]) -> str:
    """The chart as SVG with Russian number formats; no data are fetched from outside."""
    return _svg(_canonical(specification))


def to_png(specification: dict[str, Any], scale: float = PNG_DPI / _CSS_DPI) -> bytes:
    """The chart as PNG, `scale` pixels a CSS pixel."""
    return _png(_canonical(specification), scale)


def svg_size(svg: str) -> tuple[float, float]:
    """Width and height of an SVG in CSS pixels."""
    found = re.search(r"<svg[^>]*>", svg)
    head = found.group(0) if found else ""
    sizes = [re.search(rf'\b{name}="([\d.]+)"', head) for name in ("width", "height")]
    width, height = (float(size.group(1)) if size else 0.0 for size in sizes)
    return width or 1.0, height or 1.0


def _canonical(specification: dict[str, Any]) -> str:
    config = {"font": SANS, "background": "white", **specification.get("config", {})}
    return json.dumps({**specification, "config": config}, ensure_ascii=False, sort_keys=True, default=float)


@cache
def _converter() -> Any:
    import vl_convert  # noqa: PLC0415 -- slow import

    vl_convert.register_font_directory(str(FONT_FOLDER))
    return vl_convert


@lru_cache(maxsize=256)
def _svg(specification: str) -> str:
    converter = _converter()
    return str(
        converter.vegalite_to_svg(
            specification, allowed_base_urls=[], format_locale=NUMBER_LOCALE, time_format_locale="ru-RU"
        )
    )


@lru_cache(maxsize=256)
def _png(specification: str, scale: float) -> bytes:
    return bytes(_converter().svg_to_png(_svg(specification), scale=scale))
