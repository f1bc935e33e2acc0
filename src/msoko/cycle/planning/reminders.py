"""Reminders of a day: who is told of which term. Repeating a day tells nobody twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from msoko.cycle.planning.enums import ReminderKind
from msoko.cycle.planning.models import Assignment, Reminder, ReminderSettings
from msoko.cycle.planning.tasks_rows import in_states, live_tasks
from msoko.cycle.planning.tasks_states import OPEN
from msoko.foundation.access.api import ROLES, Membership, Permission, Role, User, in_force
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.execution import ReminderDefaults, execution_policy
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError

K = ReminderKind
#: the longest time before a term that a person may ask to be told
LONGEST = 60
_BATCH = 500
#: whom, of which occurrence, for which organization (None: for all of them), of what
Key = tuple[int, int, int | None, str]


@dataclass(slots=True)
class People:
    """Accounts in force: who works for the organization at a path, who answers for plans at a path and below it."""

    workers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    answerers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def who_answers(self, path: str) -> set[int]:
        return {user for top, users in self.answerers.items() if path.startswith(top) for user in users}


@transaction.atomic
def remind(act: Act) -> int:
    """Write the reminders of the day of the act; returns how many are new."""
    today = timezone.localdate(act.at)
    wanted = dict.fromkeys(_wanted(today), today)
    known = set(Reminder.objects.filter(on_date=today).values_list("user", "occurrence", "organization", "kind"))
    new = [
        Reminder(user_id=user, occurrence_id=occurrence, organization_id=organization, kind=kind, on_date=today)
        for user, occurrence, organization, kind in sorted(wanted, key=str)
        if (user, occurrence, organization, kind) not in known
    ]
    Reminder.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    if new:
        record(act, "planning.reminders.sent", kind="reminders", label=f"{today:%d.%m.%Y}", details={"count": len(new)})
    return len(new)


def _wanted(today: dt.date) -> Iterator[Key]:
    people, wishes, told = people_on(today), Wishes(), _last_told()
    near = Q(occurrence__ends_on__lte=today + dt.timedelta(days=LONGEST))
    rows = live_tasks().filter(near, in_states(OPEN, today))
    for row in rows.select_related("occurrence__activity__plan__owner", "organization"):
        yield from _of_row(row, people, wishes, told, today)


def _of_row(row: Assignment, people: People, wishes: Wishes, told: dict[Key, dt.date], today: dt.date) -> Iterator[Key]:
    ends_on = row.occurrence.ends_on
    assert ends_on is not None
    own = people.workers.get(row.organization.path, set()) if row.organization else set()
    for user in own:
        kind = _due(wishes.of(user), ends_on, today)
        key = (user, row.occurrence_id, row.organization_id, kind or "")
        if kind and _is_time(kind, told.get(key), wishes.of(user), today):
            yield key
    if ends_on >= today:
        return
    for user in people.who_answers(row.occurrence.activity.plan.owner.path) - own:
        key = (user, row.occurrence_id, None, K.ESCALATION.value)
        if wishes.of(user).escalation and _is_time(K.ESCALATION, told.get(key), wishes.of(user), today):
            yield key


def _due(wish: ReminderDefaults, ends_on: dt.date, today: dt.date) -> ReminderKind | None:
    left = (ends_on - today).days
    if left < 0:
        return K.OVERDUE if wish.overdue_every_days else None
    if left == 0:
        return K.TODAY if wish.on_day else None
    return K.BEFORE if left <= wish.days_before else None


def _is_time(kind: ReminderKind, last: dt.date | None, wish: ReminderDefaults, today: dt.date) -> bool:
    """Told once before the term and once on its day; of what is overdue every so many days."""
    if last is None or last == today:
        return True
    if kind in {K.BEFORE, K.TODAY}:
        return False
    return wish.overdue_every_days > 0 and (today - last).days >= wish.overdue_every_days


def _last_told() -> dict[Key, dt.date]:
    rows = (
        Reminder.objects.order_by().values("user", "occurrence", "organization", "kind").annotate(last=Max("on_date"))
    )
    return {(row["user"], row["occurrence"], row["organization"], row["kind"]): row["last"] for row in rows}


def people_on(today: dt.date) -> People:
    """Who works and who answers where, in one query."""
    found = People()
    for one in _memberships(today):
        may = ROLES[Role(one.role)].permissions
        place = one.organization
        if Permission.EXECUTE_TASKS in may:
            found.workers[place.path].add(one.user_id)
            found.workers[place.scope_path].add(one.user_id)
        if Permission.CONFIRM_TASKS in may:
            found.answerers[place.scope_path].add(one.user_id)
    return found


def _memberships(today: dt.date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(in_force(today), user__is_active=True)
    return rows.select_related("organization__parent")


class Wishes:
    """What each person wants to be told; the usual for those who have not said."""

    def __init__(self) -> None:
        self._usual = execution_policy().reminders
        self._own = {one.user_id: wish_of(one) for one in ReminderSettings.objects.all()}

    def of(self, user: int) -> ReminderDefaults:
        return self._own.get(user, self._usual)


def wish_of(row: ReminderSettings) -> ReminderDefaults:
    """Stored settings as a value."""
    return ReminderDefaults(**{one.name: getattr(row, one.name) for one in fields(ReminderDefaults)})


def settings_of(user: User) -> ReminderDefaults:
    """What a person wants to be told."""
    row = ReminderSettings.objects.filter(user=user).first()
    return wish_of(row) if row else execution_policy().reminders


@transaction.atomic
def change_reminders(act: Act, *, user: User, wish: ReminderDefaults) -> None:
    """A person changes what they are told; nobody does it for another."""
    if act.actor.actor_id != user.actor_id:
        raise ForbiddenError
    if not 0 <= wish.days_before <= LONGEST or not 0 <= wish.overdue_every_days <= LONGEST:
        raise RefusedError(f"Число дней — от 0 до {LONGEST}.", "0 значит «не напоминать».")
    if (wish.by_email or wish.weekly_digest) and not user.email:
        raise RefusedError(
            "В учётной записи нет адреса электронной почты.", "Попросите администратора организации внести адрес."
        )
    values = {one.name: getattr(wish, one.name) for one in fields(ReminderDefaults)}
    ReminderSettings.objects.update_or_create(user=user, defaults=values)
    record(act, "planning.reminders.changed", kind="account", object_id=user.pk, details=values)


def reminders_of(user: User) -> QuerySet[Reminder]:
    """Reminders of a person, newest first."""
    rows = Reminder.objects.filter(user=user)
    return rows.select_related("occurrence__activity__plan", "organization").order_by("-on_date", "kind", "-id")


def mark_seen(
    user: User, at: dt.datetime, reminders: Iterable[int] | None = None, *, occurrence: int | None = None,
    is_seen: bool = True,
) -> int:  # fmt: skip
    """The person has seen these reminders, those of a term, or all; with `is_seen` false they are new again. A fact of
    reading, not an act on data of others. How many changed."""
    rows = Reminder.objects.filter(user=user, seen_at__isnull=is_seen)
    if reminders is not None:
        rows = rows.filter(pk__in=list(reminders))
    if occurrence is not None:
        rows = rows.filter(occurrence=occurrence)
    return rows.update(seen_at=at if is_seen else None)


def unseen_count(user: User) -> int:
    """How many reminders wait to be read."""
    return Reminder.objects.filter(user=user, seen_at__isnull=True).count()
