"""Fit of items: how far responses lie from what the model expects of persons with the same raw score.

Outfit = mean of z², infit = Σ (x − E)² / Σ Var, z = (x − E)/√Var at the ability of the raw score: Wright & Masters
1982, Rating Scale Analysis. Persons with nothing or everything solved are left out. With many persons any model is
rejected, so that sizes are given, not tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.model import item_moments
from qualimetry.rasch.persons import likeliest
from qualimetry.rasch.responses import Responses

Float = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """Mean squares of an item: 1 as the model expects, above – noise, below – too orderly. None: not known."""

    infit: float | None
    outfit: float | None


def item_fit(responses: Responses, weights: Sequence[Float]) -> list[Fit]:
    """Of each item; None where the persons by raw score and category are not known."""
    squares, variances, standard, persons = (np.zeros(len(weights)) for _ in range(4))
    for block in responses.blocks:
        if block.cells is None:
            return [Fit(None, None)] * len(weights)
        theta, _ = likeliest([weights[item] for item in block.items])
        inside = np.isfinite(theta)
        start = 0
        for item in block.items:
            width = weights[item].size
            counts = block.cells[inside, start : start + width].astype(np.float64)
            start += width
            moments = item_moments(weights[item], theta[inside])
            away = (np.arange(width)[None, :] - moments.mean[:, None]) ** 2
            n = counts.sum(axis=1)
            squares[item] += float((counts * away).sum())
            variances[item] += float(n @ moments.variance)
            with np.errstate(divide="ignore", invalid="ignore"):
                each = np.where(moments.variance > 0, (counts * away).sum(axis=1) / moments.variance, 0.0)
            standard[item] += float(each.sum())
            persons[item] += float(n.sum())
    return [
        Fit(_ratio(squares[item], variances[item]), _ratio(standard[item], persons[item]))
        for item in range(len(weights))
    ]


def _ratio(upper: float, lower: float) -> float | None:
    return float(upper / lower) if lower > 0 else None
