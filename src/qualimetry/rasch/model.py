"""The model at an ability: probabilities of categories, expected score, information. Vectorised over abilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Of a score at each ability: mean, variance (= information), third central moment."""

    mean: Float
    variance: Float
    third: Float


def log_weights(weights: Float) -> Float:
    """η of an item by category from its ε; −∞ where nobody is."""
    with np.errstate(divide="ignore"):
        return np.log(weights)


def chances(weights: Float, theta: Float) -> Float:
    """[Q, m+1] P(x | θ) ∝ εₓ e^{xθ}."""
    logs = log_weights(weights) + np.outer(theta, np.arange(weights.size))
    logs -= logs.max(axis=1, keepdims=True)
    rows = np.exp(logs)
    return np.asarray(rows / rows.sum(axis=1, keepdims=True), np.float64)


def log_normaliser(weights: Float, theta: Float) -> Float:
    """[Q] ln Σₓ εₓ e^{xθ}."""
    logs = log_weights(weights) + np.outer(theta, np.arange(weights.size))
    top = logs.max(axis=1)
    return np.asarray(top + np.log(np.exp(logs - top[:, None]).sum(axis=1)), np.float64)


def item_moments(weights: Float, theta: Float) -> Moments:
    rows, categories = chances(weights, theta), np.arange(weights.size)
    mean = rows @ categories
    away = categories[None, :] - mean[:, None]
    return Moments(mean, (rows * away**2).sum(axis=1), (rows * away**3).sum(axis=1))


def log_joint(weights: Sequence[Float], theta: Float, density: Float) -> Float:
    """[R+1, Q] ln of density · e^{rθ} / Π Zᵢ(θ): a raw score and a node together, but for the ways to the score."""
    top = sum(row.size - 1 for row in weights)
    fall = np.sum([log_normaliser(row, theta) for row in weights], axis=0)
    return np.asarray(np.outer(np.arange(top + 1), theta) + (np.log(density) - fall)[None, :], np.float64)


def normalised(logs: Float) -> tuple[Float, Float]:
    """Rows of probabilities from rows of their logarithms, and the logarithm of each row's sum."""
    top = logs.max(axis=1, keepdims=True)
    rows = np.exp(logs - top)
    sums = rows.sum(axis=1, keepdims=True)
    return rows / sums, (top + np.log(sums))[:, 0]


def score_moments(weights: Sequence[Float], theta: Float) -> Moments:
    """Of the raw score over the items."""
    width = max((row.size for row in weights), default=1)
    padded = np.zeros((len(weights), width))
    for number, row in enumerate(weights):
        padded[number, : row.size] = row
    categories = np.arange(width)
    logs = log_weights(padded)[:, None, :] + np.outer(theta, categories)[None, :, :]
    logs -= logs.max(axis=2, keepdims=True)
    rows = np.exp(logs)
    rows /= rows.sum(axis=2, keepdims=True)
    mean = rows @ categories
    away = categories[None, None, :] - mean[:, :, None]
    square = rows * away**2
    return Moments(mean.sum(axis=0), square.sum(axis=(0, 2)), (square * away).sum(axis=(0, 2)))
