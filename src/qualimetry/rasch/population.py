"""Distributions of abilities when the items are known: mean and deviation of each group from raw scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.errors import RaschError
from qualimetry.rasch.model import log_joint, normalised, score_moments
from qualimetry.rasch.persons import NODES, Population
from qualimetry.rasch.responses import Block, Responses

Float = npt.NDArray[np.float64]
_STEPS = 200
_TOLERANCE = 1e-11
#: A deviation of abilities below which persons do not differ.
NO_SPREAD = 1e-5


def fit_population(responses: Responses, weights: Sequence[Float]) -> list[Population]:
    """The normal distribution of each group that makes its raw scores most likely; the items stay as they are.

    Raises RaschError: no convergence.
    """
    return [
        _fitted([block for block in responses.blocks if block.group == group], weights)
        for group in range(len(responses.groups))
    ]


def _fitted(blocks: Sequence[Block], weights: Sequence[Float]) -> Population:
    values, value = np.array([0.0, 1.0]), -np.inf
    if not any(block.scores.any() for block in blocks):
        return Population(0.0, 0.0)
    for _ in range(_STEPS):
        value, gradient, information = _surface(blocks, weights, values)
        moved = _advanced(blocks, weights, values, value, _step(gradient, information))
        size = float(np.abs(moved - values).max())
        values = moved
        if size < _TOLERANCE:
            return Population(float(values[0]), float(values[1]) if values[1] > 2 * NO_SPREAD else 0.0)
    raise RaschError("no_convergence", f"no convergence in {_STEPS} steps")


def _surface(blocks: Sequence[Block], weights: Sequence[Float], values: Float) -> tuple[float, Float, Float]:
    """Log likelihood, its gradient and the observed information for mean and deviation."""
    value, gradient, information = 0.0, np.zeros(2), np.zeros((2, 2))
    theta, density = Population(float(values[0]), float(values[1])).nodes()
    reach = np.column_stack([np.ones_like(NODES), NODES])
    for block in blocks:
        items = [weights[item] for item in block.items]
        n = block.scores.astype(np.float64)
        moments = score_moments(items, theta)
        rows, sums = normalised(log_joint(items, theta, density))
        value += float(n @ sums)
        lift = np.arange(n.size)[:, None] - moments.mean[None, :]
        expected = (rows * lift) @ reach
        gradient += n @ expected
        squares = (n[:, None] * rows * lift**2).sum(axis=0)
        within = (n @ rows) * moments.variance - squares
        information += (reach * within[:, None]).T @ reach + expected.T @ (n[:, None] * expected)
    return value, gradient, information


def _step(gradient: Float, information: Float) -> Float:
    lowest = float(np.linalg.eigvalsh(information)[0])
    scale = float(np.abs(np.diag(information)).max()) or 1.0
    lift = max(0.0, 1e-8 * scale - lowest) if lowest <= 1e-8 * scale else 0.0
    return np.asarray(np.linalg.solve(information + lift * np.eye(2), gradient), np.float64)


def _advanced(blocks: Sequence[Block], weights: Sequence[Float], values: Float, value: float, step: Float) -> Float:
    share = min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
    for _ in range(40):
        moved = values + share * step
        moved[1] = max(moved[1], NO_SPREAD)
        if _surface(blocks, weights, moved)[0] >= value - 1e-11 * (1 + abs(value)):
            return np.asarray(moved, np.float64)
        share /= 2
    return values
