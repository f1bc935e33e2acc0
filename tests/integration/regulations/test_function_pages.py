"""Pages of functions: filters, orders, and files that hold what is on screen; comparison with the sample."""

from __future__ import annotations

import datetime as dt
import io

import docx
import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse

from intake.matrices import same_words
from msoko.cycle.regulations.api import (
    FunctionMatrix,
    Gap,
    MatrixFunction,
    adopt_definition,
    assign_people,
    bind_document,
    board_of_functions,
    gap_counts,
    gap_rows,
    gap_summaries,
    groups_of,
    people_proposals,
    remove_row,
    repeal_document,
    staff_of,
)
from msoko.foundation.access.api import Role
from msoko.foundation.roster.api import Appointment, AppointmentKind, PersonEntry, add_person
from msoko.web.office.regulations.function_rows import chosen_gaps, what_of
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 1)


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(2)


@pytest.fixture
def matrix(place: orgs.Place) -> FunctionMatrix:
    """A matrix with a person, one who left, a document in force and a repealed one."""
    act = orgs.system_act()
    made = adopt_definition(act, owner=place.municipality, definition="municipal")
    functions = [one for group in groups_of(made) for one in group.functions.all()]
    present, left = _person(place, "Иванова"), _person(place, "Петрова")
    assign_people(act, functions=functions[:2], people=[present])
    assign_people(act, functions=functions[2:3], people=[left])
    Appointment.objects.filter(pk=left.pk).update(valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2026, 10, 1))
    bind_document(act, required=made.required.get(code="msoko"), document=papers.in_force(place.municipality))
    over = papers.in_force(place.municipality, "О сайте", "order", number="7")
    bind_document(act, required=made.required.get(code="site_order"), document=over)
    repeal_document(act, document=over, on=dt.date(2026, 9, 1), ended_by="Приказ № 9")
    return made


def _person(place: orgs.Place, name: str) -> Appointment:
    return add_person(
        orgs.system_act(), entry=PersonEntry(last_name=name), organization=place.authority,
        kind=AppointmentKind.EMPLOYEE, post="Методист",
    )  # fmt: skip


def test_every_gap_stands_once_with_its_reason(matrix: FunctionMatrix) -> None:
    rows = gap_rows(board_of_functions(groups_of(matrix), TODAY))
    assert [sum(one.gap == gap for one in rows) for gap in (Gap.NO_PERSON, Gap.PERSON_LEFT, Gap.REPEALED)] == [30, 1, 1]
    assert sum(one.gap == Gap.NO_DOCUMENT for one in rows) == 26
    notes = {one.gap: one.note for one in rows}
    assert notes[Gap.PERSON_LEFT] == "Петрова: до 01.10.2026"
    assert notes[Gap.REPEALED] == "«О сайте» – отменён с 01.09.2026"


def test_the_summary_of_many_agrees_with_the_board(place: orgs.Place, matrix: FunctionMatrix) -> None:
    act = orgs.system_act()
    other = adopt_definition(act, owner=place.schools[0], definition="school")
    remove_row(act, row=groups_of(other)[3])
    assign_people(act, functions=list(groups_of(other)[0].functions.all())[:1], people=[])
    found = gap_summaries([matrix, other], TODAY)
    for one in (matrix, other):
        board = board_of_functions(groups_of(one), TODAY)
        assert found[one.pk].counts == gap_counts(board)
        assert found[one.pk].functions == sum(len(group.functions) for group in board)


@pytest.mark.parametrize(
    ("query", "count"),
    [("gap=person_left", 1), ("side=documents", 27), ("side=people", 31), ("kind=cyclogram", 1), ("q=ЦИКЛОГРАММА", 2),
     ("gap=none", 0)],
)  # fmt: skip
def test_filters_of_gaps(matrix: FunctionMatrix, query: str, count: int) -> None:
    rows = gap_rows(board_of_functions(groups_of(matrix), TODAY))
    found = chosen_gaps(rows, QueryDict(query))
    if query.startswith("q="):
        assert found
        assert all("циклограмм" in (what_of(one) + str([f.text for f in one.functions])).casefold() for one in found)
    else:
        assert len(found) == count


def test_gaps_are_ordered(matrix: FunctionMatrix) -> None:
    rows = gap_rows(board_of_functions(groups_of(matrix), TODAY))
    counts = [len(one.functions) for one in chosen_gaps(rows, QueryDict("sort=-count"))]
    assert counts == sorted(counts, reverse=True)


