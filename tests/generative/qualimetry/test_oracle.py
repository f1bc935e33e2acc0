"""Every figure of a result against plain Python and NumPy over the raw rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from scipy import stats

from qualimetry.engines.duck import DuckEngine
from qualimetry.recipes.campaign import Selection, analyse, slice_result
from qualimetry.recipes.contracts import Estimate, GroupResult
from tests.factories.batches import policy, statistics
from tests.generative.qualimetry.rows import MAXIMA, SPECIFICATION, rows

POLICY = policy()
MARKS = (2, 3, 4, 5)
Rows = list[dict[str, Any]]
quick = settings(
    max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    engine = DuckEngine(threads=1)
    yield engine
    engine.close()


def share(successes: int, n: float) -> Estimate:
    """Wilson interval written out again."""
    if not n:
        return Estimate(None)
    p, z = successes / n, stats.norm.ppf(0.975)
    return wilson(p, n, int(n), z)


def wilson(p: float, size: float, n: int, z: float = float(stats.norm.ppf(0.975))) -> Estimate:
    half = z * np.sqrt(p * (1 - p) / size + z * z / (4 * size * size))
    low, high = (
        (p + z * z / (2 * size) - half) / (1 + z * z / size),
        (p + z * z / (2 * size) + half) / (1 + z * z / size),
    )
    return Estimate(p, 0.0 if p == 0 else low, 1.0 if p == 1 else high, n)


def mean(values: list[float], bounds: tuple[float, float]) -> Estimate:
    if not values:
        return Estimate(None)
    centre = float(np.mean(values))
    if len(values) < 2:
        return Estimate(centre, n=1)
    half = stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values))
    return Estimate(centre, max(centre - half, bounds[0]), min(centre + half, bounds[1]), len(values))


def facility(scores: list[float], maximum: float) -> Estimate:
    """Wilson interval at the size that gives the scores' own variance."""
    if not scores:
        return Estimate(None)
    parts = np.array(scores) / maximum
    p, variance, n = float(parts.mean()), float(parts.var()), len(scores)
    size = float(n)
    if 0 < p < 1 and maximum > 1:
        size = n * maximum if variance == 0 else min(max(n * p * (1 - p) / variance, n), n * maximum)
    return wilson(p, size, n)


def same(found: Estimate | None, expected: Estimate) -> None:
    assert found is not None
    assert found.n == expected.n
    for name in ("value", "low", "high"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-9), name


def check_outcomes(found: GroupResult, part: Rows) -> None:
    present = [row for row in part if row["present"]]
    totals = [row["total"] for row in present]
    assert found.participants == len(present)
    assert found.absent == len(part) - len(present)
    assert found.is_small == (len(present) < 10)
    assert found.raw_score_distribution == tuple(np.bincount(totals, minlength=sum(MAXIMA) + 1).tolist())
    same(found.mean_raw_score, mean(totals, (0, sum(MAXIMA))))
    same(found.mean_percent, mean([total / sum(MAXIMA) for total in totals], (0, 1)))
    expected = {
        name: np.quantile(totals, q) for name, q in zip(found.quantiles, (0.1, 0.25, 0.5, 0.75, 0.9), strict=False)
    }
    assert found.quantiles == pytest.approx(expected)
    assert len(found.quantiles) == (5 if totals else 0)
    check_marks(found, [row["mark"] for row in present if row["mark"] is not None])
    check_journal(found, [(row["journal_mark"], row["mark"]) for row in present if row["journal_mark"] and row["mark"]])
    scores = [row["test_score"] for row in present if row["test_score"] is not None]
    if found.scaled is not None:
        same(found.scaled.mean, mean(scores, (0, 100)))
        assert found.scaled.distribution == Counter(scores)
        same(found.scaled.bands["61–80"], share(sum(61 <= score <= 80 for score in scores), len(scores)))
        same(found.scaled.bands["100"], share(scores.count(100), len(scores)))
    outcomes = [row["passed"] for row in present if row["passed"] is not None]
    if found.passed is not None:
        same(found.passed, share(sum(outcomes), len(outcomes)))


def check_marks(found: GroupResult, marks: list[int]) -> None:
    assert found.marks == {mark: marks.count(mark) for mark in MARKS}
    for mark in MARKS:
        same(found.mark_shares[mark], share(marks.count(mark), len(marks)))
    same(found.pass_rate, share(sum(mark > 2 for mark in marks), len(marks)))
    same(found.quality_rate, share(sum(mark > 3 for mark in marks), len(marks)))
    same(found.mean_mark, mean([float(mark) for mark in marks], (2, 5)))
    same(found.sou_index, mean([{2: 0.16, 3: 0.36, 4: 0.64, 5: 1.0}[mark] for mark in marks], (0, 1)))


def check_journal(found: GroupResult, pairs: list[tuple[int, int]]) -> None:
    if not pairs:
        assert found.journal is None
        return
    assert found.journal is not None
    assert found.journal.table == Counter(f"{journal}>{mark}" for journal, mark in pairs)
    same(found.journal.lower, share(sum(mark < journal for journal, mark in pairs), len(pairs)))
    same(found.journal.same, share(sum(mark == journal for journal, mark in pairs), len(pairs)))
    same(found.journal.higher, share(sum(mark > journal for journal, mark in pairs), len(pairs)))
    same(found.journal.differs_by_two, share(sum(abs(mark - journal) > 1 for journal, mark in pairs), len(pairs)))


