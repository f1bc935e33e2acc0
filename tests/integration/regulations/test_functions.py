"""Functions: definitions, gaps and how they close, the file that reads back, rights, pages."""

from __future__ import annotations

import datetime as dt
import io
from functools import partial
from pathlib import Path

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intake.matrices import read_functions
from msoko.cycle.regulations.api import (
    FunctionMatrix,
    Gap,
    MatrixDraft,
    adopt_definition,
    assign_people,
    bind_document,
    board_of_functions,
    gap_counts,
    groups_of,
    repeal_document,
    staff_of,
)
from msoko.foundation.access.api import Role
from msoko.foundation.catalog.functions import matrix_definitions
from msoko.foundation.catalog.plans import matrix_words
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.roster.api import Appointment, AppointmentKind, PersonEntry, add_person
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 1)


def _counts(matrix: FunctionMatrix) -> dict[Gap, int]:
    return gap_counts(board_of_functions(groups_of(matrix), TODAY))


def _person(place: orgs.Place, name: str = "Иванова") -> Appointment:
    return add_person(
        orgs.system_act(), entry=PersonEntry(last_name=name), organization=place.authority,
        kind=AppointmentKind.EMPLOYEE, post="Заместитель начальника",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "count"), [("municipal", 30), ("preschool", 29), ("school", 29)])
def test_definitions_have_the_functions_of_the_published_tables(name: str, count: int) -> None:
    functions = matrix_definitions()[name].functions
    assert sum(not one.is_reconstructed for one in functions) == count
    assert all(one.positions and one.documents and one.power and one.power_note for one in functions)


@pytest.mark.parametrize(("name", "seed"), [("municipal", "municipal"), ("preschool", "school")])
def test_definitions_have_the_structure_of_the_published_tables(samples: Path, name: str, seed: str) -> None:
    data = (samples.parent / "seeds" / f"functions-{seed}.txt").read_bytes()
    read = read_functions("table.txt", data, words=matrix_words())
    own = {group.number: sum(not one.is_reconstructed for one in group.functions)
           for group in matrix_definitions()[name].groups}  # fmt: skip
    published = {group.number.rstrip(".") or "2.1": len(group.functions) for group in read.groups}
    assert {number: count for number, count in own.items() if count} == {n: c for n, c in published.items() if c}


def test_what_was_lost_is_marked_and_explained() -> None:
    lost = [group for group in matrix_definitions()["municipal"].groups if group.is_reconstructed]
    assert [group.number for group in lost] == ["1", "2", "2.1"]
    assert all(group.note for group in lost)


def test_gaps_close_one_by_one() -> None:
    place = orgs.place(1)
    act, owner = orgs.system_act(), place.municipality
    matrix = adopt_definition(act, owner=owner, definition="municipal")
    assert _counts(matrix) == {Gap.NO_PERSON: 33, Gap.NO_DOCUMENT: 28}
    functions = [one for group in groups_of(matrix) for one in group.functions.all()]
    person = _person(place)
    assign_people(act, functions=functions[:3], people=[person])
    assert _counts(matrix)[Gap.NO_PERSON] == 30
    type(person).objects.filter(pk=person.pk).update(valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2026, 10, 1))
    assert _counts(matrix)[Gap.PERSON_LEFT] == 3
    regulation = papers.in_force(owner)
    required = matrix.required.get(code="msoko")
    bind_document(act, required=required, document=regulation)
    assert _counts(matrix)[Gap.NO_DOCUMENT] == 27
    repeal_document(act, document=regulation, on=dt.date(2026, 9, 1), ended_by="Приказ № 9")
    assert _counts(matrix)[Gap.REPEALED] == 1
    bind_document(act, required=required, document=papers.draft(owner))
    assert _counts(matrix)[Gap.DRAFT_ONLY] == 1


def test_a_definition_is_for_its_kind_of_organization() -> None:
    with pytest.raises(RefusedError, match="не для такой"):
        adopt_definition(orgs.system_act(), owner=orgs.place(1).schools[0], definition="municipal")


