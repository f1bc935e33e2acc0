"""Conditional maximum likelihood: thresholds of items freed from the abilities of those who took them.

Andersen 1972, JRSS B 34:42; Fischer 1974. With counts nᵢₓ and, of each booklet, persons by raw score n_br:
ℓ = Σ nᵢₓ ηᵢₓ − Σ_b Σ_r n_br ln γ_r(ε_b). Booklets with common items are calibrated together. Newton's method with the
whole Hessian; the direction that moves the scale is fixed by a rank-one term, so that standard errors are exact for the
chosen origin (all thresholds sum to zero).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.errors import RaschError
from qualimetry.rasch.layout import Layout, centred, start_values
from qualimetry.rasch.responses import Int64, Responses
from qualimetry.rasch.symmetric import Scaled, Symmetric

Float = npt.NDArray[np.float64]
_STEPS = 60
_TOLERANCE = 1e-11
#: Logits between parameters of one scale beyond which the likelihood has no maximum.
_FARTHEST = 40.0


@dataclass(frozen=True, slots=True, eq=False)
class ItemFit:
    """eta: [P] by `layout`; covariance: [P, P] for the origin of the method; loglik: its maximum."""

    layout: Layout
    eta: Float
    covariance: Float
    loglik: float

    @property
    def weights(self) -> list[Float]:
        return self.layout.weights(self.eta)


@dataclass(frozen=True, slots=True, eq=False)
class _Booklet:
    """Items of a booklet that have a parameter or add a constant, persons by raw score, and where parameters stand."""

    items: tuple[int, ...]
    scores: Float
    places: tuple[Int64, ...]


def fit_conditional(responses: Responses) -> ItemFit:
    """CML estimates. Persons who solved nothing or everything carry no information and change nothing.

    Raises RaschError: fewer than two items with two used categories, booklets without common items, responses for
    which no finite estimates exist (an item that separates all others: Fischer 1981, Psychometrika 46:59).
    """
    layout = Layout.of(responses)
    booklets = _booklets(responses, layout)
    _require_estimable(responses, layout, booklets)
    eta = start_values(layout, responses)
    value = _loglik(layout, booklets, eta)
    for _ in range(_STEPS):
        gradient, information = _derivatives(layout, booklets, eta)
        step = _newton_step(layout, gradient, information)
        eta, value, size = _advance(layout, booklets, eta, value, step)
        if float(np.abs(eta).max()) > _FARTHEST:
            raise RaschError("no_estimate", "the likelihood has no finite maximum")
        if size < _TOLERANCE:
            break
    else:
        raise RaschError("no_convergence", f"no convergence in {_STEPS} steps")
    _, information = _derivatives(layout, booklets, eta)
    return ItemFit(layout, eta, _covariance(layout, information), value)


def _booklets(responses: Responses, layout: Layout) -> list[_Booklet]:
    """Blocks with the same items are one booklet: groups do not matter here."""
    found: dict[tuple[int, ...], Float] = {}
    for block in responses.blocks:
        scores = block.scores.astype(np.float64)
        found[block.items] = found[block.items] + scores if block.items in found else scores
    return [_Booklet(items, scores, tuple(layout.of_item(item) for item in items)) for items, scores in found.items()]


def _require_estimable(responses: Responses, layout: Layout, booklets: Sequence[_Booklet]) -> None:
    with_parameters = sorted(set(layout.item.tolist()))
    if len(with_parameters) < 2:
        raise RaschError("few_items", "fewer than two items with two used categories", items=len(with_parameters))
    if not any(_has_middle(responses, layout, booklet) for booklet in booklets):
        raise RaschError("no_middle", "everybody is at the least or at the greatest score")
    parts = {item: {item} for item in with_parameters}
    for booklet in booklets:
        mine = [item for item in booklet.items if item in parts]
        if len(mine) < 2 or not _has_middle(responses, layout, booklet):
            continue
        merged = set().union(*(parts[item] for item in mine))
        for item in merged:
            parts[item] = merged
    components = {id(part): part for part in parts.values()}
    if len(components) > 1:
        names = [[responses.labels[item] for item in sorted(part)] for part in components.values()]
        raise RaschError("disconnected", f"no common items between {len(names)} sets of items", parts=names)


def _has_middle(responses: Responses, layout: Layout, booklet: _Booklet) -> bool:
    """Somebody is neither at the least nor at the greatest possible score of the booklet."""
    used = [np.flatnonzero(responses.counts[item]) for item in booklet.items]
    low = sum(int(row[0]) for row in used if row.size)
    high = sum(int(row[-1]) for row in used if row.size)
    return bool(booklet.scores[low + 1 : high].any())


def _loglik(layout: Layout, booklets: Sequence[_Booklet], eta: Float) -> float:
    weights = layout.weights(eta)
    value = float(layout.observed @ eta)
    for booklet in booklets:
        there = booklet.scores > 0
        logs = Symmetric.of([weights[item] for item in booklet.items]).all.log()
        value -= float(booklet.scores[there] @ logs[there])
    return value


def _derivatives(layout: Layout, booklets: Sequence[_Booklet], eta: Float) -> tuple[Float, Float]:
    """Gradient, and information = minus Hessian: Σ n_r (P(ix and jy | r) − P(ix | r) P(jy | r))."""
    weights = layout.weights(eta)
    gradient, information = layout.observed.copy(), np.zeros((layout.size, layout.size))
    for booklet in booklets:
        functions = Symmetric.of([weights[item] for item in booklet.items])
        chances = _chances(layout, booklet, functions)
        places = np.concatenate(booklet.places)
        expected = booklet.scores @ chances
        gradient[places] -= expected
        block = -(chances * booklet.scores[:, None]).T @ chances
        block[np.diag_indices(places.size)] += expected
        _add_pairs(layout, booklet, functions, block)
        information[np.ix_(places, places)] += block
    return gradient, information


def _chances(layout: Layout, booklet: _Booklet, functions: Symmetric) -> Float:
    """[R+1, P of the booklet] P(category x of item i | raw score r) = εᵢₓ γ⁽ⁱ⁾_{r−x} / γ_r."""
    whole = functions.all
    chances = np.zeros((booklet.scores.size, sum(place.size for place in booklet.places)))
    column = 0
    for number, places in enumerate(booklet.places):
        if not places.size:
            continue
        rest = functions.without(number)
        weight = functions.weights[number]
        scale = np.exp(rest.log_scale + weight.log_scale - whole.log_scale)
        for place in places:
            category = int(layout.category[place])
            shifted = np.zeros(booklet.scores.size)
            shifted[category : category + rest.values.size] = rest.values
            chances[:, column] = _divided(shifted, whole.values) * (weight.values[category] * scale)
            column += 1
    return chances


def _divided(upper: Float, lower: Float) -> Float:
    return np.divide(upper, lower, out=np.zeros_like(upper), where=lower > 0)


def _add_pairs(layout: Layout, booklet: _Booklet, functions: Symmetric, block: Float) -> None:
    """Add Σ_r n_r P(ix and jy | r) for pairs of different items.

    Σ_r (n_r/γ_r) γ⁽ⁱʲ⁾_{r−x−y} depends on x + y alone; the items behind j are folded into n_r/γ_r once for each j.
    """
    whole = functions.all
    per_way = _divided(booklet.scores, whole.values)
    folded = [np.correlate(per_way, part.values, "valid") for part in functions.behind[1:]]
    starts = np.concatenate([[0], np.cumsum([place.size for place in booklet.places])])
    for number, places in enumerate(booklet.places):
        if not places.size:
            continue
        for other, left in functions.left_of_pairs(number):
            if not booklet.places[other].size:
                continue
            scale = _pair_scale(functions, number, other, left)
            sums = np.correlate(folded[other], left.values, "valid") * scale
            rows = slice(starts[number], starts[number + 1])
            columns = slice(starts[other], starts[other + 1])
            mine, theirs = layout.category[places], layout.category[booklet.places[other]]
            weight = np.outer(functions.weights[number].values[mine], functions.weights[other].values[theirs])
            cross = weight * sums[mine[:, None] + theirs[None, :]]
            block[rows, columns] += cross
            block[columns, rows] += cross.T


def _pair_scale(functions: Symmetric, number: int, other: int, left: Scaled) -> float:
    logs = (
        left.log_scale + functions.behind[other + 1].log_scale
        + functions.weights[number].log_scale + functions.weights[other].log_scale
    )  # fmt: skip
    return float(np.exp(logs - functions.all.log_scale))


def _fixed(layout: Layout, information: Float) -> Float:
    """The information with the free direction of the scale filled in."""
    direction = layout.direction
    weight = float(np.trace(information)) / float(direction @ direction) / max(layout.size, 1)
    return np.asarray(information + max(weight, 1e-8) * np.outer(direction, direction), np.float64)


def _newton_step(layout: Layout, gradient: Float, information: Float) -> Float:
    try:
        step = np.linalg.solve(_fixed(layout, information), gradient)
    except np.linalg.LinAlgError as error:
        raise RaschError("no_estimate", "singular information") from error
    if not np.isfinite(step).all():
        raise RaschError("no_estimate", "the information is not finite")
    return np.asarray(step, np.float64)


def _advance(
    layout: Layout, booklets: Sequence[_Booklet], eta: Float, value: float, step: Float
) -> tuple[Float, float, float]:
    """The step, halved while the likelihood falls; returns parameters, likelihood and the size of the step."""
    share = min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-300))
    slack = 1e-9 * (1 + abs(value))
    for _ in range(30):
        candidate = centred(layout, eta + share * step)
        found = _loglik(layout, booklets, candidate)
        if found >= value - slack:
            return candidate, found, float(np.abs(candidate - eta).max())
        share /= 2
    return eta, value, 0.0


def _covariance(layout: Layout, information: Float) -> Float:
    ends, direction = layout.ends(), layout.direction
    inverse = np.linalg.inv(_fixed(layout, information))
    project = np.eye(layout.size) - np.outer(direction, ends) / float(ends @ direction)
    return np.asarray(project @ inverse @ project.T, np.float64)
