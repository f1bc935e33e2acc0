"""Many files: order, archives, processes, what cannot be opened, spreadsheets of other programs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from intake import read_file, read_files
from intake.contracts import FileReading
from tests.unit.intake.test_hostile_files import ROWS, archive, workbook


def counts(readings: list[FileReading]) -> list[int]:
    return [sum(len(work.participants) for work in reading.works) for reading in readings]


def test_files_come_in_their_order_with_archives_expanded_and_progress(tmp_path: Path) -> None:
    path = tmp_path / "Математика 5 класс.xlsx"
    path.write_bytes(workbook())
    seen: list[tuple[int, str]] = []
    sources = [path, ("a.zip", archive({"1.xlsx": workbook(), "2.csv": b""})), tmp_path / "absent.xlsx"]
    readings = list(read_files(sources, workers=1, progress=lambda done, name: seen.append((done, name))))
    assert counts(readings) == [2, 2, 0, 0]
    assert [[problem.code for problem in reading.problems] for reading in readings] == [
        [], [], ["file.empty"], ["file.unreadable"],
    ]  # fmt: skip
    assert seen == [(1, str(path)), (2, "1.xlsx"), (3, "2.csv"), (4, str(tmp_path / "absent.xlsx"))]


def test_a_pool_of_processes_reads_the_same_as_one() -> None:
    files = [
        (f"МА5 edu99{number:04d}.xlsx", workbook([ROWS[0]] + [ROWS[1]] * (number % 5 + 1))) for number in range(60)
    ]
    pooled, alone = list(read_files(files, workers=2)), list(read_files(files, workers=1))
    assert counts(pooled) == [number % 5 + 1 for number in range(60)]
    assert [reading.sha256 for reading in pooled] == [reading.sha256 for reading in alone]
    assert [reading.works[0].participants.organizations for reading in pooled] == [
        reading.works[0].participants.organizations for reading in alone
    ]


def test_reading_can_be_stopped() -> None:
    readings = read_files([("a.xlsx", workbook())] * 200, workers=2)
    assert next(readings).works
    readings.close()  # type: ignore[attr-defined]


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Лист1")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Лист1")
    for cells in ROWS:
        row = TableRow()
        for cell in cells:
            is_text = isinstance(cell, str)
            value = {} if is_text else {"value": str(cell)}
            holder = TableCell(valuetype="string" if is_text else "float", **value)
            holder.addElement(P(text=str(cell)))
            row.addElement(holder)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def test_an_xls_with_a_password_is_told_from_a_broken_one() -> None:
    """The record next to the beginning is made FILEPASS, as a workbook locked for opening has it."""
    data = xls()
    place = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    locked = data[:place] + b"\x2f\x00" + data[place + 2 :]
    assert [problem.code for problem in read_file("Файл.xls", locked).problems] == ["file.encrypted"]
    assert [problem.code for problem in read_file("Файл.xls", data[:700]).problems] == ["file.corrupt"]


@pytest.mark.parametrize("data", [xls(), ods(), workbook()], ids=["xls", "ods", "xlsx"])
def test_spreadsheets_of_every_kind_read_alike(data: bytes) -> None:
    (work,) = read_file("Математика 5 класс.bin", data).works
    assert work.participants.items.tolist() == [[1, 2], [0, -1]]
    assert work.participants.file_total.tolist() == [3, 0]
