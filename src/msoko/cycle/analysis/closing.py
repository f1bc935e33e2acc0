"""Which totals of a municipality are closed to a reader: of few people, or telling of one organization."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from msoko.cycle.analysis.models import Run, RunGroup
from msoko.cycle.analysis.rules import sees_every_organization
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.disclosure import fewest_organizations
from msoko.foundation.catalog.policies import analysis_policy
from qualimetry.disclosure.totals import tells_of_one


class Closing(StrEnum):
    """Why totals are not shown."""

    PEOPLE = "people"  # fewer participants than a small group
    ORGANIZATIONS = "organizations"  # the result of one organization could be found by subtraction


def closing_of(scope: Scope, run: Run) -> Closing | None:
    """Why this person may not see the totals of a run; None where they may."""
    return closings(scope, {run.pk: run.campaign}).get(run.pk)


def closings(scope: Scope, campaigns: Mapping[int, Campaign]) -> dict[int, Closing]:
    """Run → why its totals are closed, in one query for any number of runs (`campaigns`: run → its campaign)."""
    guarded = [key for key, campaign in campaigns.items() if not sees_every_organization(scope, campaign)]
    if not guarded:
        return {}
    sizes: dict[int, dict[int, int]] = {key: {} for key in guarded}
    own: set[int] = set()
    rows = RunGroup.objects.filter(run__in=guarded, is_class=False)
    for run, organization, path, count in rows.values_list(
        "run_id", "organization_id", "organization__path", "result__participants"
    ):
        sizes[run][organization] = count or 0
        if any(path.startswith(start) for start in scope.paths.get(Permission.SEE_ORGANIZATIONS, ())):
            own.add(organization)
    found = ((key, why_closed(sizes[key], own)) for key in guarded)
    return {key: why for key, why in found if why is not None}


def why_closed(sizes: Mapping[int, int], own: Collection[int]) -> Closing | None:
    """Why a total over organizations (→ participants) is closed to a reader who sees `own` of them."""
    if sum(sizes.values()) < analysis_policy().small_group:
        return Closing.PEOPLE
    return Closing.ORGANIZATIONS if tells(sizes, own) else None


def tells(sizes: Mapping[int, int], own: Collection[int]) -> bool:
    """Whether a total tells of one organization, by the thresholds in force."""
    return tells_of_one(sizes, own, fewest=fewest_organizations(), small_group=analysis_policy().small_group)


def closed_years(scope: Scope, runs: Iterable[Run]) -> set[int]:
    """Years of earlier runs whose totals are closed to this person."""
    by_key = {run.pk: run for run in runs}
    closed = closings(scope, {key: run.campaign for key, run in by_key.items()})
    return {by_key[key].campaign.year for key in closed}
