"""What a workbook holds."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from msoko.foundation.documents.excel import SheetSpec, report_workbook, tables_bytes, write_tables
from msoko.foundation.documents.excel.sheets import sheet_name
from qualimetry.narrative.blocks import Chart, Column, ReportDocument, Table
from tests.golden.documents.sample import bars, municipal_report, organizations_table, small_table, title_page


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_report_gives_its_tables_under_their_numbers(tmp_path: Path) -> None:
    report_workbook(municipal_report(), tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Таблица 1", "Таблица 2", "Таблица 3", "Таблица 4", "Пояснения"]


def test_table_behind_a_chart_is_there() -> None:
    report = ReportDocument(title_page(), (Chart("c", "Отметки", bars(4), "Столбцы", table=small_table()),))
    from msoko.foundation.documents.excel import report_workbook_bytes

    assert opened(report_workbook_bytes(report)).sheetnames == ["Рисунок 1", "Пояснения"]


def test_sheet_is_ready_to_work_with() -> None:
    sheet = opened(tables_bytes([SheetSpec("Школы", organizations_table())]))["Школы"]
    assert sheet["A1"].value == "Результаты выполнения работы по общеобразовательным организациям"
    assert [cell.value for cell in sheet[4]][:3] == ["Организация", "Участников", "«2»"]
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == "A4:I28"
    assert (sheet["B29"].value, sheet["B29"].font.bold, sheet["B29"].number_format) == (1372, True, "#,##0")
    assert (sheet["H29"].value, sheet["H29"].number_format) == (0.486, "0.0\\ %")
    assert sheet.column_dimensions["A"].width > 30


def test_undefined_figures_are_blank() -> None:
    sheet = opened(tables_bytes([SheetSpec("Уровни", small_table())]))["Уровни"]
    assert sheet["C6"].value is None


FORMULAS = ["=1+1", "+7", "-5", "@SUM(A1)", '=HYPERLINK("http://a")', "https://a.example", "007"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_never_becomes_a_formula(text: str) -> None:
    table = Table("t", text, (Column(text),), ((text,),), note=text)
    book = opened(tables_bytes([SheetSpec("Лист", table, meanings=((text, text),), source=text)], title=text))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert book["Лист"]["A4"].value == text


def test_explanations() -> None:
    spec = SheetSpec(
        "Школы",
        organizations_table(),
        meanings=(("Качество", "Доля отметок «4» и «5»"),),
        n=1372,
        source="ВПР, математика, 5 класс, 2026 год",
        as_of=dt.date(2026, 5, 12),
    )
    page = opened(tables_bytes([spec], title="Результаты"))["Пояснения"]
    lines = [(row[0].value, row[1].value) for row in page.iter_rows() if row[0].value and len(row) > 1]
    assert lines[0][0] == "Результаты"
    assert lines[1][0] == "Школы"
    assert lines[2:5] == [
        ("Качество", "Доля отметок «4» и «5»"),
        ("N", "1\u00a0372\u00a0участника"),
        ("Источник", "ВПР, математика, 5 класс, 2026 год"),
    ]
    assert ("Данные на", "12.05.2026") in lines
    assert page["A3"].hyperlink.location == "'Школы'!A1"


def test_dates_are_dates() -> None:
    table = Table("t", "", (Column("День"),), ((dt.date(2026, 9, 1),),))
    cell = opened(tables_bytes([SheetSpec("Дни", table)]))["Дни"]["A4"]
    assert (cell.value, cell.number_format) == (dt.datetime(2026, 9, 1), "dd.mm.yyyy")


def test_names_of_sheets() -> None:
    assert sheet_name("СОШ № 5 [1]: а/б?", []) == "СОШ № 5 1 а б"
    assert sheet_name("Школы", ["школы"]) == "Школы (2)"
    assert len(sheet_name("я" * 50, ["я" * 31])) == 31
    assert sheet_name("'", []) == "Лист"


def test_half_a_file_is_never_left(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"before")
    broken = Table("t", "", (Column("A"), Column("B")), (("a",),))
    with pytest.raises(ValueError, match="row 0 has 1 cells"):
        write_tables([SheetSpec("Лист", broken)], path)
    assert path.read_bytes() == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["book.xlsx"]
