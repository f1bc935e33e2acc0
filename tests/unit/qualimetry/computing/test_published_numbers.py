"""Numbers of published tables: Newcombe 1998, Benjamini & Hochberg 1995, LSAT of Bock & Lieberman 1970."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qualimetry.descriptive.fdr import benjamini_hochberg
from qualimetry.descriptive.means import mean_interval, welch_difference
from qualimetry.descriptive.proportions import effective_size, newcombe_difference, wilson, wilson_corrected
from qualimetry.descriptive.quantiles import quantile
from qualimetry.items import classical
from qualimetry.recipes.campaign import analyse
from tests.factories.batches import answers, blueprint, policy, statistics

LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes / n, n, confidence=0.95)
    assert [round(float(bound), 4) for bound in found] == [low, high]


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2535, 0.3682), (15, 148, 0.0598, 0.1644), (0, 20, 0.0, 0.2005), (1, 29, 0.0018, 0.1963)],
)
def test_wilson_with_continuity_correction(successes: int, n: int, low: float, high: float) -> None:
    found = wilson_corrected(successes, n, confidence=0.95)
    assert [round(float(bound), 4) for bound in found] == [low, high]


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 10), 0.6075, 1.0),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_newcombe_difference(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    shares = (first[0] / first[1], first[1], second[0] / second[1], second[1])
    difference, *bounds = newcombe_difference(*shares, confidence=0.95)
    assert float(difference) == pytest.approx(shares[0] - shares[2])
    assert [round(float(bound), 4) for bound in bounds] == [low, high]


def test_false_discovery_rate() -> None:
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
        0.7590, 1.0,
    ]  # fmt: skip
    q_values = benjamini_hochberg(p_values)
    assert (q_values <= 0.05).sum() == 4
    assert q_values[:4].tolist() == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
    assert [round(q, 5) for q in q_values[4:8].tolist()] == [0.0603, 0.06386, 0.06386, 0.0645]


def test_untested_hypotheses_do_not_count() -> None:
    assert benjamini_hochberg([0.01, np.nan, 0.04]).tolist() == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert benjamini_hochberg([np.nan]).tolist() == pytest.approx([np.nan], nan_ok=True)
    assert benjamini_hochberg([]).tolist() == []


def test_lsat6(tmp_path: Path) -> None:
    matrix = [[int(x) for x in pattern] for pattern, count in LSAT6.items() for _ in range(count)]
    specification = blueprint([1] * 5)
    result = analyse(statistics(answers(matrix), specification, tmp_path), specification, policy())
    whole = result.whole
    assert whole.raw_score_distribution == (3, 20, 85, 237, 357, 298)
    assert [item.facility.value for item in whole.items] == [0.924, 0.709, 0.553, 0.763, 0.870]
    correlations = [0.36201044, 0.56677210, 0.61843975, 0.53441833, 0.43536643]
    corrected = [0.11283269, 0.15317812, 0.17277894, 0.14442810, 0.12159640]
    assert [item.item_total_correlation for item in whole.items] == pytest.approx(correlations, abs=1e-8)
    assert [item.item_rest_correlation for item in whole.items] == pytest.approx(corrected, abs=1e-8)
    assert result.alpha is not None
    assert result.alpha.value == pytest.approx(0.29499719, abs=1e-8)


def test_alpha_of_lsat7() -> None:
    correct, scores = np.array([828, 658, 772, 606, 843]), np.array([12, 40, 114, 205, 321, 308])
    shares = correct / 1000
    mean = scores @ np.arange(6) / 1000
    spread = scores @ np.arange(6) ** 2 / 1000 - mean**2
    value = classical.alpha((shares * (1 - shares)).tolist(), float(spread))
    assert value is not None
    assert round(value, 3) == 0.453


def test_feldt_interval() -> None:
    """Feldt, Woodruff & Salih 1987 form: F quantiles with 40 and 1000 degrees of freedom around α = 0.79."""
    from scipy import stats

    bounds = classical.alpha_interval(0.79, 41, 26, confidence=0.95)
    assert bounds == pytest.approx((1 - 0.21 * stats.f.ppf(0.975, 40, 1000), 1 - 0.21 * stats.f.ppf(0.025, 40, 1000)))
    assert classical.alpha_interval(0.79, 2, 26, confidence=0.95) is None


def test_means_against_scipy() -> None:
    from scipy import stats

    first, second = [1, 2, 2, 5, 9, 4], [3, 3, 8, 7]
    mean, low, high = mean_interval(sum(first), sum(x * x for x in first), len(first), confidence=0.95)
    reference = stats.ttest_1samp(first, 0).confidence_interval(0.95)
    assert (float(mean), float(low), float(high)) == pytest.approx((np.mean(first), reference.low, reference.high))
    sums = [(sum(xs), sum(x * x for x in xs), len(xs)) for xs in (first, second)]
    _, low, high = welch_difference(sums[0], sums[1], confidence=0.95)
    reference = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.95)
    assert (float(low), float(high)) == pytest.approx((reference.low, reference.high))


def test_no_interval_of_one_and_no_mean_of_none() -> None:
    mean, low, high = mean_interval([5, 0], [25, 0], [1, 0], confidence=0.95)
    assert mean.tolist() == pytest.approx([5, np.nan], nan_ok=True)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_quantiles_are_those_of_numpy() -> None:
    scores = [0, 0, 3, 4, 4, 4, 9]
    distribution = np.bincount(scores)
    for share in (0, 0.1, 0.25, 0.5, 0.75, 0.9, 1):
        assert quantile(distribution, share) == pytest.approx(np.quantile(scores, share))


def test_boundary_scores_are_split_in_proportion() -> None:
    """27 % of 10 is 2.7: the lower group takes both of score 0 and 0.7 of the four at score 1, and so on."""
    sizes, points = np.array([2, 4, 4]), np.array([0, 2, 4])
    found = classical.upper_lower(points, sizes, max_score=1, share=0.27)
    assert found == pytest.approx(1.0 - 0.7 * 0.5 / 2.7)
    assert classical.upper_lower(points * 0, sizes * 0, max_score=1, share=0.27) is None


def test_effective_size() -> None:
    assert float(effective_size(0.3, 0.21, 50, 1)) == 50
    assert float(effective_size(0.5, 0.125, 50, 2)) == 100  # binomial of two independent steps
    assert float(effective_size(0.5, 0.0, 50, 2)) == 100  # everybody got 1 of 2: no more than the steps
    assert float(effective_size(1.0, 0.0, 50, 3)) == 50
