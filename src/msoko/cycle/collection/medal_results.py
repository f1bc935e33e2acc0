"""What stands behind a candidate for the medal: results over procedures, and what the examination lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from msoko.cycle.collection.models import CurrentBatch, MedalCandidate, PupilLink
from msoko.cycle.collection.participants import Participant, current_of, participants_of
from msoko.cycle.collection.pupil_keys import short_key
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.medals import MedalDegree, MedalRules, medal_rules
from msoko.foundation.orgs.models import Organization


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """A linked result that counts."""

    campaign: Campaign
    row: Participant


@dataclass(frozen=True, slots=True)
class ExamSubject:
    """The best result of a subject: points to the threshold in `lack` (0: reached)."""

    subject: str
    score: int
    lack: int


@dataclass(frozen=True, slots=True)
class Examination:
    """The examination of one candidate against the degree. `other` is the second subject that counts, None where no
    result is linked; `below` = further subjects under the threshold, which do not decide but are worth a look."""

    required: ExamSubject | None
    other: ExamSubject | None
    below: tuple[ExamSubject, ...] = ()

    @property
    def is_linked(self) -> bool:
        return self.required is not None or self.other is not None

    @property
    def is_confirmed(self) -> bool | None:
        """None while one of the two results is not known."""
        if any(one is not None and one.lack for one in (self.required, self.other)):
            return False
        return True if self.required and self.other else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate with everything that is linked; `marks` = how many of each mark in works before the examination."""

    pupil: bytes
    degree: MedalDegree
    results: tuple[CandidateResult, ...]
    examination: Examination
    marks: Mapping[int, int]

    @property
    def short_code(self) -> str:
        return short_key(self.pupil)

    @property
    def marks_below(self) -> int:
        """Works whose mark is lower than any final mark that the degree admits."""
        return sum(count for mark, count in self.marks.items() if mark < self.degree.lowest_mark)


@dataclass(frozen=True, slots=True)
class MedalCount:
    """Candidates of a school: listed = confirmed + not_confirmed + open; linked: an examination result is known."""

    organization: Organization
    listed: int
    linked: int
    confirmed: int
    not_confirmed: int


def graduation_years(scope_filter: QuerySet[Organization] | Sequence[Organization]) -> list[int]:
    """Years of graduation with candidates, newest first."""
    rows = MedalCandidate.objects.filter(organization__in=scope_filter)
    return list(rows.values_list("graduation_year", flat=True).distinct().order_by("-graduation_year"))


def candidates_of(organization: Organization, campaigns: Sequence[Campaign], graduation_year: int) -> list[Candidate]:
    """Candidates of a school with their results, oldest first. The caller has checked the right and journals."""
    listed = MedalCandidate.objects.filter(organization=organization, graduation_year=graduation_year)
    degrees = {bytes(one.pupil): one.degree for one in listed.order_by("degree", "pupil")}
    current = list(current_of(campaigns, organization).values())
    results = _results(current, {organization.pk: set(degrees)})
    return [
        _candidate(pupil, degree, results.get((organization.pk, pupil), []), medal_rules())
        for pupil, degree in degrees.items()
    ]


def medal_counts(scope: Scope, graduation_year: int, campaigns: Sequence[Campaign]) -> list[MedalCount]:
    """Counts of every school that the person sees, without any pupil. `campaigns`: those the person sees."""
    rules = medal_rules()
    seen = scope.filter(Permission.SEE_ORGANIZATIONS, "organization__")
    listed = MedalCandidate.objects.filter(seen, graduation_year=graduation_year).select_related("organization")
    schools = {one.organization_id: one.organization for one in listed.order_by("organization__sort_key")}
    degrees = {(one.organization_id, bytes(one.pupil)): one.degree for one in listed}
    pupils: dict[int, set[bytes]] = {}
    for school, pupil in degrees:
        pupils.setdefault(school, set()).add(pupil)
    exams = [one for one in campaigns if one.procedure == rules.procedure and one.year == graduation_year]
    results = _results(_current_of_schools(exams, schools), pupils)
    found: dict[int, list[Candidate]] = {school: [] for school in schools}
    for (school, pupil), degree in degrees.items():
        found[school].append(_candidate(pupil, degree, results.get((school, pupil), []), rules))
    return [_count(schools[school], candidates) for school, candidates in found.items()]


def _count(organization: Organization, candidates: Sequence[Candidate]) -> MedalCount:
    states = [one.examination.is_confirmed for one in candidates]
    linked = sum(one.examination.is_linked for one in candidates)
    return MedalCount(organization, len(candidates), linked, states.count(True), states.count(False))


def _current_of_schools(campaigns: Sequence[Campaign], schools: Mapping[int, Organization]) -> list[CurrentBatch]:
    rows = CurrentBatch.objects.filter(campaign__in=campaigns, organization__in=list(schools))
    return list(rows.select_related("batch", "campaign__blueprint").prefetch_related("campaign__blueprint__items"))


def _results(
    current: Sequence[CurrentBatch], pupils: Mapping[int, set[bytes]]
) -> dict[tuple[int, bytes], list[CandidateResult]]:
    """(organization, pupil) → linked results; only batches with a link of one of the pupils are read."""
    links = PupilLink.objects.filter(
        campaign__in={one.campaign_id for one in current}, organization__in=list(pupils)
    ).values_list("campaign_id", "organization_id", "participant", "pupil")
    wanted: dict[tuple[int, int], dict[bytes, bytes]] = {}
    for campaign, organization, participant, pupil in links:
        if bytes(pupil) in pupils[organization]:
            wanted.setdefault((campaign, organization), {})[bytes(participant)] = bytes(pupil)
    found: dict[tuple[int, bytes], list[CandidateResult]] = {}
    for one in sorted(current, key=lambda one: (one.campaign.year, one.campaign_id)):
        keys = wanted.get((one.campaign_id, one.organization_id), {})
        for row in participants_of(one) if keys else []:
            if row.key in keys and row.present and row.is_valid_attempt:
                found.setdefault((one.organization_id, keys[row.key]), []).append(CandidateResult(one.campaign, row))
    return found


def _candidate(pupil: bytes, degree: int, results: Sequence[CandidateResult], rules: MedalRules) -> Candidate:
    described = rules.degree(degree)
    marks: dict[int, int] = {}
    for one in results:
        if one.campaign.procedure != rules.procedure and one.row.mark is not None:
            marks[one.row.mark] = marks.get(one.row.mark, 0) + 1
    return Candidate(pupil, described, tuple(results), _examination(results, described, rules), marks)


def _examination(results: Sequence[CandidateResult], degree: MedalDegree, rules: MedalRules) -> Examination:
    required: ExamSubject | None = None
    others: list[ExamSubject] = []
    alternative: ExamSubject | None = None
    for one in results:
        if one.campaign.procedure != rules.procedure:
            continue
        subject, score, mark = one.campaign.subject, one.row.test_score, one.row.mark
        if subject == rules.alternative_subject and mark is not None:
            alternative = ExamSubject(subject, mark, max(0, degree.alternative_mark - mark))
        elif score is not None:
            result = ExamSubject(subject, score, max(0, degree.test_score - score))
            required = result if subject == rules.required_subject else required
            others += [result] if subject != rules.required_subject else []
    best = max(others, key=lambda one: one.score, default=alternative)
    return Examination(required, best, tuple(one for one in others if one is not best and one.lack))
