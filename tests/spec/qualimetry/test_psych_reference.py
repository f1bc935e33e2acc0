"""Item statistics of a real work against R psych (REFERENCE_psych_math4_2021.csv)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from qualimetry.recipes.campaign import analyse
from tests.factories.batches import answers, blueprint, policy, statistics

MAXIMA = [1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2]


def _matrix(book: Path) -> list[list[int]]:
    """Scores as the reference took them: absent dropped, what is no number is 0, above the maximum is the maximum."""
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    header = [str(cell) for cell in rows[0]]
    first, variant = header.index("балл за 1"), header.index("вариант")
    present = [row for row in rows[1:] if str(row[variant]).strip().isdigit()]
    return [
        [min(_score(cell), top) for cell, top in zip(row[first : first + len(MAXIMA)], MAXIMA, strict=True)]
        for row in present
    ]


def _score(cell: object) -> int:
    text = str(cell).strip()
    return int(float(text)) if text.replace(".", "", 1).isdigit() else 0


def test_items_as_psych_has_them(samples: Path, tmp_path: Path) -> None:
    folder = samples / "results" / "real"
    (book,) = folder.glob("2021*по математике, 4 класс*.xlsx")
    with (folder / "REFERENCE_psych_math4_2021.csv").open(encoding="utf-8") as stream:
        *expected, total = csv.DictReader(stream)
    specification = blueprint(MAXIMA)
    result = analyse(statistics(answers(_matrix(book)), specification, tmp_path), specification, policy())
    assert result.whole.participants == int(total["n"])
    assert result.whole.mean_raw_score.value == pytest.approx(float(total["mean"]), abs=1e-6)
    assert result.alpha is not None
    assert result.alpha.value == pytest.approx(float(total["alpha_if_drop"]), abs=1e-6)
    for item, row in zip(result.whole.items, expected, strict=True):
        assert item.label == row["task"]
        assert item.facility.value == pytest.approx(float(row["p"]), abs=1e-6)
        assert item.item_total_correlation == pytest.approx(float(row["r_item_total"]), abs=1e-6)
        assert item.item_rest_correlation == pytest.approx(float(row["r_drop"]), abs=1e-6)
