"""Occurrences of activities kept in step with their terms. What has facts is never removed silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from intake.terms import PlanYear, Term
from msoko.cycle.planning.calendars import calendars_of_plan
from msoko.cycle.planning.enums import YearKind
from msoko.cycle.planning.models import Activity, Assignment, Comment, Occurrence, Plan, Postponement
from msoko.cycle.planning.slots import Slot, slots_of, terms_of
from msoko.foundation.kernel.bulk import insert_rows

_BATCH = 500
#: an activity, a slot of its term and the place of that slot
_New = tuple[Activity, Slot, int]


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """What became of the occurrences of activities: made, removed, and kept against the new term for their facts."""

    made: int
    removed: int
    kept: tuple[Occurrence, ...]


class Understanding:
    """Terms of one plan: its years and calendars are looked up once, equal phrases are understood once."""

    def __init__(self, plan: Plan, known: Mapping[str, Sequence[Term]] | None = None) -> None:
        """`known`: phrases that were understood before for the same years and calendars."""
        self.years: list[PlanYear] = years_of(plan)
        self._calendars = calendars_of_plan(plan)
        self._known: dict[str, list[Term]] = {phrase: list(terms) for phrase, terms in (known or {}).items()}

    def terms(self, phrase: str) -> list[Term]:
        if phrase not in self._known:
            self._known[phrase] = terms_of(phrase, self.years, self._calendars)
        return self._known[phrase]

    def slots(self, phrase: str) -> list[Slot]:
        return slots_of(self.terms(phrase), self.years)

    def stored(self, phrase: str) -> list[dict[str, object]]:
        """What `Activity.terms` keeps: one object a year."""
        pairs = zip(self.terms(phrase), self.years, strict=True)
        return [term.to_json() | {"year": year.start_year} for term, year in pairs]


def years_of(plan: Plan) -> list[PlanYear]:
    """The years of a plan in order."""
    starts = range(plan.start_year, plan.start_year + plan.years)
    if plan.year_kind == YearKind.CALENDAR:
        return [PlanYear(start, "calendar") for start in starts]
    return [PlanYear(start) for start in starts]


def schedule_new(activities: Sequence[Activity], understanding: Understanding) -> int:
    """Occurrences of activities that have none yet; how many were made."""
    return _store(
        (activity, slot, position)
        for activity in activities
        for position, slot in enumerate(understanding.slots(activity.terms_text))
    )


def reschedule(activities: Iterable[Activity], understanding: Understanding) -> Rescheduled:
    """Bring the occurrences of activities in step with their phrases.

    Occurrences that came from elsewhere (a request, a campaign, an outside schedule) stay; those with facts stay too
    and are returned, so that a person decides.
    """
    chosen = list(activities)
    existing: dict[int, list[Occurrence]] = {activity.pk: [] for activity in chosen}
    for occurrence in with_facts(Occurrence.objects.filter(activity__in=list(existing), origin_kind="")):
        existing[occurrence.activity_id].append(occurrence)
    made: list[_New] = []
    removed: list[int] = []
    kept: list[Occurrence] = []
    for activity in chosen:
        _compare(activity, understanding.slots(activity.terms_text), existing[activity.pk], made, removed, kept)
    for start in range(0, len(removed), _BATCH):
        Occurrence.objects.filter(pk__in=removed[start : start + _BATCH]).delete()
    return Rescheduled(_store(made), len(removed), tuple(kept))


def with_facts(occurrences: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Occurrences annotated with `has_facts`: somebody began, did, moved, cancelled or discussed them."""
    touched = Assignment.objects.filter(occurrence=OuterRef("pk")).filter(
        Q(started_at__isnull=False)
        | Q(done_at__isnull=False)
        | Q(confirmed_at__isnull=False)
        | Q(returned_at__isnull=False)
        | Q(released_at__isnull=False)
        | Q(evidence__isnull=False)
    )
    return occurrences.annotate(
        has_facts=Exists(touched)
        | Exists(Postponement.objects.filter(occurrence=OuterRef("pk")))
        | Exists(Comment.objects.filter(occurrence=OuterRef("pk")))
        | Q(cancelled_at__isnull=False)
    )


def _compare(
    activity: Activity,
    slots: Sequence[Slot],
    existing: Sequence[Occurrence],
    made: list[_New],
    removed: list[int],
    kept: list[Occurrence],
) -> None:
    wanted = {slot.key: (position, slot) for position, slot in enumerate(slots)}
    for occurrence in existing:
        if wanted.pop(_key(occurrence), None) is not None:
            continue
        if occurrence.has_facts:  # type: ignore[attr-defined]
            kept.append(occurrence)
        else:
            removed.append(occurrence.pk)
    made.extend((activity, slot, position) for position, slot in wanted.values())


def _key(occurrence: Occurrence) -> tuple[dt.date | None, dt.date | None, str]:
    """The slot as planned: a postponed occurrence is still that of its term."""
    if occurrence.planned_ends_on or occurrence.planned_starts_on:
        return occurrence.planned_starts_on, occurrence.planned_ends_on, occurrence.part
    return occurrence.starts_on, occurrence.ends_on, occurrence.part


def _store(new: Iterable[_New]) -> int:
    return insert_rows(
        Occurrence,
        ("activity_id", "year", "position", "part", "starts_on", "ends_on", "is_tentative", "in_horizon"),
        (
            (activity.pk, slot.year, position, slot.part, slot.starts_on, slot.ends_on, slot.is_tentative,
             slot.in_horizon)
            for activity, slot, position in new
        ),
    )  # fmt: skip
