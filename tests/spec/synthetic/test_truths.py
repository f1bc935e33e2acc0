"""Planted truths stand in the raw data: found by plain statistics that share no code with the analysis.

And nothing else stands there: the same statistics find no other school.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from qualimetry.synthetic import TRUTHS, ResultColumns, SyntheticCampaign
from qualimetry.synthetic.truths import GAP_SCHOOL, HIGH_FOR_CONTEXT_SCHOOL, JOURNAL_SCHOOL, LIFTED_SCHOOLS, LOW_SCHOOLS
from tests.unit.qualimetry.synthetic.demo import demo_campaigns, demo_municipality

SCHOOLS = [plan.key for plan in demo_municipality().schools]
BY_ID = {truth.id: truth for truth in TRUTHS}


def written(campaign: SyntheticCampaign, school: int | None = None) -> ResultColumns:
    columns = campaign.columns
    counted = columns.present & columns.is_valid_attempt
    return columns.take(counted if school is None else counted & (columns.organization == school))


def campaigns_of(truth_id: str) -> list[SyntheticCampaign]:
    return [demo_campaigns()[key] for key in BY_ID[truth_id].campaigns]


def test_every_truth_names_existing_campaigns_and_schools() -> None:
    for truth in TRUTHS:
        assert set(truth.campaigns) <= set(demo_campaigns())
        assert set(truth.organizations) <= set(SCHOOLS)
        assert truth.campaigns


def boundary_counts(school: int) -> tuple[int, int]:
    """Scores at a boundary or one above it, and scores one or two below, over all campaigns and boundaries."""
    above = below = 0
    for campaign in campaigns_of("lifted_scores"):
        totals = written(campaign, school).total
        cuts = campaign.blueprint.cut_scores
        assert cuts is not None
        for cut in (cuts.lowest_three, cuts.lowest_four, cuts.lowest_five):
            above += int(np.isin(totals, (cut, cut + 1)).sum())
            below += int(np.isin(totals, (cut - 1, cut - 2)).sum())
    return above, below


def test_two_schools_have_scores_lifted_at_mark_boundaries() -> None:
    counts = {school: boundary_counts(school) for school in SCHOOLS}
    others = [counts[school] for school in SCHOOLS if school not in LIFTED_SCHOOLS]
    usual = sum(above for above, _ in others) / sum(above + below for above, below in others)
    p_values = [stats.binomtest(a, a + b, usual, alternative="greater").pvalue for a, b in counts.values()]
    found = {school for school, p in zip(SCHOOLS, stats.false_discovery_control(p_values), strict=True) if p < 0.01}
    assert found == set(LIFTED_SCHOOLS)


def test_lifted_schools_are_not_lifted_in_examinations() -> None:
    for key in ("OGE-RU-2026", "OGE-MA-2026"):
        campaign = demo_campaigns()[key]
        cuts = campaign.blueprint.cut_scores
        assert cuts is not None
        totals = np.concatenate([written(campaign, school).total for school in LIFTED_SCHOOLS])
        bounds = (cuts.lowest_three, cuts.lowest_four, cuts.lowest_five)
        above = sum(int(np.isin(totals, (cut, cut + 1)).sum()) for cut in bounds)
        below = sum(int(np.isin(totals, (cut - 1, cut - 2)).sum()) for cut in bounds)
        assert stats.binomtest(above, above + below, 0.5, alternative="greater").pvalue > 0.01


def test_one_school_has_journal_marks_far_above_the_test() -> None:
    limits: dict[int, float] = {}
    for school in SCHOOLS:
        parts = [written(campaign, school) for campaign in campaigns_of("journal_far_above")]
        lower = sum(int(((part.mark < part.journal_mark) & (part.journal_mark > 0)).sum()) for part in parts)
        count = sum(int((part.journal_mark > 0).sum()) for part in parts)
        limits[school] = stats.binomtest(lower, count).proportion_ci(method="wilson").low
    assert [school for school, low in limits.items() if low > 0.5] == [JOURNAL_SCHOOL]
    assert max(low for school, low in limits.items() if school != JOURNAL_SCHOOL) < 0.4


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_three_schools_have_low_results_every_year(year: int) -> None:
    """At least 30 % of marks «2» in two or more works; the rule is read for schools with 50 results or more."""
    works = [c for c in demo_campaigns().values() if c.key.startswith("VPR-") and c.held_on.year == year]
    low_works = {
        school: sum(float((part.mark == 2).mean()) >= 0.3 for work in works if len(part := written(work, school)) >= 10)
        for school in SCHOOLS
    }
    assert {school for school in LOW_SCHOOLS if low_works[school] >= 2} == set(LOW_SCHOOLS)
    sizes = {school: sum(len(written(work, school)) for work in works) for school in SCHOOLS}
    others = [s for s in SCHOOLS if s not in LOW_SCHOOLS and sizes[s] >= 40 * len(works)]
    assert [low_works[school] for school in others] == [0] * len(others)


def mean_standard_score(school: int) -> float:
    """Mean over all works of the raw score, standardised within its campaign."""
    total = count = 0.0
    for campaign in demo_campaigns().values():
        everyone, own = written(campaign).total, written(campaign, school).total
        total += float(((own - everyone.mean()) / everyone.std()).sum())
        count += len(own)
    return total / count


def test_one_school_is_high_for_its_context() -> None:
    contexts = [plan.organization.contexts["2025/26"] for plan in demo_municipality().schools]
    hardship = np.array([c.share_low_income - c.share_parents_higher_education for c in contexts])
    means = np.array([mean_standard_score(school) for school in SCHOOLS])
    slope, intercept, _, _ = stats.theilslopes(means, hardship)
    residuals = means - intercept - slope * hardship
    scale = 1.4826 * float(np.median(np.abs(residuals - np.median(residuals))))
    assert slope < -0.5
    assert [s for s, r in zip(SCHOOLS, residuals / scale, strict=True) if r > 2.5] == [HIGH_FOR_CONTEXT_SCHOOL]


def test_the_whole_municipality_has_not_learnt_one_topic() -> None:
    for campaign in campaigns_of("municipal_gap"):
        items = np.maximum(written(campaign).items, 0)
        for position, item in enumerate(campaign.blueprint.items):
            share = items[:, position].mean() / item.max_score
            deviation = items[:, position].std() / item.max_score / np.sqrt(len(items))
            is_gap = item.level == "Б" and share + 2 * deviation < min(0.57, campaign.region.facilities[position] - 0.2)
            assert is_gap == (item.content_elements == ("2",))


def gap_statistics(campaign: SyntheticCampaign) -> dict[tuple[int, str], float]:
    """(observed − expected given the raw score) / deviation, by school and content element."""
    columns = written(campaign)
    found: dict[tuple[int, str], float] = {}
    for element in campaign.blueprint.element_names:
        chosen = [k for k, item in enumerate(campaign.blueprint.items) if element in item.content_elements]
        points = np.maximum(columns.items[:, chosen], 0).sum(axis=1).astype(float)
        expected, variance = np.zeros_like(points), np.zeros_like(points)
        for total in np.unique(columns.total):
            there = columns.total == total
            expected[there], variance[there] = points[there].mean(), points[there].var()
        for school in np.unique(columns.organization).tolist():
            own = columns.organization == school
            if variance[own].sum() > 3:
                difference = float((points[own] - expected[own]).sum())
                found[school, element] = difference / float(np.sqrt(variance[own].sum()))
    return found


@pytest.mark.parametrize("key", ["VPR-MA6-2026", "VPR-MA7-2026", "VPR-RU6-2026", "VPR-MA8-2026"])
def test_one_school_has_not_learnt_one_topic_and_no_other_school_stands_out(key: str) -> None:
    statistics = gap_statistics(demo_campaigns()[key])
    adjusted = stats.false_discovery_control([float(stats.norm.cdf(z)) for z in statistics.values()])
    found = [pair for pair, p in zip(statistics, adjusted, strict=True) if p < 0.05]
    assert found == ([(GAP_SCHOOL, "3")] if key in BY_ID["school_gap"].campaigns else [])


@pytest.mark.parametrize("subject", ["RU", "MA"])
def test_a_cohort_can_be_followed_by_permanent_numbers(subject: str) -> None:
    keys = [key for key in BY_ID["cohort"].campaigns if subject in key]
    scores = []
    for key in keys:
        columns = written(demo_campaigns()[key])
        numbers = demo_municipality().pupils.number[columns.pupil].tolist()
        people = list(zip(columns.organization.tolist(), numbers, strict=True))
        scores.append(dict(zip(people, columns.total.tolist(), strict=True)))
    for earlier, later in pairwise(scores):
        both = sorted(earlier.keys() & later.keys())
        assert len(both) > 500
        assert np.corrcoef([earlier[person] for person in both], [later[person] for person in both])[0, 1] > 0.6
