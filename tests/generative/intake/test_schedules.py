"""Reading a schedule never raises, and days never leave what is written."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.schedules import ReadWork, read_pasted_schedule, read_schedule

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


CLASSES = st.sampled_from(["5А", "5Б", "6А", "10А", "7-е классы"])
SHORT = {"МА": "Математика", "РЯ": "Русский язык", "ФИЗ": "Физика", "ОКР": "Окружающий мир"}
WORKS = st.lists(
    st.tuples(CLASSES, st.sampled_from(sorted(SHORT)), st.integers(1, 30), st.sampled_from([9, 10, 11])),
    min_size=1, max_size=12, unique=True,
)  # fmt: skip


def _told(works: list[ReadWork]) -> list[tuple[object, ...]]:
    return sorted((one.grade_level, one.letter, one.subject, one.starts_on) for one in works)


def _wanted(works: list[tuple[str, str, int, int]]) -> list[tuple[object, ...]]:
    found = []
    for name, short, number, month in works:
        grade, letter = (int(name.split("-")[0]), "") if "-" in name else (int(name[:-1]), name[-1])
        found.append((grade, letter, SHORT[short], dt.date(2026, month, number)))
    return sorted(found)


@given(WORKS)
@settings(max_examples=60, deadline=None)
def test_a_grid_of_days_gives_back_what_was_put_in(works: list[tuple[str, str, int, int]]) -> None:
    months = {9: "Сентябрь", 10: "Октябрь", 11: "Ноябрь"}
    days = [(month, number) for month in months for number in range(1, 31)]
    heads = ["Класс", *(months[month] if number == 1 else "" for month, number in days)]
    rows = ["\t".join(heads), "\t".join(["", *(str(number) for _, number in days)])]
    for name in dict.fromkeys(one[0] for one in works):
        cells = [
            ", ".join(short for owner, short, number, month in works if (owner, month, number) == (name, *day))
            for day in days
        ]
        rows.append("\t".join([name, *cells]))
    read = read_pasted_schedule("\n".join(rows), start_year=2026)
    assert _told(read.works) == _wanted(works)
    assert not any(one.questions for one in read.works)


@given(WORKS)
@settings(max_examples=60, deadline=None)
def test_a_grid_of_months_gives_back_what_was_put_in(works: list[tuple[str, str, int, int]]) -> None:
    rows = ["Предмет\tСентябрь\tОктябрь\tНоябрь"]
    for name in dict.fromkeys(one[0] for one in works):
        rows.append(f"{name}\t\t\t" if "класс" in name else f"{name} класс\t\t\t")
        for short, subject in SHORT.items():
            cells = [
                ", ".join(str(number) for owner, one, number, at in works if (owner, one, at) == (name, short, month))
                for month in (9, 10, 11)
            ]
            rows.append("\t".join([subject, *cells]))
    read = read_pasted_schedule("\n".join(rows), start_year=2026)
    assert _told(read.works) == _wanted(works)
