"""Reading a schedule never raises, and days never leave what is written."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.schedules import read_pasted_schedule, read_schedule

CELLS = st.text("0123456789.–-, ()абФРМсентябрь5АБматематика\n", max_size=20)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6)
HEADS = st.sampled_from(["Класс\tПредмет\tДата", "Предмет\tСентябрь\tОктябрь", "Предмет\t5А\t5Б", "x\ty"])
DAYS = st.dates(dt.date(2026, 9, 1), dt.date(2027, 8, 31))


@given(HEADS, TABLES)
@settings(max_examples=80, deadline=None)
def test_no_table_breaks_the_reader(head: str, rows: list[list[str]]) -> None:
    text = "\n".join([head, *("\t".join(cell.replace("\n", " ") for cell in row) for row in rows)])
    for work in read_pasted_schedule(text, start_year=2026).works:
        assert work.questions or (work.grade_level and work.subject and work.starts_on)


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    read_schedule("график.xlsx", data, start_year=2026)


@given(st.lists(st.tuples(DAYS, st.integers(0, 20)), min_size=1, max_size=4), st.sampled_from([";", ",", " "]))
@settings(max_examples=80, deadline=None)
def test_written_days_are_read_back(days: list[tuple[dt.date, int]], separator: str) -> None:
    spans = [(first, min(first + dt.timedelta(days=length), dt.date(2027, 8, 31))) for first, length in days]
    words = [f"{a:%d.%m.%Y}" if a == b else f"{a:%d.%m.%Y}–{b:%d.%m.%Y}" for a, b in spans]
    if separator == " ":
        spans, words = spans[:1], words[:1]
    found = read_pasted_schedule(f"Класс\tПредмет\tДата\n5А\tФизика\t{separator.join(words)}", start_year=2026)
    assert [(work.starts_on, work.ends_on) for work in found.works] == spans
