"""Covariances of rows by groups: what a criterion needs of them at given parameters, and the derivatives of it.

With W = [X y] and V the covariance of rows divided by the residual variance: M = W'V⁻¹W and ln|V|. All are sums over
groups of their own sums; V is never formed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from qualimetry.mixed.design import Design

Float = npt.NDArray[np.float64]
Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """cross: M; cross_by: [k] its derivatives; log_det: ln|V|; log_det_by: [k] its derivatives."""

    cross: Float
    cross_by: Float
    log_det: float
    log_det_by: Float


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Of a level: [J, q] effects of groups and their covariances [J, q, q] given the coefficients, divided by σ²."""

    values: Float
    covariance: Float


class Structure(Protocol):
    """How rows of a group belong together. Parameters from `lower` up; `start` is a good first guess."""

    @property
    def lower(self) -> Float: ...

    @property
    def start(self) -> Float: ...

    def at(self, parameters: Float) -> Pieces: ...

    def effects(self, parameters: Float, coefficients: Float) -> list[Effects]:
        """Empirical Bayes effects of each level, inner to outer; `coefficients`: [p] of the centred columns."""

    def variances(self, parameters: Float) -> list[Float]:
        """[q, q] covariance of the effects of each level divided by σ², inner to outer."""


@dataclass(frozen=True, slots=True, eq=False)
class Intercepts:
    """Random intercepts of one level, or of two that are nested.

    Parameters: λ = variance of a level / residual variance, inner to outer.
    total: W'W. sizes: [C] rows of inner groups; sums: [C, p+1] their column sums; outer: [C] position of the outer
    group, None with one level.
    """

    total: Float
    sizes: Float
    sums: Float
    outer: Int64 | None
    outer_count: int

    @classmethod
    def of(cls, design: Design) -> Intercepts:
        inner = design.levels[0]
        count = len(inner.labels)
        sizes = np.bincount(inner.of_row, minlength=count).astype(np.float64)
        sums = np.column_stack([np.bincount(inner.of_row, column, count) for column in design.rows.T]).astype(
            np.float64
        )
        outer = None
        if len(design.levels) > 1:
            outer = np.zeros(count, np.int64)
            outer[inner.of_row] = design.levels[1].of_row
        outer_count = len(design.levels[1].labels) if len(design.levels) > 1 else 0
        return cls(design.rows.T @ design.rows, sizes, sums, outer, outer_count)

    @property
    def lower(self) -> Float:
        return np.zeros(1 if self.outer is None else 2)

    @property
    def start(self) -> Float:
        return np.full(self.lower.size, 0.1)

    def at(self, parameters: Float) -> Pieces:
        inner = float(parameters[0])
        weight = 1 / (1 + inner * self.sizes)
        cross = self.total - self.sums.T @ (self.sums * (inner * weight)[:, None])
        by_inner = -self.sums.T @ (self.sums * (weight**2)[:, None])
        log_det, log_det_by = float(np.log1p(inner * self.sizes).sum()), float((self.sizes * weight).sum())
        if self.outer is None:
            return Pieces(cross, by_inner[None], log_det, np.array([log_det_by]))
        ratio = float(parameters[1])
        amount, lean = self._folded(weight)
        amount_by = self._by_outer(-((self.sizes * weight) ** 2))
        lean_by = self._columns_by_outer(self.sums * (-self.sizes * weight**2)[:, None])
        share = 1 / (1 + ratio * amount)
        cross = cross - lean.T @ (lean * (ratio * share)[:, None])
        mixed = lean.T @ (lean_by * (ratio * share)[:, None])
        by_inner = by_inner + lean.T @ (lean * ((ratio * share) ** 2 * amount_by)[:, None]) - mixed - mixed.T
        by_outer = -lean.T @ (lean * (share**2)[:, None])
        return Pieces(
            cross,
            np.stack([by_inner, by_outer]),
            log_det + float(np.log1p(ratio * amount).sum()),
            np.array([log_det_by + float((ratio * amount_by * share).sum()), float((amount * share).sum())]),
        )

    def _folded(self, weight: Float) -> tuple[Float, Float]:
        """Of outer groups: 1'V₁⁻¹1 and 1'V₁⁻¹W, V₁ the covariance by inner groups."""
        return self._by_outer(self.sizes * weight), self._columns_by_outer(self.sums * weight[:, None])

    def _by_outer(self, values: Float) -> Float:
        assert self.outer is not None
        return np.asarray(np.bincount(self.outer, values, self.outer_count), np.float64)

    def _columns_by_outer(self, columns: Float) -> Float:
        return np.column_stack([self._by_outer(column) for column in columns.T]).astype(np.float64)

    def effects(self, parameters: Float, coefficients: Float) -> list[Effects]:
        inner = float(parameters[0])
        weight = 1 / (1 + inner * self.sizes)
        contrast = np.append(-coefficients, 1.0)
        residual = self.sums @ contrast
        if self.outer is None:
            return [_scalar(inner * weight * residual, inner * weight)]
        ratio = float(parameters[1])
        amount, lean = self._folded(weight)
        share = ratio / (1 + ratio * amount)
        above = share * (lean @ contrast)
        pull = inner * weight * self.sizes
        values = inner * weight * (residual - self.sizes * above[self.outer])
        spread = inner * weight + pull**2 * share[self.outer]
        return [_scalar(values, spread), _scalar(above, share)]

    def variances(self, parameters: Float) -> list[Float]:
        return [np.array([[float(value)]]) for value in parameters]


