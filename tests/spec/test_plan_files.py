"""The same plan in files of every kind reads alike, whatever the order of its columns and however its rows are torn."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

from intake.grids import pdf
from intake.plans import PlanReading, read_pasted_plan, read_plan, term_reader
from intake.terms import PlanYear
from msoko.foundation.catalog.plans import plan_vocabulary
from tests.factories.plans import PlanText, as_docx, as_html, as_ods, as_pdf, as_text, as_xlsx

Maker = Callable[[PlanText], bytes]
TORN = PlanText(broken=(9,))
MAKERS: dict[str, Maker] = {
    "tsv": as_text,
    "pipes": lambda plan: as_text(plan, separator="|"),
    "html": as_html,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "ods": as_ods,
    "pdf": as_pdf,
    "pdf of low pages": lambda plan: as_pdf(plan, height=300),
    "pdf without lines": lambda plan: as_pdf(plan, has_lines=False),
    "pdf without lines of low pages": lambda plan: as_pdf(plan, has_lines=False, height=300),
}


def read(data: bytes, name: str = "план") -> PlanReading:
    reading = read_plan(name, data, vocabulary=plan_vocabulary(), terms=term_reader(PlanYear(2026)))
    assert reading.problems == []
    return reading


def meaning(reading: PlanReading) -> list[Any]:
    """What must not depend on the kind of the file."""
    return [
        (one.section_path, one.number, one.label, one.title, one.terms_raw, one.terms, one.direction, one.cycle_part,
         one.responsible, one.deliverables)
        for one in reading.activities
    ]  # fmt: skip


@pytest.fixture(scope="module")
def expected() -> PlanReading:
    return read(as_text(PlanText()))


def test_text_with_tabs(expected: PlanReading) -> None:
    assert [(one.number, one.title, one.level) for one in expected.sections] == [
        ("I.", "Организационное обеспечение", 1),
        ("II.", "Мониторинг", 1),
        ("2.1.", "Качество подготовки обучающихся", 2),
        ("2.2.", "Воспитание и социализация обучающихся", 2),
        ("III.", "Управленческие решения", 1),
    ]
    assert [one.number for one in expected.activities] == [
        "1.1.", "1.2.", "1.3.", "2.1.1.", "2.1.2.", "2.2.1.", "2.2.2.", "3.1.",
    ]  # fmt: skip
    checked = expected.activities[4]
    assert [one.raw for one in checked.responsible] == ["ИМЦ", "ОО, показавшие необъективные результаты"]
    assert [one.kind for one in checked.deliverables] == ["protocol", "recommendations"]
    assert expected.period == "на 2026-2027 учебный год"
    assert expected.abbreviations == {
        "ОО": "общеобразовательная организация",
        "ИМЦ": "информационно-методический центр",
    }


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_of_file_reads_alike(kind: str, expected: PlanReading) -> None:
    reading = read(MAKERS[kind](TORN), f"план.{kind}")
    assert meaning(reading) == meaning(expected)
    assert [one.path for one in reading.sections] == [one.path for one in expected.sections]
    assert reading.abbreviations == expected.abbreviations
    assert reading.title == expected.title


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::17])
def test_columns_stand_in_any_order(order: tuple[int, ...], expected: PlanReading) -> None:
    reading = read(as_docx(TORN.shuffled(order)))
    assert meaning(reading) == meaning(expected)


def test_clipboard_of_word_is_html(expected: PlanReading) -> None:
    text = "Version:0.9\r\nStartHTML:00000097\r\nEndHTML:00009999\r\n" + as_html(TORN).decode()
    reading = read_pasted_plan(text, vocabulary=plan_vocabulary(), terms=term_reader(PlanYear(2026)))
    assert meaning(reading) == meaning(expected)


def test_repeated_headers_and_numbers_of_columns_are_dropped(expected: PlanReading) -> None:
    numbers, rows = ["1", "2", "3", "4", "5"], list(TORN.rows)
    plan = PlanText(rows=[numbers, *rows[:4], list(TORN.header), numbers, *rows[4:]])
    for maker in (as_text, as_docx, as_xlsx):
        assert meaning(read(maker(plan))) == meaning(expected)


def test_places_lead_to_the_row(expected: PlanReading) -> None:
    sheet = read(as_xlsx(TORN)).activities[3].place
    assert (sheet.sheet, sheet.first_row) == ("Sheet", 15)
    torn = next(one for one in read(as_text(TORN)).activities if one.number == "2.2.1.")
    assert torn.place.last_row - torn.place.first_row == 2
    assert [remark.code for remark in torn.remarks] == ["row_joined"]
    assert read(as_pdf(TORN, height=300)).activities[-1].place.page == 2


@pytest.mark.parametrize("height", [300, 560])
@pytest.mark.parametrize("has_lines", [True, False])
def test_both_readers_of_pdf_see_the_same(height: int, has_lines: bool) -> None:
    """The quick reader of pages against the thorough one, which reads what the quick one gives up."""
    data = as_pdf(TORN, has_lines=has_lines, height=height)
    quick, thorough = pdf.read_quickly("план.pdf", data), pdf.read_thoroughly("план.pdf", data)
    assert quick is not None
    assert quick.blocks == thorough.blocks


def test_a_page_that_is_turned_goes_to_the_thorough_reader() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(as_pdf(TORN)))
    for page in writer.pages:
        page.rotate(90)
    buffer = io.BytesIO()
    writer.write(buffer)
    assert pdf.read_quickly("план.pdf", buffer.getvalue()) is None