def test_people_of_others_are_not_assigned() -> None:
    place = orgs.place(1)
    matrix = adopt_definition(orgs.system_act(), owner=place.schools[0], definition="school")
    person = _person(place)
    assert list(staff_of(place.municipality)) == [person]
    with pytest.raises(ForbiddenError):
        assign_people(orgs.system_act(), functions=list(groups_of(matrix)[0].functions.all()), people=[person])


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_file_reads_back_to_the_same_functions(kind: str) -> None:
    place = orgs.place(1)
    matrix = adopt_definition(orgs.system_act(), owner=place.municipality, definition="municipal")
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    answer = client.get(reverse("office:regulations:function_download", args=[matrix.pk, kind]))
    read = read_functions(f"matrix.{kind}", answer.content, words=matrix_words())
    stored = [one for group in groups_of(matrix) for one in group.functions.all()]
    assert [(one.text, one.responsible, one.documents) for one in read.functions] == [
        (one.text, tuple(one.posts), tuple(row.title for row in one.required.all())) for one in stored
    ]


@pytest.mark.parametrize(("kind", "definition"), [("municipality", "municipal"), ("school", "school")])
def test_the_printed_form_is_short_and_repeats_its_header(kind: str, definition: str) -> None:
    """Posts and documents of several functions stand in one cell, as in the published tables."""
    place = orgs.place(1)
    owner = place.municipality if kind == "municipality" else place.schools[0]
    matrix = adopt_definition(orgs.system_act(), owner=owner, definition=definition)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    answer = client.get(reverse("office:regulations:function_download", args=[matrix.pk, "pdf"]))
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) <= 4
    assert all("Должности, органы" in text for text in texts)
    functions = [one.text.split()[0] for group in groups_of(matrix) for one in group.functions.all()]
    assert all(word in "".join(texts) for word in functions)


def test_pages_of_functions() -> None:
    place = orgs.place(1)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    board = reverse("office:regulations:functions")
    assert "Взять за основу" in text_of(client.get(board))
    client.post(reverse("office:regulations:function_decide", args=["adopt"]), {"definition": "municipal"})
    matrix = FunctionMatrix.objects.get()
    person = _person(place)
    functions = [one for group in groups_of(matrix) for one in group.functions.all()]
    url = reverse("office:regulations:function_decide", args=["assign"])
    client.post(url, {"function": [functions[0].pk, functions[1].pk], "person": person.pk})
    text = text_of(client.get(board))
    assert "Иванова" in text
    assert "Нет ответственного: 31" in text
    need = matrix.required.get(code="cyclogram")
    assert "Внести новый документ" in text_of(client.get(board, {"need": need.pk}))
    extract = client.get(reverse("office:regulations:function_extract", args=[matrix.pk, person.pk]))
    assert extract.content.startswith(b"PK")
    for page in ("function_people", "function_compare", "function_overview"):
        assert client.get(reverse(f"office:regulations:{page}")).status_code == 200
    assert "Закрыть пробелы" in text_of(client.get(reverse("office:home")))


def test_a_matrix_comes_from_a_file_after_a_preview() -> None:
    place = orgs.place(1)
    client = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    url = reverse("office:regulations:function_import")
    table = "Функции\tДолжности\tДокументы\n1. Нормативная база\t\t\nРазрабатывает проекты\tДиректор\tУстав\n"
    upload = SimpleUploadedFile("matrix.txt", table.encode())
    answer = client.post(url, {"file": upload}, follow=True)
    assert "Разрабатывает проекты" in text_of(answer)
    assert not FunctionMatrix.objects.exists()
    draft = MatrixDraft.objects.get()
    do = partial(reverse, "office:regulations:matrix_draft_do")
    assert "Остались вопросы: 1" in text_of(client.post(do(args=[draft.pk, "accept"]), {"version": 1}, follow=True))
    client.post(do(args=[draft.pk, "posts"]), {"version": 1, "raw": "Директор", "name": "Директор школы", "other": ""})
    client.post(do(args=[draft.pk, "accept"]), {"version": 2})
    matrix = FunctionMatrix.objects.get()
    assert matrix.owner == place.schools[0]
    assert [one.title for one in matrix.required.all()] == ["Устав"]
    assert matrix.groups.get().functions.get().posts == ["Директор школы"]
    assert client.post(url, {}).status_code == 400


@pytest.mark.parametrize("count", [1, 8])
def test_the_overview_costs_the_same_for_any_number_of_organizations(count: int) -> None:
    place = orgs.place(count)
    for school in place.schools:
        adopt_definition(orgs.system_act(), owner=school, definition="school")
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert queries(lambda: client.get(reverse("office:regulations:function_overview"))) <= 25
    url = reverse("office:regulations:functions")
    assert queries(lambda: client.get(url, {"organization": place.schools[0].pk})) <= 32
