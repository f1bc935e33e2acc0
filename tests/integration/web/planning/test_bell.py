"""The bell: how many reminders are new, where they lead, how they become read; the digest of the week beforehand."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning.models import Reminder
from msoko.cycle.planning.reminders import remind
from msoko.foundation.access.api import Role, User
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
BELL, LIST, SEEN, DIGEST = (
    f"office:tasks:{name}" for name in ("bell", "reminders", "reminders_seen", "digest")
)  # fmt: skip


def place_with_tasks(count: int, ends_in: int = 0) -> tuple[orgs.Place, User]:
    place = orgs.place(1)
    for number in range(count):
        tasks.task(place.municipality, place.schools[0], tasks.days(ends_in), title=f"Отчёт {number}")
    return place, orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0])


def label(client: Client) -> str:
    page = text_of(client.get("/"))
    return "новых нет" if 'aria-label="Напоминания, новых нет"' in page else page.split("Напоминания, новых: ")[1][:1]


def test_the_bell_counts_what_is_new_and_opening_the_task_reads_it() -> None:
    _, user = place_with_tasks(2)
    client = client_of(user)
    assert label(client) == "новых нет"
    remind(orgs.system_act())
    assert label(client) == "2"
    opened = text_of(client.get(reverse(BELL)))
    assert "Новых напоминаний: 2" in opened
    first = Reminder.objects.order_by("pk").first()
    assert first is not None
    address = reverse("office:tasks:detail", args=[first.occurrence_id])
    assert address in opened
    client.get(address)
    assert label(client) == "1"
    assert address not in text_of(client.get(reverse(BELL)))


def test_reminders_are_marked_one_by_one_and_all_at_once() -> None:
    _, user = place_with_tasks(3)
    remind(orgs.system_act())
    client = client_of(user)
    keys = list(Reminder.objects.values_list("pk", flat=True))
    client.get(reverse(LIST))
    assert label(client) == "3"
    client.post(reverse(SEEN), {"reminder": keys[:1]})
    assert (label(client), text_of(client.get(reverse(LIST), {"only": "new"})).count('name="reminder"')) == ("2", 2)
    client.post(reverse(SEEN), {"all": "1"})
    assert label(client) == "новых нет"
    client.post(reverse(SEEN), {"reminder": keys[:2], "unseen": "1"})
    assert label(client) == "2"


def test_nobody_marks_reminders_of_another_person() -> None:
    place, _ = place_with_tasks(1)
    remind(orgs.system_act())
    other = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    stranger = client_of(orgs.account(Role.SPECIALIST, place.authority))
    stranger.post(reverse(SEEN), {"all": "1", "reminder": list(Reminder.objects.values_list("pk", flat=True))})
    assert not Reminder.objects.filter(seen_at__isnull=False).exists()
    assert other.get(reverse(LIST)).status_code == 200


def test_the_digest_is_shown_before_it_is_sent_and_without_mail() -> None:
    place, user = place_with_tasks(1, ends_in=-2)
    tasks.task(place.municipality, place.schools[0], tasks.days(3), title="Анализ диктанта")
    tasks.task(place.municipality, place.schools[0], tasks.days(30), title="Далёкое дело")
    page = text_of(client_of(user).get(reverse(DIGEST)))
    assert "Просрочено:" in page
    assert page.index("Отчёт 0") < page.index("На этой неделе:") < page.index("Анализ диктанта")
    assert "Далёкое дело" not in page
    assert "Почтовый сервер не настроен." in page
    empty = text_of(client_of(orgs.account(Role.SPECIALIST, place.authority)).get(reverse(DIGEST)))
    assert "На этой неделе задач нет" in empty


@pytest.mark.parametrize("name", [BELL, LIST, DIGEST])
def test_pages_of_reminders_take_as_many_queries_for_many(name: str) -> None:
    place, user = place_with_tasks(1)
    remind(orgs.system_act())
    client = client_of(user)
    few = queries(lambda: client.get(reverse(name)))
    for number in range(6):
        tasks.task(place.municipality, place.schools[0], tasks.days(0), title=f"Ещё {number}")
    remind(orgs.system_act())
    assert queries(lambda: client.get(reverse(name))) == few
