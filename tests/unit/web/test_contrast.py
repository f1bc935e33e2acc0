"""Borders of fields stand out from the ground at least 3:1, text at least 4.5:1 (WCAG 1.4.11, 1.4.3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[3] / "src/msoko/web/ui/static/ui/app.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", CSS))
FIELDS = (
    ".form-control, .form-select",
    ".form-check-input:not(:checked)",
    ".top-search",
    ".chip",
    ".drop",
    ".btn-plain",
)


def contrast(one: str, other: str) -> float:
    """Ratio of two colours by WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_ratios_are_those_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["ground", "ground-2", "accent-soft", "warn-soft"])
def test_borders_of_fields_and_text_stand_out(ground: str) -> None:
    assert contrast(TOKENS["line-field"], TOKENS[ground]) >= 3
    for ink in ("ink", "ink-2", "accent", "good", "warn", "bad"):
        assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("selector", FIELDS)
def test_every_field_has_that_border(selector: str) -> None:
    rules = re.findall(rf"^{re.escape(selector)} \{{([^}}]*)\}}", CSS, re.MULTILINE)
    borders = [found for rule in rules for found in re.findall(r"border(?:-color)?: ([^;]+);", rule)]
    assert borders
    assert all("var(--line-field)" in border for border in borders)
