"""The register: editions supersede, bases warn, mistakes are undone, files are checked, words are found."""

from __future__ import annotations

import datetime as dt

import pytest

from msoko.cycle.regulations.api import (
    BasisEntry,
    DocumentEntry,
    DocumentStatus,
    RegisteredDocument,
    Trouble,
    add_document,
    attach_file,
    attach_scan,
    change_document,
    documents_visible,
    put_in_force,
    register_document,
    remove_draft,
    repeal_document,
    restore_document,
    return_to_draft,
    set_bases,
    start_edition,
    take_back_force,
    troubled,
    warnings_of,
    with_bases,
    words_filter,
)
from msoko.foundation.access.api import Role, scope_for
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from tests.factories import orgs, papers

pytestmark = pytest.mark.django_db
S = DocumentStatus
TODAY = dt.date(2026, 11, 1)


def _loaded(document: RegisteredDocument) -> RegisteredDocument:
    return with_bases(RegisteredDocument.objects.all()).get(pk=document.pk)


def _troubles(document: RegisteredDocument, today: dt.date = TODAY) -> list[Trouble]:
    return [one.trouble for one in warnings_of(_loaded(document), today)]


def test_a_new_edition_supersedes_the_previous_when_it_comes_into_force() -> None:
    owner = orgs.place(1).municipality
    first = papers.in_force(owner)
    second = start_edition(orgs.system_act(), document=first)
    assert (second.edition, second.status, second.previous_id) == (2, S.DRAFT, first.pk)
    first.refresh_from_db()
    assert first.status == S.IN_FORCE
    register_document(orgs.system_act(), document=second, number="7", signed_on=dt.date(2026, 3, 1))
    first.refresh_from_db()
    assert (first.status, first.in_force_until) == (S.SUPERSEDED, dt.date(2026, 2, 28))


def test_the_undoing_of_an_edition_brings_the_previous_back() -> None:
    owner = orgs.place(1).municipality
    first = papers.in_force(owner)
    second = start_edition(orgs.system_act(), document=first)
    second = register_document(orgs.system_act(), document=second, number="7", signed_on=dt.date(2026, 3, 1))
    second = take_back_force(orgs.system_act(), document=second, reason="ошибочно")
    first.refresh_from_db()
    assert (first.status, first.in_force_until, second.status) == (S.IN_FORCE, None, S.APPROVED)
    second = return_to_draft(orgs.system_act(), document=second, reason="не подписан")
    assert second.status == S.DRAFT


def test_a_document_of_tomorrow_waits_for_its_day() -> None:
    owner = orgs.place(1).municipality
    act = orgs.system_act()
    draft = papers.draft(owner)
    tomorrow = act.at.date() + dt.timedelta(days=2)
    made = register_document(act, document=draft, number="1", signed_on=papers.SIGNED, in_force_from=tomorrow)
    assert made.status == S.APPROVED
    with pytest.raises(RefusedError, match="вступает в силу"):
        put_in_force(act, document=made)


@pytest.mark.parametrize(
    ("number", "day", "words"),
    [("", papers.SIGNED, "Номер"), ("5", dt.date(2999, 1, 1), "ещё не наступила"), ("1", papers.SIGNED, "уже занят")],
)
def test_registration_asks_for_right_requisites(number: str, day: dt.date, words: str) -> None:
    owner = orgs.place(1).municipality
    papers.in_force(owner, "Другое положение", number="1")
    with pytest.raises(RefusedError, match=words):
        register_document(orgs.system_act(), document=papers.draft(owner), number=number, signed_on=day)


def test_a_repealed_base_warns_all_that_rest_on_it() -> None:
    owner = orgs.place(1).municipality
    base = papers.in_force(owner)
    order = papers.in_force(owner, "О проведении работ", "order", [BasisEntry(base=base)], number="2")
    assert _troubles(order) == []
    repeal_document(orgs.system_act(), document=base, on=dt.date(2026, 9, 1), ended_by="Приказ № 3")
    assert _troubles(order) == [Trouble.BASE_REPEALED]
    assert list(RegisteredDocument.objects.filter(troubled(Trouble.BASE_REPEALED, TODAY))) == [order]
    restore_document(orgs.system_act(), document=base, reason="ошибка")
    assert _troubles(order) == []


def test_a_replaced_federal_act_warns_and_names_the_new_one() -> None:
    owner = orgs.place(1).municipality
    made = papers.in_force(owner, bases=[BasisEntry(norm="mon_1547")])
    warning = warnings_of(_loaded(made), TODAY)[0]
    assert warning.trouble == Trouble.BASE_REPEALED
    assert "№ 114" in warning.hint


