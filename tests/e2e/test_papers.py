"""Papers from beginning to end in a browser: an order that approves a plan, an order that gives assignments, an open
discussion; their pages are accessible and fit the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from msoko.cycle.planning.api import Plan, PlanStatus, add_activity, create_plan
from msoko.cycle.publication.api import publish_discussion
from msoko.cycle.regulations.api import PointTask, Remark
from msoko.foundation.access.api import Role
from tests.e2e.pages_in_chromium import faults
from tests.factories import orgs, papers

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def _button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_an_order_is_drawn_up_edited_registered_and_approves_its_plan(open_as: Callable[..., Page]) -> None:
    place = orgs.place(1)
    plan = create_plan(orgs.system_act(), owner=place.municipality, title="Циклограмма МСОКО", start_year=2026)
    add_activity(orgs.system_act(), plan=plan, values={"title": "Диагностика по физике", "terms_text": "октябрь"})
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:planning:plan", args=[plan.pk]))
    base = page.url.removesuffix(reverse("office:planning:plan", args=[plan.pk]))
    page.get_by_text("Ещё", exact=True).first.click()
    page.get_by_role("link", name="Составить приказ об утверждении").click()
    page.get_by_label("Подписывает").fill("начальник управления; Образцов Лев Кузьмич")
    _button(page, "Составить проект")
    point = page.get_by_label("Текст пункта 1.", exact=True)
    expect(point).to_have_value("Утвердить прилагаемую циклограмму МСОКО.")
    point.fill("Утвердить прилагаемую циклограмму МСОКО на три года.")
    _button(page, "Сохранить текст")
    expect(page.get_by_role("group", name="Лист документа")).to_contain_text("на три года")
    draft = page.url
    assert faults(page, draft) == []
    page.goto(draft)
    _button(page, "Подписан: зарегистрировать")
    page.get_by_label("Номер").fill("41")
    expect(page.get_by_label("Утвердить этим приказом")).to_be_checked()
    _button(page, "Зарегистрировать")
    expect(page.get_by_text("Утверждено: Циклограмма МСОКО")).to_be_visible()
    page.goto(base + reverse("office:planning:plan", args=[plan.pk]))
    expect(page.locator("main")).to_contain_text("Утверждён")
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.APPROVED


def test_an_imported_order_becomes_a_board_of_assignments(open_as: Callable[..., Page]) -> None:
    place = orgs.place(2)
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:regulations:order_open"))
    page.locator("textarea[name=pasted]").fill(papers.ORDER)
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", name="Проверка приказа")).to_be_visible()
    assert faults(page, page.url) == []
    page.goto(page.url)
    _button(page, "Принять приказ")
    expect(page.get_by_text("поручения розданы организациям")).to_be_visible()
    board = page.url
    assert faults(page, board) == []
    page.goto(board)
    page.locator("summary", has_text="Отметить").first.click()
    row = page.locator("details[open] form")
    row.get_by_label("Состояние").select_option("done")
    row.get_by_label("Чем подтверждено").fill("Приказ школы № 3")
    row.get_by_role("button", name="Сохранить").click()
    expect(page.locator("main")).to_contain_text("Исполнено 1 из")
    assert PointTask.objects.filter(state="done").count() == 1


def test_a_visitor_sends_a_remark_and_reads_the_answer(open_as: Callable[..., Page]) -> None:
    cache.clear()
    place = orgs.place(1)
    today = timezone.localdate()
    text = "1. Общие положения\n2. График публикуется до 1 сентября"
    made = papers.discussed(place.municipality, [], text, "Проект положения")
    type(made).objects.update(closes_on=today + dt.timedelta(days=3))
    found = publish_discussion(orgs.system_act(), discussion=made, summary="Как проверяют качество.")
    visitor = open_as(None, reverse("public:discussions"), width=390)
    base = visitor.url.removesuffix(reverse("public:discussions"))
    visitor.get_by_role("link", name="Проект положения").click()
    visitor.get_by_role("link", name="Замечание к пункту 2").click()
    visitor.get_by_label("Замечание", exact=False).first.fill("Просим публиковать до 25 августа.")
    _button(visitor, "Отправить замечание")
    expect(visitor.get_by_role("heading", name="Замечание отправлено")).to_be_visible()
    office = open_as(
        orgs.account(Role.SPECIALIST, place.authority), reverse("office:regulations:discussion", args=[made.pk])
    )
    assert faults(office, office.url) == []
    office.goto(office.url)
    _button(office, "Показать на портале")
    expect(office.get_by_text("показано на портале без имени")).to_be_visible()
    office.locator("summary", has_text="Ответить").click()
    office.get_by_label("Решение").select_option("accepted")
    office.get_by_label("Обоснование").fill("Срок изменён.")
    _button(office, "Сохранить ответ")
    assert Remark.objects.get().decision == "accepted"
    # another visitor: the page that the first one has seen may be kept by the browser for a minute
    visitor = open_as(None, reverse("public:discussion", args=[found.pk]), width=390)
    expect(visitor.locator("main")).to_contain_text("Просим публиковать до 25 августа.")
    expect(visitor.locator("main")).to_contain_text("Срок изменён.")
    names = (("discussions", []), ("discussion", [found.pk]), ("remark", [found.pk]), ("thanks", [found.pk]))
    addresses = [reverse(f"public:{name}", args=arguments) for name, arguments in names]
    assert [fault for address in addresses for fault in faults(visitor, base + address)] == []


def test_the_blank_and_the_form_of_facts_are_accessible(open_as: Callable[..., Page]) -> None:
    place = orgs.place(1)
    page = open_as(orgs.account(Role.AUTHORITY_HEAD, place.authority), reverse("office:regulations:blank"))
    base = page.url.removesuffix(reverse("office:regulations:blank"))
    addresses = [reverse("office:regulations:blank"), reverse("office:regulations:site")]
    addresses += [
        reverse("office:regulations:draft_new", args=[name]) for name in ("schedule_order", "discussion_minutes")
    ]
    assert [fault for address in addresses for fault in faults(page, base + address)] == []
