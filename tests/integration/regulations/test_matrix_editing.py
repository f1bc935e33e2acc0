"""The matrix by hand: rows come, change, move, go and come back; every change is undone; numbers stay."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from msoko.cycle.regulations.api import (
    FunctionEntry,
    FunctionGroup,
    FunctionMatrix,
    Gap,
    GroupEntry,
    MatrixChange,
    MatrixFunction,
    add_function,
    add_group,
    adopt_definition,
    assign_people,
    bind_document,
    board_of_functions,
    change_function,
    gap_counts,
    gap_rows,
    groups_of,
    move_row,
    remove_row,
    restore_row,
    set_term,
    staff_of,
    undo_change,
)
from msoko.foundation.access.api import Role
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.roster.api import AppointmentKind, PersonEntry, add_person
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 1)


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(1)


@pytest.fixture
def matrix(place: orgs.Place) -> FunctionMatrix:
    return adopt_definition(orgs.system_act(), owner=place.municipality, definition="municipal")


def _texts(matrix: FunctionMatrix, number: str) -> list[str]:
    return [one.text for one in _group(matrix, number).functions.all()]


def _group(matrix: FunctionMatrix, number: str) -> FunctionGroup:
    return next(one for one in groups_of(matrix) if one.number == number)


def _function(matrix: FunctionMatrix, number: str, place: int = 0) -> MatrixFunction:
    found = _group(matrix, number).functions.all()[place]
    return MatrixFunction.objects.select_related("group__matrix__owner").get(pk=found.pk)


def test_a_function_is_added_with_a_new_document_and_changed(matrix: FunctionMatrix) -> None:
    act = orgs.system_act()
    entry = FunctionEntry("Ведение реестра процедур", ["Методист"], new_documents=[("Положение о реестре", "")])
    made = add_function(act, group=_group(matrix, "4"), entry=entry)
    assert _texts(matrix, "4")[-1] == "Ведение реестра процедур"
    assert [(one.title, one.kind) for one in made.required.all()] == [("Положение о реестре", "regulation")]
    kept = made.required.get()
    entry = FunctionEntry("Ведение реестра", documents=[kept.pk], power="delegated", group=_group(matrix, "3").pk)
    change_function(act, function=made, entry=entry)
    assert _texts(matrix, "3")[-1] == "Ведение реестра"
    made.refresh_from_db()
    assert (made.power, list(made.required.all())) == ("delegated", [kept])


def test_a_document_of_no_known_kind_is_asked(matrix: FunctionMatrix) -> None:
    entry = FunctionEntry("Ведение журнала", new_documents=[("Журнал посещений", "")])
    with pytest.raises(RefusedError, match="не распознан"):
        add_function(orgs.system_act(), group=_group(matrix, "4"), entry=entry)
    assert "Ведение журнала" not in _texts(matrix, "4")


def test_moving_and_removing_keep_numbers_and_people(place: orgs.Place, matrix: FunctionMatrix) -> None:
    act = orgs.system_act()
    person = add_person(
        act, entry=PersonEntry(last_name="Иванова"), organization=place.authority, kind=AppointmentKind.EMPLOYEE
    )
    before = _texts(matrix, "2.3")
    numbers = [one.number for one in groups_of(matrix)]
    move_row(act, row=_function(matrix, "2.3", 1), step=-1)
    assert _texts(matrix, "2.3")[:2] == [before[1], before[0]]
    move_row(act, row=_group(matrix, "2.3"), step=-1)
    assert [one.number for one in groups_of(matrix)] == ["1", "2", "2.1", "2.3", "2.2", "2.4", "3", "4"]
    function = _function(matrix, "3")
    assign_people(act, functions=[function], people=[person])
    remove_row(act, row=function)
    assert function.text not in _texts(matrix, "3")
    group = _group(matrix, "3")
    remove_row(orgs.system_act(), row=group)
    assert sorted(one.number for one in groups_of(matrix)) == sorted(set(numbers) - {"3"})
    with pytest.raises(RefusedError, match="Группа этой функции убрана"):
        restore_row(act, row=_fresh(function))
    restore_row(act, row=FunctionGroup.objects.select_related("matrix").get(pk=group.pk))
    assert len(_texts(matrix, "3")) == 3
    restore_row(act, row=_fresh(function))
    assert list(_function(matrix, "3").people.all()) == [person]


def _fresh(function: MatrixFunction) -> MatrixFunction:
    return MatrixFunction.objects.select_related("group__matrix").get(pk=function.pk)


def test_every_change_is_undone_the_latest_first(matrix: FunctionMatrix) -> None:
    act = orgs.system_act()
    was = [(one.number, one.title, _texts(matrix, one.number)) for one in groups_of(matrix)]
    function = _function(matrix, "2.1")
    change_function(act, function=function, entry=FunctionEntry("Иначе", group=_group(matrix, "4").pk))
    move_row(act, row=_fresh(function), step=-1)
    remove_row(act, row=_fresh(function))
    added = add_group(act, matrix=matrix, entry=GroupEntry("Прочее", number="5"))
    changes = list(MatrixChange.objects.filter(matrix=matrix))
    assert [one.what for one in changes] == ["added", "removed", "moved", "changed"]
    with pytest.raises(RefusedError, match="меняли и позже"):
        undo_change(act, change=changes[-1])
    for one in changes:
        undo_change(act, change=one)
    assert [(one.number, one.title, _texts(matrix, one.number)) for one in groups_of(matrix)] == was
    assert FunctionGroup.objects.get(pk=added.pk).removed_at is not None
    with pytest.raises(RefusedError, match="уже отменено"):
        undo_change(act, change=changes[0])


def test_a_term_of_the_matrix_has_a_source_and_makes_a_gap(place: orgs.Place, matrix: FunctionMatrix) -> None:
    act = orgs.system_act()
    required = matrix.required.get(code="site_order")
    paper = papers.in_force(place.municipality, "О сайте", "order", signed_on=dt.date(2024, 2, 1))
    bind_document(act, required=required, document=paper)
    assert Gap.REVIEW_OVERDUE not in gap_counts(board_of_functions(groups_of(matrix), TODAY))
    with pytest.raises(RefusedError, match="откуда срок"):
        set_term(act, required=required, title=required.title, kind="order", years=2, source=" ")
    set_term(act, required=required, title=required.title, kind="order", years=2, source="Приказ № 5")
    rows = [one for one in gap_rows(board_of_functions(groups_of(matrix), TODAY)) if one.gap == Gap.REVIEW_OVERDUE]
    assert [one.note for one in rows] == [
        "от 01.02.2024, срок 2\u00a0года истёк 01.02.2026 (основание срока: Приказ № 5)"
    ]
    assert len(rows[0].functions) == 3


def test_rights_and_other_editions(place: orgs.Place, matrix: FunctionMatrix) -> None:
    head = orgs.account(Role.SCHOOL_HEAD, place.schools[0])
    with pytest.raises(ForbiddenError):
        remove_row(orgs.act_by(head), row=_function(matrix, "3"))
    FunctionMatrix.objects.filter(pk=matrix.pk).update(is_current=False)
    with pytest.raises(RefusedError, match="прежняя редакция"):
        remove_row(orgs.system_act(), row=_function(matrix, "3"))
    assert list(staff_of(place.municipality)) == []


def test_pages_of_editing(place: orgs.Place, matrix: FunctionMatrix) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    edit = reverse("office:regulations:matrix_edit", args=[matrix.pk])
    function = _function(matrix, "3")
    assert function.text in text_of(client.get(edit))
    answer = client.post(edit, {"do": f"remove:f{function.pk}"}, follow=True)
    assert "Убрано" in text_of(answer)
    client.post(edit, {"do": f"restore:f{function.pk}"})
    assert function.text in _texts(matrix, "3")
    page = reverse("office:regulations:function_edit", args=[function.pk])
    values = {"text": "Новый текст", "group": function.group_id, "posts": "Начальник\nМетодист", "power": "",
              "new_title": ["Протокол совета"], "new_kind": [""]}  # fmt: skip
    client.post(page, values)
    function.refresh_from_db()
    assert (function.text, function.posts) == ("Новый текст", ["Начальник", "Методист"])
    assert client.post(page, {"text": " ", "group": function.group_id}).status_code == 400
    add = reverse("office:regulations:group_add", args=[matrix.pk])
    client.post(add, {"text": "Своя группа", "number": "5.", "posts": ""})
    own = _group(matrix, "5")
    client.post(reverse("office:regulations:function_add", args=[own.pk]), {"text": "Своя функция", "posts": ""})
    assert _texts(matrix, "5") == ["Своя функция"]
    client.post(reverse("office:regulations:group_edit", args=[own.pk]), {"text": "Иная группа", "number": "5.1"})
    assert _group(matrix, "5.1").level == 2
    history = reverse("office:regulations:matrix_history", args=[matrix.pk])
    assert "Новый текст" in text_of(client.get(history))
    last = MatrixChange.objects.filter(matrix=matrix).first()
    assert last is not None
    assert "Изменение отменено" in text_of(client.post(history, {"change": last.pk}, follow=True))
    assert _group(matrix, "5").title == "Своя группа"
    documents = reverse("office:regulations:matrix_documents", args=[matrix.pk])
    required = matrix.required.get(code="msoko")
    posted = {"required": required.pk, "title": required.title, "kind": "regulation", "years": "4", "source": "Устав"}
    client.post(documents, posted)
    required.refresh_from_db()
    assert (required.term_years, required.term_source) == (4, "Устав")
    assert "Устав" in text_of(client.get(documents))


def test_a_form_that_was_shown_before_another_change_overwrites_nothing(
    place: orgs.Place, matrix: FunctionMatrix
) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    function = _function(matrix, "3")
    page = reverse("office:regulations:function_edit", args=[function.pk])
    values = {"text": "Первый", "group": function.group_id, "posts": "", "power": "", "seen": "0"}
    assert client.post(page, values).status_code == 302
    answer = client.post(page, values | {"text": "Второй"})
    assert answer.status_code == 400
    assert "Строку тем временем изменили" in text_of(answer)
    assert _function(matrix, "3").text == "Первый"


@pytest.mark.parametrize(
    "posted",
    [{}, {"do": "remove"}, {"do": "up:x9"}, {"do": "remove:g" + "9" * 30}, {"required": "9" * 30, "years": "-1"},
     {"change": "x"}, {"text": "\x00", "number": "." * 90, "document": ["x"], "new_title": ["\x00" * 3], "seen": "x"},
     {"text": "я" * 9000, "posts": "я" * 9000, "power": "none", "group": "9" * 30, "new_title": ["План"]}],
)  # fmt: skip
def test_no_form_of_editing_breaks_on_garbage(
    place: orgs.Place, matrix: FunctionMatrix, posted: dict[str, object]
) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    for name in ("matrix_edit", "matrix_documents", "matrix_history", "group_add"):
        url = reverse(f"office:regulations:{name}", args=[matrix.pk])
        assert client.post(url, posted).status_code in {302, 400, 403, 404}
    group = _group(matrix, "3")
    for name, pk in (
        ("group_edit", group.pk),
        ("function_add", group.pk),
        ("function_edit", _function(matrix, "3").pk),
    ):
        assert client.post(reverse(f"office:regulations:{name}", args=[pk]), posted).status_code in {302, 400, 403, 404}
    assert client.get(reverse("office:regulations:functions")).status_code == 200
