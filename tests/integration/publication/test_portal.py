"""The open portal: what was released is read by everybody, nothing else is reachable, remarks wait for a moderator."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import openpyxl
import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from msoko.cycle.publication.api import PublishedDiscussion, publish_discussion, withdraw_discussion
from msoko.cycle.regulations.api import (
    Discussion,
    Remark,
    add_remark,
    answer_remark,
    moderate_remark,
    sum_up,
)
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.catalog.portal import portal_rules
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
TEXT = "1. Общие положения\n2. Сроки работы комиссии"


@pytest.fixture(autouse=True)
def _no_rate_limits_from_other_tests() -> None:
    cache.clear()


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(1)


def _discussed(place: orgs.Place, title: str = "Проект положения") -> Discussion:
    return papers.discussed(place.municipality, place.schools, TEXT, title)


def _released(place: orgs.Place, title: str = "Проект положения") -> PublishedDiscussion:
    return publish_discussion(orgs.system_act(), discussion=_discussed(place, title), contact="Кабинет 4")


def _page(released: PublishedDiscussion) -> HttpResponse:
    return Client().get(reverse("public:discussion", args=[released.pk]))


def _send(released: PublishedDiscussion, client: Client | None = None, **values: Any) -> HttpResponse:
    data = {"text": "Срок слишком мал", **values}
    answer: HttpResponse = (client or Client()).post(reverse("public:remark", args=[released.pk]), data)
    return answer


def test_a_visitor_reads_sends_is_moderated_and_answered(place: orgs.Place) -> None:
    released = _released(place)
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    clause = released.discussion.clauses.get(number="2")
    assert "Проект положения" in text_of(Client().get(reverse("public:discussions")))
    assert "Сроки работы комиссии" in text_of(_page(released))
    values = {"clause": clause.pk, "proposal": "Десять дней", "name": "Примеров Пётр", "email": "a@example.ru"}
    answer = _send(released, **values, consent="on")
    assert answer.status_code == 302
    assert "После проверки" in text_of(Client().get(answer["Location"]))
    assert "Срок слишком мал" not in text_of(_page(released))
    assert "Замечания с портала" in text_of(specialist.get(reverse("office:home")))
    office = reverse("office:regulations:discussion", args=[released.discussion_id])
    assert "a@example.ru" in text_of(specialist.get(office))
    do = reverse("office:regulations:discussion_do", args=[released.discussion_id, "moderate"])
    remark = Remark.objects.get()
    shown = {"remark": remark.pk, "show": "1", "shown_text": "Срок мал; нужно десять дней"}
    assert "показано на портале" in text_of(specialist.post(do, shown, follow=True))
    answer_remark(orgs.system_act(), remark=Remark.objects.get(), decision="accepted", answer="Срок увеличен")
    page = text_of(_page(released))
    assert "Срок мал; нужно десять дней" in page
    assert "Срок увеличен" in page
    for personal in ("Примеров", "a@example.ru", "Срок слишком мал"):
        assert personal not in page


def test_names_of_visitors_are_forgotten_when_the_discussion_is_summed_up(place: orgs.Place) -> None:
    released = _released(place)
    _send(released, name="Примеров Пётр", consent="on")
    with pytest.raises(RefusedError, match="Без ответа"):
        sum_up(orgs.system_act(), discussion=released.discussion, result="accept", conclusion="")
    remark = moderate_remark(orgs.system_act(), remark=Remark.objects.get(), is_shown=False, reason="Не по теме")
    with pytest.raises(RefusedError, match="ещё не показано"):
        answer_remark(orgs.system_act(), remark=remark, decision="accepted", answer="")
    sum_up(orgs.system_act(), discussion=released.discussion, result="accept", conclusion="Принять")
    assert Remark.objects.get().author == ""
    assert "Итог: принять. Принять" in text_of(_page(released))
    assert "Не по теме" not in text_of(_page(released))


def test_nothing_that_was_not_released_is_reachable(place: orgs.Place) -> None:
    hidden = _discussed(place, "Тайный проект")
    draft = papers.drawn(place.municipality, "Тайный план")
    released = _released(place)
    guessed = {hidden.pk, draft.pk, draft.document_id, released.pk + 1, released.pk + 7, 999999999} - {released.pk}
    for pk in guessed:
        for name in ("public:discussion", "public:remark", "public:thanks"):
            assert Client().get(reverse(name, args=[pk])).status_code == 404
        assert Client().post(reverse("public:remark", args=[pk]), {"text": "Замечание"}).status_code == 404
    assert "Тайный" not in text_of(Client().get(reverse("public:discussions")))
    assert not Remark.objects.exists()


def test_a_clause_of_another_discussion_is_not_shown_in_the_form(place: orgs.Place) -> None:
    foreign = _discussed(place, "Тайный проект").clauses.get(number="1")
    released = _released(place)
    answer = Client().get(reverse("public:remark", args=[released.pk]), {"clause": foreign.pk})
    assert answer.status_code == 404
    assert _send(released, clause=foreign.pk).status_code == 404
    assert not Remark.objects.exists()


def test_taken_off_the_portal_is_not_reachable_and_may_come_back(place: orgs.Place) -> None:
    released = _released(place)
    with pytest.raises(RefusedError, match="Причина"):
        withdraw_discussion(orgs.system_act(), discussion=released.discussion, reason=" ")
    withdraw_discussion(orgs.system_act(), discussion=released.discussion, reason="Ошибка в тексте")
    assert _page(released).status_code == 404
    assert _send(released).status_code == 404
    assert "Проект положения" not in text_of(Client().get(reverse("public:discussions")))
    publish_discussion(orgs.system_act(), discussion=released.discussion)
    assert _page(released).status_code == 200


@pytest.mark.parametrize(("opens", "closes", "status", "sent"), [(-9, -1, 200, 409), (1, 9, 404, 404)])
def test_remarks_are_taken_within_the_period_only(
    place: orgs.Place, opens: int, closes: int, status: int, sent: int
) -> None:
    released = _released(place)
    today = timezone.localdate()
    Discussion.objects.update(opens_on=today + dt.timedelta(opens), closes_on=today + dt.timedelta(closes))
    page = _page(released)
    assert page.status_code == status
    assert "Замечание к пункту" not in text_of(page)
    assert _send(released).status_code == sent
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [({"text": "  "}, "Обязательное поле"), ({"text": "я" * 5001}, "не более 5000"),
     ({"name": "Тестов"}, "Нет согласия"), ({"email": "не адрес"}, "правильный адрес"),
     ({"name": "я" * 121}, "не более 120"), ({"text": "Замечание\x00"}, "недопустимый знак")],
)  # fmt: skip
def test_what_is_wrong_in_a_remark_is_said_and_nothing_is_kept(
    place: orgs.Place, values: dict[str, str], words: str
) -> None:
    answer = _send(_released(place), **values)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert not Remark.objects.exists()


def test_machines_are_thanked_and_not_heard(place: orgs.Place) -> None:
    assert _send(_released(place), site="http://example.ru").status_code == 302
    assert not Remark.objects.exists()


def test_one_address_may_not_flood(place: orgs.Place) -> None:
    released = _released(place)
    for _ in range(portal_rules().per_hour):
        assert _send(released).status_code == 302
    assert "много замечаний" in text_of(_send(released))
    other = Client(REMOTE_ADDR="10.0.0.7")
    assert _send(released, other).status_code == 302
    assert Remark.objects.count() == portal_rules().per_hour + 1


def test_the_form_is_guarded_and_the_journal_keeps_no_address(place: orgs.Place) -> None:
    released = _released(place)
    assert _send(released, Client(enforce_csrf_checks=True)).status_code == 403
    _send(released, Client(REMOTE_ADDR="10.0.0.7"))
    event = AuditEvent.objects.get(event="regulations.remark.sent")
    assert (event.address, event.actor_label) == ("", "Посетитель портала")


def test_pages_without_a_form_are_the_same_for_everybody(place: orgs.Place) -> None:
    released = _released(place)
    head = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    for name, arguments in (("discussions", []), ("discussion", [released.pk]), ("thanks", [released.pk])):
        address = reverse(f"public:{name}", args=arguments)
        anonymous, signed = Client().get(address), head.get(address)
        assert anonymous["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in anonymous.get("Vary", "")
        assert not anonymous.cookies
        assert anonymous.content == signed.content
        assert b"<script" not in anonymous.content
    form = Client().get(reverse("public:remark", args=[released.pk]))
    assert "no-store" in form["Cache-Control"]
    assert b"<script" not in form.content


def test_only_those_who_approve_release_and_only_what_goes_on(place: orgs.Place) -> None:
    made = _discussed(place)
    adviser = orgs.act_by(orgs.account(Role.ADVISER, place.authority))
    with pytest.raises(ForbiddenError):
        publish_discussion(adviser, discussion=made)
    sum_up(orgs.system_act(), discussion=made, result="reject", conclusion="")
    made.refresh_from_db()
    with pytest.raises(RefusedError, match="уже подведён"):
        publish_discussion(orgs.system_act(), discussion=made)


def test_the_summary_of_remarks_names_no_visitor(place: orgs.Place) -> None:
    released = _released(place)
    _send(released, name="Примеров Пётр", consent="on")
    _send(released, text="Скрытое замечание")
    first, second = Remark.objects.order_by("pk")
    moderate_remark(orgs.system_act(), remark=first, is_shown=True, shown_text="Срок мал")
    moderate_remark(orgs.system_act(), remark=second, is_shown=False, reason="Повтор")
    add_remark(orgs.system_act(), discussion=released.discussion, organization=place.schools[0], text="Второе")
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    download = {
        kind: specialist.get(
            reverse("office:regulations:discussion_download", args=[released.discussion_id, kind])
        ).content
        for kind in ("minutes", "xlsx")
    }
    word = docx.Document(io.BytesIO(download["minutes"]))
    excel = openpyxl.load_workbook(io.BytesIO(download["xlsx"])).worksheets[0]
    texts = [
        "\n".join(cell.text for row in word.tables[0].rows for cell in row.cells),
        "\n".join(str(value) for row in excel.iter_rows(values_only=True) for value in row),
    ]
    for text in texts:
        assert "участник обсуждения (портал)" in text
        assert "Второе" in text
        assert "Примеров" not in text
        assert "Скрытое" not in text


@pytest.mark.parametrize("count", [2, 40])
def test_queries_do_not_grow(place: orgs.Place, count: int) -> None:
    made = papers.discussed(place.municipality, [], "\n".join(f"{n}. Пункт" for n in range(1, count + 1)))
    released = publish_discussion(orgs.system_act(), discussion=made)
    for clause in made.clauses.all():
        _send(released, Client(REMOTE_ADDR=f"10.0.0.{clause.position}"), clause=clause.pk)
    Remark.objects.update(moderation="shown", shown_text="Замечание")
    address = reverse("public:discussion", args=[released.pk])
    assert queries(lambda: Client().get(address)) <= 4
    assert queries(lambda: Client().get(reverse("public:discussions"))) <= 1