def _cells(data: bytes, kind: str) -> list[list[str]]:
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[0].rows]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("page", "query", "told", "hidden"),
    [
        ("matrix", "gap=person_left", "Разработка вариативных критериев", "Проведение проверки защиты"),
        ("people", "q=иванова", "Иванова", "Петрова"),
        ("gaps", "gap=repealed", "отменён с 01.09.2026", "Нет ответственного"),
        ("overview", "state=none", "МБОУ СОШ № 1", "Тестовый округ"),
    ],
)
def test_files_hold_what_is_on_screen(
    place: orgs.Place, matrix: FunctionMatrix, kind: str, page: str, query: str, told: str, hidden: str
) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    answer = client.get(f"{reverse('office:regulations:function_export', args=[page, kind])}?{query}")
    text = str(_cells(answer.content, kind)).replace("\xa0", " ").replace("\\xa0", " ")
    assert told in text
    assert hidden not in text
    assert client.get(reverse("office:regulations:function_export", args=["none", kind])).status_code == 404


def test_pages_show_acts_that_close_gaps(place: orgs.Place, matrix: FunctionMatrix) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    text = text_of(client.get(reverse("office:regulations:function_gaps")))
    for words in ("Назначить", "Указать документ", "Внести новый", "Составить проект", "Открыть «О сайте»"):
        assert words in text
    draft = client.get(reverse("office:regulations:draft_new", args=["regulation"]), {"title": "Положение о сайте"})
    assert "Положение о сайте" in text_of(draft)
    head = client_of(orgs.account(Role.OBSERVER, place.authority))
    answer = head.get(reverse("office:regulations:function_gaps"))
    assert answer.status_code == 403 or "Указать документ" not in text_of(answer)
    function = matrix.groups.get(number="3").functions.first()
    assert function is not None
    board = client.get(reverse("office:regulations:functions"), {"assign": function.pk}).content.decode()
    assert f'value="{function.pk}" checked' in board
    overview = text_of(client.get(reverse("office:regulations:function_overview")))
    assert "Матрицу приняли <strong>1</strong> из 3" in overview


def test_the_sample_is_compared_whatever_the_words_and_a_person_decides(
    place: orgs.Place, matrix: FunctionMatrix
) -> None:
    MatrixFunction.objects.filter(code="m-2.3-6").update(code="", text="Осуществление проверки защиты информации")
    MatrixFunction.objects.filter(code="m-2.3-7").update(code="", text="Варка кофе")
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    page = reverse("office:regulations:function_compare")
    text = text_of(client.get(page))
    assert "Совпадает функций: 31, похожи: 1" in text
    function = MatrixFunction.objects.get(text="Осуществление проверки защиты информации")
    decide = reverse("office:regulations:function_decide", args=["sample"])
    client.post(decide, {"function": function.pk, "code": "m-2.3-6", "same": "0"})
    assert "похожи: 0" in text_of(client.get(page))
    client.post(decide, {"function": function.pk, "code": "m-2.3-6", "same": "1"})
    assert "Совпадает функций: 32, похожи: 0" in text_of(client.get(page))
    assert "Варка кофе" in text_of(client.get(page))


def test_pages_of_functions_cost_the_same_for_any_matrix(place: orgs.Place, matrix: FunctionMatrix) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    names = ("functions", "function_gaps", "function_people", "function_compare")
    costs = {name: queries(lambda name=name: client.get(reverse(f"office:regulations:{name}"))) for name in names}
    MatrixFunction.objects.filter(group__matrix=matrix).exclude(pk=MatrixFunction.objects.order_by("pk")[0].pk).delete()
    for name, cost in costs.items():
        assert abs(queries(lambda name=name: client.get(reverse(f"office:regulations:{name}"))) - cost) <= 2
    edit = reverse("office:regulations:matrix_edit", args=[matrix.pk])
    assert queries(lambda: client.get(edit)) <= 30


def test_people_are_proposed_by_posts_and_assigned_by_a_person(place: orgs.Place) -> None:
    school = place.schools[0]
    matrix = adopt_definition(orgs.system_act(), owner=school, definition="school")
    posts = {"Директорова": "Директор школы",
             "Завучева": "Заместитель директора, ответственный за аттестацию педагогов",
             "Первая": "Методист", "Вторая": "Методист"}  # fmt: skip
    for name, post in posts.items():
        entry = PersonEntry(last_name=name)
        add_person(orgs.system_act(), entry=entry, organization=school, kind=AppointmentKind.EMPLOYEE, post=post)
    found = people_proposals(board_of_functions(groups_of(matrix), TODAY), staff_of(school))
    assert {one.person.person.last_name for one in found} == {"Директорова", "Завучева"}
    assert all(same_words(one.post).startswith(same_words(one.person.post)) for one in found)
    client = client_of(orgs.account(Role.SCHOOL_HEAD, school))
    board = reverse("office:regulations:functions")
    assert f"По должностям можно назначить: {len(found)}" in text_of(client.get(board))
    url = reverse("office:regulations:function_decide", args=["by_post"])
    picked = [f"{one.function.pk}:{one.person.pk}" for one in found[:3]]
    assert "Назначено по должностям: 3" in text_of(client.post(url, {"pick": [*picked, "0:0", "x"]}, follow=True))
    assert MatrixFunction.objects.filter(group__matrix=matrix, people__isnull=False).count() == 3
    assert "Никто не отмечен" in text_of(client.post(url, {}, follow=True))
