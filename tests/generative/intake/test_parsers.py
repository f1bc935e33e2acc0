"""Parsers of headers, cells and tables on anything: total, idempotent, and true to what was written."""

from __future__ import annotations

import io
import string

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import read_file
from intake.contracts import MISSING, NO_VALUE, NOT_ATTEMPTED
from intake.fields import cells
from intake.fields.classes import class_letter
from intake.fields.items import parse_item_header
from intake.fields.names import facts_of_name
from intake.fields.organizations import organization_claim
from intake.fields.subjects import subject_named
from intake.fields.text import clean, header_key
from intake.tables import read_archive, read_book

QUICK = settings(max_examples=150, deadline=None)
anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes())
labels = st.tuples(st.integers(1, 40), st.none() | st.integers(1, 12), st.none() | st.integers(1, 12))
maxima = st.integers(1, 12)
spaces = st.sampled_from(["", " ", "\xa0", "  "])


@QUICK
@given(anything)
def test_every_parser_is_total(cell: object) -> None:
    score = cells.item_value(cell)
    assert score is None or score in (MISSING, NOT_ATTEMPTED) or 0 <= score <= 127
    mark = cells.mark_value(cell)
    assert mark is None or mark == NO_VALUE or 2 <= mark <= 5
    variant = cells.variant_value(cell)
    assert variant is None or variant == cells.ABSENT or 0 <= variant <= 32767
    total = cells.total_value(cell)
    assert total is None or total == NO_VALUE or 0 <= total <= 1000
    assert cells.sex_value(cell) in (0, 1, 2)
    assert cells.presence_value(cell) in (True, False, None)
    assert cells.passed_value(cell) in (0, 1, NO_VALUE, None)
    assert cells.test_score_value(cell) in (None, NO_VALUE, *range(101))
    text = clean(cell)
    assert clean(text) == text
    assert header_key(header_key(cell)) == header_key(cell)
    class_letter(cell, 5)
    organization_claim(cell, cell, cell)
    parse_item_header(cell)


@QUICK
@given(st.text(max_size=60))
def test_names_and_subjects_are_total(text: str) -> None:
    facts = facts_of_name(text)
    assert facts.grade_level is None or 1 <= facts.grade_level <= 99
    assert facts.year is None or 2000 <= facts.year <= 2100
    assert (subject_named(text) is None) or isinstance(subject_named(text), str)


@QUICK
@given(labels, maxima, spaces, spaces, st.sampled_from(["К", "K", "к", "k"]), st.sampled_from([".", ","]))
def test_item_headers_keep_label_and_maximum(
    parts: tuple[int, int | None, int | None], maximum: int, before: str, after: str, criterion: str, point: str
) -> None:
    number, sub, rank = parts
    printed = f"{number}{'' if sub is None else f'{point}{sub}'}{'' if rank is None else f'{criterion}{rank}'}"
    label = f"{number}{'' if sub is None else f'.{sub}'}{'' if rank is None else f'К{rank}'}"
    claim = parse_item_header(f"{before}{printed}{after}({maximum}б)")
    assert claim is not None
    assert (claim.label, claim.max_score) == (label, maximum)


@QUICK
@given(st.integers(1, 11), st.sampled_from("АБВГДЕЖЗИК"), st.sampled_from(["", " ", "-", "\xa0", " «"]), st.booleans())
def test_a_class_is_the_same_in_every_spelling(grade: int, letter: str, gap: str, is_small: bool) -> None:
    tail = "»" if "«" in gap else ""
    printed = f"{grade:02d}{gap}{letter.lower() if is_small else letter}{tail}"
    assert class_letter(printed, grade) == letter
    assert class_letter(letter, grade) == letter


scores = st.sampled_from([0, 1, 2, 3, "X", "Х ", "не пройд.", "0", "2.0"])
MEANING = {"X": NOT_ATTEMPTED, "Х ": NOT_ATTEMPTED, "не пройд.": MISSING, "0": 0, "2.0": 2}


@st.composite
def tables(draw: st.DrawFn) -> list[list[int | str]]:
    width = draw(st.integers(2, 12))
    return draw(st.lists(st.lists(scores, min_size=width, max_size=width), min_size=1, max_size=15))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.booleans(), st.integers(0, 4))
def test_a_written_table_is_read_back(rows: list[list[int | str]], as_text: bool, titles: int) -> None:
    header = ["Код участника", "Вариант", *(f"{number} (3б)" for number in range(1, len(rows[0]) + 1)), "Отметка"]
    lines: list[list[object]] = [[f"Строка {string.ascii_lowercase[number]}"] for number in range(titles)]
    lines += [header, *([str(50001 + n), 1, *row, 3] for n, row in enumerate(rows))]
    data = as_csv(lines) if as_text else as_workbook(lines)
    (work,) = read_file("Математика 5 класс 2026.xlsx", data).works
    assert work.participants.items.tolist() == [[MEANING.get(str(c), c) for c in row] for row in rows]
    assert work.participants.participant == [str(50001 + number) for number in range(len(rows))]
    assert work.participants.row.tolist() == [titles + 2 + number for number in range(len(rows))]


def as_csv(lines: list[list[object]]) -> bytes:
    return "\n".join(";".join(map(str, line)) for line in lines).encode("cp1251")


def as_workbook(lines: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    book.close()
    return stream.getvalue()


@QUICK
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe"]),
)
def test_any_bytes_are_a_table_or_a_problem(data: bytes, head: bytes) -> None:
    book, problems = read_book("x", head + data)
    assert book.sheets or problems
    read_archive("x", head + data)
    read_file("x", head + data)


@QUICK
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    read_file("x.csv", text.encode("utf-8", errors="ignore"))
