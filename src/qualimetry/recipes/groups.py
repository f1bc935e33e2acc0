"""Group results put together from their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from qualimetry.frames.blueprint import Blueprint, ResultKind
from qualimetry.items.elements import Element, elements_of
from qualimetry.items.scores import ScoreTables, score_tables
from qualimetry.items.tables import ItemTables, items_from
from qualimetry.recipes import outcomes
from qualimetry.recipes.contracts import ElementResult, Group, GroupKind, GroupResult, ItemResult
from qualimetry.recipes.item_results import Float, element_results, element_sums, item_results, rest_facility
from qualimetry.recipes.policy import Policy
from qualimetry.recipes.references import element_reference, item_reference
from qualimetry.recipes.tables import MARKS, GroupTables, from_counters
from qualimetry.statistics.campaign import CampaignStatistics
from qualimetry.statistics.rollup import Keys, absent_of, cells_of, keys_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything counted for one grouping. `scores` is absent below organizations."""

    groups: Sequence[Group]
    tables: GroupTables
    items: ItemTables
    scores: ScoreTables | None

    def rows(self, part: slice) -> Prepared:
        """Some of the groups of a grouping without `scores`."""
        return Prepared(self.groups[part], self.tables.rows(part), self.items.rows(part), None)


@dataclass(frozen=True, slots=True)
class Groups(Sequence[Group]):
    """Groups of a grouping, made when asked for: there are tens of thousands of classes in a region."""

    keys: Keys
    kind: GroupKind

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Group: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Group]: ...
    def __getitem__(self, place: int | slice) -> Group | Sequence[Group]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        return Group(self.kind, self.keys.organizations[place], self.keys.classes[place])


class Levels:
    """The whole, its organizations and its classes, each counted when it is asked for."""

    def __init__(self, statistics: CampaignStatistics, blueprint: Blueprint) -> None:
        self._statistics, self._blueprint = statistics, blueprint

    @cached_property
    def classes(self) -> Prepared:
        return self._counted(keys_of(self._statistics, ("organization", "class_group")), GroupKind.CLASS, None)

    @cached_property
    def organizations(self) -> Prepared:
        keys = keys_of(self._statistics, ("organization",))
        scores = score_tables(self._statistics, self._blueprint, keys)
        return self._counted(keys, GroupKind.ORGANIZATION, scores)

    @cached_property
    def whole(self) -> Prepared:
        """Rolled up from the organizations."""
        parts, keys, start = self.organizations, Keys((None,), (None,)), np.zeros(1, np.int64)
        scores = parts.scores.total(keys) if parts.scores else None
        return Prepared(
            Groups(keys, GroupKind.WHOLE), parts.tables.rolled(keys, start), parts.items.rolled(keys, start), scores
        )

    def _counted(self, keys: Keys, kind: GroupKind, scores: ScoreTables | None) -> Prepared:
        cells = cells_of(self._statistics, keys)
        tables = from_counters(cells, absent_of(self._statistics, keys), keys, self._blueprint)
        items = items_from(cells, self._statistics.groups, self._blueprint, keys)
        return Prepared(Groups(keys, kind), tables, items, scores)


def group_results(
    prepared: Prepared,
    blueprint: Blueprint,
    policy: Policy,
    *,
    whole: Prepared | None = None,
    bands: Sequence[str | None] = (),
    references: Sequence[GroupResult] = (),
    minimum: int = 0,
) -> tuple[GroupResult, ...]:
    """Results of all groups, compared with the rest of `whole`, else with the first of `references` that knows.

    minimum: see `item_results`.
    """
    elements = elements_of(blueprint)
    outside = _item_reference(prepared, whole, blueprint, references)
    items = item_results(prepared.items, prepared.scores, blueprint, policy, outside, minimum=minimum)
    compared = [_element_reference(prepared, whole, element, blueprint, references) for element in elements]
    by_element = element_results(prepared.items, elements, blueprint, policy, compared)
    return _assemble(prepared, blueprint, policy, items, by_element, bands)


def _assemble(
    prepared: Prepared, blueprint: Blueprint, policy: Policy, items: list[tuple[ItemResult, ...]],
    elements: list[tuple[ElementResult, ...]], bands: Sequence[str | None],
) -> tuple[GroupResult, ...]:  # fmt: skip
    tables = prepared.tables
    raw, percent = outcomes.mean_scores(tables, blueprint.max_score, policy)
    has_marks = blueprint.result_kind is ResultKind.MARKS or "marks" in tables.seen
    marks = outcomes.mark_columns(tables, policy) if has_marks else None
    journal = outcomes.concordances(tables, policy)
    scaled = outcomes.scaled_scores(tables, blueprint, policy)
    passed = outcomes.passes(tables, blueprint, policy)
    levels = outcomes.level_shares(tables, blueprint, policy)
    return tuple(
        GroupResult(
            group=group,
            participants=int(tables.participants[g]),
            absent=int(tables.absent[g]),
            max_raw_score=blueprint.max_score,
            mean_raw_score=raw[g],
            mean_percent=percent[g],
            raw_score_distribution=tuple(tables.scores[g].tolist()),
            quantiles=outcomes.quantiles(tables.scores[g]),
            marks=dict(zip(MARKS, tables.marks[g].tolist(), strict=True)) if marks else {},
            mark_shares={mark: marks.shares[place][g] for place, mark in enumerate(MARKS)} if marks else {},
            pass_rate=marks.pass_rate[g] if marks else None,
            quality_rate=marks.quality_rate[g] if marks else None,
            sou_index=marks.sou_index[g] if marks else None,
            mean_mark=marks.mean_mark[g] if marks else None,
            journal=journal[g],
            scaled=scaled[g],
            passed=passed[g],
            levels=levels[g],
            items=items[g],
            elements=elements[g],
            band=bands[g] if bands else None,
            is_small=int(tables.participants[g]) < policy.small_group,
        )
        for g, group in enumerate(prepared.groups)
    )


def _item_reference(
    prepared: Prepared, whole: Prepared | None, blueprint: Blueprint, references: Sequence[GroupResult]
) -> Float:
    part = prepared.items
    if whole is None:
        known = [item_reference(item.label, references) for item in blueprint.items]
        return np.broadcast_to(np.array(known, np.float64), part.points.shape)
    maxima = np.array([item.max_score for item in blueprint.items], np.int64)
    return rest_facility((part.points, part.applied), (whole.items.points, whole.items.applied), maxima)


def _element_reference(
    prepared: Prepared,
    whole: Prepared | None,
    element: Element,
    blueprint: Blueprint,
    references: Sequence[GroupResult],
) -> Float:
    if whole is None:
        return np.full(len(prepared.groups), element_reference(element.kind, element.code, references))
    points, maximum, _, _ = element_sums(prepared.items, element, blueprint)
    all_points, all_maximum, _, _ = element_sums(whole.items, element, blueprint)
    return rest_facility((points, maximum), (all_points, all_maximum), 1)
