"""Files that are no plans, cannot be opened or would hurt: a word in Russian with a remedy, never an exception."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import pypdf
import pytest

from intake.contracts import Severity
from intake.matrices import read_functions
from intake.plans import read_plan
from msoko.foundation.catalog.plans import matrix_words, plan_vocabulary
from tests.factories.plans import PlanText, as_docx, as_ods, as_pdf, as_text, as_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    """One page with one grey pixel and no text."""
    pixel = zlib.compress(b"\x7f")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 26 >>\nstream\nq 200 0 0 200 0 0 cm /I Do\nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixel), pixel),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(as_pdf(PlanText())))
    writer.encrypt("тайна", algorithm="RC4-128")
    return written(writer)


def long_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(500):
        writer.add_blank_page(200, 200)
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def word_bomb() -> bytes:
    text = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
    return zipped({"word/document.xml": text + b" " * 260_000_000 + b"</w:body></w:document>"})


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ха"}">' for n in range(9))
    text = f"<!DOCTYPE d [{entities}]><d>&e8;</d>"
    return zipped({"word/document.xml": text.encode()})


FILES = {
    "file.empty": lambda: b"",
    "file.unsupported": lambda: b"\x89PNG\r\n\x1a\n" + bytes(300),
    "file.corrupt": lambda: as_docx(PlanText())[:9000],
    "document.bomb": word_bomb,
    "document.old_word": lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600),
    "document.rtf": lambda: b"{\\rtf1\\ansi plan}",
    "document.archive": lambda: zipped({"план.docx": as_docx(PlanText())}),
    "document.scan": scanned_pdf,
    "document.too_many_pages": long_pdf,
    "file.encrypted": locked_pdf,
    "plan.no_table": lambda: "Приказываю провести совещание.".encode(),
    "plan.header_missing": lambda: "Школа\tУчеников\nПервая\t100\nВторая\t200".encode(),
    "plan.other_language": lambda: b"No\tActivity\tDeadline\tPerson\n1\tMeeting of heads\tMay\tOffice",
}


@pytest.mark.parametrize("code", FILES)
def test_every_trouble_has_its_word(code: str) -> None:
    reading = read_plan("план", FILES[code](), vocabulary=plan_vocabulary())
    assert [problem.code for problem in reading.problems] == [code]
    (problem,) = reading.problems
    assert problem.severity is Severity.ERROR
    assert problem.message.endswith(".")
    assert problem.hint.endswith(".") or problem.hint.endswith("»).")
    assert reading.activities == []


@pytest.mark.parametrize("code", ["file.empty", "document.scan", "plan.no_table"])
def test_matrices_have_the_same_words(code: str) -> None:
    reading = read_functions("функции", FILES[code](), words=matrix_words())
    assert [problem.code for problem in reading.problems] == [code.replace("plan.no_table", "functions.no_table")]


def test_workbooks_and_word_with_a_password() -> None:
    data = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert [one.code for one in read_plan("п", data, vocabulary=plan_vocabulary()).problems] == ["file.encrypted"]


def test_entities_are_not_expanded() -> None:
    reading = read_plan("план.docx", entity_bomb(), vocabulary=plan_vocabulary())
    assert reading.activities == []
    assert reading.problems


@pytest.mark.parametrize("make", [as_docx, as_xlsx, as_ods, as_pdf, as_text])
def test_damaged_bytes_never_raise(make: object) -> None:
    assert callable(make)
    whole = bytearray(make(PlanText()))
    generator = random.Random(11)
    for _ in range(6):
        data = bytearray(whole)
        for _ in range(40):
            place = generator.randrange(len(data))
            data[place : place + 4] = struct.pack("<I", generator.getrandbits(32))
        reading = read_plan("план", bytes(data), vocabulary=plan_vocabulary())
        assert reading.activities or reading.problems or reading.remarks
        assert "plan.reading_failed" not in {problem.code for problem in reading.problems}


def test_a_table_of_another_kind_beside_the_plan_is_left_alone() -> None:
    text = as_text(PlanText()).decode()
    other = "\nПоказатели\nПоказатель\tЕдиница\tЗначение\nОхват\tпроцент\t85\n"
    alone = read_plan("план", text.encode(), vocabulary=plan_vocabulary())
    both = read_plan("план", (other + text + other).encode(), vocabulary=plan_vocabulary())
    assert [one.title for one in both.activities] == [one.title for one in alone.activities]


def test_five_hundred_pages_of_a_plain_plan_are_read() -> None:
    """A row a page: as many pages as a plan of a region has."""
    rows = [(f"{number}.", f"Мероприятие {number}", "сентябрь", "ИМЦ", "Приказ") for number in range(1, 501)]
    data = as_pdf(PlanText(rows=rows), height=124)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > 450
    reading = read_plan("план.pdf", data, vocabulary=plan_vocabulary())
    assert [one.number for one in reading.activities] == [row[0] for row in rows]
    assert reading.problems == []
