"""School calendars of terms: the file, its errors, the usual dates; columns of quarters and dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from intake.terms import (
    CalendarError,
    PlanYear,
    Status,
    calendar_of_text,
    load_calendar,
    parse_term,
    term_of_dates,
    term_of_quarters,
    usual_calendar,
)
from tests.spec.terms.scoring import REFERENCE, reference_calendar

YEAR = PlanYear(2026)


def spans(term):
    return [tuple(day.isoformat() if day else None for day in pair) for pair in term.intervals]


def test_calendar_may_be_written_in_several_ways(tmp_path: Path):
    grouped = calendar_of_text(REFERENCE)
    flat = calendar_of_text(
        "q1: 2026-09-01..2026-10-23\nq2: 2026-11-02..2026-12-30\nq3: 2027-01-11..2027-03-26\n"
        "q4: 2027-04-05..2027-05-26\nautumn: [2026-10-24, 2026-11-01]\nwinter: [2026-12-31, 2027-01-10]\n"
        "spring: [2027-03-27, 2027-04-04]\nfirst_grade: [2027-02-13, 2027-02-21]\n"
    )
    russian = calendar_of_text(
        "четверти:\n  - 01.09.2026 – 23.10.2026\n  - 02.11.2026 – 30.12.2026\n  - 11.01.2027 – 26.03.2027\n"
        "  - 05.04.2027 – 26.05.2027\nканикулы:\n  осенние: {с: 24.10.2026, по: 01.11.2026}\n"
        "  зимние: {с: 31.12.2026, по: 10.01.2027}\n  весенние: {с: 27.03.2027, по: 04.04.2027}\n"
        "  дополнительные: {с: 13.02.2027, по: 21.02.2027}\n"
    )
    assert grouped.quarters == flat.quarters == russian.quarters
    assert grouped.breaks == flat.breaks == russian.breaks
    file = tmp_path / "календарь.yaml"
    file.write_text(REFERENCE, encoding="utf-8")
    assert load_calendar(file) == grouped


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quarters: [", "строка 1: это не YAML"),
        ("[]", "нет ни четвертей, ни каникул"),
        (REFERENCE.replace("  3: [2027-01-11, 2027-03-26]\n", ""), "нет дат четвертей: 3"),
        (REFERENCE.replace("2026-10-23]", "2026-08-23]"), "конец 23.08.2026 раньше начала 01.09.2026"),
        (REFERENCE.replace("2026-11-02", "2026-10-02"), "2-я четверть начинается 02.10.2026"),
        (REFERENCE.replace("[2026-10-24, 2026-11-01]", "'31.02.2026 – 01.03.2026'"), "«31.02.2026» не существует"),
        (REFERENCE.replace("  spring: [2027-03-27, 2027-04-04]\n", ""), "нет дат: весенние каникулы"),
        (REFERENCE.replace("[2026-10-24, 2026-11-01]", "[2026-10-24]"), "нужны две даты"),
    ],
)  # fmt: skip
def test_errors_of_a_calendar_say_what_to_mend(text: str, said: str):
    with pytest.raises(CalendarError, match=said.replace(".", r"\.").replace("(", r"\(")):
        calendar_of_text(text)


def test_missing_file_is_said(tmp_path: Path):
    with pytest.raises(CalendarError, match="не найден"):
        load_calendar(tmp_path / "нет.yaml")


def test_usual_dates_ask_for_confirmation_and_given_ones_do_not():
    assert parse_term("осенние каникулы", YEAR).review
    assert "календарь" in parse_term("осенние каникулы", YEAR).questions[0]
    assert not parse_term("осенние каникулы", YEAR, reference_calendar()).review
    assert parse_term("осенние каникулы", YEAR.next(), reference_calendar()).review
    usual = usual_calendar(2026)
    assert usual.quarters == reference_calendar().quarters
    assert usual.breaks == reference_calendar().breaks


def test_quarter_columns():
    assert spans(term_of_quarters([1, 3], YEAR)) == [("2027-01-01", "2027-03-31"), ("2026-07-01", "2026-09-30")]
    assert spans(term_of_quarters([4], YEAR, of_year=2025)) == [("2025-10-01", "2025-12-31")]
    assert term_of_quarters([], YEAR).status is Status.UNSPECIFIED


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("01.09.2026", "30.09.2026", ("2026-09-01", "2026-09-30")),
        (46266, 46295, ("2026-09-01", "2026-09-30")),
        (46266.0, "30.09.2026", ("2026-09-01", "2026-09-30")),
        (dt.datetime(2026, 9, 1), dt.date(2026, 9, 30), ("2026-09-01", "2026-09-30")),
        ("9/28/2026", "10/30/2026", ("2026-09-28", "2026-10-30")),
        ("сентябрь", "май", ("2026-09-01", "2027-05-31")),
        ("", "01.10.2026", (None, "2026-10-01")),
        ("01.10.2026", None, ("2026-10-01", None)),
    ],
)  # fmt: skip
def test_two_columns_of_dates(start, end, expected):
    assert spans(term_of_dates(start, end, YEAR)) == [expected]


def test_end_before_start_is_invalid_with_a_message():
    term = term_of_dates("30.09.2026", "01.09.2026", YEAR)
    assert term.status is Status.INVALID
    assert term.questions == ("Конец 01.09.2026 раньше начала 30.09.2026. Исправьте одну из дат.",)


def test_empty_columns_are_unspecified():
    assert term_of_dates("", "х", YEAR).status is Status.UNSPECIFIED
    assert term_of_dates("по запросу", "", YEAR).status is Status.ON_REQUEST
