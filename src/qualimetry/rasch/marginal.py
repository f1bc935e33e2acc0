"""Marginal maximum likelihood: thresholds together with a normal distribution of abilities in each group.

Thissen 1982, Psychometrika 47:175; Cressie & Holland 1983; de Leeuw & Verhelst 1986. The likelihood needs the same
counts as the conditional one: ℓ = Σ nᵢₓ ηᵢₓ + Σ_b Σ_r n_br ln ∫ e^{rθ} / Πᵢ Zᵢ(θ) dN(μ_g, σ_g²). Newton's method with
the observed information (Louis 1982, JRSS B 44:226). The first group has mean 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.conditional import ItemFit
from qualimetry.rasch.errors import RaschError
from qualimetry.rasch.layout import Layout, start_values
from qualimetry.rasch.model import chances, item_moments, log_joint, normalised
from qualimetry.rasch.persons import NODES, Population
from qualimetry.rasch.population import NO_SPREAD
from qualimetry.rasch.responses import Block, Responses

Float = npt.NDArray[np.float64]
_STEPS = 200
_TOLERANCE = 1e-10
_FARTHEST = 40.0


@dataclass(frozen=True, slots=True, eq=False)
class MarginalFit:
    """Items and, by group, populations with standard errors of their mean and deviation (0 where fixed)."""

    items: ItemFit
    populations: tuple[Population, ...]
    mean_se: tuple[float, ...]
    sd_se: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Parameters in one vector: η, then σ of each group, then μ of each group but the first."""

    layout: Layout
    groups: int
    values: Float

    @property
    def eta(self) -> Float:
        return self.values[: self.layout.size]

    def population(self, group: int) -> Population:
        at = self.layout.size
        mean = 0.0 if group == 0 else float(self.values[at + self.groups + group - 1])
        return Population(mean, float(self.values[at + group]))

    def moved(self, values: Float) -> _State:
        return _State(self.layout, self.groups, values)


def fit_marginal(responses: Responses) -> MarginalFit:
    """MML estimates.

    Raises RaschError: fewer than two items with two used categories, no persons, no convergence.
    """
    layout = Layout.of(responses)
    if len(set(layout.item.tolist())) < 2:
        raise RaschError("few_items", "fewer than two items with two used categories")
    groups = len(responses.groups)
    values = np.concatenate([start_values(layout, responses), np.ones(groups), np.zeros(groups - 1)])
    state = _State(layout, groups, values)
    value = _loglik(responses, state)
    for _ in range(_STEPS):
        gradient, information = _derivatives(responses, state)
        state, value, size = _advance(responses, state, value, _step(gradient, information))
        if float(np.abs(state.values).max()) > _FARTHEST:
            raise RaschError("no_estimate", "the likelihood has no finite maximum")
        if size < _TOLERANCE:
            break
    else:
        raise RaschError("no_convergence", f"no convergence in {_STEPS} steps")
    return _told(responses, state, value)


def _told(responses: Responses, state: _State, value: float) -> MarginalFit:
    _, information = _derivatives(responses, state)
    free = np.ones(state.values.size, bool)
    at = state.layout.size
    for group in range(state.groups):  # at the boundary the deviation has no error of its own
        free[at + group] = state.population(group).sd > 2 * NO_SPREAD
    covariance = np.zeros_like(information)
    covariance[np.ix_(free, free)] = np.linalg.pinv(information[np.ix_(free, free)], hermitian=True)
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    populations = [state.population(group) for group in range(state.groups)]
    shown = tuple(one if one.sd > 2 * NO_SPREAD else Population(one.mean, 0.0) for one in populations)
    items = ItemFit(state.layout, state.eta, covariance[:at, :at], value)
    mean_se = (0.0, *(float(one) for one in errors[at + state.groups :]))
    return MarginalFit(items, shown, mean_se, tuple(float(one) for one in errors[at : at + state.groups]))


def _loglik(responses: Responses, state: _State) -> float:
    weights = state.layout.weights(state.eta)
    value = float(state.layout.observed @ state.eta)
    for block in responses.blocks:
        theta, density = state.population(block.group).nodes()
        value += float(block.scores @ normalised(_joint(block, weights, theta, density))[1])
    return value


def _joint(block: Block, weights: Sequence[Float], theta: Float, density: Float) -> Float:
    return log_joint([weights[item] for item in block.items], theta, density)


