"""Answers of a class that do not fit its raw scores: hard items better and easy ones worse than elsewhere.

Given the raw score, the points on the harder half of the items have a distribution that depends on no ability:
P(h | r) = γ_h(harder) γ_{r−h}(easier) / γ_r. The points of a class on the harder half less what is expected, in units
of its deviation, is standard normal for an honest class (idea: Jacob & Levitt 2003, QJE 118:843; as ФИОКО puts it,
«сложные задания выполнены лучше, лёгкие – хуже»). Two things are taken from the data: how the municipality as a whole
departs from the model at each raw score, and how much classes differ for innocent reasons, such as what was taught.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualimetry.integrity.contracts import Evidence, Sign, Why
from qualimetry.integrity.deviations import spread_of
from qualimetry.rasch.symmetric import Symmetric

Int64 = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class GivenScore:
    """Points on the harder items by raw score: [R+1] mean and variance."""

    mean: Float
    variance: Float


def given_score(weights: Sequence[Float], harder: Bool) -> GivenScore:
    """By the model: of items with `weights`, those marked `harder`."""
    hard = Symmetric.of([row for row, is_hard in zip(weights, harder, strict=True) if is_hard]).all
    easy = Symmetric.of([row for row, is_hard in zip(weights, harder, strict=True) if not is_hard]).all
    top = hard.values.size + easy.values.size - 1
    points = np.arange(hard.values.size)
    rest = np.arange(top)[:, None] - points[None, :]
    ways = np.where((rest >= 0) & (rest < easy.values.size), easy.values[np.clip(rest, 0, easy.values.size - 1)], 0.0)
    joint = ways * hard.values[None, :]
    whole = joint.sum(axis=1, keepdims=True)
    chances = np.divide(joint, whole, out=np.zeros_like(joint), where=whole > 0)
    mean = chances @ points
    return GivenScore(mean, np.maximum(chances @ points**2 - mean**2, 0.0))


def as_observed(model: GivenScore, hard_points: Float, persons: Int64) -> GivenScore:
    """The mean moved to that of everybody: hard_points: [R+1] sums over all, persons: [R+1].

    The departure of observed means from the model is smoothed by a parabola of the raw score, weighted by persons.
    """
    there = (persons > 0) & (model.variance > 0)
    if int(there.sum()) < 4:
        return model
    place = np.linspace(-1, 1, persons.size)
    away = hard_points[there] / persons[there] - model.mean[there]
    curve = np.polynomial.polynomial.polyfit(place[there], away, 2, w=np.sqrt(persons[there] / model.variance[there]))
    moved = np.where(model.variance > 0, np.polynomial.polynomial.polyval(place, curve), 0.0)
    return GivenScore(model.mean + moved, model.variance)


def pattern(hard_points: Int64, scores: Int64, given: GivenScore, *, fewest: int) -> list[Evidence]:
    """Of each group. hard_points: [G] sums of points on the harder items; scores: [G, R+1] persons by raw score;
    `fewest`: persons whose answers can differ, without which the check does not apply."""
    n = (scores * (given.variance > 0)).sum(axis=1)
    expected, variance = scores @ given.mean, scores @ given.variance
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (hard_points - expected) / np.sqrt(variance), np.nan)
    tested = (n >= fewest) & np.isfinite(z)
    scale = spread_of(z[tested])
    return [
        Evidence(
            Sign.PATTERN, int(n[g]), float(hard_points[g]), float(expected[g]),
            float((hard_points[g] - expected[g]) / n[g]), float(special.ndtr(-z[g] / scale)),
        )
        if tested[g]
        else Evidence(Sign.PATTERN, int(n[g]), why=Why.FEW_PERSONS)
        for g in range(n.size)
    ]  # fmt: skip


def harder_half(difficulties: Sequence[float | None]) -> Bool:
    """Items whose difficulty is above the median; those without one count as easy."""
    known = np.array([np.nan if one is None else one for one in difficulties])
    if not np.isfinite(known).any():
        return np.zeros(known.size, bool)
    with np.errstate(invalid="ignore"):
        return np.asarray(known > np.nanmedian(known), np.bool_)
