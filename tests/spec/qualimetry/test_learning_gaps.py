"""Gaps: planted ones are found and told apart, and where nothing is planted next to nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qualimetry.engines.duck import DuckEngine
from qualimetry.frames.blueprint import Blueprint, Item
from qualimetry.recipes.campaign import analyse
from qualimetry.recipes.contracts import CampaignResult, ElementResult, Estimate, GapScope, GroupResult, Reading
from tests.factories.batches import answers, policy, statistics

ITEMS = 12
SPECIFICATION = Blueprint(
    "VPR", "Математика", 5, 2026,
    tuple(Item(str(k), 1 + (k > 9), "Б" if k <= 8 else "П", (f"{(k + 1) // 2}",)) for k in range(1, ITEMS + 1)),
)  # fmt: skip
SCHOOLS, PUPILS = 12, 80


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    engine = DuckEngine(threads=1)
    yield engine
    engine.close()


def scores(seed: int, weak: int | None = None, gap: tuple[int, int] | None = None) -> np.ndarray:
    """Answers by the Rasch model; school `weak` is one logit lower, `gap` = (school, element) is two logits harder."""
    random = np.random.default_rng(seed)
    school = np.repeat(np.arange(SCHOOLS), PUPILS)
    ability = random.normal(1.2, 1, school.size) + random.normal(0, 0.3, SCHOOLS)[school]
    ability = ability - (1.0 * (school == weak) if weak is not None else 0)
    difficulty = np.linspace(-0.8, 0.8, ITEMS)[None, :] + np.zeros((school.size, 1))
    if gap is not None:
        difficulty[np.ix_(school == gap[0], [2 * gap[1] - 2, 2 * gap[1] - 1])] += 2
    top = np.array([item.max_score for item in SPECIFICATION.items])
    return random.binomial(top, 1 / (1 + np.exp(difficulty - ability[:, None])))


def analysed(
    matrix: np.ndarray, folder: Path, engine: DuckEngine, references: tuple[GroupResult, ...] = (),
    single: int | None = None,
) -> CampaignResult:  # fmt: skip
    """Result of `matrix`; school `single` has one class, the others have four."""
    school = np.repeat(np.arange(SCHOOLS), PUPILS)
    klass = np.tile(np.repeat(["А", "Б", "В", "Г"], PUPILS // 4), SCHOOLS)
    klass[school == single] = "А"
    rows = answers(matrix, organization=school.tolist(), class_group=klass.tolist())
    return analyse(statistics(rows, SPECIFICATION, folder, engine), SPECIFICATION, policy(), references=references)


def test_a_gap_of_one_school_is_its_own(engine: DuckEngine, tmp_path: Path) -> None:
    result = analysed(scores(1, gap=(4, 3)), tmp_path, engine)
    own = [(gap.organization, gap.element) for gap in result.gaps if gap.scope is GapScope.ORGANIZATION]
    assert own == [(4, "3")]
    (gap,) = [gap for gap in result.gaps if gap.scope is GapScope.ORGANIZATION]
    assert gap.expected is not None
    assert gap.facility.value is not None
    assert gap.expected - gap.facility.value > 0.15
    assert gap.labels == ("5", "6")
    assert gap.q_value is not None
    assert gap.q_value < 0.001
    classes = {(gap.organization, gap.element) for gap in result.gaps if gap.scope is GapScope.CLASS}
    assert (4, "3") in classes
    assert len(classes) <= 2  # 288 tests at a false discovery rate of 5 %
    assert [finding.subject.organization for finding in result.findings if finding.rule == "gap_school"] == [4]


def test_a_gap_of_the_only_class_is_that_of_the_school(engine: DuckEngine, tmp_path: Path) -> None:
    result = analysed(scores(1, gap=(4, 3)), tmp_path, engine, single=4)
    assert [gap.scope for gap in result.gaps if gap.organization == 4] == [GapScope.ORGANIZATION]
    rules = [finding.rule for finding in result.findings if finding.subject.organization == 4]
    assert ("gap_school" in rules, "gap_class" in rules) == (True, False)


def test_a_weak_school_has_no_gap_of_its_own(engine: DuckEngine, tmp_path: Path) -> None:
    result = analysed(scores(2, weak=7), tmp_path, engine)
    weak = [gap for gap in result.gaps if gap.organization == 7]
    assert {gap.scope for gap in weak} == {GapScope.WEAK}
    assert len({gap.element for gap in weak}) >= 4
    assert not [gap for gap in result.gaps if gap.scope is GapScope.ORGANIZATION]


def test_false_discoveries_are_controlled(engine: DuckEngine, tmp_path: Path) -> None:
    """No school differs from the others given its raw scores: a family has a discovery in at most about 5 % of runs."""
    families = [
        any(gap.scope is scope for gap in analysed(scores(seed), tmp_path, engine).gaps)
        for seed in range(100, 120)
        for scope in (GapScope.ORGANIZATION, GapScope.CLASS)
    ]
    assert sum(families) <= 5  # 40 families, P(more than 5 | 5 %) = 1.4 %


def test_the_municipality_is_read_against_norms_and_region(engine: DuckEngine, tmp_path: Path) -> None:
    matrix = scores(3)
    matrix[:, 0:2] = np.random.default_rng(0).binomial(1, 0.45, (len(matrix), 2))
    region = GroupResult(
        group=None,  # type: ignore[arg-type]
        participants=9000, absent=0, max_raw_score=15, mean_raw_score=Estimate(None), mean_percent=Estimate(None),
        raw_score_distribution=(),
        elements=(
            ElementResult("content_element", "4", "", (), Estimate(0.99), Reading.SUFFICIENT),
            ElementResult("content_element", "5", "", (), Estimate(0.10), Reading.SUFFICIENT),
        ),
    )  # fmt: skip
    plain = analysed(matrix, tmp_path, engine)
    assert [gap.element for gap in plain.gaps if gap.scope is GapScope.MUNICIPALITY] == ["1"]
    assert plain.whole.elements[0].reading is Reading.INSUFFICIENT
    compared = analysed(matrix, tmp_path, engine, (region,))
    found = {gap.element: gap.reference for gap in compared.gaps if gap.scope is GapScope.MUNICIPALITY}
    assert found == {"1": None, "4": 0.99}
    assert compared.whole.elements[3].reference == 0.99


def test_items_not_taught_to_a_school_are_no_gap(engine: DuckEngine, tmp_path: Path) -> None:
    matrix = scores(4).astype(object)
    matrix[np.repeat(np.arange(SCHOOLS), PUPILS) == 2, 4:6] = None
    result = analysed(matrix, tmp_path, engine)
    assert not [gap for gap in result.gaps if gap.organization == 2 and gap.element == "3"]
    assert [item.not_taught for item in result.organizations[2].items[3:7]] == [0, PUPILS, PUPILS, 0]
    assert result.organizations[2].items[4].facility == Estimate(None)
