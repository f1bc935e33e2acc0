"""Likelihood of a mixed model with the coefficients and the residual variance profiled out, and its best parameters.

REML: (n−p)(ln(2π RSS/(n−p)) + 1) + ln|V| + ln|X'V⁻¹X|; ML: n(ln(2π RSS/n) + 1) + ln|V|. The estimate is the root of the
analytic derivative, not the end of a search, so that it is exact to rounding; a level without variance lies at the
boundary when the derivative there is not negative.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from qualimetry.mixed.design import INTERCEPT, Design
from qualimetry.mixed.errors import MixedError
from qualimetry.mixed.structure import Effects, Intercepts, Slopes, Structure

Float = npt.NDArray[np.float64]
_GREATEST = 1e8


@dataclass(frozen=True, slots=True)
class Coefficient:
    estimate: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class LevelResult:
    """name; terms: intercept and slopes; variance: [q, q]; labels, effects: [J, q] of groups; errors: [J, q] deviations
    of the effects given the coefficients."""

    name: str
    terms: tuple[str, ...]
    variance: Float
    labels: tuple[str, ...]
    effects: Float
    errors: Float


@dataclass(frozen=True, slots=True, eq=False)
class MixedResult:
    """criterion: −2 ln of the (restricted) likelihood. levels: inner to outer."""

    names: tuple[str, ...]
    coefficients: tuple[Coefficient, ...]
    covariance: Float
    residual: float
    levels: tuple[LevelResult, ...]
    criterion: float
    is_restricted: bool


def fit_mixed(design: Design, *, is_restricted: bool = True) -> MixedResult:
    """Estimate by restricted (or full) maximum likelihood.

    Raises MixedError: slopes with more than one level, no convergence, an outcome without residual spread.
    """
    if design.slopes.shape[1] and len(design.levels) > 1:
        raise MixedError("not_nested", "slopes with several levels are not supported")
    if len(design.levels) > 2:
        raise MixedError("not_nested", "more than two levels of groups are not supported")
    structure: Structure = Slopes.of(design) if design.slopes.shape[1] else Intercepts.of(design)
    criterion = _Criterion(structure, design.size, design.fixed, is_restricted)
    parameters = _best(criterion)
    return _told(design, criterion, parameters)


@dataclass(frozen=True, slots=True, eq=False)
class _Criterion:
    structure: Structure
    n: int
    p: int
    is_restricted: bool

    @property
    def freedom(self) -> int:
        return self.n - self.p if self.is_restricted else self.n

    def value(self, parameters: Float) -> tuple[float, Float]:
        """The criterion and its gradient."""
        pieces = self.structure.at(parameters)
        p = self.p
        gram, right = pieces.cross[:p, :p], pieces.cross[:p, p]
        inverse = np.linalg.inv(gram)
        beta = inverse @ right
        rss = float(pieces.cross[p, p] - right @ beta)
        if not rss > 0:
            raise MixedError("no_spread", "no residual spread")
        contrast = np.append(-beta, 1.0)
        rss_by = np.einsum("a,kab,b->k", contrast, pieces.cross_by, contrast)
        value = self.freedom * (np.log(2 * np.pi * rss / self.freedom) + 1) + pieces.log_det
        gradient = self.freedom * rss_by / rss + pieces.log_det_by
        if self.is_restricted:
            value += float(np.linalg.slogdet(gram)[1])
            gradient = gradient + np.einsum("ab,kba->k", inverse, pieces.cross_by[:, :p, :p])
        return float(value), np.asarray(gradient, np.float64)


def _best(criterion: _Criterion) -> Float:
    lower = criterion.structure.lower
    return _best_single(criterion) if lower.size == 1 else _best_of_many(criterion, lower)


def _best_single(criterion: _Criterion) -> Float:
    """The root of the derivative by Brent's method; 0 where the criterion rises from there."""

    def slope(ratio: float) -> float:
        return float(criterion.value(np.array([ratio]))[1][0])

    if slope(0.0) >= 0:
        return np.zeros(1)
    high = 0.1
    while slope(high) < 0:
        high *= 8
        if high > _GREATEST:
            raise MixedError("no_spread", "no residual spread within groups")
    low = high / 8 if high > 0.1 else 0.0
    root = optimize.brentq(slope, low, high, xtol=1e-300, rtol=8.9e-16, maxiter=300)
    return np.array([float(root)])


