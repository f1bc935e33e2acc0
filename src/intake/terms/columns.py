"""Terms that a table gives by columns: quarters marked with «х», two columns of dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from intake.terms.parsing import parse_term
from intake.terms.school_calendar import SchoolCalendar
from intake.terms.values import Interval, PlanYear, Status, Term
from intake.terms.wording import explain

Cell = str | int | float | dt.date | dt.datetime | None
_ROMAN = ("I", "II", "III", "IV")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20000, 80000  # 1954–2119
_EMPTY = ("", "-", "–", "—", "х", "x")


def term_of_quarters(quarters: Sequence[int], year: PlanYear, *, of_year: int | None = None) -> Term:
    """The term of a row whose quarter columns are marked; `of_year` is the year in the header."""
    numbers = sorted({number for number in quarters if 1 <= number <= 4})
    suffix = f" {of_year} года" if of_year else ""
    names = ", ".join(f"{_ROMAN[number - 1]} квартал{suffix}" for number in numbers)
    return parse_term(names, year)


def term_of_dates(start: Cell, end: Cell, year: PlanYear, calendar: SchoolCalendar | None = None) -> Term:
    """The term of two columns, start and end: dates, Excel serial numbers or texts, either may be empty."""
    first, last = _text(start), _text(end)
    phrase = " – ".join(text for text in (first, last) if text)
    one, other = (parse_term(text, year, calendar) if text else None for text in (first, last))
    if one is None and other is None:
        return parse_term("", year)
    if other is None or (one is not None and first == last):
        assert one is not None
        return _open_end(one, phrase, year) if other is None else one
    if one is None:
        return parse_term(f"до {last}", year, calendar)
    return _between(one, other, phrase, year)


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, int | float) and not isinstance(cell, bool) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return (_EXCEL_EPOCH + dt.timedelta(days=int(cell))).strftime("%d.%m.%Y")
    text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in _EMPTY else text


def _open_end(one: Term, phrase: str, year: PlanYear) -> Term:
    """Only a start: a day is open to the right, a month is the whole window."""
    if len(one.intervals) == 1 and one.status is Status.DATED and one.intervals[0][0] == one.intervals[0][1]:
        interval: Interval = (one.intervals[0][0], None)
        return explain(_changed(one, phrase, Status.DATED, (interval,), ("Когда срок кончается?",)), year)
    return one


def _between(one: Term, other: Term, phrase: str, year: PlanYear) -> Term:
    if len(one.intervals) != 1 or len(other.intervals) != 1:
        chief = one if not one.intervals else other
        return explain(
            _changed(chief, phrase, chief.status, (), (*one.questions, *other.questions, "Верно ли поняты обе даты?")),
            year,
        )
    start = one.intervals[0][0] or one.intervals[0][1]
    end = other.intervals[0][1] or other.intervals[0][0]
    assert start is not None
    assert end is not None
    questions = (*one.questions, *other.questions)
    if start > end:
        message = f"Конец {end:%d.%m.%Y} раньше начала {start:%d.%m.%Y}. Исправьте одну из дат."
        return explain(_changed(one, phrase, Status.INVALID, (), (message,)), year)
    in_horizon = start <= year.end and end >= year.start
    term = _changed(one, phrase, Status.DATED, ((start, end),), tuple(dict.fromkeys(questions)), in_horizon=in_horizon)
    return explain(term, year)


def _changed(
    term: Term,
    phrase: str,
    status: Status,
    intervals: tuple[Interval, ...],
    questions: tuple[str, ...],
    *,
    in_horizon: bool = True,
) -> Term:
    return Term(
        phrase=phrase,
        status=status,
        intervals=intervals,
        questions=questions,
        review=bool(questions),
        in_horizon=in_horizon,
        time=term.time,
        tentative=term.tentative,
    )