def _scalar(values: Float, variances: Float) -> Effects:
    return Effects(values[:, None], variances[:, None, None])


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """Random intercepts and slopes of one level.

    Parameters: the lower triangle by rows of Λ, ΛΛ' = covariance of the effects / residual variance.
    own: [J, q, q] Z'Z; cross: [J, q, p+1] Z'W of groups.
    """

    total: Float
    own: Float
    cross: Float

    @classmethod
    def of(cls, design: Design) -> Slopes:
        level = design.levels[0]
        count = len(level.labels)
        z = np.column_stack([np.ones(design.size), design.slopes])
        own = _grouped(z, z, level.of_row, count)
        return cls(design.rows.T @ design.rows, own, _grouped(z, design.rows, level.of_row, count))

    @property
    def width(self) -> int:
        return int(self.own.shape[1])

    @property
    def lower(self) -> Float:
        rows, columns = np.tril_indices(self.width)
        return np.where(rows == columns, 0.0, -np.inf)

    @property
    def start(self) -> Float:
        """A tenth of the residual variance spread evenly over the columns, whatever their units."""
        mean = np.diagonal(self.own, axis1=1, axis2=2).sum(axis=0) / float(self.own[:, 0, 0].sum())
        rows, columns = np.tril_indices(self.width)
        return np.where(rows == columns, 0.3 / np.sqrt(np.maximum(mean[rows], 1e-12)), 0.0)

    def _factor(self, parameters: Float) -> Float:
        factor = np.zeros((self.width, self.width))
        factor[np.tril_indices(self.width)] = parameters
        return factor

    def _inverse(self, factor: Float) -> Float:
        """[J, q, q] K = Λ (I + Λ'GΛ)⁻¹ Λ'."""
        inside = np.eye(self.width) + factor.T @ self.own @ factor
        return np.asarray(factor @ np.linalg.solve(inside, np.broadcast_to(factor.T, inside.shape)), np.float64)

    def at(self, parameters: Float) -> Pieces:
        factor = self._factor(parameters)
        inverse = self._inverse(factor)
        cross = self.total - np.einsum("jqa,jqr,jrb->ab", self.cross, inverse, self.cross, optimize=True)
        inside = np.eye(self.width) + factor.T @ self.own @ factor
        log_det = float(np.linalg.slogdet(inside)[1].sum())
        left = np.eye(self.width) - self.own @ inverse  # I − GK
        reduced = left @ self.cross  # (I − GK) Z'W
        weight = (left @ self.own).sum(axis=0)  # Σ G (I − KG)
        by, log_by = [], []
        for row, column in zip(*np.tril_indices(self.width), strict=True):
            change = np.zeros_like(factor)
            change[row, column] = 1.0
            spread = change @ factor.T + factor @ change.T
            by.append(-np.einsum("jqa,qr,jrb->ab", reduced, spread, reduced, optimize=True))
            log_by.append(float(np.sum(weight * spread)))
        return Pieces(cross, np.stack(by), log_det, np.array(log_by))

    def effects(self, parameters: Float, coefficients: Float) -> list[Effects]:
        inverse = self._inverse(self._factor(parameters))
        residual = self.cross @ np.append(-coefficients, 1.0)
        return [Effects(np.einsum("jqr,jr->jq", inverse, residual), inverse)]

    def variances(self, parameters: Float) -> list[Float]:
        factor = self._factor(parameters)
        return [factor @ factor.T]


def _grouped(left: Float, right: Float, of_row: Int64, count: int) -> Float:
    found = np.empty((count, left.shape[1], right.shape[1]))
    for a in range(left.shape[1]):
        for b in range(right.shape[1]):
            found[:, a, b] = np.bincount(of_row, left[:, a] * right[:, b], count)
    return found
