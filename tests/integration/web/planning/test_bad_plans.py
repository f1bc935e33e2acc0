"""Files that are no plans, plans that say the impossible: a word in Russian with a place and a remedy, nothing stored.

Each goes through the page and through the terminal. All content is invented.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from msoko.cli.main import app
from msoko.cycle.planning.api import Activity, Dependency, Plan, PlanImport, activities_of
from msoko.cycle.planning.models import UnitDecision
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import run_all
from tests.factories import orgs
from tests.integration.web.pages import client_of, text_of
from tests.unit.intake.test_hostile_documents import FILES, OLE

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "№\tМероприятие\tСрок\tОтветственные\tРезультат"


def _without_table() -> bytes:
    document = docx.Document()
    document.add_paragraph("О проведении мониторинга. Приказываю провести мониторинг в октябре.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _locked() -> bytes:
    return OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


#: kind of trouble → file name, its bytes, words that the page and the terminal say
TROUBLES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "excel with a password": ("план.xlsx", _locked, "защищён паролем"),
    "word with a password": ("план.docx", _locked, "снимите пароль"),
    "pdf with a password": ("план.pdf", FILES["file.encrypted"], "защищён паролем"),
    "scan": ("план.pdf", FILES["document.scan"], "Распознайте текст"),
    "500 pages": ("план.pdf", FILES["document.too_many_pages"], "Страниц – 500"),
    "picture named a plan": ("план.docx", FILES["file.unsupported"], "Загрузите DOCX, XLSX"),
    "cut in half": ("план.docx", FILES["file.corrupt"], "Файл повреждён"),
    "bomb": ("план.docx", FILES["document.bomb"], "несоразмерен"),
    "old word": ("план.doc", FILES["document.old_word"], "сохраните как DOCX"),
    "word without a table": ("план.docx", _without_table, "нет таблицы плана"),
    "table of something else": ("план.txt", FILES["plan.header_missing"], "нужны мероприятие и срок"),
    "another language": ("plan.txt", FILES["plan.other_language"], "не на русском языке"),
}


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(schools=2)


@pytest.fixture
def client(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _page(name: str, *args: object) -> str:
    return reverse(f"office:planning:{name}", args=args)


def _send(client: Client, name: str, data: bytes, **fields: object) -> Any:
    form = {"kind": "schedule", "year_kind": "school", "start_year": 2026, "years": 1, "title": "План"} | fields
    return client.post(_page("import_open"), form | {"file": SimpleUploadedFile(name, data)})


def _loaded(client: Client, *rows: str) -> PlanImport:
    _send(client, "план.txt", "\n".join((HEADER, *rows)).encode())
    run_all()
    return PlanImport.objects.latest("pk")


@pytest.mark.parametrize("kind", list(TROUBLES))
def test_the_page_says_what_is_wrong_and_stores_no_plan(client: Client, kind: str) -> None:
    name, make, words = TROUBLES[kind]
    assert _send(client, name, make()).status_code == 302
    run_all()
    session = PlanImport.objects.get()
    answer = client.get(_page("import", session.pk))
    assert (answer.status_code, words in text_of(answer)) == (200, True)
    accepted = client.post(_page("import_accept", session.pk), {"version": session.version, "title": "План"})
    assert (accepted.status_code, "Принимать нечего" in text_of(accepted)) == (400, True)
    assert (Plan.objects.count(), Activity.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", list(TROUBLES))
def test_the_terminal_says_the_same(tmp_path: Path, kind: str) -> None:
    name, make, words = TROUBLES[kind]
    (tmp_path / name).write_bytes(make())
    told = CliRunner().invoke(app, ["plan", "parse", str(tmp_path / name), "--school-year", "2026"])
    assert (told.exit_code, words in told.output) == (1, True)
    read = CliRunner().invoke(app, ["plan", "parse", str(tmp_path / name), "--json"])
    document = json.loads(read.stdout)
    assert (read.exit_code, document["activities"], document["warnings"][0]["severity"]) == (1, [], "error")


def test_an_empty_file_is_refused_at_once(client: Client) -> None:
    answer = _send(client, "план.docx", b"")
    assert (answer.status_code, "Файл пуст" in text_of(answer)) == (400, True)
    assert PlanImport.objects.count() == 0


def test_a_table_that_was_refused_stays_in_the_form(client: Client) -> None:
    form = {
        "kind": "schedule",
        "year_kind": "school",
        "start_year": 1,
        "years": 1,
        "table": "№\tСрок",
        "table_html": "",
    }
    answer = client.post(_page("import_open"), form)
    assert (answer.status_code, "№\tСрок" in answer.content.decode()) == (400, True)


def test_markup_of_the_clipboard_is_data(client: Client) -> None:
    """Scripts of a pasted page are no text and never come back to a page."""
    html = (
        "<script>alert(1)</script><table><tr><td>№</td><td>Мероприятие</td><td>Срок</td></tr>"
        "<tr><td>1</td><td>Сбор<img src=x onerror=alert(2)> &lt;b&gt;сведений</td><td>май</td></tr></table>"
    )
    form = {"kind": "schedule", "year_kind": "school", "start_year": 2026, "years": 1, "table": "", "table_html": html}
    client.post(_page("import_open"), form)
    run_all()
    session = PlanImport.objects.get()
    assert session.reading["activities"][0]["title"] == "Сбор <b>сведений"
    page = client.get(_page("import", session.pk)).content.decode()
    assert "alert(" not in page
    assert "Сбор &lt;b&gt;сведений" in page


@pytest.mark.parametrize(
    ("term", "question"),
    [
        ("31 февраля", "Даты 31.02.2027 не существует."),
        ("с 20 октября по 10 октября", "раньше начала"),
        ("до 30.02.2027", "Даты 30.02.2027 не существует."),
    ],
)
def test_dates_that_cannot_be_are_asked_about(client: Client, term: str, question: str) -> None:
    session = _loaded(client, f"1\tСбор сведений\t{term}\tУО\tОтчёт")
    assert question.casefold() in text_of(client.get(_page("import", session.pk))).casefold()
    client.post(_page("import_accept", session.pk), {"version": session.version, "title": "План"})
    (activity,) = activities_of(Plan.objects.get())
    assert [(one.starts_on, one.ends_on) for one in activity.occurrences.all() if one.ends_on] == []


def test_an_end_before_the_start_in_two_columns(client: Client) -> None:
    text = "№\tМероприятие\tСрок начала\tСрок окончания\tОтветственные\n1\tСбор сведений\t20.10.2026\t10.10.2026\tУО\n"
    _send(client, "план.txt", text.encode())
    run_all()
    session = PlanImport.objects.get()
    assert "раньше начала" in text_of(client.get(_page("import", session.pk)))


def test_a_closed_organization_is_named_and_charged_with_nothing(client: Client, place: orgs.Place) -> None:
    closed, open_ = place.schools
    closed.closed_on = dt.date(2026, 6, 1)
    closed.save(update_fields=["closed_on"])
    session = _loaded(client, f"1\tСбор сведений\tмай\t{closed.short_name}\tОтчёт")
    page = text_of(client.get(_page("import", session.pk)))
    assert f"«{closed.short_name}» – организация закрыта с 01.06.2026. Кому поручить?" in page
    answer = {"version": session.version, "raw": closed.short_name, "addressee": f"organization:{open_.pk}"}
    client.post(_page("import_unit", session.pk), answer)
    session.refresh_from_db()
    assert "организация закрыта" not in text_of(client.get(_page("import", session.pk)))
    client.post(_page("import_accept", session.pk), {"version": session.version, "title": "План"})
    (activity,) = activities_of(Plan.objects.get())
    assert [unit.organization for unit in activity.units.all()] == [open_]


def test_a_remembered_answer_about_a_closed_organization_is_asked_again(client: Client, place: orgs.Place) -> None:
    closed = place.schools[0]
    UnitDecision.objects.create(
        municipality=place.municipality, raw="опорная школа", normal="опорная школа", kind="organization",
        organization=closed, decided_at=dt.datetime(2025, 9, 1, tzinfo=dt.UTC), decided_by="Тест",
    )  # fmt: skip
    first = _loaded(client, "1\tСбор сведений\tмай\tопорная школа\tОтчёт")
    assert "Кому поручить" not in text_of(client.get(_page("import", first.pk)))
    closed.closed_on = dt.date(2026, 6, 1)
    closed.save(update_fields=["closed_on"])
    page = text_of(client.get(_page("import", first.pk)))
    assert "«опорная школа» – организация закрыта с 01.06.2026. Кому поручить?" in page


def test_activities_that_wait_for_each_other_are_refused_by_the_page(client: Client) -> None:
    session = _loaded(client, "1\tСбор\tмай\tУО\tОтчёт", "2\tАнализ\tиюнь\tУО\tСправка", "3\tПриказ\tиюль\tУО\tПриказ")
    client.post(_page("import_accept", session.pk), {"version": session.version, "title": "План"})
    plan = Plan.objects.get()
    for before, after in (("1", "2"), ("2", "3")):
        client.post(_page("network_add", plan.pk), {"before": before, "after": after})
    assert Dependency.objects.count() == 2
    answer = client.post(_page("network_add", plan.pk), {"before": "3", "after": "1"}, follow=True)
    assert "Мероприятия ждут друг друга" in text_of(answer)
    assert "Отклоните одну из этих связей" in text_of(answer)
    assert Dependency.objects.count() == 2