def _derivatives(responses: Responses, state: _State) -> tuple[Float, Float]:
    """Gradient and observed information: −E[h] − E[g g'] + E[g] E[g]' over the posterior of each raw score."""
    layout, weights = state.layout, state.layout.weights(state.eta)
    gradient = np.concatenate([layout.observed, np.zeros(state.values.size - layout.size)])
    information = np.zeros((state.values.size, state.values.size))
    for block in responses.blocks:
        _add_block(state, block, weights, gradient, information)
    return gradient, information


def _add_block(state: _State, block: Block, weights: Sequence[Float], gradient: Float, information: Float) -> None:
    layout, n = state.layout, block.scores.astype(np.float64)
    population = state.population(block.group)
    theta, density = population.nodes()
    rows, _ = normalised(_joint(block, weights, theta, density))
    mass = n @ rows  # [Q] persons expected at each node
    slopes = {item: item_moments(weights[item], theta) for item in block.items}
    mean = np.sum([one.mean for one in slopes.values()], axis=0)
    variance = np.sum([one.variance for one in slopes.values()], axis=0)
    places = np.concatenate([layout.of_item(item) for item in block.items])
    chance = np.concatenate([_item_chances(layout, item, weights[item], theta) for item in block.items], axis=1)
    away = layout.category[places][None, :] - np.concatenate(
        [np.repeat(slopes[item].mean[:, None], layout.of_item(item).size, axis=1) for item in block.items], axis=1
    )
    at = layout.size
    free = [(at + block.group, NODES)] + (
        [(at + state.groups + block.group - 1, np.ones_like(NODES))] if block.group else []
    )
    columns = np.array([place for place, _ in free])
    reach = np.column_stack([by for _, by in free])  # [Q, F] dθ/dparameter
    lift = np.arange(n.size)[:, None] - mean[None, :]  # [R+1, Q] r − E(θ)

    expected_items = -(rows @ chance)  # [R+1, P] E[g] for η
    expected_free = np.stack([(rows * lift) @ reach[:, k] for k in range(len(free))], axis=1)
    gradient[places] += n @ expected_items
    gradient[columns] += n @ expected_free

    # −E[h]: within an item p(1−p) and −p p' of other categories, with the ability by p (x − E)
    same = layout.item[places][:, None] == layout.item[places][None, :]
    own = np.diag(mass @ chance) - np.where(same, (chance * mass[:, None]).T @ chance, 0.0)
    outer = (chance * mass[:, None]).T @ chance
    block_items = own - outer + expected_items.T @ (n[:, None] * expected_items)
    information[np.ix_(places, places)] += block_items

    bend = chance * away  # [Q, P] dp/dθ
    lifted = (n[:, None] * rows * lift).sum(axis=0)  # [Q]
    cross = (bend * mass[:, None]).T @ reach + (chance * lifted[:, None]).T @ reach
    cross += expected_items.T @ (n[:, None] * expected_free)
    information[np.ix_(places, columns)] += cross
    information[np.ix_(columns, places)] += cross.T

    squares = (n[:, None] * rows * lift**2).sum(axis=0)
    among = (reach * (mass * variance - squares)[:, None]).T @ reach + expected_free.T @ (n[:, None] * expected_free)
    information[np.ix_(columns, columns)] += among


def _item_chances(layout: Layout, item: int, weights: Float, theta: Float) -> Float:
    return chances(weights, theta)[:, layout.category[layout.of_item(item)]]


def _step(gradient: Float, information: Float) -> Float:
    """Newton's step; where the surface is not concave the information is lifted until it is."""
    lift = 0.0
    scale = float(np.abs(np.diag(information)).max()) or 1.0
    for _ in range(40):
        try:
            lower = np.linalg.cholesky(information + lift * np.eye(gradient.size))
            return np.asarray(np.linalg.solve(lower.T, np.linalg.solve(lower, gradient)), np.float64)
        except np.linalg.LinAlgError:
            lift = max(2 * lift, 1e-6 * scale)
    raise RaschError("no_estimate", "singular information")


def _advance(responses: Responses, state: _State, value: float, step: Float) -> tuple[_State, float, float]:
    share = min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
    slack = 1e-10 * (1 + abs(value))
    spread = slice(state.layout.size, state.layout.size + state.groups)
    for _ in range(40):
        values = state.values + share * step
        values[spread] = np.maximum(values[spread], NO_SPREAD)
        candidate = state.moved(values)
        found = _loglik(responses, candidate)
        if found >= value - slack:
            return candidate, found, float(np.abs(values - state.values).max())
        share /= 2
    return state, value, 0.0
