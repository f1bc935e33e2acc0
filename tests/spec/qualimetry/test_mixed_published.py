"""Mixed models against published figures: Davies 1947; Box & Tiao 1973; Belenky et al. 2003 (lme4)."""

from __future__ import annotations

import pytest

from qualimetry.mixed.design import design
from qualimetry.mixed.fit import MixedResult, fit_mixed
from tests.factories import classics


def _dyestuff(number: int, *, is_restricted: bool = True) -> MixedResult:
    yields, batches = classics.dyestuff(number)
    return fit_mixed(design(yields, {}, {"batch": batches}), is_restricted=is_restricted)


def test_dyestuff() -> None:
    """Balanced: the estimates have a closed form."""
    found = _dyestuff(1)
    assert found.coefficients[0].estimate == pytest.approx(1527.5, abs=1e-9)
    assert found.coefficients[0].error == pytest.approx(19.38341, abs=6e-6)
    assert found.levels[0].variance[0, 0] == pytest.approx(1764.05, abs=1e-9)
    assert found.residual == pytest.approx(2451.25, abs=1e-9)
    assert found.criterion == pytest.approx(319.6542768, abs=1e-7)


def test_dyestuff_by_full_likelihood() -> None:
    found = _dyestuff(1, is_restricted=False)
    assert found.levels[0].variance[0, 0] == pytest.approx(1388.3333333, abs=1e-6)
    assert found.criterion == pytest.approx(327.3270599, abs=1e-7)


def test_no_variance_between_batches() -> None:
    found = _dyestuff(2)
    assert found.levels[0].variance[0, 0] == 0
    assert found.residual == pytest.approx(13.80631, abs=6e-6)
    assert found.criterion == pytest.approx(161.82828, abs=6e-6)
    assert set(found.levels[0].effects[:, 0]) == {0.0}


def test_reaction_times_with_intercepts() -> None:
    times, days, subjects = classics.sleep()
    found = fit_mixed(design(times, {"Days": days}, {"Subject": subjects}))
    assert [one.estimate for one in found.coefficients] == pytest.approx((251.405105, 10.467286), abs=6e-7)
    assert [one.error for one in found.coefficients] == pytest.approx((9.746716, 0.804221), abs=6e-7)
    assert found.levels[0].variance[0, 0] == pytest.approx(1378.178508, abs=6e-7)
    assert found.residual == pytest.approx(960.456579, abs=6e-7)
    assert found.criterion == pytest.approx(1786.465085, abs=6e-7)


def test_reaction_times_with_slopes() -> None:
    times, days, subjects = classics.sleep()
    found = fit_mixed(design(times, {"Days": days}, {"Subject": subjects}, ["Days"]))
    assert [one.error for one in found.coefficients] == pytest.approx((6.824556, 1.545789), abs=2e-6)
    variance = found.levels[0].variance
    assert (variance[0, 0], variance[1, 1], variance[0, 1]) == pytest.approx((612.08987, 35.071663, 9.604344), abs=1e-4)
    assert found.residual == pytest.approx(654.941027, abs=2e-6)
    assert found.criterion == pytest.approx(1743.628272, abs=6e-7)


def test_the_worked_example_of_the_methodology() -> None:
    """A balanced design by the sums of squares, in ten lines and without the model."""
    yields, _ = classics.dyestuff()
    table = yields.reshape(6, 5)
    means = table.mean(axis=1)
    between, within = 5 * ((means - yields.mean()) ** 2).sum(), ((table - means[:, None]) ** 2).sum()
    assert (between, within) == pytest.approx((56357.5, 58830.0))
    residual = within / 24
    variance = (between / 5 - residual) / 5
    ratio = variance / residual
    found = _dyestuff(1)
    assert found.levels[0].variance[0, 0] == pytest.approx(variance)
    assert found.levels[0].effects[4, 0] == pytest.approx(5 * ratio / (1 + 5 * ratio) * (means[4] - yields.mean()))
    assert round(found.levels[0].effects[4, 0], 1) == 56.7
