"""Summary reports of the federal system beside what was counted from participants' results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.contracts import GroupLevel, OrganizationClaim, Summary, SummaryRow
from msoko.cycle.analysis.models import Run
from msoko.cycle.analysis.references import summaries_of
from msoko.foundation.orgs.names import known_organizations, remembered_decisions
from msoko.foundation.processing.organizations import match
from msoko.foundation.processing.reconcile import comparable_figures, is_equal
from msoko.foundation.processing.summary_figures import with_whole_organizations
from qualimetry.recipes.contracts import GroupResult


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of a report and the same counted from participants; `organization` None is the municipality."""

    organization: int | None
    name: str
    figure: str
    printed: float
    computed: float | None
    is_share: bool
    agrees: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """A report against the results: every compared figure; groups of the report that the results do not have."""

    title: str
    is_verified_layout: bool
    compared: tuple[Compared, ...]
    unknown: tuple[str, ...]

    @property
    def differing(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.compared if not one.agrees)


def compared_summaries(run: Run, whole: GroupResult, organizations: Mapping[int, GroupResult]) -> list[Agreement]:
    """Every summary report of the run's campaign against its results (`organizations` by key, with items)."""
    owner = run.campaign.owner
    known, decisions = known_organizations(owner), remembered_decisions(owner)

    def find(row: SummaryRow) -> int | None:
        return match(OrganizationClaim(row.code, row.name, row.municipality), known, decisions).organization

    found = []
    for summary in summaries_of(run.campaign):
        placed = [(row, find(row) if row.level == GroupLevel.ORGANIZATION else None) for row in _own_rows(summary)]
        unknown = [row.name for row, key in placed if row.level == GroupLevel.ORGANIZATION and key not in organizations]
        compared = tuple(
            one
            for row, key in placed
            if (group := whole if row.level == GroupLevel.MUNICIPALITY else organizations.get(key or 0)) is not None
            for one in _compared(group, row, key, summary)
        )
        found.append(Agreement(summary.file, summary.is_verified_layout, compared, tuple(unknown)))
    return found


def _own_rows(summary: Summary) -> list[SummaryRow]:
    levels = (GroupLevel.MUNICIPALITY, GroupLevel.ORGANIZATION)
    return [row for row in with_whole_organizations(summary) if row.level in levels and not row.subgroup]


def _compared(group: GroupResult, row: SummaryRow, key: int | None, summary: Summary) -> Iterator[Compared]:
    for figure in comparable_figures(group, row, summary.kind):
        yield Compared(key, row.name, figure.name, figure.printed, figure.computed, figure.is_share, is_equal(figure))
