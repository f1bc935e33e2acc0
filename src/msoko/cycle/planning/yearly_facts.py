"""What happened to a plan in one of its years, read from the rows: terms with their outcomes, tasks, requests."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from msoko.cycle.planning.enums import DependencyState, UnitRole
from msoko.cycle.planning.mirrors import tasks_behind, was_planned
from msoko.cycle.planning.models import (
    Activity,
    ActivityRequest,
    ActivityUnit,
    Assignment,
    Dependency,
    Evidence,
    Occurrence,
    Plan,
    PlanSection,
    Postponement,
)
from msoko.cycle.planning.queries import activities_of
from msoko.cycle.planning.tasks_states import is_late
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.orgs.api import Department, Organization

#: what is read of a task
_OF_TASK = (
    "occurrence", "unit", "organization", "department", "external", "done_on", "confirmed_at", "released_at",
    "delay_reason", "role",
)  # fmt: skip


class Outcome(StrEnum):
    """Of a term: exactly one. `PARTLY`: some of its addressees have not done it. `AHEAD`: not over yet."""

    ON_TIME = "on_time"
    LATE = "late"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    CANCELLED = "cancelled"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class TaskFact:
    """One addressee of a term: who, under which words of the plan, what came of it."""

    unit: str
    outcome: Outcome
    is_unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class TermFact:
    """A term of an activity with its outcome by the day of the analysis. `planned_on` is the baseline, `term_on` the
    term in force."""

    activity: int
    number: str
    title: str
    section: str
    direction: str
    cycle_part: str
    results: tuple[str, ...]
    units: str
    planned_on: dt.date | None
    term_on: dt.date | None
    done_on: dt.date | None
    outcome: Outcome
    moves: int = 0
    reasons: tuple[str, ...] = ()
    evidence: str = ""
    tasks: tuple[TaskFact, ...] = ()

    @property
    def is_due(self) -> bool:
        return self.outcome not in {Outcome.CANCELLED, Outcome.AHEAD}


@dataclass(frozen=True, slots=True)
class ActivityFact:
    """An activity of the plan: kinds of its results, whether decisions follow it, whether documents prove it."""

    key: int
    number: str
    title: str
    section: int | None
    cycle_part: str
    results: tuple[str, ...]
    status: str
    is_done: bool
    is_proved: bool
    followers: tuple[int, ...] = ()
    has_terms: bool = False
    asked: int = 0
    answered: int = 0
    units: str = ""


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything of one year of a plan. `requests`: asked and done."""

    as_of: dt.date
    terms: tuple[TermFact, ...]
    activities: tuple[ActivityFact, ...]
    requests: tuple[int, int] = (0, 0)
    reasons: Counter[str] = field(default_factory=Counter)


def year_facts(plan: Plan, year: int, ends_on: dt.date, as_of: dt.date) -> YearFacts:
    """Facts of a year: a constant number of queries whatever the size of the plan."""
    activities = [one for one in activities_of(plan) if one.dropped_at is None]
    by_key = {one.pk: one for one in activities}
    rows = sorted_terms(terms_with_tasks(plan.owner_id).filter(activity__in=list(by_key), year=year), by_key)
    terms = tuple(term_fact(by_key[row.activity_id], row, plan.owner_id, ends_on, as_of) for row in rows)
    asked = _requests(plan, year)
    return YearFacts(
        as_of=as_of,
        terms=terms,
        activities=tuple(_activities(activities, rows, terms, asked)),
        requests=(len(asked), sum(one.is_answered for one in asked)),
        reasons=Counter(reason for term in terms for reason in term.reasons),
    )


def terms_with_tasks(owner: int) -> QuerySet[Occurrence]:
    """Terms with what `term_fact` reads, in a constant number of queries. `owner`: the organization of the plan."""
    proofs = Evidence.objects.filter(withdrawn_at=None).select_related("deliverable")
    tasks = (
        Assignment.objects.exclude(role=UnitRole.CONTROLLER)
        .only(*_OF_TASK)
        .prefetch_related(Prefetch("evidence", proofs, to_attr="proofs"))
    )
    moves = Postponement.objects.order_by("made_at")
    return (
        Occurrence.objects.filter(in_horizon=True)
        .select_related("source")
        .prefetch_related(
            Prefetch("assignments", tasks), Prefetch("postponements", moves),
            Prefetch("source__assignments", tasks.filter(organization=owner)),
            Prefetch("source__postponements", moves),
        )
    )  # fmt: skip


