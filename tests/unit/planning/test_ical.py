"""iCalendar files as client libraries read them back: icalendar the components, dateutil the rules."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from msoko.cycle.planning.calendar_entries import CalendarEntry
from msoko.cycle.planning.ical import calendar_file

NOW = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def _read(*entries: CalendarEntry) -> Calendar:
    return Calendar.from_ical(calendar_file("План", entries, NOW))


def test_a_window_is_an_event_that_ends_the_day_after() -> None:
    event = _read(CalendarEntry("k", "ВПР, 5 класс", dt.date(2026, 9, 1), dt.date(2026, 9, 30))).events[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 9, 1), dt.date(2026, 10, 1))
    assert (str(event["SUMMARY"]), str(event["STATUS"]), str(event["UID"])) == ("ВПР, 5 класс", "CONFIRMED", "k@msoko")


def test_a_deadline_is_a_task_and_an_event_of_its_day() -> None:
    calendar = _read(CalendarEntry("k", "Отчёт", None, dt.date(2027, 4, 20)))
    assert [one["DUE"].dt for one in calendar.todos] == [dt.date(2027, 4, 20)]
    assert [str(one["SUMMARY"]) for one in calendar.events] == ["Срок: Отчёт"]
    assert len({str(one["UID"]) for one in (*calendar.todos, *calendar.events)}) == 2


def test_a_cancelled_occurrence_is_cancelled_not_forgotten() -> None:
    event = _read(
        CalendarEntry("k", "Рейд", dt.date(2026, 9, 1), dt.date(2026, 9, 2), is_cancelled=True, sequence=2)
    ).events[0]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 2)


@given(
    st.text(alphabet="абвЁё,;:\\«»–№ a1😀", min_size=1, max_size=300),
    DAYS,
    DAYS,
)
def test_any_title_comes_back_whole_in_lines_of_75_octets(title: str, first: dt.date, last: dt.date) -> None:
    start, end = sorted((first, last))
    data = calendar_file("План", [CalendarEntry("k", title, start, end, section="Раздел; 1, 2")], NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = Calendar.from_ical(data)
    found = [*calendar.todos, *calendar.events]
    assert str(found[0]["SUMMARY"]) == title
    assert not any(component.errors for component in calendar.walk())


Window = tuple[dt.date, dt.date]


def _term(number: int, start: dt.date | None, end: dt.date, **values: object) -> CalendarEntry:
    return CalendarEntry(f"k{number}", "Мониторинг", start, end, series="a", occurrence=number, **values)  # type: ignore[arg-type]


def _monthly(years: int = 3) -> list[CalendarEntry]:
    """Windows over whole months of school years, as «ежемесячно, кроме каникул» gives them."""
    months = [(2026 + year + (month < 9), month) for year in range(years) for month in (9, 10, 11, 12, 1, 2, 3, 4, 5)]
    begins = [dt.date(*one, 1) for one in months]
    ends = [(one + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1) for one in begins]
    return [_term(number, *pair) for number, pair in enumerate(zip(begins, ends, strict=True))]


def _expanded(data: bytes) -> list[Window]:
    """Windows of all events as a calendar program shows them; rules are expanded by dateutil."""
    calendar = Calendar.from_ical(data)
    moved = {(str(one["UID"]), one["RECURRENCE-ID"].dt): one for one in calendar.events if "RECURRENCE-ID" in one}
    found: list[Window] = []
    for event in calendar.events:
        if "RECURRENCE-ID" in event:
            continue
        length = event["DTEND"].dt - event["DTSTART"].dt
        for day in _days(event):
            one = moved.pop((str(event["UID"]), day), event)
            start = day if one is event else one["DTSTART"].dt
            end = start + length if one is event else one["DTEND"].dt
            if str(one["STATUS"]) != "CANCELLED":
                found.append((start, end - dt.timedelta(days=1)))
    assert not moved, "an exception of a day that its rule does not have"
    return sorted(found)


def _days(event: object) -> list[dt.date]:
    first = event["DTSTART"].dt  # type: ignore[index]
    if "RRULE" not in event:  # type: ignore[operator]
        return [first]
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=dt.datetime.combine(first, dt.time()))  # type: ignore[index]
    left_out = event.get("EXDATE", [])  # type: ignore[attr-defined]
    gone = {one.dt for part in (left_out if isinstance(left_out, list) else [left_out]) for one in part.dts}
    days = [one.date() for one in rule]
    assert first in days, "DTSTART has to be a day of the rule"
    assert gone <= set(days)
    return [one for one in days if one not in gone]


def test_terms_that_come_again_are_events_with_a_rule() -> None:
    entries = _monthly()
    data = calendar_file("План", entries, NOW)
    assert _expanded(data) == [(one.starts_on, one.ends_on) for one in entries]
    calendar = Calendar.from_ical(data)
    assert len(calendar.events) < len(entries) / 3
    assert any("BYMONTH" in one["RRULE"].to_ical().decode() for one in calendar.events if "RRULE" in one)


def test_a_moved_term_and_one_taken_off_are_exceptions_of_their_rule() -> None:
    entries = [_term(year, dt.date(2026 + year, 10, 1), dt.date(2026 + year, 10, 31)) for year in range(4)]
    entries[1] = _term(
        1, dt.date(2027, 10, 1), dt.date(2027, 11, 15), planned_starts_on=dt.date(2027, 10, 1),
        planned_ends_on=dt.date(2027, 10, 31), sequence=1, changed_at=NOW,
    )  # fmt: skip
    entries[2] = _term(2, dt.date(2028, 10, 1), dt.date(2028, 10, 31), is_cancelled=True, sequence=1)
    data = calendar_file("План", entries, NOW)
    whole = [(dt.date(year, 10, 1), dt.date(year, 10, 31)) for year in (2026, 2027, 2029)]
    whole[1] = (dt.date(2027, 10, 1), dt.date(2027, 11, 15))
    assert _expanded(data) == whole
    master, moved, cancelled = Calendar.from_ical(data).events
    assert master["LAST-MODIFIED"].dt == NOW
    assert [str(one["RECURRENCE-ID"].dt) for one in (moved, cancelled)] == ["2027-10-01", "2028-10-01"]
    assert len({str(one["UID"]) for one in (master, moved, cancelled)}) == 1


def test_deadlines_at_the_end_of_quarters_are_the_last_days_of_months_and_each_has_its_task() -> None:
    ends = [dt.date(2026, 9, 30), dt.date(2026, 12, 31), dt.date(2027, 3, 31), dt.date(2027, 6, 30)]
    data = calendar_file("План", [_term(number, None, end) for number, end in enumerate(ends)], NOW)
    calendar = Calendar.from_ical(data)
    assert [one["RRULE"].to_ical() for one in calendar.events] == [
        b"FREQ=YEARLY;UNTIL=20270630;BYMONTHDAY=-1;BYMONTH=3,6,9,12"
    ]
    assert [one["DUE"].dt for one in calendar.todos] == ends


def test_two_terms_and_terms_of_outside_schedules_need_no_rule() -> None:
    two = [_term(year, dt.date(2026 + year, 10, 1), dt.date(2026 + year, 10, 31)) for year in range(2)]
    lone = [
        CalendarEntry(f"x{year}", "Выборка", dt.date(year, 4, 1), dt.date(year, 4, 2)) for year in range(2026, 2030)
    ]
    assert b"RRULE" not in calendar_file("План", [*two, *lone], NOW)


@given(st.lists(st.tuples(DAYS, st.integers(0, 93), st.integers(-40, 40), st.booleans()), max_size=30))
def test_a_calendar_shows_exactly_the_terms_of_the_plan(drawn: list[tuple[dt.date, int, int, bool]]) -> None:
    """Whatever the days are, rules add nothing and lose nothing."""
    entries = []
    for number, (start, length, shift, is_cancelled) in enumerate(drawn):
        end, by = start + dt.timedelta(days=length), dt.timedelta(days=shift)
        planned = {"planned_starts_on": start, "planned_ends_on": end} if shift else {}
        entries.append(_term(number, start + by, end + by, is_cancelled=is_cancelled, **planned))
    shown = sorted((one.starts_on, one.ends_on) for one in entries if not one.is_cancelled)
    assert _expanded(calendar_file("План", entries, NOW)) == shown


_LINE = re.compile(rb"[A-Z][A-Z0-9-]*(;[A-Z-]+=[A-Z-]+)*:.*")


@pytest.mark.parametrize("entries", [_monthly(), [_term(1, None, dt.date(2027, 4, 20)), *_monthly(1)]])
def test_the_file_keeps_to_the_letter_of_the_standard(entries: list[CalendarEntry]) -> None:
    data = calendar_file("План, «дорожная карта»; 2026", entries, NOW)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")[:-1]
    assert all(_LINE.fullmatch(line) for line in lines)
    stack: list[bytes] = []
    for line in lines:
        name, _, value = line.partition(b":")
        if name == b"BEGIN":
            stack.append(value)
        elif name == b"END":
            assert stack.pop() == value
    assert stack == []
    components = data.split(b"BEGIN:V")[2:]
    assert all(
        b"UID:" in one and b"DTSTAMP:20260901T090000Z" in one for one in components if one[:5] in (b"EVENT", b"TODO\r")
    )
    plain = [
        re.search(rb"UID:(.*)\r", one).group(1) for one in components if b"UID:" in one and b"RECURRENCE-ID" not in one
    ]  # type: ignore[union-attr]
    assert len(plain) == len(set(plain))
