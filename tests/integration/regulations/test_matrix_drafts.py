"""A matrix from a file, a sample or an edition: asked, corrected, compared; assignments go over; bad files say why."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from msoko.cycle.regulations.api import FunctionEntry as Entry
from msoko.cycle.regulations.api import (
    FunctionMatrix,
    MatrixDifferences,
    MatrixDraft,
    MatrixFunction,
    accept_draft,
    adopt_definition,
    assign_people,
    bind_document,
    change_function,
    confirm_all,
    confirm_proposed,
    correct_function,
    correct_group,
    current_groups,
    decide_kinds,
    decide_pairs,
    decide_posts,
    decide_power,
    differences_of,
    groups_of,
    mark_rows,
    matrix_preview_of,
    open_edition,
    open_file,
    open_sample,
    set_term,
)
from msoko.foundation.access.api import Role
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationKind
from msoko.foundation.roster.api import Appointment, AppointmentKind, PersonEntry, add_person
from tests.factories import orgs, papers
from tests.factories.matrices import as_docx, as_html, as_xlsx, rows_of_seed
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
HEAD = ("Функции", "Должности", "Документы")
OLD = [
    HEAD,
    ("1. Нормативная база", "", ""),
    ("Разрабатывает проекты положений о процедурах", "Директор", "Положение о процедурах"),
    ("Обеспечивает учёт результатов контрольных работ", "Методист", "Приказ об учёте"),
    ("2. Мониторинг", "", ""),
    ("Проводит мониторинг сайтов школ округа", "Методист", "План работы"),
]
#: the same with other letters and signs, one text edited, one function gone, one new
NEW = [
    HEAD,
    ("1. Нормативная база", "", ""),
    ("РАЗРАБАТЫВАЕТ проекты положений о процедурах.", "Директор", "Положение о процедурах"),
    ("Обеспечивает учет и хранение результатов контрольных работ", "Методист", "Приказ об учете"),
    ("2. Мониторинг", "", ""),
    ("Готовит справку для совета", "Методист", "Справка"),
]


@pytest.fixture
def school() -> Organization:
    return orgs.place(1).schools[0]


def _draft(school: Organization, rows: list[tuple[str, str, str]]) -> MatrixDraft:
    draft = open_file(orgs.system_act(), owner=school, name="matrix.docx", data=as_docx(rows))
    return confirm_all(orgs.system_act(), draft=draft, version=draft.version)


def _accepted(school: Organization, rows: list[tuple[str, str, str]]) -> FunctionMatrix:
    draft = _draft(school, rows)
    return accept_draft(orgs.system_act(), draft=draft, version=draft.version)


def _person(school: Organization, name: str = "Иванова") -> Appointment:
    return add_person(
        orgs.system_act(), entry=PersonEntry(last_name=name), organization=school, kind=AppointmentKind.EMPLOYEE,
        post="Методист",
    )  # fmt: skip


def _functions(matrix: FunctionMatrix) -> list[MatrixFunction]:
    return [one for group in groups_of(matrix) for one in group.functions.all()]


def _found(draft: MatrixDraft) -> MatrixDifferences:
    return differences_of(draft, current_groups(draft))


def test_a_corrected_file_keeps_assignments_after_the_person_confirms_pairs(school: Organization) -> None:
    act = orgs.system_act()
    matrix = _accepted(school, OLD)
    person = _person(school)
    assign_people(act, functions=_functions(matrix), people=[person])
    decide_power(act, function=_functions(matrix)[1], power="delegated", note="Соглашение № 3")
    required = matrix.required.get(title="Приказ об учёте")
    paper = papers.in_force(school, "Об учёте", "order")
    bind_document(act, required=required, document=paper)
    set_term(act, required=required, title=required.title, kind="order", years=3, source="Приказ № 1")
    draft = _draft(school, NEW)
    found = _found(draft)
    assert [one.old.text for one in found.same if one.old] == ["Разрабатывает проекты положений о процедурах"]
    assert [(one.row["text"], one.likeness < 1) for one in found.pending] == [
        ("Обеспечивает учет и хранение результатов контрольных работ", True)
    ]
    assert [one.row["text"] for one in found.added] == ["Готовит справку для совета"]
    assert [(one.function.text, one.people) for one in found.lost_people] == [
        ("Проводит мониторинг сайтов школ округа", ("Иванова",))
    ]
    with pytest.raises(RefusedError, match="Не решено"):
        accept_draft(act, draft=draft, version=draft.version)
    draft = confirm_proposed(act, draft=draft, version=draft.version)
    with pytest.raises(RefusedError, match="будут потеряны: 1"):
        accept_draft(act, draft=draft, version=draft.version)
    assert FunctionMatrix.objects.get(owner=school, is_current=True) == matrix
    new = accept_draft(act, draft=draft, version=draft.version, are_losses_known=True)
    first, second, third = _functions(new)
    assert [list(one.people.all()) for one in (first, second, third)] == [[person], [person], []]
    assert (second.power, second.power_note) == ("delegated", "Соглашение № 3")
    kept = new.required.get(title="Приказ об учете")
    assert (list(kept.documents.all()), kept.term_years, kept.term_source) == ([paper], 3, "Приказ № 1")
    assert (new.edition, FunctionMatrix.objects.filter(owner=school).count()) == (2, 2)


def test_a_rejected_pair_is_a_new_function_and_a_gone_one_may_stay(school: Organization) -> None:
    act = orgs.system_act()
    matrix = _accepted(school, OLD)
    person = _person(school)
    assign_people(act, functions=_functions(matrix), people=[person])
    draft = _draft(school, NEW)
    pending = _found(draft).pending[0]
    gone = [one.pk for one in _functions(matrix)][1:]
    draft = decide_pairs(
        act, draft=draft, version=draft.version, pairs={pending.row["key"]: 0}, documents={}, kept=gone
    )  # fmt: skip
    assert _found(draft).loss_count == 0
    new = accept_draft(act, draft=draft, version=draft.version)
    texts = {one.text: list(one.people.all()) for one in _functions(new)}
    assert texts["Обеспечивает учёт результатов контрольных работ"] == [person]
    assert texts["Обеспечивает учет и хранение результатов контрольных работ"] == []
    assert texts["Проводит мониторинг сайтов школ округа"] == [person]
    assert [(group.number, group.functions.count()) for group in groups_of(new)] == [("1", 3), ("2", 2)]


def test_one_former_function_is_not_continued_twice(school: Organization) -> None:
    matrix = _accepted(school, OLD)
    draft = _draft(school, NEW)
    keys = [one["key"] for one in draft.content["functions"]]
    old = _functions(matrix)[0].pk
    with pytest.raises(RefusedError, match="для двух новых"):
        decide_pairs(orgs.system_act(), draft=draft, version=draft.version, documents={},
                     pairs={keys[0]: old, keys[1]: old})  # fmt: skip


def test_a_sample_adopted_again_keeps_everything_by_code(school: Organization) -> None:
    act = orgs.system_act()
    matrix = adopt_definition(act, owner=school, definition="school")
    person = _person(school)
    assign_people(act, functions=_functions(matrix), people=[person])
    function = MatrixFunction.objects.select_related("group__matrix__owner").get(pk=_functions(matrix)[4].pk)
    change_function(act, function=function, entry=Entry("Совсем другие слова", posts=["Методист"]))
    with pytest.raises(RefusedError, match="уже есть матрица"):
        adopt_definition(act, owner=school, definition="school")
    draft = open_sample(act, owner=school, definition="school")
    found = _found(draft)
    assert (found.question_count, found.loss_count, len(found.added)) == (0, 0, 0)
    assert [one.old.text for one in found.changed if one.old] == ["Совсем другие слова"]
    new = accept_draft(act, draft=draft, version=draft.version)
    assert all(list(one.people.all()) == [person] for one in _functions(new))
    back = open_edition(act, edition=matrix)
    assert accept_draft(act, draft=back, version=back.version).edition == 3


def test_a_new_edition_of_the_kindergarten_sample_is_not_for_a_school(school: Organization) -> None:
    with pytest.raises(RefusedError, match="не для такой"):
        open_sample(orgs.system_act(), owner=school, definition="preschool")


def test_nothing_is_guessed(school: Organization) -> None:
    act = orgs.system_act()
    _person(school)
    rows = [HEAD, ("1. База", "", ""), ("Ведёт учёт работ", "Методист; Ст. воспитатель", "Журнал учёта"),
            ("2. Кадры", "", ""), ("Собирает сведения о кадрах", "", "")]  # fmt: skip
    draft = open_file(act, owner=school, name="matrix.xlsx", data=as_xlsx(rows))
    preview = matrix_preview_of(draft)
    assert [post for post, _ in preview.posts] == ["Ст. воспитатель"]
    assert preview.kinds == ("Журнал учёта",)
    assert [one.questions for one in preview.functions] == [
        (), ("Кто отвечает за функцию?", "Какими документами обеспечена функция?")
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="Остались вопросы: 4"):
        accept_draft(act, draft=draft, version=draft.version)
    draft = decide_posts(act, draft=draft, version=1, names={"Ст. воспитатель": "Старший воспитатель"})
    draft = decide_kinds(act, draft=draft, version=2, kinds={"Журнал учёта": "rules"})
    key, group = draft.content["functions"][1]["key"], draft.content["groups"][0]["key"]
    values = {"text": "Собирает сведения о кадрах школы", "group": group, "posts": "Методист",
              "documents": "Журнал учета\\nПоложение о кадрах".replace("\\n", "\n"), "power": "delegated"}  # fmt: skip
    draft = correct_function(act, draft=draft, version=3, key=key, values=values)
    draft = correct_group(act, draft=draft, version=4, key=group,
                          values={"number": "1.", "title": "База", "posts": "", "documents": ""})  # fmt: skip
    with pytest.raises(RefusedError, match="уже изменили"):
        mark_rows(act, draft=draft, version=1, what="skip", keys=[key])
    matrix = accept_draft(act, draft=draft, version=draft.version)
    first, second = _functions(matrix)
    assert first.posts == ["Методист", "Старший воспитатель"]
    assert (second.text, second.posts, second.power) == ("Собирает сведения о кадрах школы", ["Методист"], "delegated")
    assert [one.title for one in second.required.all()] == ["Журнал учёта", "Положение о кадрах"]
    again = open_file(act, owner=school, name="matrix.xlsx", data=as_xlsx(rows))
    assert matrix_preview_of(again).posts == ()


@pytest.mark.parametrize(("seed", "kind"), [("municipal", "municipality"), ("school", "preschool")])
def test_both_published_tables_come_in(samples: Path, seed: str, kind: str) -> None:
    place = orgs.place(1)
    owner = place.municipality if kind == "municipality" else orgs.organization(
        OrganizationKind.PRESCHOOL, "Детский сад № 1", place.municipality)  # fmt: skip
    text = (samples.parent / "seeds" / f"functions-{seed}.txt").read_text(encoding="utf-8")
    act = orgs.system_act()
    for name, made in (("a.docx", as_docx), ("a.html", as_html), ("a.xlsx", as_xlsx)):
        draft = open_file(act, owner=owner, name=name, data=made(rows_of_seed(text)))
        preview = matrix_preview_of(draft)
        assert len(preview.functions) == (30 if seed == "municipal" else 29)
        assert sum(bool(one.row["power"]) for one in preview.functions) > 10
    lost = [one for one in preview.groups if one.row["is_lost"]]
    assert len(lost) == (1 if seed == "municipal" else 0)
    draft = confirm_all(act, draft=draft, version=1)
    if lost:
        assert "2.1 Организационное обеспечение" in lost[0].row["note"]
        with pytest.raises(RefusedError, match="Остались вопросы: 1"):
            accept_draft(act, draft=draft, version=2)
        draft = correct_group(act, draft=draft, version=2, key=lost[0].row["key"],
                              values={"number": "2.1", "title": "Организационное обеспечение", "posts": "Заместитель",
                                      "documents": "Положение"})  # fmt: skip
        draft = confirm_all(act, draft=draft, version=draft.version)
    matrix = accept_draft(act, draft=draft, version=draft.version)
    assert len(_functions(matrix)) == len(preview.functions)
    assert matrix.groups.filter(is_reconstructed=True).count() == len(lost)


def _protected() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512


def _words(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", "x")
    return stream.getvalue()


FOREIGN = [("Functions", "Posts", "Documents"), *[(f"Keeps records {n}", "Head", "Order") for n in range(5)]]
LONG = [HEAD, ("1. База", "", ""), *[(f"Организует дело номер {n}", "Методист", "Приказ") for n in range(600)]]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", _words("Просто текст без таблицы"), "нужны столбцы функций, должностей и документов"),
        ("a.docx", as_docx(FOREIGN), "не на русском языке"),
        ("a.docx", _protected(), "парол"),
        ("a.docx", _archive(), "a.docx"),
        ("a.xlsx", as_xlsx(LONG), "функций 600, читается не более 500"),
        ("a.txt", b"", "не выбран или пуст"),
        ("a.bin", bytes(range(256)) * 4, "a.bin"),
    ],
)
def test_bad_files_say_what_and_how_to_mend(school: Organization, name: str, data: bytes, said: str) -> None:
    client = client_of(orgs.account(Role.SCHOOL_HEAD, school))
    answer = client.post(reverse("office:regulations:function_import"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert not MatrixDraft.objects.exists()
    assert not FunctionMatrix.objects.exists()


def test_drafts_of_others_are_not_found_and_a_discarded_one_changes_nothing(school: Organization) -> None:
    draft = _draft(school, OLD)
    other = orgs.place(1, name="Другой округ")
    stranger = orgs.account(Role.SPECIALIST, other.authority)
    url = reverse("office:regulations:matrix_draft", args=[draft.pk])
    assert client_of(stranger).get(url).status_code == 404
    with pytest.raises(ForbiddenError):
        accept_draft(orgs.act_by(stranger), draft=draft, version=draft.version)
    client = client_of(orgs.account(Role.SCHOOL_HEAD, school))
    assert "Проект матрицы функций" in text_of(client.get(url))
    do = reverse("office:regulations:matrix_draft_do", args=[draft.pk, "discard"])
    client.post(do, {"version": draft.version})
    assert client.get(url).status_code == 404
    assert not FunctionMatrix.objects.exists()


def test_pages_of_a_draft(school: Organization) -> None:
    matrix = _accepted(school, OLD)
    assign_people(orgs.system_act(), functions=_functions(matrix), people=[_person(school)])
    client = client_of(orgs.account(Role.SCHOOL_HEAD, school))
    upload = SimpleUploadedFile("new.html", as_html(NEW))
    answer = client.post(reverse("office:regulations:function_import"), {"file": upload}, follow=True)
    text = text_of(answer)
    assert "Та же ли это функция?" in text
    assert "Исчезнут функции: 1" in text
    draft = MatrixDraft.objects.latest("pk")

    def do(what: str, **values: object) -> str:
        draft.refresh_from_db()
        url = reverse("office:regulations:matrix_draft_do", args=[draft.pk, what])
        return text_of(client.post(url, {"version": draft.version, **values}, follow=True))

    keys = [one["key"] for one in draft.content["functions"]]
    assert "Функция исправлена" in do("function", key=keys[2], text="Готовит справку", group=draft.content["groups"][1]
                                      ["key"], posts="Методист", documents="Справка", power="")  # fmt: skip
    do("rows", mark=f"skip:{keys[2]}")
    assert "исчезнут: 1" in do("rows", mark=f"take:{keys[2]}")
    do("leave")
    pending = _found(MatrixDraft.objects.get(pk=draft.pk)).pending[0]
    assert pending.old is not None
    said = do("pairs", **{f"pair:{pending.row['key']}": pending.old.pk}, kept=[_functions(matrix)[2].pk])
    assert "Решения сохранены" in said
    assert "редакция 2" in do("accept")
    assert "Эта матрица уже принята" not in text_of(client.get(reverse("office:regulations:functions")))
    history = reverse("office:regulations:matrix_history", args=[matrix.pk])
    assert "Вернуть редакцию" in text_of(client.get(history))
    assert "Проект матрицы функций" in text_of(client.post(history, {"edition": "1"}, follow=True))
    client.post(reverse("office:regulations:matrix_sample"), {"definition": "school"})
    assert MatrixDraft.objects.latest("pk").definition == "school"


def test_rows_that_the_file_lost_are_written_in_and_kept_groups_find_their_place(school: Organization) -> None:
    act = orgs.system_act()
    matrix = _accepted(school, OLD)
    assign_people(act, functions=_functions(matrix)[:1], people=[_person(school)])
    rows = [HEAD, ("2. Мониторинг", "", ""), ("Проводит мониторинг сайтов школ округа", "Методист", "План работы")]
    draft = _draft(school, rows)
    values = {"number": "0", "title": "Общее", "posts": "", "documents": "", "after": ""}
    draft = correct_group(act, draft=draft, version=draft.version, key="", values=values)
    group = draft.content["groups"][0]["key"]
    row = {"text": "Ведёт реестр", "group": group, "posts": "Методист", "documents": "План работы", "power": ""}
    draft = correct_function(act, draft=draft, version=draft.version, key="", values=row)
    gone = [one.function.pk for one in _found(draft).gone]
    draft = decide_pairs(act, draft=draft, version=draft.version, pairs={}, documents={}, kept=gone)
    new = accept_draft(act, draft=draft, version=draft.version, title="Матрица школы")
    assert new.title == "Матрица школы"
    assert [(one.number, one.title, one.functions.count()) for one in groups_of(new)] == [
        ("0", "Общее", 1), ("1", "Нормативная база", 2), ("2", "Мониторинг", 1),
    ]  # fmt: skip


GARBAGE: list[dict[str, object]] = [
    {},
    {"version": "1"},
    {"version": "1", "key": "none", "text": "\x00", "group": "none", "number": "." * 60, "title": "я" * 900},
    {"version": "1", "key": "", "text": "я" * 9000, "group": "g0", "posts": "\n" * 200, "documents": "д" * 999,
     "power": "none", "number": "1." * 40, "title": "\x00", "after": "none"},
    {"version": "9" * 40, "mark": "skip:", "raw": ["", "x"], "name": ["as_is"], "other": [], "kind": ["none", ""]},
    {"version": "1", "mark": "none:none", "raw": ["Методист"], "name": ["\x00"], "other": [""], "kind": ["order"],
     "pair:none": "new", "pair:f0-0": "9" * 30, "document:x": "none", "kept": ["-1", "9" * 30], "losses": "1"},
]  # fmt: skip
DOINGS = ("function", "group", "rows", "posts", "kinds", "pairs", "proposed", "leave", "accept", "discard", "none")


@pytest.mark.parametrize("posted", GARBAGE)
def test_no_form_of_a_draft_breaks_on_garbage(school: Organization, posted: dict[str, object]) -> None:
    _accepted(school, OLD)
    draft = open_file(orgs.system_act(), owner=school, name="matrix.docx", data=as_docx(NEW))
    client = client_of(orgs.account(Role.SCHOOL_HEAD, school))
    page = reverse("office:regulations:matrix_draft", args=[draft.pk])
    for what in DOINGS:
        url = reverse("office:regulations:matrix_draft_do", args=[draft.pk, what])
        assert client.post(url, posted).status_code in {302, 400, 403, 404}
        assert client.get(page).status_code in {200, 404}