def sorted_terms(rows: Iterable[Occurrence], activities: dict[int, Activity]) -> list[Occurrence]:
    """Terms of `terms_with_tasks` in the order of the plan, their tasks with the names of who has them."""

    def place(row: Occurrence) -> tuple[int, int, dt.date, int]:
        activity = activities[row.activity_id]
        return activity.plan_id, activity.position, row.ends_on or dt.date.max, row.pk

    found = sorted(rows, key=place)
    _name_tasks(task for row in found for one in (row, row.source) if one for task in one.assignments.all())
    return found


def _name_tasks(tasks: Iterable[Assignment]) -> None:
    """Who has the tasks, without a join: tens of thousands of tasks have a few dozen organizations between them."""
    rows = list(tasks)
    units, organizations, departments = (
        model._default_manager.only(name).in_bulk({key for row in rows if (key := getattr(row, attribute)) is not None})
        for model, name, attribute in (
            (ActivityUnit, "raw", "unit_id"), (Organization, "short_name", "organization_id"),
            (Department, "name", "department_id"),
        )
    )  # fmt: skip
    for row in rows:
        row.unit = units.get(row.unit_id)  # type: ignore[assignment]
        row.organization = organizations.get(row.organization_id)  # type: ignore[assignment]
        row.department = departments.get(row.department_id)  # type: ignore[assignment]


def term_fact(activity: Activity, row: Occurrence, owner: int, ends_on: dt.date, as_of: dt.date) -> TermFact:
    """What came of a term. A row that shows a term of a plan above is judged by the organization's task there.

    `ends_on` stands for the term of what has none; `as_of` is the day of the judgement.
    """
    given = tasks_behind(row, owner)
    tasks = [one for one in given if one.released_at is None]
    facts = tuple(_task(one, row, ends_on, as_of) for one in tasks)
    is_released = bool(row.source_id and given and not tasks)
    done = [one.done_on for one in tasks if one.done_on is not None]
    return TermFact(
        activity=activity.pk,
        number=activity.number,
        title=activity.title,
        section=_top(activity.section),
        direction=activity.direction,
        cycle_part=activity.cycle_part,
        results=tuple(dict.fromkeys(one.kind for one in activity.deliverables.all() if one.kind)),
        units=", ".join(unit.raw for unit in activity.units.all()),
        planned_on=was_planned(row)[1] or row.ends_on,
        term_on=row.ends_on,
        done_on=max(done) if done and len(done) == len(tasks) else None,
        outcome=Outcome.CANCELLED if is_released else _outcome(row, facts, ends_on, as_of),
        moves=len(moves_of(row)),
        reasons=tuple(dict.fromkeys(_reasons(row, tasks))),
        evidence=_evidence(tasks),
        tasks=facts,
    )


def _task(one: Assignment, row: Occurrence, ends_on: dt.date, as_of: dt.date) -> TaskFact:
    unit = one.unit.raw if one.unit else _addressee(one)
    if row.cancelled_at is not None:
        return TaskFact(unit, Outcome.CANCELLED)
    if one.done_on is not None:
        outcome = Outcome.LATE if is_late(one.done_on, row.ends_on) else Outcome.ON_TIME
        return TaskFact(unit, outcome, one.confirmed_at is None)
    return TaskFact(unit, Outcome.NOT_DONE if (row.ends_on or ends_on) < as_of else Outcome.AHEAD)


def _addressee(one: Assignment) -> str:
    whose = one.department or one.organization
    return one.external or (getattr(whose, "short_name", "") or getattr(whose, "name", "") if whose else "Без имени")


