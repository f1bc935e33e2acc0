"""Results of any slice of a campaign from its stored statistics, without a scan."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from qualimetry.frames.blueprint import Blueprint
from qualimetry.items.scores import score_tables
from qualimetry.items.tables import item_tables, variant_design
from qualimetry.recipes.bands import bands
from qualimetry.recipes.contracts import Group, GroupKind, GroupResult
from qualimetry.recipes.groups import Levels, Prepared, group_results
from qualimetry.recipes.policy import Policy
from qualimetry.recipes.tables import group_tables
from qualimetry.statistics.campaign import TABLES, CampaignStatistics
from qualimetry.statistics.rollup import cells_of, keys_of


class SliceUnavailableError(LookupError):
    """The stored statistics do not hold what the slice is cut by; scan the batches with it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A slice: every given condition must hold. sex: 1 female, 2 male; organizations: by type, place or one by one."""

    organizations: tuple[int, ...] | None = None
    class_group: str | None = None
    sex: int | None = None
    has_sen: bool | None = None
    variant: int | None = None
    label: str = ""

    @property
    def is_below_organization(self) -> bool:
        return (self.class_group, self.sex, self.has_sen) != (None, None, None)


def slice_result(
    statistics: CampaignStatistics, blueprint: Blueprint, policy: Policy, selection: Selection
) -> GroupResult:
    """The slice's result, compared with everyone else.

    Discrimination, correlations and facility by mark are there for slices by organization and variant only.
    Raises SliceUnavailableError for sex or special needs in statistics scanned without slices.
    """
    if not statistics.has_slices and (selection.sex is not None or selection.has_sen is not None):
        raise SliceUnavailableError("sex and special needs were not kept by the scan (slices=False)")
    everyone = Levels(statistics, blueprint).whole
    part = _prepare(_cut(statistics, selection), statistics, blueprint, selection)
    compared = bands(part.tables, everyone.tables, blueprint, policy)
    return group_results(part, blueprint, policy, whole=everyone, bands=compared, minimum=policy.correlation_minimum)[0]


def _prepare(
    cut: CampaignStatistics, statistics: CampaignStatistics, blueprint: Blueprint, selection: Selection
) -> Prepared:
    keys = keys_of(cut, ())
    design = variant_design(cells_of(statistics, keys), len(blueprint.items))
    return Prepared(
        (_group(selection),),
        group_tables(cut, blueprint, keys),
        item_tables(cut, blueprint, keys, design),
        None if selection.is_below_organization else score_tables(cut, blueprint, keys),
    )


def _group(selection: Selection) -> Group:
    single = selection.organizations[0] if selection.organizations and len(selection.organizations) == 1 else None
    is_plain = (selection.sex, selection.has_sen, selection.variant) == (None, None, None)
    kind = GroupKind.SLICE
    if is_plain and single is not None:
        kind = GroupKind.ORGANIZATION if selection.class_group is None else GroupKind.CLASS
    elif is_plain and selection.organizations is None and selection.class_group is None:
        kind = GroupKind.WHOLE
    return Group(kind, single, selection.class_group, selection.label)


def _cut(statistics: CampaignStatistics, selection: Selection) -> CampaignStatistics:
    part = statistics if selection.organizations is None else statistics.for_organizations(selection.organizations)
    conditions = {
        name: value
        for name in ("class_group", "sex", "has_sen", "variant")
        if (value := getattr(selection, name)) is not None
    }
    return replace(part, **{name: _filtered(getattr(part, name), conditions) for name in TABLES})


def _filtered(table: pa.Table, conditions: dict[str, int | bool | str]) -> pa.Table:
    """Rows that fulfil the conditions the table can tell; NULL fulfils none."""
    known = [(name, value) for name, value in conditions.items() if name in table.column_names]
    for name, value in known:
        table = table.filter(pc.equal(table.column(name), pa.scalar(value, table.schema.field(name).type)))
    return table
