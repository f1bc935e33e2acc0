"""A plan of the demo lived through up to a day: reports, confirmations, delays, transfers, requests, comments.

The same plan gives the same life every time. Everything is done by the acts that people use, on the days when people
would have done it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from msoko.cli.demo.planning import DemoPlans
from msoko.cycle.planning.api import (
    Activity,
    Assignment,
    Deliverable,
    Dependency,
    DependencyState,
    EvidenceEntry,
    Occurrence,
    Plan,
    RequestEntry,
    ScheduleEntry,
    add_comment,
    bind_schedule,
    cancel_occurrence,
    confirm_task,
    decide_dependencies,
    postpone_occurrence,
    propose_dependencies,
    record_request,
    remind_people,
    report_done,
    return_task,
    start_task,
    statuses_of,
    write_result,
)
from msoko.foundation.access.api import Role, User
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.api import Appointment, AppointmentKind

#: shares of tasks: done after the term, given back once, not done even long after
LATE, RETURNED, NEVER = 0.13, 0.06, 0.03
#: shares of terms: moved, taken off
MOVED, CANCELLED = 0.1, 0.04
#: reports wait for confirmation so many days at most
CONFIRMED_WITHIN = 9
_PASSES = 3
_WORDS = (
    "Разъяснён порядок, материалы направлены",
    "Проведена консультация, вопрос снят",
    "Выезд состоялся, составлена справка",
    "Направлены методические рекомендации",
)
_SUBJECTS = (
    "Как оформить график оценочных процедур школы",
    "Помощь в анализе результатов диагностики",
    "Порядок перепроверки работ обучающихся",
    "Консультация заместителя директора по ВСОКО",
)
_REMARKS = ("Нет подписи руководителя", "Не указаны сведения по параллелям", "Приложен документ прошлого года")
#: when outside schedules fall, by words of titles: first and last day as month, day of the second half of the year
_WINDOWS = (
    ("впр", (4, 13), (5, 15)),
    ("гиа", (5, 25), (6, 30)),
    ("егэ", (5, 25), (6, 30)),
    ("огэ", (5, 20), (6, 30)),
    ("", (2, 1), (3, 20)),
)


@dataclass(frozen=True, slots=True)
class Named:
    """Someone of the demo who has no account: the system acts under their name."""

    actor_label: str
    actor_id: str = "system"
    is_system: bool = True


@dataclass(slots=True)
class Life:
    """Who acts in a plan, and the day up to which it was lived."""

    plan: Plan
    until: dt.date
    answerer: str
    reporters: dict[int, str] = field(default_factory=dict)

    def act(self, day: dt.date, label: str) -> Act:
        moment = dt.datetime.combine(day, dt.time(10 + int(4 * draw(day, label))))
        return Act(Named(label), timezone.make_aware(moment))

    def reporter(self, row: Assignment) -> str:
        return self.reporters.get(row.organization_id or 0, self.answerer)


def draw(*parts: object) -> float:
    """A number from 0 to 1 that depends on nothing but the parts."""
    digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def live_last_year(accounts: dict[Role, User], plan: Plan) -> None:
    """Last year's plan to its end."""
    live_through(plan, until=dt.date(plan.start_year + 1, 8, 31), answerer=accounts[Role.SPECIALIST].actor_label)


def live_this_year(accounts: dict[Role, User], plans: DemoPlans, *, today: dt.date) -> None:
    """This year's plans up to today; reminders of today."""
    answerers = (
        (plans.current, Role.SPECIALIST),
        (plans.school, Role.SCHOOL_HEAD),
        (plans.kindergarten, Role.AUTHORITY_HEAD),
    )
    for plan, role in answerers:
        end = dt.date(plan.start_year + 1, 8, 31)
        live_through(plan, until=min(today, end), answerer=accounts[role].actor_label)
    _link(Act(actor=accounts[Role.SPECIALIST], at=timezone.now()), plans.current)
    remind_people()


def _link(act: Act, plan: Plan) -> None:
    """Dependencies within a section that the product proposes are confirmed, the others are left to the person."""
    propose_dependencies(act, plan=plan)
    links = Dependency.objects.filter(predecessor__plan=plan, predecessor__section=F("successor__section"))
    keys = list(links.values_list("pk", flat=True))
    decide_dependencies(act, plan=plan, keys=keys, state=DependencyState.CONFIRMED)


