"""Raw values as texts of cells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from msoko.foundation.documents.cells import alignment, cell_text
from qualimetry.narrative.blocks import Column


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (None, Column("x", "percent"), "—"),
        (float("nan"), Column("x", "decimal"), "—"),
        (0.542, Column("x", "percent"), "54,2 %"),
        (0.542, Column("x", "percent", places=0), "54 %"),
        (1, Column("x", "percent"), "100,0 %"),
        (1234, Column("x", "integer"), "1 234"),
        (np.int64(1234), Column("x", "integer"), "1 234"),
        (2026, Column("x"), "2026"),
        (3.869, Column("x", "mark"), "3,87"),
        (4, Column("x", "mark"), "4"),
        (-0.31, Column("x", "decimal"), "−0,3"),
        (11, Column("x", "decimal"), "11,0"),
        (0.0123, Column("x", "decimal", places=3), "0,012"),
        ("< 5", Column("x", "integer"), "< 5"),
        (True, Column("x"), "да"),
        (dt.date(2026, 9, 1), Column("x"), "01.09.2026"),
    ],
)
def test_cell(value: Any, column: Column, text: str) -> None:
    assert cell_text(value, column).replace("\u00a0", " ") == text


def test_sign_of_percent_is_not_repeated_under_a_heading_that_has_it() -> None:
    assert cell_text(0.542, Column("Доля, %", "percent"), has_percent_sign=False) == "54,2"


def test_alignment() -> None:
    sides = [alignment(Column("x", kind)) for kind in ("text", "integer", "decimal", "percent", "mark")]
    assert sides == ["left", "right", "right", "right", "center"]
