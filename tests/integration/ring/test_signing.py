"""An order and what it approves: registered together or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning.api import Plan, PlanStatus, add_activity, approve_plan, create_plan, withdraw_approval
from msoko.cycle.procedures.api import Schedule, ScheduleStatus
from msoko.cycle.regulations.api import (
    DiscussionEntry,
    DocumentStatus,
    OfficialDraft,
    RegisteredDocument,
    add_remark,
    open_discussion,
    paper_of,
    return_to_draft,
    take_back_force,
)
from msoko.cycle.ring.api import approval_of, sign_with_approval, subject_choices, subject_facts
from msoko.foundation.access.api import Role, scope_for
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from tests.factories import orgs, papers, schedules
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 7)
SIGNER = "начальник управления; Образцов Лев Кузьмич"


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(2)


@pytest.fixture
def client(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _plan(place: orgs.Place) -> Plan:
    plan = create_plan(orgs.system_act(), owner=place.municipality, title="Циклограмма МСОКО", start_year=2026)
    add_activity(orgs.system_act(), plan=plan, values={"title": "Диагностика по физике", "terms_text": "октябрь"})
    return plan


def _drawn(client: Client, template: str, subject: int, **values: Any) -> OfficialDraft:
    url = reverse("office:regulations:draft_new", args=[template])
    answer = client.post(url, {"subject": subject, "signer": SIGNER, **values})
    assert answer.status_code == 302
    return OfficialDraft.objects.latest("pk")


def _sign(client: Client, draft: OfficialDraft, **values: Any) -> str:
    data = {"number": "41", "signed_on": DAY.isoformat(), **values}
    return text_of(client.post(reverse("office:regulations:draft_do", args=[draft.pk, "sign"]), data, follow=True))


def test_the_registered_order_approves_the_plan(client: Client, place: orgs.Place) -> None:
    plan = _plan(place)
    page = text_of(client.get(reverse("office:planning:plan", args=[plan.pk])))
    link = f"{reverse('office:regulations:draft_new', args=['plan_order'])}?subject={plan.pk}"
    assert link in page
    draft = _drawn(client, "plan_order", plan.pk)
    assert draft.content["points"][0]["text"] == "Утвердить прилагаемую циклограмму МСОКО."
    shown = text_of(client.get(reverse("office:regulations:draft", args=[draft.pk])))
    assert "Утвердить этим приказом план «Циклограмма МСОКО»" in shown
    assert "Отменить утверждение" in shown
    assert "Утверждено: Циклограмма МСОКО" in _sign(client, draft, approve="1")
    plan.refresh_from_db()
    assert (plan.status, plan.approved_on, plan.basis) == (PlanStatus.APPROVED, DAY, "Приказ от 07.09.2026 № 41")
    assert plan.basis_document_id == draft.document_id
    card = reverse("office:regulations:document", args=[draft.document_id])
    assert card in text_of(client.get(reverse("office:planning:plan", args=[plan.pk])))
    assert "утверждает план" in text_of(client.get(card))
    occurrence = plan.activities.get().occurrences.get()
    assert occurrence.planned_ends_on == dt.date(2026, 10, 31)


def test_the_plan_stays_a_draft_when_the_person_does_not_agree(client: Client, place: orgs.Place) -> None:
    plan = _plan(place)
    assert "зарегистрирован" in _sign(client, _drawn(client, "plan_order", plan.pk))
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT


def test_an_order_of_an_approved_plan_makes_a_new_edition(client: Client, place: orgs.Place) -> None:
    plan = approve_plan(orgs.system_act(), plan=_plan(place), approved_on=DAY, basis="Приказ № 1")
    _sign(client, _drawn(client, "plan_order", plan.pk), approve="1")
    plan.refresh_from_db()
    assert plan.edition == 2
    assert "№ 41" in plan.basis


def test_a_plan_that_changed_after_the_order_was_drawn_up_is_not_approved(client: Client, place: orgs.Place) -> None:
    plan = _plan(place)
    draft = _drawn(client, "plan_order", plan.pk)
    add_activity(orgs.system_act(), plan=plan, values={"title": "Ещё одно", "terms_text": "май"})
    assert "Таблица изменилась" in text_of(client.get(reverse("office:regulations:draft", args=[draft.pk])))
    assert "Утвердить не получится" in _sign(client, draft, approve="1")
    assert RegisteredDocument.objects.get(pk=draft.document_id).status == DocumentStatus.DRAFT
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT


def test_registration_and_approval_are_taken_back_and_done_again(client: Client, place: orgs.Place) -> None:
    plan = _plan(place)
    draft = _drawn(client, "plan_order", plan.pk)
    _sign(client, draft, approve="1")
    plan = withdraw_approval(orgs.system_act(), plan=Plan.objects.get(pk=plan.pk), reason="Ошибка в номере")
    document = RegisteredDocument.objects.select_related("owner").get(pk=draft.document_id)
    document = take_back_force(orgs.system_act(), document=document, reason="Ошибка в номере")
    return_to_draft(orgs.system_act(), document=document, reason="Ошибка в номере")
    assert "зарегистрирован" in _sign(client, draft, number="42", approve="1")
    plan.refresh_from_db()
    assert (plan.status, plan.basis) == (PlanStatus.APPROVED, "Приказ от 07.09.2026 № 42")


def test_when_the_plan_is_refused_the_order_is_not_registered(place: orgs.Place) -> None:
    plan = create_plan(orgs.system_act(), owner=place.municipality, title="Пустой план", start_year=2026)
    draft = papers.drawn(place.municipality, plan.title, subject_pk=plan.pk,
                         table={"columns": [], "rows": [], "notes": []})  # fmt: skip
    with pytest.raises(RefusedError, match="нет мероприятий"):
        sign_with_approval(orgs.system_act(), draft=draft, number="1", signed_on=DAY, with_approval=True)
    assert RegisteredDocument.objects.get(pk=draft.document_id).status == DocumentStatus.DRAFT


def test_an_adviser_who_may_not_approve_signs_nothing(place: orgs.Place) -> None:
    plan = _plan(place)
    draft = papers.drawn(place.municipality, plan.title, subject_pk=plan.pk)
    adviser = orgs.act_by(orgs.account(Role.ADVISER, place.authority))
    with pytest.raises((ForbiddenError, RefusedError)):
        sign_with_approval(adviser, draft=draft, number="1", signed_on=DAY, with_approval=True)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT


def test_a_directive_approves_the_schedule(client: Client, place: orgs.Place) -> None:
    found = schedules.schedule(place.municipality)
    schedules.work(found)
    draft = _drawn(client, "schedule_order", found.pk, kind="directive")
    assert (draft.document.kind, draft.content["command"]) == ("directive", "РАСПОРЯЖАЮСЬ:")
    text = " ".join(point["text"] for point in draft.content["points"])
    assert "прилагаемый график оценочных процедур на 2026/2027 учебный год" in text
    assert "настоящего распоряжения" in text
    assert paper_of(draft).appendices[0].table is not None
    _sign(client, draft, approve="1", reason="Сроки установлены регионом")
    schedule = Schedule.objects.get(pk=found.pk)
    assert (schedule.status, schedule.basis) == (ScheduleStatus.APPROVED, "Распоряжение от 07.09.2026 № 41")


def test_an_order_puts_a_regulation_in_the_register(client: Client, place: orgs.Place) -> None:
    own = papers.drawn(place.municipality, "Положение о муниципальной комиссии", "regulation", subject="", table=None)
    draft = _drawn(client, "document_order", own.document_id, since="1 октября 2026 года")
    assert draft.document.title == "Об утверждении Положения о муниципальной комиссии"
    assert "Ввести утверждённый документ в действие с 1 октября 2026 года." in str(draft.content)
    words = [point.text for point in paper_of(draft).appendices[0].points]
    assert "Общие положения" in words
    _sign(client, draft, approve="1", in_force_from="2026-10-01")
    approved = RegisteredDocument.objects.get(pk=own.document_id)
    assert (approved.number, approved.signed_on, approved.in_force_from) == ("41", DAY, dt.date(2026, 10, 1))
    assert approved.status == DocumentStatus.IN_FORCE
    assert approved.file_name.endswith(".docx")


def test_minutes_are_drawn_up_from_a_discussion(client: Client, place: orgs.Place) -> None:
    entry = DiscussionEntry("Критерии", "criteria", DAY, dt.date(2099, 1, 1), "1. Первый пункт")
    made = open_discussion(orgs.system_act(), owner=place.municipality, entry=entry, participants=place.schools)
    add_remark(orgs.system_act(), discussion=made, organization=place.schools[0], text="Уточнить")
    draft = _drawn(client, "discussion_minutes", made.pk, secretary="методист; Тестова Анна Ильинична")
    text = " ".join(point["text"] for point in draft.content["points"]).replace("\xa0", " ")
    assert "поступило 1 замечание" in text
    appendix = paper_of(draft, number="3", signed_on=DAY).appendices[0]
    assert appendix.mark[1].replace("\xa0", " ") == "к протоколу от 7 сентября 2026 года № 3"
    assert appendix.table is not None
    assert appendix.table.rows[0][2] == "Уточнить"  # type: ignore[index]  # a row of cells


def test_nothing_of_another_organization_is_drawn_up(place: orgs.Place) -> None:
    other = orgs.place(1)
    plan = create_plan(orgs.system_act(), owner=other.municipality, title="Чужой план", start_year=2026)
    scope = scope_for(orgs.act_by(orgs.account(Role.SPECIALIST, place.authority)))
    assert subject_facts(scope, place.municipality, "plan", plan.pk) == {}
    assert subject_facts(scope, other.municipality, "plan", plan.pk) == {}
    assert subject_choices(scope, other.municipality, "plan") == []
    draft = papers.drawn(place.municipality, plan.title, subject_pk=plan.pk)
    approval = approval_of(scope, draft)
    assert approval is not None
    assert "не видно" in approval.obstacle
