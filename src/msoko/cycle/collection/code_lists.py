"""The school keeps the key: its list «participant code → own number of the pupil». Names are dropped at reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from msoko.cycle.collection.code_tables import CodePair
from msoko.cycle.collection.keys import pseudonym_secret
from msoko.cycle.collection.medals import graduation_year_of, set_degrees
from msoko.cycle.collection.models import CurrentBatch, PupilLink
from msoko.cycle.collection.participants import current_of, participant_keys_of
from msoko.cycle.collection.pupil_keys import pupil_key
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.procedures import CodeScope, procedure
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.pseudonyms import participant_key
from msoko.foundation.processing.values import CampaignKey

_SHORTEST_ROW_CODE = 6


@dataclass(frozen=True, slots=True)
class CodeListOutcome:
    """pairs = linked + without_result; `without_number` participants of the campaign are not in the list;
    `candidates` for the medal: None where the list has no such column."""

    pairs: int
    linked: int
    without_result: int
    without_number: int
    candidates: int | None = None


def takes_code_list(campaign: Campaign) -> bool:
    """Whether a participant code of the procedure means one pupil of a school."""
    definition = procedure(campaign.procedure)
    return definition is not None and definition.code_scope in {CodeScope.REGION, CodeScope.ORGANIZATION}


def link_key(campaign: Campaign, organization: Organization, code: str) -> bytes:
    """The key under which batches hold the participant of a printed code."""
    key = CampaignKey(campaign.procedure, campaign.subject, campaign.grade_level, campaign.year)
    return participant_key(pseudonym_secret(), key.text, organization.pk, code)


@transaction.atomic
def load_code_list(
    act: Act, *, organization: Organization, campaign: Campaign, pairs: Sequence[CodePair]
) -> CodeListOutcome:
    """Replace the links of the organization in the campaign; neither codes nor numbers are stored, only their keys."""
    require(act, Permission.LOAD_CODE_LIST, organization)
    if not takes_code_list(campaign):
        raise RefusedError(
            "В этой процедуре коды участников повторяются в разных классах: связать их с номерами нельзя.",
            "Загрузите список кодов ВПР, ОГЭ или ЕГЭ.",
        )
    present = _present(current_of([campaign], organization).get(campaign.pk))
    linked = {_key_of(pair, campaign, organization, present): pupil_key(organization, pair.number) for pair in pairs}
    PupilLink.objects.filter(organization=organization, campaign=campaign).delete()
    PupilLink.objects.bulk_create(
        PupilLink(organization=organization, campaign=campaign, participant=participant, pupil=pupil)
        for participant, pupil in linked.items()
    )
    candidates = _mark_candidates(act, organization, campaign, pairs)
    outcome = CodeListOutcome(
        len(pairs), len(present & linked.keys()), len(linked.keys() - present), len(present - linked.keys()), candidates
    )
    record(
        act, "collection.code_list.loaded", kind="campaign", object_id=campaign.pk, label=campaign_title(campaign),
        organization=organization,
        details={"pairs": outcome.pairs, "linked": outcome.linked, "candidates": outcome.candidates},
    )  # fmt: skip
    return outcome


def _present(current: CurrentBatch | None) -> set[bytes]:
    return participant_keys_of(current) if current else set()


def _key_of(pair: CodePair, campaign: Campaign, organization: Organization, present: set[bytes]) -> bytes:
    if not pair.is_row_code:
        return link_key(campaign, organization, pair.code)
    wanted = re.sub(r"[^0-9a-f]", "", pair.code.casefold())
    fitting = [key for key in present if key.hex().startswith(wanted)]
    if len(wanted) >= _SHORTEST_ROW_CODE and len(fitting) == 1:
        return fitting[0]
    what = "подходит к нескольким строкам" if len(fitting) > 1 else "не найден"
    raise RefusedError(
        f"Строка {pair.row}: код строки {what} в результатах этой процедуры. Ничего не записано.",
        "Выгрузите «Строки для связи» заново: в файле стоят коды действующих результатов.",
    )


def _mark_candidates(act: Act, organization: Organization, campaign: Campaign, pairs: Sequence[CodePair]) -> int | None:
    marked = {pupil_key(organization, pair.number): pair.degree for pair in pairs if pair.degree is not None}
    if not marked:
        return None
    set_degrees(act, organization, graduation_year_of(campaign), marked)
    return sum(degree > 0 for degree in marked.values())


@transaction.atomic
def forget_code_list(act: Act, *, organization: Organization, campaign: Campaign) -> None:
    """Remove the links of the organization in the campaign."""
    require(act, Permission.LOAD_CODE_LIST, organization)
    PupilLink.objects.filter(organization=organization, campaign=campaign).delete()
    record(
        act, "collection.code_list.forgotten", kind="campaign", object_id=campaign.pk, label=campaign_title(campaign),
        organization=organization,
    )  # fmt: skip
