"""Discussion of a draft: remarks by clause, answers, expert opinions, minutes, the way of the draft."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from msoko.cycle.regulations.api import (
    Discussion,
    DiscussionEntry,
    DocumentStatus,
    add_remark,
    answer_remark,
    give_opinion,
    open_discussion,
    remarks_of,
    reopen_opinion,
    sum_up,
)
from msoko.foundation.access.api import Role, scope_for
from msoko.foundation.catalog.documents import expert_criteria
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(3)


@pytest.fixture
def client(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _head(place: orgs.Place, number: int = 0) -> Client:
    return client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[number]))


def _do(client: Client, made: Discussion, what: str, data: dict[str, object]) -> str:
    return text_of(client.post(reverse("office:regulations:discussion_do", args=[made.pk, what]), data, follow=True))


def test_a_draft_is_discussed_answered_and_summed_up_on_the_pages(client: Client, place: orgs.Place) -> None:
    draft = papers.draft(place.municipality)
    today = timezone.localdate().isoformat()
    data = {"document": draft.pk, "subject": "document", "title": draft.title, "opens_on": today, "closes_on": today,
            "text": "1. Общие положения\n1.1. Положение определяет порядок.\nБез номера",
            "participants": [place.schools[0].pk, place.schools[1].pk]}  # fmt: skip
    assert client.post(reverse("office:regulations:discussion_new"), data).status_code == 302
    made = Discussion.objects.get()
    draft.refresh_from_db()
    assert draft.status == DocumentStatus.DISCUSSION
    assert list(made.clauses.values_list("number", flat=True)) == ["1", "1.1", "абз. 3"]
    head = _head(place)
    assert "Идёт обсуждение" in text_of(head.get(reverse("office:home")))
    clause = made.clauses.get(number="1.1")
    assert "Замечание принято" in _do(head, made, "remark", {"clause": clause.pk, "text": "Уточнить сроки"})
    other = text_of(_head(place, 1).get(reverse("office:regulations:discussion", args=[made.pk])))
    assert "Уточнить сроки" not in other
    assert _head(place, 2).get(reverse("office:regulations:discussion", args=[made.pk])).status_code == 404
    assert "Без ответа остались" in _do(client, made, "sum-up", {"result": "rework"})
    remark = made.remarks.get()
    assert "Причина не указана" in _do(client, made, "answer", {"remark": remark.pk, "decision": "rejected"})
    assert "сохранён" in _do(client, made, "answer", {"remark": remark.pk, "decision": "accepted"})
    assert "Итог подведён" in _do(client, made, "sum-up", {"result": "rework", "conclusion": "Доработать раздел 1"})
    draft.refresh_from_db()
    assert draft.status == DocumentStatus.DRAFT
    assert "Уточнить сроки" in text_of(_head(place, 1).get(reverse("office:regulations:discussion", args=[made.pk])))
    minutes = head.get(reverse("office:regulations:discussion_download", args=[made.pk, "minutes"]))
    paper = docx.Document(io.BytesIO(minutes.content))
    words = "\n".join([one.text for one in paper.paragraphs] + [c.text for r in paper.tables[0].rows for c in r.cells])
    for expected in (
        "Протокол обсуждения",
        "Поступило замечаний: 1",
        "Уточнить сроки",
        "Учтено",
        "Доработать раздел 1",
    ):
        assert expected in words


def test_a_summed_up_discussion_is_only_read(place: orgs.Place) -> None:
    made = papers.discussed(place.municipality, place.schools[:1])
    head = orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    remark = add_remark(head, discussion=made, organization=place.schools[0], text="Замечание")
    answer_remark(orgs.system_act(), remark=remark, decision="accepted", answer="")
    made = sum_up(orgs.system_act(), discussion=made, result="accept", conclusion="")
    remark.refresh_from_db()
    with pytest.raises(RefusedError, match="только для чтения"):
        answer_remark(orgs.system_act(), remark=remark, decision="rejected", answer="Нет")
    with pytest.raises(RefusedError, match="принимались"):
        add_remark(head, discussion=made, organization=place.schools[0], text="Ещё")
    with pytest.raises(RefusedError, match="только для чтения"):
        sum_up(orgs.system_act(), discussion=made, result="reject", conclusion="")


def test_the_end_is_moved_with_a_reason_and_never_into_the_past(client: Client, place: orgs.Place) -> None:
    made = papers.discussed(place.municipality, place.schools[:1])
    today = timezone.localdate()
    later = (today + dt.timedelta(days=7)).isoformat()
    yesterday = (today - dt.timedelta(days=1)).isoformat()
    assert "уже прошёл" in _do(client, made, "move-end", {"closes_on": yesterday, "reason": "Ошибка"})
    assert "Причина не указана" in _do(client, made, "move-end", {"closes_on": later})
    assert "такой даты нет" in _do(client, made, "move-end", {"closes_on": "2026-02-31"}).lower()
    assert "принимаются по" in _do(client, made, "move-end", {"closes_on": later, "reason": "Просят школы"})
    made.refresh_from_db()
    assert made.closes_on.isoformat() == later
    head = _head(place)
    head.post(reverse("office:regulations:discussion_do", args=[made.pk, "move-end"]),
              {"closes_on": yesterday, "reason": "Чужое"})  # fmt: skip
    made.refresh_from_db()
    assert made.closes_on.isoformat() == later


def test_nobody_speaks_for_another_organization_or_out_of_time(place: orgs.Place) -> None:
    made = papers.discussed(place.municipality, place.schools[:2])
    head = orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    with pytest.raises(ForbiddenError):
        add_remark(head, discussion=made, organization=place.schools[1], text="Чужое")
    with pytest.raises(ForbiddenError):
        answer_remark(head, remark=add_remark(head, discussion=made, organization=place.schools[0], text="Моё"),
                      decision="accepted", answer="")  # fmt: skip
    Discussion.objects.update(opens_on=dt.date(2020, 1, 1), closes_on=dt.date(2020, 1, 9))
    made.refresh_from_db()
    with pytest.raises(RefusedError, match=r"по 09\.01\.2020"):
        add_remark(head, discussion=made, organization=place.schools[0], text="Поздно")
    assert remarks_of(scope_for(head), made).count() == 1


def test_an_expert_answers_every_question_and_may_write_anew(client: Client, place: orgs.Place) -> None:
    made = papers.discussed(place.municipality, place.schools[:1])
    head = orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    answers = dict.fromkeys(expert_criteria(), "yes")
    values = {"discussion": made, "organization": place.schools[0], "post": "директор", "recommendation": "accept"}
    with pytest.raises(RefusedError, match="не на все вопросы"):
        give_opinion(head, answers={"law": "yes"}, conclusion="Годится", **values)
    give_opinion(head, answers=answers, conclusion="Годится", **values)
    with pytest.raises(RefusedError, match="подписано"):
        give_opinion(head, answers=answers, conclusion="Ещё раз", **values)
    assert reopen_opinion(head, discussion=made).answers == answers
    give_opinion(head, answers=answers | {"law": "no"}, conclusion="Исправить", **values)
    assert made.opinions.get().conclusion == "Исправить"
    answer = client.get(reverse("office:regulations:discussion_download", args=[made.pk, "opinions"]))
    table = docx.Document(io.BytesIO(answer.content)).tables[0]
    assert "нет" in {cell.text for row in table.rows for cell in row.cells}


def test_a_draft_of_an_opinion_keeps_its_answers_and_stays_out_of_the_papers(client: Client, place: orgs.Place) -> None:
    made = papers.discussed(place.municipality, place.schools[:1])
    head = _head(place)
    url = reverse("office:regulations:discussion", args=[made.pk])
    assert "Черновик" in _do(head, made, "opinion", {"criterion-law": "partly", "conclusion": "Пока не закончил"})
    page = text_of(head.get(url))
    assert '<option value="partly" selected>' in page
    assert "Пока не закончил" in page
    assert "Пока не закончил" not in text_of(client.get(url))
    assert "не на все вопросы" in _do(head, made, "opinion", {"criterion-law": "yes", "sign": "1"})
    answers = {f"criterion-{code}": "yes" for code in expert_criteria()}
    whole = answers | {"recommendation": "accept", "conclusion": "Годится", "sign": "1", "post": "директор"}
    assert "подписано" in _do(head, made, "opinion", whole)
    assert "Годится" in text_of(client.get(url))
    assert "открыто для правки" in _do(head, made, "opinion-reopen", {})
    assert text_of(head.get(url)).count('<option value="yes" selected>') == len(expert_criteria())


@pytest.mark.parametrize(
    ("change", "message"),
    [({"title": " "}, "что обсуждается"), ({"text": "", "link": ""}, "Обсуждать нечего"),
     ({"closes_on": dt.date(2020, 1, 1)}, "раньше, чем начинается")],
)  # fmt: skip
def test_a_discussion_of_nothing_is_refused(place: orgs.Place, change: dict[str, object], message: str) -> None:
    today = timezone.localdate()
    values: dict[str, object] = {"title": "Критерии", "subject": "criteria", "opens_on": today, "closes_on": today,
                                 "text": "Критерий"}  # fmt: skip
    entry = DiscussionEntry(**(values | change))  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match=message):
        open_discussion(orgs.system_act(), owner=place.municipality, entry=entry, participants=[])
    assert not Discussion.objects.exists()


@pytest.mark.parametrize("count", [3, 30])
def test_queries_do_not_grow(client: Client, place: orgs.Place, count: int) -> None:
    made = papers.discussed(place.municipality, place.schools, "\n".join(f"{n}. Пункт" for n in range(1, count + 1)))
    for clause in made.clauses.all():
        add_remark(orgs.system_act(), discussion=made, organization=place.schools[0], clause=clause, text="Замечание")
    assert queries(lambda: client.get(reverse("office:regulations:discussion", args=[made.pk]))) <= 20
    assert queries(lambda: client.get(reverse("office:regulations:discussions"))) <= 16
