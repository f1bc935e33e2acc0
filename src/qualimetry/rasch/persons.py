"""Abilities by raw score: one table for everybody who took the same items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.model import log_joint, normalised, score_moments

Float = npt.NDArray[np.float64]
#: Nodes of the ability distribution in standard deviations; the rule of rectangles is exact to rounding for it.
NODES: Float = np.linspace(-8.0, 8.0, 241)
_FAR = 60.0
_HALVINGS, _FALSE_POSITIONS, _CLOSE = 10, 40, 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """A normal distribution of abilities."""

    mean: float
    sd: float

    def nodes(self) -> tuple[Float, Float]:
        """Abilities and their weights."""
        density = np.exp(-NODES * NODES / 2)
        return self.mean + self.sd * NODES, density / density.sum()


@dataclass(frozen=True, slots=True, eq=False)
class AbilityTable:
    """By raw score 0…R: WLE with its error, EAP with its deviation, persons; NaN where a score is impossible."""

    persons: Float
    wle: Float
    wle_se: Float
    eap: Float
    eap_sd: Float

    @property
    def reliability(self) -> float | None:
        """Var(EAP) / (Var(EAP) + mean posterior variance) over persons; None without spread or persons."""
        n = float(self.persons.sum())
        there = self.persons > 0
        if n <= 0:
            return None
        weight, eap = self.persons[there] / n, self.eap[there]
        between = float(weight @ (eap - float(weight @ eap)) ** 2)
        within = float(weight @ self.eap_sd[there] ** 2)
        return between / (between + within) if between + within > 0 else None


def ability_table(weights: Sequence[Float], persons: Float, population: Population) -> AbilityTable:
    wle, wle_se = warm(weights)
    eap, eap_sd = posterior(weights, population)
    return AbilityTable(persons, wle, wle_se, eap, eap_sd)


def warm(weights: Sequence[Float]) -> tuple[Float, Float]:
    """Weighted likelihood estimates by raw score and 1/√I at them: Warm 1989, Psychometrika 54:427.

    Root of r − E(θ) + J(θ)/(2 I(θ)), J the third central moment of the score; finite also for 0 and the maximum.
    """

    def equation(theta: Float, scores: Float) -> Float:
        found = score_moments(weights, theta)
        with np.errstate(divide="ignore", invalid="ignore"):
            pull = np.where(found.variance > 0, found.third / (2 * found.variance), 0.0)
        return np.asarray(scores - found.mean + pull, np.float64)

    return _roots(weights, equation, has_ends=True)


def likeliest(weights: Sequence[Float]) -> tuple[Float, Float]:
    """Maximum likelihood abilities by raw score and 1/√I; NaN at the least and the greatest possible score."""

    def equation(theta: Float, scores: Float) -> Float:
        return np.asarray(scores - score_moments(weights, theta).mean, np.float64)

    return _roots(weights, equation, has_ends=False)


def _roots(
    weights: Sequence[Float], equation: Callable[[Float, Float], Float], *, has_ends: bool
) -> tuple[Float, Float]:
    """Of all scores at once: halving between −60 and 60 logits, then false position (Illinois) to the last bits."""
    low_score = sum(int(np.flatnonzero(row)[0]) for row in weights)
    high_score = sum(int(np.flatnonzero(row)[-1]) for row in weights)
    top = sum(row.size - 1 for row in weights)
    scores = np.arange(top + 1, dtype=np.float64)
    shift = 0 if has_ends else 1
    asked = (scores >= low_score + shift) & (scores <= high_score - shift)
    if low_score == high_score:
        asked[:] = False
    found, errors = np.full(top + 1, np.nan), np.full(top + 1, np.nan)
    wanted = scores[asked]
    if wanted.size:
        found[asked] = _falling_roots(lambda theta: equation(theta, wanted), wanted.size)
        errors[asked] = 1 / np.sqrt(score_moments(weights, found[asked]).variance)
    return found, errors


def _falling_roots(equation: Callable[[Float], Float], size: int) -> Float:
    """Where falling functions cross zero."""
    low, high = np.full(size, -_FAR), np.full(size, _FAR)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_above = equation(middle) > 0
        low, high = np.where(is_above, middle, low), np.where(is_above, high, middle)
    above, below = equation(low), equation(high)
    for _ in range(_FALSE_POSITIONS):
        with np.errstate(divide="ignore", invalid="ignore"):
            guess = (low * below - high * above) / (below - above)
        guess = np.where(np.isfinite(guess), guess, (low + high) / 2)
        value = equation(guess)
        is_above = value > 0
        # Illinois: the end that stays weighs half, so that both ends close in
        above = np.where(is_above, value, above / 2)
        below = np.where(is_above, below / 2, value)
        low, high = np.where(is_above, guess, low), np.where(is_above, high, guess)
        if float(np.minimum(high - low, np.abs(value)).max()) < _CLOSE:
            break
    return np.where(np.abs(above) < np.abs(below), low, high)


def posterior(weights: Sequence[Float], population: Population) -> tuple[Float, Float]:
    """Mean and deviation of the ability given the raw score (EAP): Bock & Mislevy 1982."""
    theta, density = population.nodes()
    rows, _ = normalised(log_joint(weights, theta, density))
    mean = rows @ theta
    return mean, np.sqrt(np.maximum((rows * (theta[None, :] - mean[:, None]) ** 2).sum(axis=1), 0.0))


def score_information(weights: Sequence[Float], theta: Float) -> Float:
    """Test information at abilities."""
    return score_moments(weights, theta).variance