def _outcome(row: Occurrence, tasks: Sequence[TaskFact], ends_on: dt.date, as_of: dt.date) -> Outcome:
    if row.cancelled_at is not None:
        return Outcome.CANCELLED
    is_over = (row.ends_on or ends_on) < as_of
    outcomes = {task.outcome for task in tasks}
    done = outcomes & {Outcome.ON_TIME, Outcome.LATE}
    if tasks and outcomes == done:
        return Outcome.LATE if Outcome.LATE in outcomes else Outcome.ON_TIME
    if not is_over:
        return Outcome.AHEAD
    return Outcome.PARTLY if done else Outcome.NOT_DONE


def _reasons(row: Occurrence, tasks: Iterable[Assignment]) -> Iterable[str]:
    titles = execution_policy().reasons
    yield from (titles.get(one.reason, one.reason) for one in moves_of(row) if one.reason)
    yield from (titles.get(one.delay_reason, one.delay_reason) for one in tasks if one.delay_reason)


def moves_of(row: Occurrence) -> list[Postponement]:
    """How a term was moved; of a term that shows one of a plan above, how that was."""
    return list((row.source or row).postponements.all())


def _evidence(tasks: Iterable[Assignment]) -> str:
    proofs: list[Evidence] = [proof for one in tasks for proof in one.proofs]  # type: ignore[attr-defined]
    first = [" ".join(part for part in (one.title, one.number and f"№ {one.number}") if part) for one in proofs[:2]]
    return "; ".join(first) + (f" и ещё {len(proofs) - 2}" if len(proofs) > 2 else "")


def _top(section: PlanSection | None) -> str:
    top = section.path[0] if section else None
    return f"{top.number} {top.title}".strip() if top else ""


@dataclass(frozen=True, slots=True)
class _Asked:
    activity: int
    is_answered: bool


def _requests(plan: Plan, year: int) -> list[_Asked]:
    rows = ActivityRequest.objects.filter(activity__plan=plan, occurrence__year=year, occurrence__cancelled_at=None)
    tasks = Prefetch("occurrence__assignments", Assignment.objects.exclude(role=UnitRole.CONTROLLER))
    return [
        _Asked(row.activity_id, bool(row.result) or _all_done(row.occurrence.assignments.all()))
        for row in rows.select_related("occurrence").prefetch_related(tasks)
    ]


def _all_done(tasks: Iterable[Assignment]) -> bool:
    live = [one for one in tasks if one.released_at is None]
    return bool(live) and all(one.done_on is not None for one in live)


def _activities(
    activities: Sequence[Activity], rows: Sequence[Occurrence], terms: Sequence[TermFact], asked: Sequence[_Asked]
) -> Iterable[ActivityFact]:
    done = {term.activity for term in terms if term.outcome in {Outcome.ON_TIME, Outcome.LATE}}
    proved = {term.activity for term in terms if term.evidence}
    dated = {row.activity_id for row in rows}
    counts = Counter(one.activity for one in asked)
    answered = Counter(one.activity for one in asked if one.is_answered)
    followers: dict[int, list[int]] = {}
    confirmed = Dependency.objects.filter(
        predecessor__in=[one.pk for one in activities], state=DependencyState.CONFIRMED
    )
    for before, after in confirmed.values_list("predecessor_id", "successor_id"):
        followers.setdefault(before, []).append(after)
    for one in activities:
        status: Any = one.terms[0].get("status", "") if one.terms else "unspecified"
        yield ActivityFact(
            key=one.pk, number=one.number, title=one.title, section=one.section_id, cycle_part=one.cycle_part,
            results=tuple(result.kind for result in one.deliverables.all()), status=str(status),
            is_done=one.pk in done, is_proved=one.pk in proved, followers=tuple(followers.get(one.pk, ())),
            has_terms=one.pk in dated, asked=counts[one.pk], answered=answered[one.pk],
            units=", ".join(unit.raw for unit in one.units.all()),
        )  # fmt: skip


def day_of_analysis(plan: Plan, ends_on: dt.date) -> dt.date:
    """The day by which the year is judged: of the closing, the day after the year, or today while it lasts."""
    after = (plan.closed_on or ends_on) + dt.timedelta(days=1)
    return min(timezone.localdate(), max(after, ends_on + dt.timedelta(days=1)))
