"""The network schedule of a large plan: activities are found by words, chains are drawn by themselves."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning.api import Activity, Dependency, Plan
from msoko.foundation.access.api import Role
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return tasks.plan(orgs.place(1).municipality)


@pytest.fixture
def specialist(plan: Plan) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, plan.owner))


def _url(name: str, plan: Plan) -> str:
    return reverse(f"office:planning:{name}", args=[plan.pk])


def _activity(plan: Plan, title: str, number: str) -> Activity:
    found = tasks.activity(plan, title, number=number)
    tasks.term(found, tasks.days(5))
    return found


def test_activities_are_found_by_words_of_numbers_and_titles(plan: Plan, specialist: Client) -> None:
    for number, title in (("1.1.", "Сбор сведений"), ("1.2.", "Анализ сведений"), ("2.1.", "Приказ")):
        _activity(plan, title, number)
    found = text_of(specialist.get(_url("network_find", plan), {"before": "СВЕДЕНИЙ 1.2"}))
    assert re.findall(r'value="([^"]+)"', found) == ["1.2. Анализ сведений"]
    assert "value" not in text_of(specialist.get(_url("network_find", plan), {"after": " "}))


def test_a_link_is_added_by_names_and_by_numbers(plan: Plan, specialist: Client) -> None:
    before, after = _activity(plan, "Сбор сведений", "1.1."), _activity(plan, "Анализ сведений", "1.2.")
    specialist.post(_url("network_add", plan), {"before": "1.1. Сбор сведений", "after": "1.2", "lag": "2"})
    found = Dependency.objects.get()
    assert (found.predecessor, found.successor, found.lag_days) == (before, after, 2)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("1.1", "найдено несколько мероприятий"),
        ("7.7", "Мероприятия «7.7» в плане нет"),
        ("", "Мероприятие не выбрано"),
    ],
)
def test_a_name_of_none_or_of_several_is_refused(plan: Plan, specialist: Client, name: str, words: str) -> None:
    for title in ("Сбор сведений", "Второй сбор"):
        _activity(plan, title, "1.1.")
    _activity(plan, "Приказ", "3.")
    page = text_of(specialist.post(_url("network_add", plan), {"before": name, "after": "3"}, follow=True))
    assert words in page
    assert "выберите мероприятие из списка" in page
    assert not Dependency.objects.exists()


def test_a_drawing_with_no_room_for_all_shows_chains(plan: Plan, specialist: Client) -> None:
    rows = [_activity(plan, f"Шаг {number}", f"{number}.") for number in range(1, 151)]
    for first in range(0, 150, 3):  # fifty chains of three
        for before, after in ((first, first + 1), (first + 1, first + 2)):
            tasks.needs(rows[after], rows[before])
    page = text_of(specialist.get(_url("network", plan)))
    assert "На схеме 60 из 150 связанных мероприятий" in page
    assert page.count("net-title") == 60
    chain = text_of(specialist.get(_url("network", plan), {"chain": rows[100].pk}))
    assert "цепочка мероприятия 101." in chain
    assert re.findall(r'net-number"[^>]*>(\d+)\.', chain) == ["100", "101", "102"]
    far = text_of(specialist.get(_url("network", plan), {"page": "3"}))
    assert "показаны 101–150" in far
