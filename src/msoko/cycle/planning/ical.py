"""Occurrences as an iCalendar file (RFC 5545): windows as all-day events, mere deadlines as tasks and events.

DTEND of an all-day event is the day after the last one. Dates carry no time zone. UIDs are stable, so that a program
that reads the address again changes its entries instead of doubling them. No names of people leave the product here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event, Todo

from msoko.cycle.planning.calendar_entries import CalendarEntry

_DAY = dt.timedelta(days=1)
#: Longer windows flood a calendar: only their last day is shown.
LONGEST_WINDOW = dt.timedelta(days=93)


def calendar_bytes(title: str, entries: Iterable[CalendarEntry], made_at: dt.datetime) -> bytes:
    """The file. `made_at` is an aware moment (DTSTAMP)."""
    calendar = Calendar()
    calendar.add("prodid", "-//MSOKO//Planning//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for entry in entries:
        for component in _components(entry):
            _fill(component, entry, made_at)
            calendar.add_component(component)
    return bytes(calendar.to_ical())


def _components(entry: CalendarEntry) -> list[Event | Todo]:
    """A window is an event. A deadline (or the end of a long window) is a task, and an event of its day, because many
    programs hide tasks."""
    start = entry.starts_on
    event = Event()
    if start is not None and entry.ends_on - start <= LONGEST_WINDOW:
        event.add("uid", f"{entry.key}@msoko")
        event.add("summary", entry.title)
        event.add("dtstart", start)
        event.add("dtend", entry.ends_on + _DAY)
        return [event]
    event.add("uid", f"{entry.key}-day@msoko")
    event.add("summary", f"Срок: {entry.title}")
    event.add("dtstart", entry.ends_on)
    event.add("dtend", entry.ends_on + _DAY)
    return [_task(entry), event]


def _task(entry: CalendarEntry) -> Todo:
    task = Todo()
    task.add("uid", f"{entry.key}@msoko")
    task.add("summary", entry.title)
    if entry.starts_on is not None:
        task.add("dtstart", entry.starts_on)
    task.add("due", entry.ends_on)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", dt.timedelta(days=-3), parameters={"RELATED": "END"})
    task.add_component(alarm)
    return task


def _fill(component: Event | Todo, entry: CalendarEntry, made_at: dt.datetime) -> None:
    component.add("dtstamp", made_at.astimezone(dt.UTC))
    component.add("sequence", entry.sequence)
    if entry.changed_at is not None:
        component.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    if entry.section:
        component.add("categories", [entry.section])
    if entry.details:
        component.add("description", entry.details)
    if entry.url:
        component.add("url", entry.url)
    status = _status(entry, is_task=isinstance(component, Todo))
    if status:
        component.add("status", status)
    if isinstance(component, Event):
        component.add("transp", "TRANSPARENT")


def _status(entry: CalendarEntry, *, is_task: bool) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    if is_task:
        return "COMPLETED" if entry.is_done else "NEEDS-ACTION"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"
