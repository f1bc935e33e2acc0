"""Letters with reminders and digests of the week: composed once a day a person, handed to the worker, sent once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from msoko.cycle.planning.enums import LetterKind, ReminderKind
from msoko.cycle.planning.models import Assignment, Letter, Reminder
from msoko.cycle.planning.reminders import People, Wishes, people_on
from msoko.cycle.planning.tasks_locked import addressee_of
from msoko.cycle.planning.tasks_rows import in_states, live_tasks
from msoko.cycle.planning.tasks_states import OPEN
from msoko.foundation.access.api import Permission, Scope, User
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.jobs.api import enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationKind

JOB = "planning.send_letters"
_WEEK = dt.timedelta(days=7)
_HEADS = {
    ReminderKind.OVERDUE: "Срок прошёл",
    ReminderKind.TODAY: "Срок сегодня",
    ReminderKind.BEFORE: "Скоро срок",
    ReminderKind.ESCALATION: "Не исполнено исполнителями",
}


def is_mail_on() -> bool:
    """Whether a mail server is set; without one nothing is composed."""
    return bool(settings.MAIL_ENABLED)


def compose(today: dt.date, at: dt.datetime) -> int:
    """Letters of the day for those who want them; returns how many are new. Nobody gets two of a kind a day."""
    if not is_mail_on():
        return 0
    wishes = Wishes()
    users = {user.pk: user for user in User.objects.filter(is_active=True).exclude(email="")}
    made = _reminder_letters(users, wishes, today, at)
    if today.isoweekday() == execution_policy().digest_weekday:
        made += _digest_letters(users, wishes, today, at)
    return len(Letter.objects.bulk_create(_new(made), ignore_conflicts=True))


def _new(letters: list[Letter]) -> list[Letter]:
    days = {letter.on_date for letter in letters}
    known = set(Letter.objects.filter(on_date__in=days).values_list("user", "kind", "on_date"))
    return [one for one in letters if (one.user_id, one.kind, one.on_date) not in known]


def _reminder_letters(users: Mapping[int, User], wishes: Wishes, today: dt.date, at: dt.datetime) -> list[Letter]:
    by_user: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in Reminder.objects.filter(on_date=today, user__in=users).select_related(
        "occurrence__activity", "organization"
    ):
        by_user[reminder.user_id].append(reminder)
    return [
        _letter(users[user], LetterKind.REMINDERS, today, at, f"МСОКО: сроки на {today:%d.%m.%Y}", _told(found))
        for user, found in by_user.items()
        if wishes.of(user).by_email
    ]


def _told(reminders: Iterable[Reminder]) -> list[str]:
    lines = []
    groups: dict[str, list[Reminder]] = defaultdict(list)
    for one in reminders:
        groups[one.kind].append(one)
    for kind, head in _HEADS.items():
        if groups[kind]:
            lines += [f"{head}:", *(_line(one) for one in groups[kind]), ""]
    return lines


def _line(reminder: Reminder) -> str:
    occurrence = reminder.occurrence
    whose = f" ({reminder.organization.short_name})" if reminder.organization else ""
    term = f"срок {occurrence.ends_on:%d.%m.%Y}" if occurrence.ends_on else "без срока"
    return f"– {occurrence.activity.title}{whose}, {term}{_address(f'/tasks/{occurrence.pk}/')}"


def _digest_letters(users: Mapping[int, User], wishes: Wishes, today: dt.date, at: dt.datetime) -> list[Letter]:
    """What the organization of a person has to do this week and what is late."""
    people = people_on(today)
    by_path = _open_by_path(today)
    title = f"МСОКО: задачи недели с {today:%d.%m.%Y}"
    found = []
    for user, account in users.items():
        rows = [row for path, own in by_path.items() if user in _workers(people, path) for row in own]
        if rows and wishes.of(user).weekly_digest:
            found.append(_letter(account, LetterKind.DIGEST, today, at, title, _week(rows, today)))
    return found


def digest_preview(user: User, today: dt.date) -> str:
    """What the digest of the week would say to the person today, "" when there is nothing to say. A constant number of
    queries."""
    people = people_on(today)
    paths = [path for path, users in people.workers.items() if user.pk in users]
    rows = _open_rows(today).filter(organization__path__in=paths) if paths else []
    return "\n".join(_week(rows, today)).strip()


def _workers(people: People, path: str) -> set[int]:
    return people.workers.get(path, set())


def _open_rows(today: dt.date) -> QuerySet[Assignment]:
    """Open tasks whose term is over or comes this week."""
    rows = live_tasks().filter(in_states(OPEN, today), occurrence__ends_on__lt=today + _WEEK)
    return rows.select_related("occurrence__activity", "organization", "department").order_by("occurrence__ends_on")


def _open_by_path(today: dt.date) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = defaultdict(list)
    for row in _open_rows(today):
        if row.organization is not None:
            found[row.organization.path].append(row)
    return found


def _week(rows: Iterable[Assignment], today: dt.date) -> list[str]:
    lines: dict[bool, list[str]] = {True: [], False: []}
    for row in rows:
        ends_on = row.occurrence.ends_on
        assert ends_on is not None
        words = f"– {row.occurrence.activity.title} ({addressee_of(row)}), срок {ends_on:%d.%m.%Y}"
        lines[ends_on < today].append(words + _address(f"/tasks/{row.occurrence_id}/"))
    late = ["Просрочено:", *lines[True], ""] if lines[True] else []
    return [*late, *(["На этой неделе:", *lines[False], ""] if lines[False] else [])]


def _address(path: str) -> str:
    return f"\n  {settings.SITE_URL.rstrip('/')}{path}" if settings.SITE_URL else ""


def _letter(user: User, kind: LetterKind, today: dt.date, at: dt.datetime, subject: str, lines: list[str]) -> Letter:
    tail = "Напоминания настраиваются на странице «Задачи – Напоминания». На это письмо отвечать не нужно."
    return Letter(
        user=user, kind=kind, on_date=today, address=user.email, subject=subject, body="\n".join([*lines, tail]),
        created_at=at,
    )  # fmt: skip


def waiting_letters() -> QuerySet[Letter]:
    """Letters that may be sent: not gone, not in doubt, not given up."""
    return Letter.objects.filter(
        sent_at__isnull=True, sending_at__isnull=True, attempts__lt=execution_policy().letter_attempts
    )


def hand_over(act: Act) -> bool:
    """Give the waiting letters to the worker; nothing when there are none. The caller is an act of its own."""
    if not is_mail_on() or not waiting_letters().exists():
        return False
    place = Organization.objects.filter(kind=OrganizationKind.MUNICIPALITY).first() or Organization.objects.first()
    if place is None:
        return False
    enqueue(act, JOB, title="Рассылка напоминаний", organization=place, payload={})
    return True


def letters_visible(scope: Scope) -> QuerySet[Letter]:
    """Letters to people whose accounts the person manages."""
    if not scope.may_anywhere(Permission.MANAGE_ACCESS):
        return Letter.objects.none()
    mine = scope.filter(Permission.MANAGE_ACCESS, "user__memberships__organization__")
    return Letter.objects.filter(mine).select_related("user").distinct()


def troubled(letters: QuerySet[Letter], now: dt.datetime) -> QuerySet[Letter]:
    """Letters that did not go, or of which it is not known whether they went."""
    in_doubt = Q(sending_at__lt=now - dt.timedelta(minutes=10))
    return letters.filter(sent_at__isnull=True).filter(in_doubt | ~Q(error=""))


@transaction.atomic
def repeat_letter(act: Act, *, letter: Letter, scope: Scope) -> None:
    """Send again a letter that did not go; a person decides it, because one in doubt may have gone."""
    if not letters_visible(scope).filter(pk=letter.pk).exists():
        raise ForbiddenError
    if letter.sent_at is not None:
        raise RefusedError(f"Письмо уже отправлено {timezone.localtime(letter.sent_at):%d.%m.%Y %H:%M}.")
    if not is_mail_on():
        raise RefusedError("Почтовый сервер не настроен.", "Попросите администратора сервера задать MSOKO_SMTP_HOST.")
    Letter.objects.filter(pk=letter.pk, sent_at__isnull=True).update(sending_at=None, attempts=0, error="")
    record(act, "planning.letter.repeated", kind="letter", object_id=letter.pk, label=letter.subject)
    hand_over(act)