def _best_of_many(criterion: _Criterion, lower: Float) -> Float:
    """Descent within bounds, then Newton's method on the gradient of the parameters that are inside."""
    bounds = [(low if np.isfinite(low) else None, None) for low in lower]
    found = optimize.minimize(
        criterion.value, criterion.structure.start, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-9},
    )  # fmt: skip
    parameters = np.asarray(found.x, np.float64)
    free = parameters > np.where(np.isfinite(lower), lower + 1e-7 * (1 + np.abs(parameters)), -np.inf)
    parameters = np.where(free, parameters, lower)
    return _polished(criterion, parameters, free, lower)


def _polished(criterion: _Criterion, parameters: Float, free: npt.NDArray[np.bool_], lower: Float) -> Float:
    best, size = parameters, np.inf
    for _ in range(30):
        gradient = criterion.value(best)[1][free]
        hessian = _hessian(criterion, best, free)
        try:
            step = np.linalg.solve(hessian, gradient)
        except np.linalg.LinAlgError:
            break
        moved = best.copy()
        moved[free] = best[free] - step
        moved = np.maximum(moved, lower)
        now = float(np.abs(step).max(initial=0.0))
        if not np.isfinite(now) or now >= size:
            break
        best, size = moved, now
        if now <= 1e-15 * (1 + float(np.abs(best).max())):
            break
    return best


def _hessian(criterion: _Criterion, at: Float, free: npt.NDArray[np.bool_]) -> Float:
    """Central differences of the analytic gradient."""
    places = np.flatnonzero(free)
    columns = []
    for place in places:
        width = 1e-5 * max(abs(float(at[place])), 1e-3)
        up, down = at.copy(), at.copy()
        up[place] += width
        down[place] -= width
        difference = criterion.value(up)[1] - criterion.value(down)[1]
        columns.append(difference[places] / (2 * width))
    found = np.array(columns)
    return (found + found.T) / 2


def _told(design: Design, criterion: _Criterion, parameters: Float) -> MixedResult:
    pieces = criterion.structure.at(parameters)
    p = design.fixed
    inverse = np.linalg.inv(pieces.cross[:p, :p])
    beta = inverse @ pieces.cross[:p, p]
    rss = float(pieces.cross[p, p] - pieces.cross[:p, p] @ beta)
    residual = rss / criterion.freedom
    back = np.eye(p)  # coefficients of the columns as they were given: only the intercept moves
    back[0, 1:] = -design.means[1:-1]
    given, covariance = back @ beta, residual * back @ inverse @ back.T
    given[0] += design.means[-1]
    coefficients = tuple(
        Coefficient(float(value), float(np.sqrt(error)))
        for value, error in zip(given, np.diag(covariance), strict=True)
    )
    levels = _levels(design, criterion.structure, parameters, beta, residual)
    return MixedResult(
        design.names, coefficients, covariance, residual, levels, criterion.value(parameters)[0],
        criterion.is_restricted,
    )  # fmt: skip


def _levels(
    design: Design, structure: Structure, parameters: Float, beta: Float, residual: float
) -> tuple[LevelResult, ...]:
    effects: list[Effects] = structure.effects(parameters, beta)
    variances = structure.variances(parameters)
    terms = (INTERCEPT, *design.slope_names)
    return tuple(
        LevelResult(
            level.name, terms, variance * residual, level.labels, found.values,
            np.sqrt(np.maximum(np.diagonal(found.covariance, axis1=1, axis2=2), 0.0) * residual),
        )
        for level, found, variance in zip(design.levels, effects, variances, strict=True)
    )  # fmt: skip
