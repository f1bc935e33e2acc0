"""What a school sees with its key: a pupil over procedures by number, and a cohort from one procedure to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from msoko.cycle.collection.models import BatchOrganization, CurrentBatch, PupilLink
from msoko.cycle.collection.participants import Participant, current_of, participants_of
from msoko.cycle.collection.pupil_keys import pupil_key
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.orgs.models import Organization


@dataclass(frozen=True, slots=True)
class KeyState:
    """A campaign of a school: how many wrote, how many of the list are known. `coded`: rows with a participant code
    in the files, None where it was not counted."""

    campaign: Campaign
    participants: int
    links: int
    coded: int | None = None

    @property
    def has_no_codes(self) -> bool:
        """Pupils can be named only by the codes of rows that the system gave."""
        return self.coded == 0


@dataclass(frozen=True, slots=True)
class PupilResult:
    """A result of one pupil; `row` is None when the code of the list has no result."""

    campaign: Campaign
    row: Participant | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Marks of the same pupils in two campaigns. `cells[before, after]` = pupils.

    linked: pupils with a mark in both; before, after: participants with a mark in each.
    """

    cells: dict[tuple[int, int], int]
    linked: int
    before: int
    after: int
    higher: int
    same: int
    lower: int


def key_states(organization: Organization, campaigns: Sequence[Campaign]) -> list[KeyState]:
    """State of the code lists of a school in the campaigns where it has results."""
    current = current_of(campaigns, organization)
    links = PupilLink.objects.filter(organization=organization, campaign__in=campaigns).values("campaign_id")
    counts = {row["campaign_id"]: row["n"] for row in links.annotate(n=Count("id"))}
    batches = {one.batch_id: one.campaign_id for one in current.values()}
    rows = BatchOrganization.objects.filter(organization=organization, batch__in=batches)
    coded = {batches[one.batch_id]: one.coded_count for one in rows}
    return [
        KeyState(campaign, current[campaign.pk].participant_count, counts.get(campaign.pk, 0), coded.get(campaign.pk))
        for campaign in campaigns
        if campaign.pk in current
    ]


def results_of_pupil(organization: Organization, campaigns: Sequence[Campaign], number: str) -> list[PupilResult]:
    """Results of the pupil of this number, oldest campaign first. The caller has checked the right and journals."""
    wanted = pupil_key(organization, number)
    links = PupilLink.objects.filter(organization=organization, campaign__in=campaigns, pupil=wanted)
    keys = {link.campaign_id: bytes(link.participant) for link in links}
    current = current_of(campaigns, organization)
    found = [
        PupilResult(campaign, _row_of(current.get(campaign.pk), keys[campaign.pk]))
        for campaign in campaigns
        if campaign.pk in keys
    ]
    return sorted(found, key=lambda result: (result.campaign.year, result.campaign.pk))


def cohort(organization: Organization, before: Campaign, after: Campaign) -> Cohort:
    """Marks of linked pupils in two campaigns."""
    current = current_of([before, after], organization)
    first, second = (_marks(current.get(one.pk)) for one in (before, after))
    first_pupils, second_pupils = (_pupils(organization, one) for one in (before, after))
    by_pupil = {first_pupils[key]: mark for key, mark in first.items() if key in first_pupils}
    pairs = [
        (by_pupil[pupil], mark)
        for key, mark in second.items()
        if (pupil := second_pupils.get(key)) is not None and pupil in by_pupil
    ]
    return Cohort(
        cells=dict(Counter(pairs)), linked=len(pairs), before=len(first), after=len(second),
        higher=sum(b < a for b, a in pairs), same=sum(b == a for b, a in pairs), lower=sum(b > a for b, a in pairs),
    )  # fmt: skip


def _row_of(current: CurrentBatch | None, key: bytes) -> Participant | None:
    rows = participants_of(current) if current else []
    return next((row for row in rows if row.key == key and row.is_valid_attempt), None)


def _marks(current: CurrentBatch | None) -> dict[bytes, int]:
    rows = participants_of(current) if current else []
    return {row.key: row.mark for row in rows if row.present and row.is_valid_attempt and row.mark is not None}


def _pupils(organization: Organization, campaign: Campaign) -> dict[bytes, bytes]:
    links = PupilLink.objects.filter(organization=organization, campaign=campaign)
    return {bytes(participant): bytes(pupil) for participant, pupil in links.values_list("participant", "pupil")}