@transaction.atomic
def live_through(plan: Plan, *, until: dt.date, answerer: str) -> None:
    """Live a plan in force through from its beginning to a day; `answerer` confirms («Полевая И. С.»)."""
    life = Life(plan, until, answerer, _reporters(plan.owner))
    if until >= dt.date(plan.start_year + 1, 2, 1):
        _bind_schedules(life)
    _ask(life)
    lived: set[int] = set()
    for _ in range(_PASSES):
        fresh = [one for one in _terms(life) if one.pk not in lived]
        for occurrence in fresh:
            lived.add(occurrence.pk)
            _live_term(life, occurrence)
        if not fresh:
            return


def _terms(life: Life) -> Sequence[Occurrence]:
    found = Occurrence.objects.filter(activity__plan=life.plan, activity__dropped_at__isnull=True, in_horizon=True)
    dated = found.filter(ends_on__isnull=False).select_related("activity__plan__owner")
    return list(dated.prefetch_related("activity__deliverables").order_by("ends_on", "activity__position", "id"))


def _reporters(owner: Organization) -> dict[int, str]:
    """Coordinator of each organization, else its head, as «Фамилия И. О.»."""
    rows = Appointment.objects.filter(organization__path__startswith=owner.path).select_related("person")
    found: dict[int, str] = {}
    for row in sorted(rows, key=lambda one: (one.kind != AppointmentKind.COORDINATOR, one.pk)):
        person = row.person
        initials = " ".join(f"{part[0]}." for part in (person.first_name, person.middle_name) if part)
        found.setdefault(row.organization_id, f"{person.last_name} {initials}".strip())
    return found


def _live_term(life: Life, occurrence: Occurrence) -> None:
    key = (life.plan.start_year, occurrence.activity.position, occurrence.position)
    chance = draw("term", *key)
    ends_on = occurrence.ends_on
    assert ends_on is not None
    day = ends_on - dt.timedelta(days=4)
    if day <= life.until and occurrence.origin_kind == "" and chance < MOVED + CANCELLED:
        if chance < CANCELLED:
            basis = f"Решение совещания руководителей от {day:%d.%m.%Y}, протокол № {3 + int(20 * draw('p', *key))}"
            cancel_occurrence(life.act(day, life.answerer), occurrence=occurrence, basis=basis)
            return
        _move(life, occurrence, day, key)
    for row in occurrence.assignments.select_related("organization", "occurrence__activity"):
        _live_task(life, row, occurrence)


def _move(life: Life, occurrence: Occurrence, day: dt.date, key: tuple[int, ...]) -> None:
    reasons = list(execution_policy().reasons)
    assert occurrence.ends_on is not None
    postpone_occurrence(
        life.act(day, life.answerer), occurrence=occurrence,
        now_on=occurrence.ends_on + dt.timedelta(days=7 + int(20 * draw("m", *key))),
        basis=f"Приказ от {day:%d.%m.%Y} № {100 + int(300 * draw('o', *key))} (демонстрационный)",
        reason=reasons[int(len(reasons) * draw("r", *key))],
    )  # fmt: skip
    occurrence.refresh_from_db(fields=["ends_on", "starts_on"])


def _live_task(life: Life, row: Assignment, occurrence: Occurrence) -> None:
    who = row.organization.short_name if row.organization else row.external
    key = (life.plan.start_year, occurrence.activity.position, occurrence.position, who, row.department_id or 0)
    ends_on, late = occurrence.ends_on, draw("late", *key)
    assert ends_on is not None
    if draw("never", *key) < NEVER and occurrence.origin_kind != "request":
        return
    shift = 1 + int(14 * draw("days", *key)) if late < LATE else -int(9 * draw("days", *key))
    done_on = ends_on + dt.timedelta(days=shift)
    if occurrence.starts_on is not None:
        done_on = max(done_on, min(occurrence.starts_on, ends_on))
    if done_on > life.until:
        _begin(life, row, occurrence, key)
        return
    _report(life, row, done_on, key)
    checked_on = done_on + dt.timedelta(days=1 + int(CONFIRMED_WITHIN * draw("check", *key)))
    if draw("return", *key) < RETURNED and checked_on <= life.until:
        remark = _REMARKS[int(len(_REMARKS) * draw("remark", *key))]
        return_task(life.act(checked_on, life.answerer), assignment=row, remark=remark)
        done_on = checked_on + dt.timedelta(days=2)
        if done_on > life.until:
            return
        _report(life, row, done_on, key)
        checked_on = done_on + dt.timedelta(days=2)
    if checked_on <= life.until:
        confirm_task(life.act(checked_on, life.answerer), assignment=row)


