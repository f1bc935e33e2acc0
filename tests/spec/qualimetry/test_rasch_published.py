"""Scales against published figures: Bock & Lieberman 1970; Thissen 1982; Rizopoulos 2006, JSS 17(5); mirt; eRm."""

from __future__ import annotations

from decimal import Decimal, getcontext

import numpy as np
import pytest

from qualimetry.rasch.conditional import ItemFit, fit_conditional
from qualimetry.rasch.marginal import fit_marginal
from qualimetry.rasch.responses import Responses, from_margins, from_matrix
from qualimetry.rasch.scale import Method, calibrate
from tests.factories import lsat

SECTION_6 = ((924, 709, 553, 763, 870), (3, 20, 85, 237, 357, 298))
SECTION_7 = ((828, 658, 772, 606, 843), (12, 40, 114, 205, 321, 308))


def _margins(solved: tuple[int, ...], scores: tuple[int, ...]) -> Responses:
    return from_margins([[1000 - n, n] for n in solved], scores)


def _steps(fit: ItemFit) -> tuple[list[float], list[float]]:
    found = fit.layout.thresholds(fit.eta, fit.covariance)
    return [values[0] or 0.0 for values, _ in found], [errors[0] or 0.0 for _, errors in found]


@pytest.mark.parametrize(
    ("margins", "thresholds", "loglik"),
    [
        (SECTION_6, (-1.256128, 0.474906, 1.235984, 0.168411, -0.623172), -1091.569690),
        (SECTION_7, (-0.541470, 0.536546, -0.133583, 0.805166, -0.666659), -1182.699899),
    ],
)
def test_conditional_thresholds(
    margins: tuple[tuple[int, ...], tuple[int, ...]], thresholds: tuple[float, ...], loglik: float
) -> None:
    fit = fit_conditional(_margins(*margins))
    assert _steps(fit)[0] == pytest.approx(thresholds, abs=6e-7)
    assert fit.loglik == pytest.approx(loglik, abs=6e-7)
    assert sum(_steps(fit)[0]) == pytest.approx(0, abs=1e-12)


def test_conditional_errors() -> None:
    errors = _steps(fit_conditional(_margins(*SECTION_6)))[1]
    assert errors == pytest.approx((0.104410, 0.069917, 0.068779, 0.072619, 0.085916), abs=6e-7)


@pytest.mark.parametrize(
    ("margins", "thresholds", "variance", "loglik"),
    [
        (SECTION_6, (-2.730013, -0.998606, -0.239854, -1.306451, -2.099404), 0.755135**2, -2466.937600),
        (SECTION_7, (-1.868265, -0.791006, -1.460980, -0.521506, -1.992975), 1.022662, -2664.900891),
    ],
)
def test_marginal_thresholds(
    margins: tuple[tuple[int, ...], tuple[int, ...]], thresholds: tuple[float, ...], variance: float, loglik: float
) -> None:
    fit = fit_marginal(_margins(*margins))
    assert _steps(fit.items)[0] == pytest.approx(thresholds, abs=6e-7)
    assert fit.populations[0].sd ** 2 == pytest.approx(variance, abs=2e-6)
    assert fit.items.loglik == pytest.approx(loglik, abs=6e-7)


def test_marginal_error_of_the_spread() -> None:
    """In the form of ltm: slope 0.7551 (0.0694), difficulties δ/σ."""
    fit = fit_marginal(_margins(*SECTION_6))
    assert fit.sd_se[0] == pytest.approx(0.069433, abs=6e-7)
    difficulties = [step / fit.populations[0].sd for step in _steps(fit.items)[0]]
    assert difficulties == pytest.approx((-3.6153, -1.3224, -0.3176, -1.7301, -2.7802), abs=6e-5)


def test_abilities_by_raw_score() -> None:
    abilities = calibrate(_margins(*SECTION_6)).tables[0].abilities
    assert abilities.wle == pytest.approx((-2.790481, -1.337597, -0.411479, 0.421925, 1.335731, 2.776479), abs=6e-7)


def test_fit_of_items() -> None:
    scale = calibrate(from_matrix(lsat.section(7), list("12345")), Method.CONDITIONAL)
    assert [item.fit.outfit for item in scale.items] == pytest.approx(
        (0.87775, 1.02298, 0.83694, 1.02046, 0.98437), abs=1e-5
    )
    assert [item.fit.infit for item in scale.items] == pytest.approx(
        (0.90953, 0.99466, 0.87108, 1.04883, 0.99281), abs=2e-5
    )


def test_the_patterns_have_the_published_margins() -> None:
    for number, margins in ((6, SECTION_6), (7, SECTION_7)):
        rows = lsat.section(number)
        assert tuple(rows.sum(axis=0)) == margins[0]
        assert tuple(np.bincount(rows.sum(axis=1), minlength=6)) == margins[1]


@pytest.mark.parametrize("margins", [SECTION_6, SECTION_7])
def test_conditional_estimates_against_fifty_digits(margins: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    """Newton's method over all 32 patterns in decimals of 50 digits, independent of the code under test."""
    getcontext().prec = 50
    solved, scores = margins
    patterns = [[number >> place & 1 for place in range(5)] for number in range(32)]
    eta = [Decimal(0)] * 5
    for _ in range(12):
        chance: dict[int, list[Decimal]] = {}
        hessian = [[Decimal(0)] * 5 for _ in range(5)]
        gradient = [Decimal(n) for n in solved]
        for score, n in enumerate(scores):
            mine = [p for p in patterns if sum(p) == score]
            weights = [sum((e for e, x in zip(eta, p, strict=True) if x), Decimal(0)).exp() for p in mine]
            whole = sum(weights)
            chance[score] = [sum(w for w, p in zip(weights, mine, strict=True) if p[i]) / whole for i in range(5)]
            for i in range(5):
                gradient[i] -= n * chance[score][i]
                for j in range(5):
                    both = sum(w for w, p in zip(weights, mine, strict=True) if p[i] and p[j]) / whole
                    hessian[i][j] += n * (both - chance[score][i] * chance[score][j])
        step = _solve([[cell + 1 for cell in row] for row in hessian], gradient)
        eta = [one + by for one, by in zip(eta, step, strict=True)]
        middle = sum(eta) / 5
        eta = [one - middle for one in eta]
    ours = _steps(fit_conditional(_margins(*margins)))[0]
    assert max(abs(Decimal(mine) + exact) for mine, exact in zip(ours, eta, strict=True)) < Decimal("1e-12")


def _solve(matrix: list[list[Decimal]], right: list[Decimal]) -> list[Decimal]:
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        rows[k] = [cell / rows[k][k] for cell in rows[k]]
        for other in range(len(rows)):
            if other != k:
                rows[other] = [a - rows[other][k] * b for a, b in zip(rows[other], rows[k], strict=True)]
    return [row[-1] for row in rows]


def test_the_worked_example_of_the_methodology() -> None:
    """Two items: only those who solved exactly one speak, and the difference is the logarithm of their odds."""
    scale = calibrate(from_margins([[40 + 10, 60 + 30], [60 + 10, 40 + 30]], [10, 100, 30]))
    assert [round(item.thresholds[0] or 0, 3) for item in scale.items] == [-0.203, 0.203]
    assert scale.items[1].thresholds[0] == pytest.approx(np.log(60 / 40) / 2)
