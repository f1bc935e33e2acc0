"""Item and element results of groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.items.elements import Element
from qualimetry.items.norms import norm_of, reading
from qualimetry.items.scores import MARKS, ItemQuality, ScoreTables, item_quality
from qualimetry.items.tables import Int64, ItemTables
from qualimetry.recipes.contracts import ElementResult, Estimate, ItemResult
from qualimetry.recipes.estimates import estimates, facilities, facility_interval
from qualimetry.recipes.policy import ItemNorm, Policy

Float = npt.NDArray[np.float64]
#: [G, K] facility of what each group is compared with; NaN where there is nothing.
Reference = npt.NDArray[np.float64]


def rest_facility(part: tuple[Int64, Int64], whole: tuple[Int64, Int64], maximum: Int64 | int) -> Float:
    """Facility of the whole without the part, from (Σ points, n) of both."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((whole[0] - part[0]) / ((whole[1] - part[1]) * maximum), np.float64)


def item_results(
    tables: ItemTables, scores: ScoreTables | None, blueprint: Blueprint, policy: Policy, reference: Reference,
    *, minimum: int = 0,
) -> list[tuple[ItemResult, ...]]:  # fmt: skip
    """Results of all items for each group.

    scores: by raw score and mark, for the groups that have them (not classes or slices by sex); minimum: smallest
    group whose discrimination and correlations are given.
    """
    maxima = np.array([item.max_score for item in blueprint.items], np.int64)
    facility = facilities(tables.points, tables.squares, tables.applied, maxima, confidence=policy.confidence)
    by_mark = _facility_by_mark(scores, maxima, policy) if scores is not None else None
    count = len(blueprint.items)
    norms = [norm_of([item], policy) for item in blueprint.items]
    return [
        tuple(
            _item(
                tables,
                scores,
                blueprint,
                policy,
                g,
                k,
                facility[g * count + k],
                reference[g, k],
                by_mark,
                minimum,
                norms[k],
            )
            for k in range(count)
        )
        for g in range(len(tables.keys))
    ]


def _item(
    tables: ItemTables, scores: ScoreTables | None, blueprint: Blueprint, policy: Policy, g: int, k: int,
    facility: Estimate, reference: float, by_mark: dict[int, list[Estimate]] | None, minimum: int,
    norm: ItemNorm | None,
) -> ItemResult:  # fmt: skip
    item = blueprint.items[k]
    quality = ItemQuality()
    if scores is not None and facility.n >= max(minimum, 2):
        quality = item_quality(scores, g, k, max_score=item.max_score, share=policy.discrimination_share)
    return ItemResult(
        item.label,
        item.max_score,
        item.level,
        facility,
        int(tables.not_attempted[g, k]),
        int(tables.not_taught[g, k]),
        int(tables.zero[g, k]),
        int(tables.full[g, k]),
        quality.discrimination,
        quality.item_total,
        quality.item_rest,
        reading(facility.value, facility.n, norm, policy),
        None if np.isnan(reference) else float(reference),
        {mark: column[k * len(tables.keys) + g] for mark, column in (by_mark or {}).items()},
    )


def _facility_by_mark(scores: ScoreTables, maxima: Int64, policy: Policy) -> dict[int, list[Estimate]]:
    """Facility among those with each mark: mark → estimates in order item, group. Empty when nobody has a mark."""
    if not scores.mark_applied.any():
        return {}
    top = maxima[:, None]
    return {
        mark: facilities(
            scores.mark_points[:, :, place], scores.mark_squares[:, :, place], scores.mark_applied[:, :, place], top,
            confidence=policy.confidence,
        )
        for place, mark in enumerate(MARKS)
    }  # fmt: skip


def element_results(
    tables: ItemTables, elements: Sequence[Element], blueprint: Blueprint, policy: Policy, reference: Sequence[Float]
) -> list[tuple[ElementResult, ...]]:
    """Results of all elements for each group. reference[e] = [G] facility compared with, NaN where there is none."""
    columns = [element_facility(tables, element, blueprint, policy) for element in elements]
    norms = [norm_of(element.items(blueprint), policy) for element in elements]
    return [
        tuple(
            ElementResult(
                element.kind,
                element.code,
                element.name,
                tuple(item.label for item in element.items(blueprint)),
                column[g],
                reading(column[g].value, column[g].n, norm, policy),
                None if np.isnan(reference[e][g]) else float(reference[e][g]),
            )
            for e, (element, column, norm) in enumerate(zip(elements, columns, norms, strict=True))
        )
        for g in range(len(tables.keys))
    ]


def element_facility(tables: ItemTables, element: Element, blueprint: Blueprint, policy: Policy) -> list[Estimate]:
    """Share of the points of an element's items in each group: see `element_interval`."""
    return estimates(*element_interval(tables, element, blueprint, policy))


def element_interval(
    tables: ItemTables, element: Element, blueprint: Blueprint, policy: Policy
) -> tuple[Float, Float, Float, Int64]:
    """[G] share of the points of an element's items (Σ points / Σ maxima of those the items applied to), bounds, n.

    Where all its items applied to all and the scan counted them together, the interval is that of the summed score;
    else it is the Wilson interval of n participants, which is never narrower.
    """
    points, maximum, n, squares = element_sums(tables, element, blueprint)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(n > 0, maximum / np.maximum(n, 1), np.nan)
    known = np.where(np.isnan(squares), points.astype(np.float64) * weight, squares)
    return (*facility_interval(points, known, n, weight, confidence=policy.confidence), n)


def element_sums(tables: ItemTables, element: Element, blueprint: Blueprint) -> tuple[Int64, Int64, Int64, Float]:
    """[G] arrays: Σ points, Σ of applicable maxima, participants, Σ (element score)² or NaN where it is unknown."""
    index = [position - 1 for position in element.positions]
    maxima = np.array([blueprint.items[k].max_score for k in index], np.int64)
    applied = tables.applied[:, index]
    n = applied.max(axis=1)
    is_complete = (applied == n[:, None]).all(axis=1)
    squares = tables.squares[:, index[0]] if len(index) == 1 else tables.group_squares.get(element.positions)
    known = np.full(n.size, np.nan) if squares is None else np.where(is_complete, squares, np.nan)
    return tables.points[:, index].sum(axis=1), applied @ maxima, n, known
