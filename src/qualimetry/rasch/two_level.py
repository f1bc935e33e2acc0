"""Abilities of pupils within schools: what raw scores of whole schools say about the schools' own levels.

θ = mean + τ z_school + σ t_pupil, both standard normal. With persons by school and raw score the likelihood of a school
is Σ_m w_m Π_r π_r(z_m)^{n_sr}: a product of two small matrices, whatever the number of pupils (Bock & Aitkin 1981 for
the quadrature; Raudenbush & Bryk 2002, ch. 11, for the model).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from qualimetry.rasch.counted import Booklet
from qualimetry.rasch.model import log_normaliser, normalised, score_moments
from qualimetry.rasch.symmetric import Symmetric

Float = npt.NDArray[np.float64]
#: Nodes of schools and of pupils in standard deviations.
SCHOOLS: Float = np.linspace(-5.0, 5.0, 61)
PUPILS: Float = np.linspace(-6.0, 6.0, 61)
_LEAST_SPREAD = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class SchoolModel:
    """Score probabilities of a booklet at the nodes of schools: [M, R+1]."""

    booklet: Booklet
    chances: Float


@dataclass(frozen=True, slots=True, eq=False)
class TwoLevel:
    """mean; within: deviation of pupils in a school; between: deviation of schools; loglik.

    models: of each booklet. posterior: [S, M] probabilities of the nodes given a school's scores.
    """

    mean: float
    within: float
    between: float
    loglik: float
    models: tuple[SchoolModel, ...]
    posterior: Float

    @property
    def levels(self) -> Float:
        """[S] means of the schools' levels given their scores."""
        return np.asarray(self.posterior @ (self.mean + self.between * SCHOOLS), np.float64)

    @property
    def errors(self) -> Float:
        """[S] deviations of the schools' levels given their scores."""
        square = self.posterior @ (self.mean + self.between * SCHOOLS) ** 2
        return np.sqrt(np.maximum(square - self.levels**2, 0.0))


def fit_two_level(booklets: Sequence[Booklet], weights: Sequence[Float]) -> TwoLevel:
    """Maximum likelihood with the items known."""
    start = np.array([0.0, np.log(0.9), np.log(0.4)])
    bounds = [(-20.0, 20.0), (np.log(_LEAST_SPREAD), 3.0), (np.log(_LEAST_SPREAD), 3.0)]
    persons = max(1.0, float(sum(booklet.scores.sum() for booklet in booklets)))

    def loss(values: Float) -> tuple[float, Float]:
        value, gradient = _surface(booklets, weights, values)
        return -value / persons, -gradient / persons

    found = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-13, "gtol": 1e-8, "maxiter": 200}
    )
    mean, within, between = float(found.x[0]), float(np.exp(found.x[1])), float(np.exp(found.x[2]))
    models = tuple(SchoolModel(one, _chances(one, weights, mean, within, between)[0]) for one in booklets)
    posterior, _ = normalised(_log_joint(booklets, [model.chances for model in models]))
    return TwoLevel(mean, within, between, -float(found.fun) * persons, models, posterior)


def _log_joint(booklets: Sequence[Booklet], chances: Sequence[Float]) -> Float:
    logs = np.zeros((booklets[0].scores.shape[0], SCHOOLS.size)) - SCHOOLS[None, :] ** 2 / 2
    for booklet, rows in zip(booklets, chances, strict=True):
        logs += booklet.scores @ np.log(np.maximum(rows, 1e-300)).T
    return logs


def _chances(
    booklet: Booklet, weights: Sequence[Float], mean: float, within: float, between: float
) -> tuple[Float, Float, Float]:
    """[M, R+1] π_r and its derivatives by the mean and by the spread of pupils."""
    items = [weights[item] for item in booklet.items]
    theta = (mean + between * SCHOOLS[:, None] + within * PUPILS[None, :]).reshape(-1)
    density = np.exp(-(PUPILS**2) / 2)
    density /= density.sum()
    fall = np.sum([log_normaliser(row, theta) for row in items], axis=0)
    ways = Symmetric.of(items).all.log()
    scores = np.arange(ways.size)
    rows = np.exp(ways[None, :] + np.outer(theta, scores) - fall[:, None])
    lift = rows * (scores[None, :] - score_moments(items, theta).mean[:, None])
    shape = (SCHOOLS.size, PUPILS.size, scores.size)
    by_mean = np.einsum("q,mqr->mr", density, lift.reshape(shape))
    by_spread = np.einsum("q,mqr->mr", density * PUPILS, lift.reshape(shape))
    return np.einsum("q,mqr->mr", density, rows.reshape(shape)), by_mean, by_spread


def _surface(booklets: Sequence[Booklet], weights: Sequence[Float], values: Float) -> tuple[float, Float]:
    """Log likelihood and its gradient by the mean and the logarithms of both spreads."""
    within, between = float(np.exp(values[1])), float(np.exp(values[2]))
    parts = [_chances(one, weights, float(values[0]), within, between) for one in booklets]
    logs = _log_joint(booklets, [part[0] for part in parts])
    posterior, sums = normalised(logs)
    value = float(sums.sum()) - logs.shape[0] * float(np.log(np.exp(-(SCHOOLS**2) / 2).sum()))
    gradient = np.zeros(3)
    for booklet, (chances, by_mean, by_spread) in zip(booklets, parts, strict=True):
        share = (posterior.T @ booklet.scores) / np.maximum(chances, 1e-300)  # [M, R+1]
        node = (share * by_mean).sum(axis=1)
        gradient += np.array([node.sum(), float((share * by_spread).sum()) * within, float(node @ SCHOOLS) * between])
    return value, gradient
