"""Reminders and letters: the right people on the right days, nobody twice, failures shown and tried again."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from msoko.cycle.planning.api import (
    Letter,
    Reminder,
    change_reminders,
    letters_visible,
    remind_people,
    repeat_letter,
    report_done,
    settings_of,
    sweep_evidence,
    troubled,
)
from msoko.cycle.planning.letters import compose, hand_over
from msoko.cycle.planning.reminders import remind
from msoko.foundation.access.api import Role, User, scope_of
from msoko.foundation.catalog.execution import ReminderDefaults
from msoko.foundation.jobs.api import Job, JobState, run_all
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from tests.factories import orgs, tasks

pytestmark = pytest.mark.django_db
MAIL = ReminderDefaults(3, True, 3, True, by_email=True, weekly_digest=True)


@pytest.fixture
def mail_on(settings: Any) -> None:
    settings.MAIL_ENABLED = True
    settings.JOBS_INLINE = False
    settings.SITE_URL = "https://msoko.example.ru"


def _act(day: dt.date) -> Act:
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=timezone.get_current_timezone())
    return Act(SystemActor(), noon)


def _told(user: User) -> list[tuple[str, dt.date]]:
    return list(Reminder.objects.filter(user=user).order_by("on_date", "kind").values_list("kind", "on_date"))


def _people(ends_in: int) -> tuple[User, User, Any]:
    place = orgs.place(2)
    task = tasks.task(place.municipality, place.schools[0], tasks.days(ends_in))
    school = orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0])
    orgs.account(Role.SCHOOL_COORDINATOR, place.schools[1])
    return school, orgs.account(Role.SPECIALIST, place.authority), task


def test_the_school_is_told_before_the_term_on_its_day_and_after_it() -> None:
    school, specialist, _ = _people(5)
    for day in range(12):
        remind(_act(tasks.days(day)))
    assert _told(school) == [
        ("before", tasks.days(2)), ("today", tasks.days(5)), ("overdue", tasks.days(6)), ("overdue", tasks.days(9)),
    ]  # fmt: skip
    assert _told(specialist) == [("escalation", tasks.days(6)), ("escalation", tasks.days(9))]
    assert Reminder.objects.exclude(user__in=(school, specialist)).count() == 0


def test_a_day_repeated_tells_nobody_twice() -> None:
    _people(0)
    assert remind(_act(tasks.days(0))) == 1
    assert remind(_act(tasks.days(0))) == 0


def test_days_on_which_nothing_ran_lose_no_reminder() -> None:
    school, _, _ = _people(5)
    remind(_act(tasks.days(4)))
    assert _told(school) == [("before", tasks.days(4))]


def test_what_was_reported_is_not_reminded_of() -> None:
    school, specialist, task = _people(-1)
    report_done(orgs.act_by(school), assignment=task, done_on=tasks.days(-1))
    remind(_act(tasks.days(0)))
    assert _told(school) == _told(specialist) == []


def test_everybody_chooses_for_themselves() -> None:
    school, specialist, _ = _people(10)
    wish = ReminderDefaults(12, False, 0, False, by_email=False, weekly_digest=False)
    change_reminders(orgs.act_by(school), user=school, wish=wish)
    assert settings_of(school) == wish
    with pytest.raises(ForbiddenError):
        change_reminders(orgs.act_by(specialist), user=school, wish=wish)
    for day in (0, 10, 11):
        remind(_act(tasks.days(day)))
    assert _told(school) == [("before", tasks.days(0))]


def test_letters_need_an_address() -> None:
    school, _, _ = _people(1)
    with pytest.raises(RefusedError, match="нет адреса"):
        change_reminders(orgs.act_by(school), user=school, wish=MAIL)


def _with_letter() -> User:
    school, _, _ = _people(0)
    school.email = "school@example.ru"
    school.save()
    change_reminders(orgs.act_by(school), user=school, wish=MAIL)
    act = _act(tasks.days(0))
    remind(act)
    compose(tasks.days(0), act.at)
    hand_over(act)
    return school


def test_without_a_mail_server_no_letter_is_composed() -> None:
    _with_letter()
    assert not Letter.objects.filter().exists()
    assert mail.outbox == []


@pytest.mark.usefixtures("mail_on")
def test_a_letter_names_the_task_and_goes_once() -> None:
    _with_letter()
    run_all()
    compose(tasks.days(0), timezone.now())
    hand_over(_act(tasks.days(0)))
    run_all()
    kinds = set(Letter.objects.values_list("kind", flat=True))
    assert len(mail.outbox) == len(kinds) == Letter.objects.filter(sent_at__isnull=False).count()
    told = next(one for one in mail.outbox if "сроки на" in one.subject)
    assert told.to == ["school@example.ru"]
    assert "Срок сегодня:\n– Провести диагностику (МБОУ СОШ № 1)" in told.body
    assert "https://msoko.example.ru/tasks/" in told.body


class _Broken(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.mark.usefixtures("mail_on")
def test_a_failure_is_shown_and_tried_again(settings: Any) -> None:
    school = _with_letter()
    settings.EMAIL_BACKEND = f"{__name__}._Broken"
    run_all()
    job = Job.objects.latest("pk")
    assert job.state == JobState.FAILED
    assert "Не отправлено писем" in job.error
    admin = orgs.account(Role.ADMINISTRATOR, school.memberships.get().organization.parent)
    seen = troubled(letters_visible(scope_of(admin, timezone.localdate())), timezone.now())
    assert seen.count() == Letter.objects.count() > 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    hand_over(_act(tasks.days(0)))
    run_all()
    assert len(mail.outbox) == Letter.objects.filter(error="", sent_at__isnull=False).count() == Letter.objects.count()


@pytest.mark.usefixtures("mail_on")
def test_a_killed_worker_sends_nothing_twice() -> None:
    """Killed between handing a letter over and writing that it went: it is in doubt and waits for a person."""
    school = _with_letter()
    letter = Letter.objects.order_by("id").first()
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(sending_at=timezone.now() - dt.timedelta(hours=1), attempts=1)
    run_all()
    hand_over(_act(tasks.days(0)))
    run_all()
    assert letter.subject not in [one.subject for one in mail.outbox]
    admin = orgs.account(Role.ADMINISTRATOR, school.memberships.get().organization.parent)
    scope = scope_of(admin, timezone.localdate())
    assert list(troubled(letters_visible(scope), timezone.now())) == [letter]
    repeat_letter(orgs.act_by(admin), letter=letter, scope=scope)
    run_all()
    assert letter.subject in [one.subject for one in mail.outbox]


def test_without_a_mail_server_the_product_reminds_all_the_same() -> None:
    _people(0)
    assert remind_people()["reminders"] == 1
    assert remind_people() == {"reminders": 0, "letters": 0}


def test_files_that_no_proof_names_are_swept() -> None:
    storage = default_storage()
    name = storage.write("evidence", b"%PDF", ".pdf")
    assert sweep_evidence() == 0
    assert sweep_evidence(older_than=-1) == 1
    assert not storage.exists(name)


@pytest.mark.usefixtures("mail_on")
def test_on_the_day_of_the_digest_a_person_gets_the_week_of_the_organization() -> None:
    monday = tasks.days(0) + dt.timedelta(days=7 - timezone.localdate().weekday())
    place = orgs.place(2)
    where = tasks.plan(place.municipality)
    for title, day in (("Поздно", -20), ("Скоро", 2), ("Потом", 9)):
        made = tasks.activity(where, title)
        tasks.unit(made, organization=place.schools[0])
        tasks.term(made, monday + dt.timedelta(days=day))
    tasks.dealt(where)
    school = orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0])
    school.email = "school@example.ru"
    school.save()
    change_reminders(orgs.act_by(school), user=school, wish=MAIL)
    assert compose(monday, timezone.now()) == 1
    assert compose(monday, timezone.now()) == 0
    letter = Letter.objects.get()
    assert letter.body.startswith("Просрочено:\n– Поздно (МБОУ СОШ № 1)")
    assert "На этой неделе:\n– Скоро" in letter.body
    assert "Потом" not in letter.body
    assert compose(monday + dt.timedelta(days=1), timezone.now()) == 0
