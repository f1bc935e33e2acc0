"""Drafts of papers: from data to a signed document of the register, with a person's words and forms kept."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning.api import add_activity, create_plan
from msoko.cycle.regulations.api import (
    DocumentStatus,
    OfficialDraft,
    named_bases,
    paper_of,
    redraw,
    register_document,
    remember_form,
    return_to_draft,
    save_text,
    sign_draft,
)
from msoko.foundation.access.api import SYSTEM_SCOPE, Role
from msoko.foundation.catalog.drafts import draft_templates
from msoko.foundation.documents.pdf.official_paper import paper_pdf
from msoko.foundation.documents.word.official_paper import paper_docx
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)


def _lines(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [line.replace("\xa0", " ") for line in [one.text for one in document.paragraphs] + cells if line.strip()]


def _place() -> orgs.Place:
    place = orgs.place(1)
    place.authority.full_name = "Управление образования Тестового округа"
    place.authority.inn, place.authority.ogrn, place.authority.place_name = "7700000001", "1027700000001", "г. Тестовый"
    place.authority.save()
    return place


def test_minutes_stand_in_the_register_by_their_kind() -> None:
    """The heading goes on from «ПРОТОКОЛ» on paper; a list has no such line above."""
    draft = papers.drawn(_place().municipality, "Положение о МСОКО", "discussion_minutes")
    assert draft.document.title == "Протокол обсуждения проекта «Положение о МСОКО»"
    content = dict(draft.content) | {"heading": "обсуждения проекта положения"}
    save_text(orgs.system_act(), draft=draft, content=content)
    draft.document.refresh_from_db()
    assert draft.document.title == "Протокол обсуждения проекта положения"


def test_a_signed_order_stands_in_the_register_with_its_file() -> None:
    draft = papers.drawn(_place().municipality)
    assert paper_of(draft).stamp == "ПРОЕКТ"
    made = sign_draft(orgs.system_act(), draft=draft, number="45-п", signed_on=DAY)
    assert (made.status, made.number, made.title) == (
        DocumentStatus.IN_FORCE, "45-п", "Об утверждении плана работы на 2027 год",
    )  # fmt: skip
    lines = _lines(default_storage().read(made.file_key))
    assert "Управление образования Тестового округа" in lines
    assert "ОГРН 1027700000001, ИНН 7700000001" in lines
    assert "2 ноября 2026 года\t№ 45-п" in lines
    assert "Л. К. Образцов" in lines
    assert "Тестова М. П." in lines
    assert [line for line in lines if line.startswith(("УТВЕР", "приказом от"))] == [
        "УТВЕРЖДЁН",
        "приказом от 2 ноября 2026 года № 45-п",
    ]
    assert "Совещание координаторов" in lines
    assert "ПРОЕКТ" not in lines
    assert "Тестовой М.П." in made.text


def test_a_signed_paper_is_not_edited_until_the_registration_is_undone() -> None:
    draft = papers.drawn(orgs.place(1).municipality)
    made = sign_draft(orgs.system_act(), draft=draft, number="1", signed_on=dt.date(2026, 1, 5))
    with pytest.raises(RefusedError, match="текст не меняется"):
        save_text(orgs.system_act(), draft=draft, content=draft.content)
    with pytest.raises(RefusedError):
        sign_draft(orgs.system_act(), draft=draft, number="2", signed_on=DAY)
    assert made.number == "1"


def test_a_taken_number_leaves_the_draft_as_it_was() -> None:
    owner = orgs.place(1).municipality
    papers.in_force(owner, "Другой приказ", "order", number="7", signed_on=DAY)
    draft = papers.drawn(owner)
    with pytest.raises(RefusedError, match="уже занят"):
        sign_draft(orgs.system_act(), draft=draft, number="7", signed_on=DAY)
    draft.document.refresh_from_db()
    assert (draft.document.status, draft.document.file_key) == (DocumentStatus.DRAFT, "")


def test_a_corrected_form_is_remembered_for_all_papers_of_the_organization() -> None:
    place = orgs.place(1)
    who = "консультант; Дюма Илья Кузьмич"
    draft = papers.drawn(place.municipality, controller=who)
    assert "Дюму И.К." in draft.content["points"][-1]["text"]
    remember_form(orgs.system_act(), owner=place.municipality, word="Дюма Илья Кузьмич", case="accs",
                  form="Дюма Илью Кузьмича")  # fmt: skip
    assert "Дюма И.К." in redraw(orgs.system_act(), draft=draft).content["points"][-1]["text"]
    assert "Дюма И.К." in papers.drawn(place.municipality, "Новый план", controller=who).content["points"][-1]["text"]
    assert "Дюму И.К." in papers.drawn(place.schools[0], "Их план", controller=who).content["points"][-1]["text"]


def test_a_school_draws_up_its_own_papers_and_signs_nothing_of_the_municipality() -> None:
    place = orgs.place(1)
    head = orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    with pytest.raises(ForbiddenError):
        sign_draft(head, draft=papers.drawn(place.municipality), number="1", signed_on=DAY)
    own = papers.drawn(place.schools[0])
    assert paper_of(own).organization == (place.schools[0].full_name,)
    assert sign_draft(head, draft=own, number="1", signed_on=DAY).status == DocumentStatus.IN_FORCE


@pytest.mark.parametrize("template", sorted(draft_templates()))
def test_every_template_gives_word_and_pdf(template: str) -> None:
    values: dict[str, Any] = {"findings": ["Справились 87 % участников"], "organizations": ["Школа № 1", "Школа № 2"],
                              "attended": "Председатель – Образцов Л.К.", "secretary": "методист; Тестова Анна",
                              "period": "с 12 по 25 апреля 2027 года"}  # fmt: skip
    draft = papers.drawn(orgs.place(1).municipality, "Диагностика по физике", template, **values)
    paper = paper_of(draft)
    assert draft.content["points"]
    assert not [point for point in draft.content["points"] if "{" in point["text"]]
    assert "иагностик" in (text := "\n".join(_lines(paper_docx(paper))))
    assert "по физике" in text
    assert paper_pdf(paper).startswith(b"%PDF")


def test_layout_keeps_the_margins_of_the_standard() -> None:
    section = docx.Document(io.BytesIO(paper_docx(paper_of(papers.drawn(_place().municipality))))).sections[0]
    left, right, top, bottom = (round(one.mm) for one in (section.left_margin, section.right_margin,
                                                          section.top_margin, section.bottom_margin))  # fmt: skip
    assert (left, right, top, bottom) == (30, 10, 20, 20)
    assert section.different_first_page_header_footer


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(2)


@pytest.fixture
def client(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _do(client: Client, draft: OfficialDraft, what: str, data: dict[str, Any]) -> str:
    return text_of(client.post(reverse("office:regulations:draft_do", args=[draft.pk, what]), data, follow=True))


def test_an_order_on_a_plan_is_drawn_up_edited_and_signed_on_the_pages(client: Client, place: orgs.Place) -> None:
    plan = create_plan(orgs.system_act(), owner=place.municipality, title="Циклограмма МСОКО", start_year=2026)
    add_activity(orgs.system_act(), plan=plan, values={"title": "Диагностика по физике", "terms_text": "октябрь"})
    url = reverse("office:regulations:draft_new", args=["plan_order"])
    data = {
        "subject": plan.pk,
        "signer": "начальник управления; Образцов Лев Кузьмич",
        "who-0": "методист; Тестова Мария Петровна",
        "task-0": "вести учёт исполнения",
        "term-0": "постоянно",
    }
    assert "Циклограмма МСОКО" in text_of(client.get(url))
    assert client.post(url, data).status_code == 302
    draft = OfficialDraft.objects.get()
    assert draft.facts["table"]["rows"][0][1] == "Диагностика по физике"
    text = text_of(client.get(reverse("office:regulations:draft", args=[draft.pk])))
    assert "Методисту Тестовой М.П. вести учёт исполнения (срок: постоянно)." in text
    assert f'name="count" value="{len(draft.content["points"]) + 3}"' in text
    edited = {
        "count": 2,
        "heading": "О циклограмме",
        "preamble": "Вводная",
        "command": "ПРИКАЗЫВАЮ:",
        "text-0": "Второй",
        "place-0": "20",
        "level-0": "1",
        "text-1": "Первый",
        "place-1": "10",
        "level-1": "1",
    }
    assert "Текст сохранён" in _do(client, draft, "save", edited)
    draft.refresh_from_db()
    assert [one["text"] for one in draft.content["points"]] == ["Первый", "Второй"]
    assert client.get(reverse("office:regulations:draft_download", args=[draft.pk, "pdf"])).content.startswith(b"%PDF")
    assert "не указаны" in _do(client, draft, "sign", {"number": ""})
    assert "зарегистрирован" in _do(client, draft, "sign", {"number": "9", "signed_on": "2026-01-12"})
    draft.document.refresh_from_db()
    assert (draft.document.title, draft.document.number) == ("О циклограмме", "9")
    assert "Л. К. Образцов" in "\n".join(_lines(default_storage().read(draft.document.file_key)))


def test_acts_of_the_preamble_become_the_legal_basis(client: Client, place: orgs.Place) -> None:
    papers.in_force(place.municipality, "Положение о МСОКО", number="12")
    url = reverse("office:regulations:draft_new", args=["regulation"])
    law = next(name for name, one in named_bases(SYSTEM_SCOPE).items() if one.norm == "law_273")
    own = "Положение от 15.01.2026 № 12 «Положение о МСОКО»"
    data = {"subject_title": "Положение о комиссии", "bases": f"{own}\n{law}\nРешение Совета от 01.02.2026 № 3"}
    assert own in text_of(client.get(url))
    assert client.post(url, data).status_code == 302
    draft = OfficialDraft.objects.get()
    rows = [(row.base.title if row.base else "", row.norm, row.words) for row in draft.document.bases.all()]
    assert rows == [("Положение о МСОКО", "", ""), ("", "law_273", ""), ("", "", "Решение Совета от 01.02.2026 № 3")]
    again = redraw(orgs.system_act(), draft=draft, facts=draft.facts | {"bases": ["Приказ Департамента № 9"]})
    assert again.document.bases.count() == 4


def test_a_paper_about_nothing_is_refused_and_keeps_the_form(client: Client) -> None:
    url = reverse("office:regulations:draft_new", args=["plan_order"])
    answer = client.post(url, {"signer": "начальник; Образцов Л.К.", "goal": "моя цель"})
    assert answer.status_code == 400
    assert "Не указано, о чём документ" in text_of(answer)
    assert "моя цель" in text_of(answer)
    assert client.get(reverse("office:regulations:draft_new", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_queries_of_the_list_do_not_grow(client: Client, place: orgs.Place, count: int) -> None:
    for number in range(count):
        papers.drawn(place.municipality, f"План {number}")
    assert queries(lambda: client.get(reverse("office:regulations:drafts"))) <= 16


def test_undone_registration_opens_the_text_again(place: orgs.Place) -> None:
    draft = papers.drawn(place.municipality)
    later = dt.date(2090, 1, 1)
    made = sign_draft(orgs.system_act(), draft=draft, number="3", signed_on=DAY, in_force_from=later)
    return_to_draft(orgs.system_act(), document=made, reason="Ошибка в тексте")
    redraw(orgs.system_act(), draft=draft)
    draft.document.refresh_from_db()
    again = register_document(orgs.system_act(), document=draft.document, number="4", signed_on=DAY)
    assert again.number == "4"