def check_items(found: GroupResult, part: Rows, everyone: Rows, *, quality: bool) -> None:
    present = [row for row in part if row["present"]]
    for k, (item, top) in enumerate(zip(found.items, MAXIMA, strict=True)):
        rows = [row for row in present if row["items"][k] is not None]
        raw = [row["items"][k] for row in rows]
        scores = [max(score, 0) for score in raw]
        same(item.facility, facility(scores, top))
        assert (item.not_attempted, item.zero, item.full) == (raw.count(-1), raw.count(0), raw.count(top))
        having = {row["variant"] for row in everyone if row["present"] and row["items"][k] is not None}
        assert item.not_taught == sum(row["items"][k] is None and row["variant"] in having for row in present)
        check_quality(item, scores, [row["total"] for row in rows], top, quality=quality)
        for mark, estimate in item.facility_by_mark.items():
            same(estimate, facility([s for s, row in zip(scores, rows, strict=True) if row["mark"] == mark], top))


def check_quality(item: Any, scores: list[int], totals: list[int], top: int, *, quality: bool) -> None:
    if not quality or len(scores) < 2:
        assert (item.discrimination, item.item_total_correlation, item.item_rest_correlation) == (None, None, None)
        return
    assert item.discrimination == pytest.approx(upper_lower(scores, totals, top))
    rest = [total - score for total, score in zip(totals, scores, strict=True)]
    for found, other in ((item.item_total_correlation, totals), (item.item_rest_correlation, rest)):
        if len(set(scores)) < 2 or len(set(other)) < 2:
            assert found is None
        else:
            assert found == pytest.approx(np.corrcoef(scores, other)[0, 1], abs=1e-9)


def upper_lower(scores: list[int], totals: list[int], top: int) -> float:
    """Everybody at a score is taken in the same proportion: the mean over all orders of equals."""
    wanted = 0.27 * len(scores)
    tails = []
    for order in (sorted(set(totals), reverse=True), sorted(set(totals))):
        left, points = wanted, 0.0
        for total in order:
            equal = [score for score, other in zip(scores, totals, strict=True) if other == total]
            taken = min(left, len(equal))
            points += taken * float(np.mean(equal))
            left -= taken
        tails.append(points / wanted / top)
    return tails[0] - tails[1]


def check_elements(found: GroupResult, part: Rows) -> None:
    present = [row for row in part if row["present"]]
    for element in found.elements:
        index = [[item.label for item in SPECIFICATION.items].index(label) for label in element.labels]
        known = [(row, [k for k in index if row["items"][k] is not None]) for row in present]
        points = sum(max(row["items"][k], 0) for row, used in known for k in used)
        maximum = sum(MAXIMA[k] for _, used in known for k in used)
        assert element.facility.value == (pytest.approx(points / maximum) if maximum else None)
        if all(len(used) == len(index) for _, used in known):
            sums = [float(sum(max(row["items"][k], 0) for k in index)) for row in present]
            same(element.facility, facility(sums, sum(MAXIMA[k] for k in index)))


@quick
@given(raw=rows())
def test_results_of_all_groups(engine: DuckEngine, raw: Rows) -> None:
    valid = [row for row in raw if row["is_valid_attempt"]]
    with TemporaryDirectory() as folder:
        result = analyse(statistics(raw, SPECIFICATION, Path(folder), engine), SPECIFICATION, POLICY)
    check_outcomes(result.whole, valid)
    check_items(result.whole, valid, valid, quality=True)
    check_elements(result.whole, valid)
    organizations = sorted({row["organization"] for row in valid})
    assert [group.group.organization for group in result.organizations] == organizations
    for group in result.organizations:
        part = [row for row in valid if row["organization"] == group.group.organization]
        check_outcomes(group, part)
        check_elements(group, part)
        for item in group.items:
            assert item.discrimination is None or item.facility.n >= POLICY.correlation_minimum
    classes = sorted({(row["organization"], row["class_group"]) for row in valid})
    assert [(group.group.organization, group.group.class_group) for group in result.classes] == classes
    for group in result.classes:
        part = [
            row
            for row in valid
            if (row["organization"], row["class_group"]) == (group.group.organization, group.group.class_group)
        ]
        check_outcomes(group, part)
        check_items(group, part, valid, quality=False)


@quick
@given(raw=rows())
def test_slices(engine: DuckEngine, raw: Rows) -> None:
    valid = [row for row in raw if row["is_valid_attempt"]]
    with TemporaryDirectory() as folder:
        counted = statistics(raw, SPECIFICATION, Path(folder), engine)
    for selection, fits in (
        (Selection(sex=1), lambda row: row["sex"] == 1),
        (Selection(has_sen=False, variant=2), lambda row: row["has_sen"] is False and row["variant"] == 2),
        (Selection(organizations=(1, 3)), lambda row: row["organization"] in (1, 3)),
        (
            Selection(organizations=(2,), class_group="А", sex=2),
            lambda row: (row["organization"], row["class_group"], row["sex"]) == (2, "А", 2),
        ),
    ):
        found = slice_result(counted, SPECIFICATION, POLICY, selection)
        part = [row for row in valid if fits(row)]
        check_outcomes(found, part)
        check_items(found, part, valid, quality=False)
        check_elements(found, part)
