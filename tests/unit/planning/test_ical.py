"""iCalendar files as a client library reads them back."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from msoko.cycle.planning.calendar_entries import CalendarEntry
from msoko.cycle.planning.ical import calendar_bytes

NOW = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def _read(*entries: CalendarEntry) -> Calendar:
    return Calendar.from_ical(calendar_bytes("План", entries, NOW))


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
    data = calendar_bytes("План", [CalendarEntry("k", title, start, end, section="Раздел; 1, 2")], NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = Calendar.from_ical(data)
    found = [*calendar.todos, *calendar.events]
    assert str(found[0]["SUMMARY"]) == title
    assert not any(component.errors for component in calendar.walk())
