"""Both published tables through the page: uploaded, asked about, accepted, seen on the board; then corrected files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cycle.regulations.api import FunctionMatrix, MatrixFunction, assign_people, groups_of, staff_of
from msoko.foundation.access.api import Role, User
from msoko.foundation.orgs.api import Organization, OrganizationKind
from msoko.foundation.roster.api import AppointmentKind, PersonEntry, add_person
from tests.e2e.pages_in_chromium import faults, serious
from tests.factories import orgs
from tests.factories.matrices import as_docx, as_html, as_xlsx, rows_of_seed

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FORMS = {"docx": as_docx, "html": as_html, "xlsx": as_xlsx}


def _owner(place: orgs.Place, seed: str) -> tuple[Organization, User]:
    if seed == "municipal":
        return place.municipality, orgs.account(Role.SPECIALIST, place.authority)
    garden = orgs.organization(OrganizationKind.PRESCHOOL, "Детский сад № 1", place.municipality)
    return garden, orgs.account(Role.SENIOR_EDUCATOR, garden)


def _read(page: Page, base: str, seed: str, form: str, text: str) -> None:
    page.goto(base + reverse("office:regulations:function_import"))
    data = FORMS[form](rows_of_seed(text))
    page.set_input_files(
        "input[name=file]", {"name": f"{seed}.{form}", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Прочитать").click()
    expect(page.get_by_role("heading", name="Проект матрицы функций")).to_be_visible()


def _shot(page: Page, name: str) -> None:
    if os.environ.get("MSOKO_SHOTS"):
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{os.environ['MSOKO_SHOTS']}/matrix-{name}-{width}.png")
        page.set_viewport_size({"width": 1440, "height": 900})


def _answer(page: Page, seed: str) -> None:
    """A post chosen, a lost head of a group written, the rest left as in the file."""
    question = page.locator("#posts select").first
    known = question.locator("optgroup option").first.get_attribute("value") or ""
    question.select_option(known)
    page.get_by_role("button", name="Сохранить ответы о должностях").click()
    expect(page.get_by_text("Ответы о должностях сохранены")).to_be_visible()
    expect(page.get_by_role("cell", name=known).first).to_be_visible()
    if seed == "municipal":
        row = page.locator("tr.row-asked", has_text="Начало группы в файле утрачено").first
        row.get_by_role("button", name="Исправить").click()
        dialog = page.locator("dialog[open]")
        dialog.get_by_label("Номер").fill("2.1")
        dialog.get_by_label("Название").fill("Организационное обеспечение функционирования МСОКО")
        dialog.get_by_role("button", name="Сохранить").click()
        expect(page.get_by_text("Группа исправлена")).to_be_visible()
        expect(page.get_by_text("восстановлена", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Оставить как в файле").click()
    page.locator("#confirm [data-confirm-yes]").click()
    expect(page.get_by_text("Остальное оставлено как в файле")).to_be_visible()


@pytest.mark.parametrize(("seed", "form", "again"), [("municipal", "docx", "xlsx"), ("school", "html", "docx")])
def test_a_published_table_comes_in_and_a_corrected_file_keeps_assignments(
    open_as: Callable[..., Page], samples: Path, seed: str, form: str, again: str
) -> None:
    text = (samples.parent / "seeds" / f"functions-{seed}.txt").read_text(encoding="utf-8")
    owner, user = _owner(orgs.place(1), seed)
    page = open_as(user, reverse("office:regulations:functions"))
    base = page.url.removesuffix(reverse("office:regulations:functions"))
    _read(page, base, seed, form, text)
    assert faults(page, page.url) == []
    _shot(page, f"{seed}-draft")
    page.get_by_role("button", name="Принять матрицу").click()
    expect(page.get_by_text(re.compile("Остались вопросы"))).to_be_visible()
    assert not FunctionMatrix.objects.exists()
    _answer(page, seed)
    page.get_by_role("button", name="Принять матрицу").click()
    expect(page.get_by_role("heading", name="Функции и ответственные")).to_be_visible()
    _shot(page, f"{seed}-board")
    matrix = FunctionMatrix.objects.get()
    functions = [one for group in groups_of(matrix) for one in group.functions.all()]
    assert len(functions) == (30 if seed == "municipal" else 29)
    expect(page.get_by_text(f"Нет ответственного: {len(functions)}")).to_be_visible()

    act = orgs.system_act()
    person = add_person(act, entry=PersonEntry(last_name="Тестова"), kind=AppointmentKind.EMPLOYEE, post="Методист",
                        organization=owner if seed == "school" else owner.children.get(kind="authority"))  # fmt: skip
    assert person in staff_of(owner)
    assign_people(act, functions=functions, people=[person])
    corrected = text.replace("информационной открытости", "открытости всем").replace("ё", "е")
    _read(page, base, seed, again, corrected)
    expect(page.get_by_role("heading", name="Та же ли это функция?")).to_be_visible()
    assert serious(page) == []
    _shot(page, f"{seed}-pairs")
    if page.get_by_role("button", name="Оставить как в файле").count():
        _answer_rest(page, seed)
    page.get_by_role("button", name="Подтвердить все предложенные пары").click()
    expect(page.get_by_text("Предложенные пары подтверждены")).to_be_visible()
    page.get_by_role("button", name="Принять матрицу").click()
    expect(page.get_by_text("редакция 2.")).to_be_visible()
    now = MatrixFunction.objects.filter(group__matrix__is_current=True)
    assert now.count() == now.filter(people=person).count() == len(functions)


def _answer_rest(page: Page, seed: str) -> None:
    if seed == "municipal":
        row = page.locator("tr.row-asked", has_text="Начало группы в файле утрачено").first
        row.get_by_role("button", name="Исправить").click()
        dialog = page.locator("dialog[open]")
        dialog.get_by_label("Номер").fill("2.1")
        dialog.get_by_role("button", name="Сохранить").click()
        expect(page.get_by_text("Группа исправлена")).to_be_visible()
    left = page.get_by_role("button", name="Оставить как в файле")
    if left.count():
        left.click()
        page.locator("#confirm [data-confirm-yes]").click()
        expect(page.get_by_text("Остальное оставлено как в файле")).to_be_visible()


def test_pages_of_the_matrix_are_accessible_and_fit_the_screen(open_as: Callable[..., Page]) -> None:
    place = orgs.place(1)
    user = orgs.account(Role.SPECIALIST, place.authority)
    page = open_as(user, reverse("office:regulations:functions"))
    base = page.url.removesuffix(reverse("office:regulations:functions"))
    page.get_by_role("button", name="Взять за основу").click()
    expect(page.get_by_text("Матрица принята").first).to_be_visible()
    matrix = FunctionMatrix.objects.get()
    group = matrix.groups.get(number="2.1")
    addresses = [reverse(f"office:regulations:{name}") for name in ("function_gaps", "function_compare")]
    addresses += [reverse(f"office:regulations:{name}", args=[matrix.pk])
                  for name in ("matrix_edit", "matrix_documents", "matrix_history", "group_add")]  # fmt: skip
    addresses += [reverse("office:regulations:function_edit", args=[group.functions.all()[0].pk])]
    found = []
    for number, address in enumerate(addresses):
        found += faults(page, base + address)
        _shot(page, str(number))
    assert found == []
    page.goto(base + reverse("office:regulations:matrix_edit", args=[matrix.pk]))
    page.get_by_role("button", name="Убрать: Проведение проверки защиты информации").click()
    expect(page.get_by_text("Строка убрана")).to_be_visible()
    page.get_by_role("button", name="Вернуть").click()
    expect(page.get_by_text("Строка возвращена")).to_be_visible()