def _begin(life: Life, row: Assignment, occurrence: Occurrence, key: tuple[object, ...]) -> None:
    """Some of what is due soon has been begun; somebody asks a question."""
    assert occurrence.ends_on is not None
    left = (occurrence.ends_on - life.until).days
    if 0 <= left <= 20 and draw("begin", *key) < 0.4:
        act = life.act(life.until - dt.timedelta(days=1), life.reporter(row))
        start_task(act, assignment=row)
        if draw("comment", *key) < 0.15:
            add_comment(act, occurrence=occurrence, text="Просим уточнить форму отчёта.", assignment=row)


def _report(life: Life, row: Assignment, done_on: dt.date, key: tuple[object, ...]) -> None:
    deliverables = [] if row.role == "co" else list(row.occurrence.activity.deliverables.all())
    entries = [
        EvidenceEntry(
            title=one.text, number=_number(one, key), signed_on=done_on, deliverable=one,
        )
        for one in deliverables
    ]  # fmt: skip
    reasons = list(execution_policy().reasons.values())
    report_done(
        life.act(done_on, life.reporter(row)), assignment=row, done_on=done_on, entries=entries,
        delay_reason=reasons[int(len(reasons) * draw("why", *key))] if _is_after(row, done_on) else "",
    )  # fmt: skip


def _number(deliverable: Deliverable, key: tuple[object, ...]) -> str:
    """«127-од» of an order, «54» of anything else."""
    ending = "-од" if deliverable.kind == "order" else ""
    return f"{20 + int(400 * draw('n', deliverable.position, *key))}{ending}"


def _is_after(row: Assignment, done_on: dt.date) -> bool:
    ends_on = Occurrence.objects.values_list("ends_on", flat=True).get(pk=row.occurrence_id)
    return ends_on is not None and done_on > ends_on


def _bind_schedules(life: Life) -> None:
    """The outside schedules of a year have come by its second half."""
    for activity in _activities(life):
        if "external_schedule" not in statuses_of(activity) or activity.occurrences.exists():
            continue
        title = activity.title.casefold()
        _, first, last = next(window for window in _WINDOWS if window[0] in title)
        year = life.plan.start_year + 1
        entry = ScheduleEntry(dt.date(year, *first), dt.date(year, *last), label=f"График на {year} год")
        bind_schedule(life.act(dt.date(year, 1, 20), life.answerer), activity=activity, entries=[entry])


def _ask(life: Life) -> None:
    """Requests of schools in the year, answered in a week or two."""
    schools = list(
        Organization.objects.filter(path__startswith=life.plan.owner.path, kind="school").order_by("sort_key")
    )
    first = dt.date(life.plan.start_year, 9, 20)
    for activity in _activities(life):
        if "on_request" not in statuses_of(activity) or not schools:
            continue
        for number in range(4 + int(4 * draw("count", life.plan.start_year, activity.position))):
            key = (life.plan.start_year, activity.position, number)
            asked_on = first + dt.timedelta(days=int(240 * draw("asked", *key) ** 2))
            if asked_on <= life.until:
                _request(life, activity, asked_on, schools[int(len(schools) * draw("school", *key))], key)


def _request(life: Life, activity: Activity, asked_on: dt.date, school: Organization, key: tuple[int, ...]) -> None:
    entry = RequestEntry(
        asked_on=asked_on, subject=_SUBJECTS[int(len(_SUBJECTS) * draw("subject", *key))], organization=school,
        due_on=asked_on + dt.timedelta(days=10),
    )  # fmt: skip
    made = record_request(life.act(asked_on, life.answerer), activity=activity, entry=entry)
    answered_on = asked_on + dt.timedelta(days=12)
    if answered_on <= life.until:
        words = _WORDS[int(len(_WORDS) * draw("words", *key))]
        write_result(life.act(answered_on, life.answerer), request=made, result=words)


def _activities(life: Life) -> Iterable[Activity]:
    found = life.plan.activities.filter(dropped_at__isnull=True)
    return found.select_related("plan__owner").order_by("position")
