"""Files that are empty, broken, locked, swollen or not what they pretend to be: a clear word, never an exception."""

from __future__ import annotations

import io
import random
import resource
import zipfile
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter

from intake import read_file
from intake.contracts import FileReading
from intake.tables import limits, read_archive, read_book

ROWS: list[list[object]] = [
    ["Код", "Вариант", "1 (1б)", "2 (2б)", "Итого"],
    ["50001", 1, 1, 2, 3],
    ["50002", 2, 0, "X", 0],
]


def workbook(rows: Sequence[Sequence[object]] = ROWS, *, change: Callable[[bytes], bytes] | None = None) -> bytes:
    """An XLSX with these rows; `change` rewrites the XML of the sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Лист1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue() if change is None else rewritten(stream.getvalue(), "xl/worksheets/sheet1.xml", change)


def rewritten(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return stream.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return stream.getvalue()


def codes(reading: FileReading) -> list[str]:
    assert all(problem.message and problem.file for problem in reading.problems)
    return [problem.code for problem in reading.problems]


def ole(*names: str) -> bytes:
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + directory.ljust(2048, b"\x00")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.7 ...", "file.unsupported"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file.unsupported"),
        (b"\x00\x01\x02\x03" * 100, "file.unsupported"),
        (b"Rar!\x1a\x07\x01\x00", "file.unsupported_archive"),
        (b"7z\xbc\xaf\x27\x1c....", "file.unsupported_archive"),
        (b"PK\x03\x04" + b"\x11" * 300, "file.corrupt"),
        (workbook()[:2500], "file.corrupt"),
        (ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "file.encrypted"),
        (ole("Root Entry", "Workbook"), "file.corrupt"),
        (ole("Root Entry", "WordDocument"), "file.unsupported"),
        (archive({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "file.unsupported"),
        (b"\n \n\t\n", "file.no_data"),
        ("Просто письмо без таблицы.\nС уважением".encode(), "file.not_recognised"),
    ],
)
def test_what_is_no_table_is_said_so_with_a_remedy(data: bytes, code: str) -> None:
    reading = read_file("Файл.xlsx", data)
    assert codes(reading) == [code]
    assert (reading.works, reading.unknown_tables) == ([], [])
    assert reading.problems[0].hint


def test_the_format_is_told_by_content_not_by_extension() -> None:
    table = (
        "<html><body><table><tr><td>Код</td><td>Вариант</td><td>1</td><td>2</td></tr>"
        "<tr><td>7</td><td>1</td><td>1</td><td>0</td></tr></table>"
    )
    for data in (workbook(), "Код;Вариант;1;2\n7;1;1;0".encode("cp1251"), table.encode("cp1251")):
        assert len(read_file("отчёт.xls", data).works) == 1


def test_xml_spreadsheet_2003_saved_as_xls() -> None:
    cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in ("Код", "Вариант", "1", "2"))
    data = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Итоги"><Table>'
        f'<Row>{cells}</Row><Row><Cell><Data ss:Type="String">7</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="Number">0</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    (work,) = read_file("отчёт.xls", data.encode()).works
    assert (work.sheet, work.participants.items.tolist()) == ("Итоги", [[1, 0]])


def test_a_stray_value_in_the_last_cell_is_refused_without_allocating_the_sheet() -> None:
    def stray(sheet: bytes) -> bytes:
        last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        return sheet.replace(b"</sheetData>", last + b"</sheetData>")

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert codes(read_file("Файл.xlsx", workbook(change=stray))) == ["sheet.too_large"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize("separator", [b" ", b"\n"])
def test_a_lying_dimension_does_not_hide_a_far_cell(separator: bytes) -> None:
    def stray(sheet: bytes) -> bytes:
        last = b'<row r="900000"><c' + separator + b'r="ZZ900000"><v>1</v></c></row>'
        return sheet.replace(b"</sheetData>", last + b"</sheetData>")

    assert codes(read_file("Файл.xlsx", workbook(change=stray))) == ["sheet.too_large"]


def test_a_swollen_sheet_of_styled_blanks_is_read_as_its_data() -> None:
    """Forty megabytes of blank cells that somebody's formatting left below three rows of data."""

    def blanks(sheet: bytes) -> bytes:
        row = b"".join(b'<c r="%s%%d" s="0"/>' % letter for letter in (b"A", b"B", b"C", b"D"))
        body = b"".join(b'<row r="%d">' % n + row % (n, n, n, n) + b"</row>" for n in range(4, 300_000))
        return sheet.replace(b"</sheetData>", body + b"</sheetData>")

    data = workbook(change=blanks)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (work,) = read_file("Файл.xlsx", data).works
    assert len(work.participants) == 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_formulas_that_were_never_calculated_are_told() -> None:
    def uncalculated(sheet: bytes) -> bytes:
        return sheet.replace(b'<c r="E2"><v>3</v></c>', b'<c r="E2"><f>SUM(C2:D2)</f></c>')

    reading = read_file("Файл.xlsx", workbook(change=uncalculated))
    assert codes(reading) == ["sheet.formulas_not_calculated"]
    assert len(reading.works) == 1


