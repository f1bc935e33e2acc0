"""Reading the files of an import with the answers given so far: what can be accepted, what has to be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from intake import read_files
from intake.contracts import (
    CampaignClaim,
    ColumnMapping,
    FileReading,
    GroupLevel,
    OrganizationClaim,
    Procedure,
    Specification,
    Summary,
    SummaryRow,
    Work,
)
from msoko.cycle.collection.keys import pseudonym_secret
from msoko.cycle.collection.models import CurrentBatch, ImportSession, RememberedMapping
from msoko.cycle.collection.questions import (
    Question,
    Questionnaire,
    campaign_question,
    campaign_question_key,
    columns_question,
    is_complete,
    organization_key,
    organization_question,
)
from msoko.cycle.collection.specifications import specifications_of_owner
from msoko.cycle.collection.summaries import row_claims
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.names import known_organizations, municipality_of, remembered_decisions
from msoko.foundation.processing.assembly import assemble
from msoko.foundation.processing.campaigns import campaign_key, campaign_of_file, group_works
from msoko.foundation.processing.organizations import KnownOrganization, match
from msoko.foundation.processing.values import Assembled, CampaignKey, Organization

SKIP = -1

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class SessionReading:
    """All that an import holds now. `days`: the first and the last known day of each campaign."""

    readings: list[FileReading]
    assembled: list[Assembled]
    summaries: list[tuple[CampaignKey, Summary]]
    specifications: list[Specification]
    questions: list[Question]
    days: dict[CampaignKey, tuple[dt.date, dt.date]] = field(default_factory=dict)


@dataclass(slots=True)
class Answers:
    """Answers of people by question key."""

    by_key: dict[str, Any]

    def organization(self, key: str) -> int | None:
        """Chosen organization, SKIP to leave the rows out, None when not answered."""
        answer = self.by_key.get(key)
        if answer is None:
            return None
        return SKIP if answer.get("skip") else int(answer["organization"])

    def mappings(self) -> Iterable[ColumnMapping]:
        for key, answer in self.by_key.items():
            if key.startswith("columns:"):
                yield ColumnMapping(key.removeprefix("columns:"), dict(answer["roles"]))


def read_session(session: ImportSession, *, excluded: frozenset[str], progress: Progress) -> SessionReading:
    """Read every file of the import and assemble what is complete. `excluded` names files to leave out."""
    answers = Answers(dict(session.answers.values_list("question", "answer")))
    readings = _read_uploads(session, answers, progress)
    chosen = [reading for reading in readings if reading.file not in excluded]
    registry = _Registry(session, answers)
    questionnaire = Questionnaire()
    works: list[Work] = []
    for reading in chosen:
        for table in reading.unknown_tables:
            questionnaire.ask(columns_question(table), reading.file)
        works += _complete_works(reading, answers, registry, questionnaire)
    specifications = [item for reading in chosen for item in reading.specifications]
    groups = group_works(works)
    known = specifications_of_owner(registry.owner, groups)
    assembled = [
        part
        for key, members in groups.items()
        for part in assemble(
            key,
            members,
            registry.find,
            secret=pseudonym_secret(),
            specifications=[*known.get(key, ()), *specifications],
        )
    ]
    summaries = [
        (campaign_key(summary.campaign), summary)
        for reading in chosen
        for summary in _complete_summaries(reading, answers, registry, questionnaire, set(groups))
    ]
    return SessionReading(readings, assembled, summaries, specifications, questionnaire.all(), _days(groups))


def _read_uploads(session: ImportSession, answers: Answers, progress: Progress) -> list[FileReading]:
    storage = default_storage()
    uploads = session.uploads
    mappings = {
        row.fingerprint: ColumnMapping(row.fingerprint, dict(row.roles))
        for row in RememberedMapping.objects.filter(organization=session.organization)
    }
    mappings.update({mapping.fingerprint: mapping for mapping in answers.mappings()})
    files = ((upload["name"], storage.read(upload["stored"])) for upload in uploads)
    readings = []
    for reading in read_files(files, mappings=tuple(mappings.values())):
        readings.append(reading)
        progress(len(readings), max(len(uploads), len(readings)), reading.file)
    return readings


def _complete_works(
    reading: FileReading, answers: Answers, registry: _Registry, questionnaire: Questionnaire
) -> list[Work]:
    """Works of a file whose campaign is known and whose organizations are decided; the rest is asked."""
    complete = []
    for work in reading.works:
        if not len(work.participants):
            continue
        answered = _with_answer(work, answers)
        if not is_complete(answered.campaign):
            questionnaire.ask(campaign_question(work), reading.file)
            continue
        if not registry.asks(answered, questionnaire):
            complete.append(answered)
    return complete


def _complete_summaries(
    reading: FileReading,
    answers: Answers,
    registry: _Registry,
    questionnaire: Questionnaire,
    with_participants: set[CampaignKey],
) -> list[Summary]:
    """Summary reports of a file whose campaign is known. Where no participants are, organizations are asked too:
    the report is then the only data, and a row without an organization would be lost."""
    complete = []
    for summary in reading.summaries:
        claim = campaign_of_file(_answered(summary, answers), reading.works)
        if not is_complete(claim):
            questionnaire.ask(campaign_question(summary), reading.file)
            continue
        key = campaign_key(claim)
        known = key in with_participants or registry.has_participants(key)
        own = registry.with_own_rows(summary)
        if known or not registry.asks_about(row_claims(own), summary.file, questionnaire):
            complete.append(replace(own, campaign=claim))
    return complete


def _with_answer(work: Work, answers: Answers) -> Work:
    return replace(work, campaign=_answered(work, answers))


def _answered(work: Work | Summary, answers: Answers) -> CampaignClaim:
    answer = answers.by_key.get(campaign_question_key(work))
    if answer is None:
        return work.campaign
    return replace(
        work.campaign,
        procedure=Procedure(answer["procedure"]),
        subject=answer["subject"],
        grade_level=answer.get("grade_level"),
        year=answer["year"],
    )


def _days(groups: dict[CampaignKey, list[Work]]) -> dict[CampaignKey, tuple[dt.date, dt.date]]:
    found = {key: [work.campaign.held_on for work in works if work.campaign.held_on] for key, works in groups.items()}
    return {key: (min(days), max(days)) for key, days in found.items() if days}


class _Registry:
    """Finds organizations of the registry for the claims of files, with remembered decisions and answers."""

    def __init__(self, session: ImportSession, answers: Answers) -> None:
        municipality = municipality_of(session.organization)
        self.owner = municipality or session.organization
        self._answers = answers
        self._is_single = session.organization.kind != OrganizationKind.MUNICIPALITY
        self._known = known_organizations(session.organization)
        self._by_key = {organization.key: organization for organization in self._known}
        self._decisions = remembered_decisions(session.organization)
        self._cache: dict[tuple[OrganizationClaim, str], int | None] = {}

    def find(self, claim: OrganizationClaim, file: str) -> Organization | None:
        """The organization of a claim for the assembling; None leaves the rows out."""
        key = self._decide(claim, file)
        known = self._by_key.get(key) if key is not None else None
        if known is None:
            return None
        return Organization(known.key, known.names[0], known.codes[0] if known.codes else "", known.municipality)

    def asks(self, work: Work, questionnaire: Questionnaire) -> bool:
        """Ask about every undecided organization of the work; whether anything had to be asked."""
        return self.asks_about(work.participants.organizations, work.file, questionnaire)

    def asks_about(self, claims: Iterable[OrganizationClaim], file: str, questionnaire: Questionnaire) -> bool:
        """Ask about every undecided claim of a file; whether anything had to be asked."""
        is_asked = False
        for claim in claims:
            if self._decide(claim, file) is None:
                suggestions = match(claim, self._known, self._decisions).suggestions
                questionnaire.ask(organization_question(claim, file, suggestions), file)
                is_asked = True
        return is_asked

    def with_own_rows(self, summary: Summary) -> Summary:
        """What an organization may load of a report: its own row and those above it, nothing of the others."""
        if not self._is_single:
            return summary
        rows = [row for row in summary.rows if row.level is not GroupLevel.ORGANIZATION or self._is_own(row, summary)]
        return replace(summary, rows=rows)

    def _is_own(self, row: SummaryRow, summary: Summary) -> bool:
        key = self._decide(OrganizationClaim(row.code, row.name, row.municipality), summary.file)
        return key in self._by_key

    def has_participants(self, key: CampaignKey) -> bool:
        """Whether participants of the campaign were accepted before."""
        return CurrentBatch.objects.filter(
            campaign__owner=self.owner,
            campaign__procedure=key.procedure,
            campaign__subject=key.subject,
            campaign__grade_level=key.grade_level,
            campaign__year=key.year or 0,
        ).exists()

    def _decide(self, claim: OrganizationClaim, file: str) -> int | None:
        place = (claim, file)
        if place not in self._cache:
            self._cache[place] = self._decide_anew(claim, file)
        return self._cache[place]

    def _decide_anew(self, claim: OrganizationClaim, file: str) -> int | None:
        answered = self._answers.organization(organization_key(claim, file))
        if answered is not None:
            return answered
        if not claim.name and not claim.code:
            return self._only()
        return match(claim, self._known, self._decisions).organization

    def _only(self) -> int | None:
        """A school that loads a form without a name means itself."""
        organizations: list[KnownOrganization] = self._known
        return organizations[0].key if self._is_single and len(organizations) == 1 else None
