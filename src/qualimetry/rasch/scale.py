"""A whole scale from responses: items, their fit, the population, abilities by raw score, reliability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.conditional import ItemFit, fit_conditional
from qualimetry.rasch.fit import Fit, item_fit
from qualimetry.rasch.marginal import fit_marginal
from qualimetry.rasch.persons import AbilityTable, Population, ability_table
from qualimetry.rasch.population import fit_population
from qualimetry.rasch.responses import Responses

Float = npt.NDArray[np.float64]


class Method(StrEnum):
    """How items are estimated: freed from persons, or together with a normal distribution of them."""

    CONDITIONAL = "cml"
    MARGINAL = "mml"


class Oddity(StrEnum):
    """What the scale says less about."""

    ONE_CATEGORY = "one_category"
    UNUSED_CATEGORY = "unused_category"
    REVERSED_STEPS = "reversed_steps"


@dataclass(frozen=True, slots=True)
class ScaledItem:
    """Thresholds of steps 1…m in logits and their standard errors (None where not estimated), fit, oddities."""

    label: str
    thresholds: tuple[float | None, ...]
    errors: tuple[float | None, ...]
    fit: Fit
    oddities: tuple[Oddity, ...] = ()

    @property
    def difficulty(self) -> float | None:
        """Mean of the thresholds; None unless all steps are estimated."""
        known = [one for one in self.thresholds if one is not None]
        return sum(known) / len(known) if known and len(known) == len(self.thresholds) else None


@dataclass(frozen=True, slots=True, eq=False)
class BookletTable:
    """Abilities of those who took the same items in the same group."""

    items: tuple[int, ...]
    group: int
    abilities: AbilityTable


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The result of a calibration. Conditional: thresholds sum to zero. Marginal: the first group has mean 0."""

    method: Method
    loglik: float
    items: tuple[ScaledItem, ...]
    populations: tuple[Population, ...]
    tables: tuple[BookletTable, ...]
    weights: tuple[Float, ...]
    estimates: ItemFit

    @property
    def reliability(self) -> float | None:
        """EAP reliability over all persons; None without spread."""
        parts = [table.abilities for table in self.tables]
        pooled = AbilityTable(
            *(np.concatenate([getattr(part, name) for part in parts]) for name in AbilityTable.__slots__)
        )
        return pooled.reliability


def calibrate(responses: Responses, method: Method = Method.CONDITIONAL) -> Scale:
    """Estimate everything from one set of counts; the time does not depend on the number of persons.

    Raises RaschError.
    """
    if method == Method.CONDITIONAL:
        items = fit_conditional(responses)
        populations: Sequence[Population] = fit_population(responses, items.weights)
    else:
        marginal = fit_marginal(responses)
        items, populations = marginal.items, marginal.populations
    weights = items.weights
    return Scale(
        method, items.loglik, tuple(_items(responses, items, item_fit(responses, weights))), tuple(populations),
        tuple(
            BookletTable(
                block.items, block.group,
                ability_table(
                    [weights[item] for item in block.items], block.scores.astype(np.float64), populations[block.group]
                ),
            )
            for block in responses.blocks
        ),
        tuple(weights), items,
    )  # fmt: skip


def _items(responses: Responses, fit: ItemFit, fits: Sequence[Fit]) -> Iterable[ScaledItem]:
    thresholds = fit.layout.thresholds(fit.eta, fit.covariance)
    for label, counts, (values, errors), found in zip(
        responses.labels, responses.counts, thresholds, fits, strict=True
    ):
        yield ScaledItem(label, tuple(values), tuple(errors), found, tuple(_oddities(counts, values)))


def _oddities(counts: npt.NDArray[np.int64], values: Sequence[float | None]) -> Iterable[Oddity]:
    used = np.flatnonzero(counts)
    if used.size < 2:
        yield Oddity.ONE_CATEGORY
        return
    if used.size < counts.size:
        yield Oddity.UNUSED_CATEGORY
    known = [one for one in values if one is not None]
    if any(later < earlier for earlier, later in pairwise(known)):
        yield Oddity.REVERSED_STEPS
