"""Charts without a browser."""

from __future__ import annotations

import struct

from msoko.foundation.documents import charts
from msoko.foundation.documents.pictures import alternative_text, picture_width_mm
from qualimetry.narrative.blocks import Chart
from tests.golden.documents.sample import bars


def test_svg_speaks_russian() -> None:
    svg = charts.to_svg(bars(4))
    assert "60\u00a0%" in svg
    assert "Решаемость" in svg
    assert "Liberation Sans" in svg


def test_numbers_take_a_comma() -> None:
    specification = bars(4)
    specification["encoding"]["y"]["axis"] = {"format": ".1%"}
    assert "10,0\u00a0%" in charts.to_svg(specification)


def test_png_has_the_scale() -> None:
    width, height = charts.svg_size(charts.to_svg(bars(4)))
    head = charts.to_png(bars(4), 2.0)[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (round(width * 2), round(height * 2))


def test_high_picture_is_narrowed_to_fit_the_page() -> None:
    high = Chart("c", "", bars(4, height=2000), "")
    width, height = charts.svg_size(charts.to_svg(high.specification))
    shown = picture_width_mm(high, 170, is_landscape=False)
    assert round(shown * height / width) == 195
    assert picture_width_mm(Chart("c", "", bars(4), ""), 170, is_landscape=False) == 165


def test_picture_is_never_without_words() -> None:
    assert alternative_text(Chart("c", "Подпись", {}, "Описание"), 1) == "Описание"
    assert alternative_text(Chart("c", "Подпись", {}, " "), 1) == "Подпись"
    assert alternative_text(Chart("c", "", {}, ""), 3) == "Рисунок 3"