def test_a_changed_act_warns_documents_that_are_older() -> None:
    owner = orgs.place(1).municipality
    entry = [BasisEntry(norm="ron_1493")]
    older = papers.in_force(owner, bases=entry, number="1", signed_on=dt.date(2025, 12, 1))
    newer = papers.in_force(owner, bases=entry, number="2", signed_on=dt.date(2026, 5, 1))
    assert (_troubles(older), _troubles(newer)) == ([Trouble.BASE_CHANGED], [])
    assert list(RegisteredDocument.objects.filter(troubled(Trouble.BASE_CHANGED, TODAY))) == [older]


def test_a_document_older_than_its_term_asks_for_review() -> None:
    owner = orgs.place(1).municipality
    made = papers.in_force(owner, signed_on=dt.date(2020, 1, 15))
    assert _troubles(made) == [Trouble.REVIEW_OVERDUE]
    change_document(orgs.system_act(), document=made, values={"review_on": dt.date(2027, 1, 1)})
    assert _troubles(made) == []


def test_a_chain_never_comes_back_to_itself() -> None:
    owner = orgs.place(1).municipality
    base = papers.draft(owner, "Положение")
    order = papers.draft(owner, "Приказ", "order", [BasisEntry(base=base)])
    with pytest.raises(RefusedError, match="круг"):
        set_bases(orgs.system_act(), document=base, bases=[BasisEntry(base=order)])


def test_requisites_of_a_registered_document_do_not_change() -> None:
    made = papers.in_force(orgs.place(1).municipality)
    with pytest.raises(RefusedError, match="зарегистрирован"):
        change_document(orgs.system_act(), document=made, values={"title": "Другое"})
    with pytest.raises(RefusedError, match="только проект"):
        remove_draft(orgs.system_act(), document=made)


def test_a_school_sees_municipal_documents_in_force_and_its_own() -> None:
    place = orgs.place(2)
    regulation = papers.in_force(place.municipality)
    papers.draft(place.municipality, "Проект муниципалитета")
    own = papers.draft(place.schools[0], "Свой проект")
    papers.in_force(place.schools[1], "Чужой документ")
    user = orgs.account(Role.SCHOOL_HEAD, place.schools[0])
    seen = documents_visible(scope_for(orgs.act_by(user)))
    assert set(seen) == {regulation, own}
    with pytest.raises(ForbiddenError):
        change_document(orgs.act_by(user), document=regulation, values={"summary": "моё"})


def test_those_who_write_do_not_register() -> None:
    place = orgs.place(1)
    act = orgs.act_by(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]))
    made = add_document(act, owner=place.schools[0], entry=DocumentEntry("order", "О графике"))
    with pytest.raises(ForbiddenError):
        register_document(act, document=made, number="1", signed_on=papers.SIGNED)


def test_the_text_of_a_file_is_found_in_any_form_of_words() -> None:
    owner = orgs.place(1).municipality
    made = papers.draft(owner, "О порядке", "order")
    papers.draft(owner, "О другом", "order")
    data = papers.word_file("Перепроверку работ проводит муниципальная предметная комиссия.")
    attach_file(orgs.system_act(), document=made, name="Приказ.docx", data=data)
    run_all()
    found = RegisteredDocument.objects.filter(words_filter("комиссии предметные"))
    assert list(found) == [made]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("Приказ.docm", papers.word_file("а"), "макросы"),
        ("Приказ.docx", papers.with_macros(papers.word_file("а")), "макросы"),
        ("Приказ.exe", b"MZ", "не принимается"),
        ("Приказ.doc", b"\xd0\xcf\x11\xe0", "не принимается"),
        ("Приказ.pdf", b"PK\x03\x04", "не соответствует"),
        ("Приказ.docx", b"PK\x03\x04broken", "повреждён"),
        ("Приказ.docx", b"", "пустой"),
        ("Приказ.pdf", b"%PDF" + b"0" * (21 * 1024 * 1024), "больше 20 МБ"),
    ],
)
def test_wrong_files_are_refused_with_a_reason(name: str, data: bytes, words: str) -> None:
    made = papers.draft(orgs.place(1).municipality)
    with pytest.raises(RefusedError, match=words):
        attach_file(orgs.system_act(), document=made, name=name, data=data)
    made.refresh_from_db()
    assert made.file_key == ""


def test_a_scan_is_a_picture_or_pdf() -> None:
    made = papers.in_force(orgs.place(1).municipality)
    with pytest.raises(RefusedError, match="не принимается"):
        attach_scan(orgs.system_act(), document=made, name="Скан.docx", data=papers.word_file("а"))
    made = attach_scan(orgs.system_act(), document=made, name="Скан.pdf", data=b"%PDF-1.4")
    assert made.scan_name == "Скан.pdf"