def test_macros_are_not_run_and_data_is_read() -> None:
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as target:
        target.writestr("xl/vbaProject.bin", b"\x00" * 64)
    reading = read_file("Файл.xlsm", stream.getvalue())
    assert codes(reading) == ["file.macros"]
    assert len(reading.works) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "cp866", "koi8-r"])
@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_encodings_and_delimiters_of_text(encoding: str, delimiter: str) -> None:
    rows = [
        ["Код участника", "Вариант", "1 (1б)", "2 (2б)", "Отметка по журналу"],
        ["50001", "1", "1", "2", "нет отметки"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    book, problems = read_book("Файл.csv", text.encode(encoding))
    assert problems == []
    assert book.sheets[0].rows == rows


def test_decimal_commas_and_quotes_in_text() -> None:
    text = 'Код;Вариант;1;2;Итого;ОО\n7;1;1,0;"2";3,0;"МБОУ ""СОШ № 5"""\n'
    (work,) = read_file("Файл.csv", text.encode("cp1251")).works
    assert work.participants.items.tolist() == [[1, 2]]
    assert work.participants.organizations[0].name == 'МБОУ "СОШ № 5"'
    unclosed = read_book("Файл.csv", b'a;b;c\n1;"2;3\n4;5;6\n')[0]
    assert len(unclosed.sheets[0].rows) == 3


def test_archives_are_expanded_with_russian_names_and_without_junk() -> None:
    inner = archive({"МА4.xlsx": workbook()})
    data = archive({"11/География.xlsx": workbook(), "__MACOSX/._x": b"1", ".DS_Store": b"1", "ещё.zip": inner})
    members, problems = read_archive("всё.zip", data)
    assert problems == []
    assert [name for name, _ in members] == ["11/География.xlsx", "МА4.xlsx"]
    reading = read_file("всё.zip", data)
    assert [(work.campaign.subject, work.campaign.grade_level) for work in reading.works] == [
        ("География", 11), ("Математика", 4),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp866", "utf-8", "cp1251"])
def test_names_in_archives_without_the_utf8_flag(encoding: str) -> None:
    raw = "Русский язык.csv".encode(encoding)
    data = archive({"x" * len(raw): b"1;2"}).replace(b"x" * len(raw), raw)
    assert [name for name, _ in read_archive("a.zip", data)[0]] == ["Русский язык.csv"]


def test_zip_bomb_is_not_unpacked() -> None:
    data = archive({"zeros.csv": b"0" * (limits.RATIO_FREE_BYTES + 1), "good.csv": "Код;Вариант;1;2\n7;1;1;0".encode()})
    members, problems = read_archive("a.zip", data)
    assert [name for name, _ in members] == ["good.csv"]
    assert [problem.code for problem in problems] == ["archive.bomb"]
    assert problems[0].file == "a.zip/zeros.csv"


def test_a_member_larger_than_its_declared_size_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 1000)
    monkeypatch.setattr("intake.tables.archives._is_bomb", lambda member: False)
    members, problems = read_archive("a.zip", archive({"big.csv": random.Random(1).randbytes(5000)}))
    assert (members, [problem.code for problem in problems]) == ([], ["archive.bomb"])


def test_archives_in_archives_in_archives_end() -> None:
    data = archive({"a.csv": b"1;2"})
    for depth in range(6):
        data = archive({f"{depth}.zip": data})
    members, problems = read_archive("a.zip", data)
    assert (members, [problem.code for problem in problems]) == ([], ["archive.too_deep"])


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 3)
    members, problems = read_archive("a.zip", archive({f"{number}.csv": b"1;2" for number in range(10)}))
    assert (len(members), [problem.code for problem in problems]) == (3, ["archive.too_many_files"])


def test_a_broken_member_does_not_spoil_the_rest() -> None:
    data = archive({"bad.csv": random.Random(1).randbytes(400), "good.csv": b"1;2;3"})
    broken = bytearray(data)
    broken[60:90] = b"\xff" * 30
    members, problems = read_archive("a.zip", bytes(broken))
    assert [name for name, _ in members] == ["good.csv"]
    assert [problem.code for problem in problems] == ["archive.member_corrupt"]
    assert codes(read_file("a.zip", data[: len(data) // 2])) == ["file.corrupt"]
    assert codes(read_file("a.zip", archive({}))) == ["archive.empty"]


@pytest.mark.parametrize("seed", range(20))
def test_damaged_bytes_never_raise(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(workbook())
    for _ in range(chance.randint(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    reading = read_file("Файл.xlsx", bytes(data[: chance.randint(1, len(data))]))
    assert reading.works or reading.unknown_tables or reading.problems


def test_ods_that_repeats_a_value_a_million_times_is_refused() -> None:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t"><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="1000" office:value-type="float" office:value="1"/></table:table-row>'
        "</table:table></office:document-content>"
    )
    data = archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})
    assert codes(read_file("Файл.ods", data)) == ["sheet.too_large"]
