"""What an analysis says of small, odd and incomplete works; findings; years."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qualimetry.engines.duck import DuckEngine
from qualimetry.frames.blueprint import Blueprint, CutScores, Item, LevelCuts, ResultKind
from qualimetry.frames.store import write_batch
from qualimetry.items.bunching import peaks
from qualimetry.recipes.campaign import Selection, SliceUnavailableError, analyse, scan, slice_result
from qualimetry.recipes.comparison import why_not_comparable
from qualimetry.recipes.contracts import CampaignResult, Estimate, Reading
from tests.factories.batches import answers, batch, blueprint, policy, statistics

POLICY = policy()
PLAIN = blueprint([], declared_max_score=20)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    engine = DuckEngine(threads=1)
    yield engine
    engine.close()


def run(
    rows: list[dict[str, Any]], specification: Blueprint, folder: Path, engine: DuckEngine, **more: Any
) -> CampaignResult:
    return analyse(statistics(rows, specification, folder, engine), specification, POLICY, **more)


def test_totals_and_marks_without_items(engine: DuckEngine, tmp_path: Path) -> None:
    rows = [{"total": total, "mark": mark} for total, mark in [(3, 2), (8, 3), (8, 3), (15, 4), (20, 5)]]
    whole = run(rows, PLAIN, tmp_path, engine).whole
    assert (whole.participants, whole.max_raw_score, whole.items, whole.elements) == (5, 20, (), ())
    assert whole.mean_percent.value == pytest.approx(0.54)
    assert whole.quantiles["p50"] == 8
    assert whole.quality_rate is not None
    assert whole.quality_rate.value == 0.4
    assert whole.sou_index is not None
    assert whole.sou_index.value == pytest.approx((0.16 + 2 * 0.36 + 0.64 + 1) / 5)


def test_marks_alone(engine: DuckEngine, tmp_path: Path) -> None:
    whole = run([{"total": None, "mark": 4}] * 3, PLAIN, tmp_path, engine).whole
    assert whole.marks == {2: 0, 3: 0, 4: 3, 5: 0}
    assert whole.mean_raw_score == Estimate(None)
    assert whole.quantiles == {}


@pytest.mark.parametrize("rows", [[], [{"items": [None, None], "present": False}] * 3, [{"items": [1, 0], "mark": 3}]])
def test_nobody_and_one(rows: list[dict[str, Any]], engine: DuckEngine, tmp_path: Path) -> None:
    result = run(rows, blueprint([1, 1]), tmp_path, engine)
    assert (result.whole.participants, result.whole.absent) == (len(rows) % 3, len(rows) // 3 * 3)
    assert result.alpha is None
    assert result.gaps == ()
    assert result.whole.is_small
    assert all(item.discrimination is None for item in result.whole.items)
    assert len(result.whole.raw_score_distribution) == 3


def test_superseded_attempts_count_nowhere(engine: DuckEngine, tmp_path: Path) -> None:
    rows = [
        {"items": [0, 0], "is_valid_attempt": False},
        {"items": [None, None], "present": False, "is_valid_attempt": False},
        {"items": [1, 1], "attempt": 2},
    ]
    whole = run(rows, blueprint([1, 1]), tmp_path, engine).whole
    assert (whole.participants, whole.absent, whole.raw_score_distribution) == (1, 0, (0, 0, 1))


def test_variants_with_items_of_their_own(engine: DuckEngine, tmp_path: Path) -> None:
    rows = [{"variant": 1, "items": [1, None]}] * 3 + [
        {"variant": 2, "items": [None, 0]},
        {"variant": 2, "items": [None, 1]},
    ]
    items = run(rows, blueprint([1, 1]), tmp_path, engine).whole.items
    assert [(item.facility.n, item.facility.value, item.not_taught) for item in items] == [(3, 1.0, 0), (2, 0.5, 0)]


def test_scores_of_the_unified_examination(engine: DuckEngine, tmp_path: Path) -> None:
    specification = replace(PLAIN, result_kind=ResultKind.TEST_SCORE, test_score_minimum=36, cut_scores=None)
    rows = [{"total": None, "test_score": score} for score in (20, 36, 61, 80, 81, 99, 100, 100)]
    found = run(rows, specification, tmp_path, engine).whole
    assert found.scaled is not None
    assert found.scaled.below_minimum.value == 1 / 8
    assert {name: band.value for name, band in found.scaled.bands.items()} == {
        "61–80": 0.25,
        "81–99": 0.25,
        "100": 0.25,
    }
    assert found.marks == {}
    assert found.pass_rate is None


def test_passes_and_levels(engine: DuckEngine, tmp_path: Path) -> None:
    credit = replace(PLAIN, result_kind=ResultKind.PASS_FAIL)
    found = run([{"total": None, "passed": p} for p in (True, True, False, None)], credit, tmp_path, engine).whole
    assert found.passed is not None
    assert (found.passed.value, found.passed.n) == (pytest.approx(2 / 3), 3)
    cuts = LevelCuts(("низкий", "средний", "высокий"), (5, 12))
    levels = replace(PLAIN, result_kind=ResultKind.LEVELS, levels=cuts)
    named = run([{"level": n, "total": None} for n in (0, 1, 1, 2)], levels, tmp_path, engine).whole
    scored = run([{"total": total} for total in (4, 5, 11, 12)], levels, tmp_path, engine).whole
    for group in (named, scored):
        assert {name: share.value for name, share in group.levels.items()} == {
            "низкий": 0.25,
            "средний": 0.5,
            "высокий": 0.25,
        }


def test_bands_against_the_rest(engine: DuckEngine, tmp_path: Path) -> None:
    rows = [
        {"organization": school, "total": mean + n % 7 - 3, "mark": 3}
        for school, mean, size in ((1, 10, 63), (2, 10, 63), (3, 15, 63), (4, 5, 63), (5, 12, 7))
        for n in range(size)
    ]
    result = run(rows, PLAIN, tmp_path, engine)
    assert [group.band for group in result.organizations] == ["indistinct", "indistinct", "above", "below", None]
    assert [group.is_small for group in result.organizations] == [False] * 4 + [True]


def test_readings_follow_the_norms(engine: DuckEngine, tmp_path: Path) -> None:
    items = (*(Item(str(n), 1, "Б") for n in range(4)), Item("4", 1, "П"), Item("5", 1, None))
    matrix = np.array([[n < top for top in (60, 58, 56, 57, 29, 10)] for n in range(100)], np.int64)
    found = run(answers(matrix), blueprint([], items=items), tmp_path, engine).whole.items
    assert [item.reading for item in found] == [
        Reading.SUFFICIENT, Reading.BORDERLINE, Reading.INSUFFICIENT, Reading.BORDERLINE, Reading.BORDERLINE,
        Reading.NO_NORM,
    ]  # fmt: skip
    few = run(answers(matrix[:9]), blueprint([], items=items), tmp_path, engine).whole.items
    assert few[0].reading is Reading.NOT_ENOUGH_DATA


def test_journal_marks_far_above_the_work(engine: DuckEngine, tmp_path: Path) -> None:
    rows = [{"organization": 1, "total": 5, "mark": 3, "journal_mark": 3 + (n % 3 > 0)} for n in range(60)]
    rows += [{"organization": 2, "total": 5, "mark": 3, "journal_mark": 3} for _ in range(300)]
    result = run(rows, PLAIN, tmp_path, engine)
    assert [(f.rule, f.subject.organization) for f in result.findings if "journal" in f.rule] == [
        ("journal_inflation", 1)
    ]
    journal = result.organizations[0].journal
    assert journal is not None
    assert (journal.lower.value, journal.table) == (pytest.approx(2 / 3), {"3>3": 20, "4>3": 40})


def test_years_are_compared_where_the_work_allows(engine: DuckEngine, tmp_path: Path) -> None:
    cuts = CutScores(1, 2, 3, "приказ")
    now = blueprint([1, 2], cut_scores=cuts)
    before = replace(now, year=2025)
    good, bad = [{"items": [1, 2], "mark": 5}], [{"items": [0, 0], "mark": 2}]
    earlier = run(good * 80 + bad * 10, before, tmp_path, engine)
    result = run(good * 60 + bad * 30, now, tmp_path, engine, previous=[earlier])
    (comparison,) = result.comparisons
    assert (comparison.year, comparison.is_comparable, comparison.reason) == (2025, True, "")
    assert comparison.differences["share_two"].value == pytest.approx(2 / 9)
    rules = [(f.rule, f.subject.organization) for f in result.findings if f.rule.startswith("dynamics")]
    assert rules == [("dynamics_two_up", None), ("dynamics_two_up", 1)]
    other = replace(earlier, blueprint=replace(before, cut_scores=CutScores(1, 3, 3, "приказ")))
    (comparison,) = run(good * 9, now, tmp_path, engine, previous=[other]).comparisons
    assert comparison.is_comparable
    assert set(comparison.differences) == {"mean_percent"}
    assert "первичные баллы" in comparison.reason


def test_reasons_not_to_compare() -> None:
    work = blueprint([1, 2])
    assert why_not_comparable(work, replace(work, year=2020)) == ""
    assert "максимальный" in why_not_comparable(work, blueprint([1, 3]))
    assert "состав заданий" in why_not_comparable(work, blueprint([2, 1]))
    assert "разные работы" in why_not_comparable(work, replace(work, grade_level=5))
    assert "элементы содержания" in why_not_comparable(
        work, replace(work, items=(Item("1", 1, None, ("9",)), Item("2", 2)))
    )
    assert "неизвестен" in why_not_comparable(work, PLAIN)
    assert "по-разному" in why_not_comparable(work, replace(work, result_kind=ResultKind.POINTS))


def test_peaks_at_boundaries() -> None:
    """Smooth distributions have next to none (calibrated at 1 %); half of the two scores below moved up is found."""
    random = np.random.default_rng(11)
    smooth = [np.bincount(random.binomial(30, random.beta(5, 5, 200)), minlength=31) for _ in range(150)]
    found = [peak.p_value < 0.01 for counts in smooth for peak in peaks(counts.tolist(), [10, 15, 20])]
    assert sum(found) <= 12  # 450 tests
    lifted = smooth[0].copy()
    moved = lifted[13:15] // 2
    lifted[13:15] -= moved
    lifted[15] += moved.sum() + 8
    assert [peak.p_value < 0.01 for peak in peaks(lifted.tolist(), [10, 15, 20])] == [False, True, False]
    assert peaks([5, 5], [1]) == []
    assert peaks([0] * 31, [10]) == [] or all(peak.p_value > 0.05 for peak in peaks([0] * 31, [10]))


def test_slices_that_were_not_kept(engine: DuckEngine, tmp_path: Path) -> None:
    path = write_batch(batch([{"items": [1], "sex": 1}], 1), tmp_path)
    counted = scan([path], 1, engine, slices=False)
    with pytest.raises(SliceUnavailableError):
        slice_result(counted, blueprint([1]), POLICY, Selection(sex=1))
    assert slice_result(counted, blueprint([1]), POLICY, Selection(variant=1)).participants == 1


def test_contracts_need_no_engine() -> None:
    code = (
        "import sys, qualimetry, qualimetry.recipes.contracts, qualimetry.recipes.policy, qualimetry.recipes.serial;"
        "assert not {'duckdb', 'ibis', 'scipy', 'pyarrow', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "src"})
