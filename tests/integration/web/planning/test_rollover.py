"""Pages of the roll-over: the preview with decisions, the draft, its differences with last year."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from msoko.cycle.planning.api import Plan, PlanStatus, add_activity
from msoko.foundation.access.api import Role
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db


def _world(*phrases: str) -> tuple[Plan, Client]:
    place = orgs.place(1)
    plan = tasks.plan(place.municipality, start_year=2025, title="План на 2025/26 учебный год")
    for number, phrase in enumerate(phrases, 1):
        values = {"title": f"Дело {number}", "terms_text": phrase, "number": f"1.{number}"}
        add_activity(orgs.system_act(), plan=plan, values=values)
    return plan, client_of(orgs.account(Role.SPECIALIST, place.authority))


def test_the_preview_groups_what_needs_a_decision() -> None:
    plan, client = _world("сентябрь", "март 2021 г.", "когда-нибудь", "по графику")
    page = text_of(client.get(reverse("office:planning:roll_over", args=[plan.pk])))
    for words in ("Закончились: 1", "Срок не понят: 1", "Ждут внешнего графика: 1", "Переходят: 1"):
        assert words in page
    assert "План на 2026/27 учебный год" in page
    assert "Сдвинуть год: март 2027 г." in page
    assert "30.09.2026" in page


def test_decisions_of_the_page_make_the_draft() -> None:
    plan, client = _world("сентябрь", "март 2021 г.", "октябрь")
    _, second, third = plan.activities.all()
    data = {
        "start_year": "2026", "years": "1", "title": "План на новый год", f"choice-{second.pk}": "shift",
        "drop": [str(third.pk)],
    }  # fmt: skip
    answer = client.post(reverse("office:planning:roll_over", args=[plan.pk]), data)
    made = Plan.objects.get(previous=plan)
    assert answer["Location"] == reverse("office:planning:differences", args=[made.pk])
    assert (made.title, made.status) == ("План на новый год", PlanStatus.DRAFT)
    assert list(made.activities.filter(dropped_at=None).values_list("title", "terms_text")) == [
        ("Дело 1", "сентябрь"), ("Дело 2", "март 2027 г."),
    ]  # fmt: skip
    page = text_of(client.get(answer["Location"]))
    assert "Не перенесено из прежнего плана решением составителя." in page
    table = client.get(reverse("office:planning:differences_export", args=[made.pk]))
    cells = [cell for row in load_workbook(io.BytesIO(table.content)).active.values for cell in row]
    assert "март 2027 г." in cells
    again = client.post(reverse("office:planning:roll_over", args=[plan.pk]), data)
    assert again.status_code == 400
    assert "уже подготовлен" in text_of(again)


def test_wrong_years_are_told_at_the_form() -> None:
    plan, client = _world("сентябрь")
    page = client.get(reverse("office:planning:roll_over", args=[plan.pk]) + "?start_year=2040")
    assert page.status_code == 400
    assert "Укажите первый год от 2026 до 2026" in text_of(page)


def test_a_draft_is_removed_and_a_plan_in_force_is_not() -> None:
    plan, client = _world("сентябрь")
    client.post(reverse("office:planning:delete", args=[plan.pk]))
    assert Plan.objects.filter(pk=plan.pk).exists()
    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.DRAFT)
    client.post(reverse("office:planning:delete", args=[plan.pk]))
    assert not Plan.objects.filter(pk=plan.pk).exists()


def test_a_plan_without_an_earlier_one_says_so() -> None:
    plan, client = _world("сентябрь")
    assert "Сравнить не с чем" in text_of(client.get(reverse("office:planning:differences", args=[plan.pk])))


def test_queries_of_the_pages_do_not_grow() -> None:
    counts = []
    for size in (3, 30):
        plan, client = _world(*["сентябрь", "март 2021 г.", "когда-нибудь"] * (size // 3))
        counts.append(queries(lambda p=plan, c=client: c.get(reverse("office:planning:roll_over", args=[p.pk]))))
    assert counts[0] == counts[1]
