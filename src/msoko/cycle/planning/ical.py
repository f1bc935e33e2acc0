"""Terms as an iCalendar file (RFC 5545): windows as all-day events, mere deadlines as tasks and events.

DTEND of an all-day event is the day after the last one. Dates carry no time zone. UIDs are stable, so that a program
that reads the address again changes its entries instead of doubling them. Events of terms that come again are one event
with a rule; a term that was moved or taken off is an exception of its own (RECURRENCE-ID). Tasks are never joined: each
is done by itself (docs/adr/0012). No names of people leave the product here.

Lines are written directly: a library builds an object for every value, which takes ten times longer for a plan of
thousands of rows. The tests read the files back with two libraries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from msoko.cycle.planning.calendar_entries import CalendarEntry
from msoko.cycle.planning.series import Series, in_series

_DAY = dt.timedelta(days=1)
#: Longer windows flood a calendar: only their last day is shown.
LONGEST_WINDOW = dt.timedelta(days=93)
_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_file(title: str, entries: Iterable[CalendarEntry], made_at: dt.datetime) -> bytes:
    """The file. `made_at` is an aware moment (DTSTAMP)."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MSOKO//Planning//RU", "METHOD:PUBLISH")
    lines = [*head, f"X-WR-CALNAME:{_text(title)}", *_components(entries, _moment(made_at)), "END:VCALENDAR"]
    return b"".join(map(_folded, lines))


def _components(entries: Iterable[CalendarEntry], stamp: str) -> Iterator[str]:
    windows: list[CalendarEntry] = []
    days: list[CalendarEntry] = []
    for entry in entries:
        if _is_window(entry):
            windows.append(entry)
        else:
            yield from _task(entry, stamp)
            days.append(_last_day(entry))
    for events in (windows, days):
        series, alone = in_series(events)
        for one in series:
            yield from _series(one, stamp)
        for entry in alone:
            yield from _event(entry, stamp, f"UID:{entry.key}@msoko")


def _is_window(entry: CalendarEntry) -> bool:
    return entry.starts_on is not None and entry.ends_on - entry.starts_on <= LONGEST_WINDOW


def _last_day(entry: CalendarEntry) -> CalendarEntry:
    """A deadline, or the end of a long window, as an event of its day, because many programs hide tasks."""
    return replace(
        entry, key=f"{entry.key}-day", title=f"Срок: {entry.title}", starts_on=None, planned_starts_on=None,
        series=f"{entry.series}-day" if entry.series else "",
    )  # fmt: skip


def _event(entry: CalendarEntry, stamp: str, *head: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from head
    yield f"SUMMARY:{_text(entry.title)}"
    yield f"DTSTART;VALUE=DATE:{entry.starts_on or entry.ends_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.ends_on + _DAY:%Y%m%d}"
    yield from _rest(entry, stamp)
    yield f"STATUS:{_event_status(entry)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _series(series: Series, stamp: str) -> Iterator[str]:
    """The rule with what it leaves out, then the terms that are not where the rule has them or were taken off."""
    first = series.members[0][1]
    uid = f"UID:{first.key}-series@msoko"
    head = [uid, f"RRULE:{series.rule.text}"]
    head += [f"EXDATE;VALUE=DATE:{day:%Y%m%d}" for day in series.left_out]
    yield from _event(_by_rule(series), stamp, *head)
    for day, entry in series.members:
        if entry.is_cancelled or (entry.starts_on or entry.ends_on, entry.ends_on) != (day, _end(series, day)):
            yield from _event(entry, stamp, uid, f"RECURRENCE-ID;VALUE=DATE:{day:%Y%m%d}")


def _by_rule(series: Series) -> CalendarEntry:
    """The first term as the plan has it; the whole series has changed when its last change was made."""
    first = series.members[0][1]
    changes = [entry.changed_at for _, entry in series.members if entry.changed_at is not None]
    return replace(
        first, starts_on=series.rule.first, ends_on=_end(series, series.rule.first), is_cancelled=False, sequence=0,
        changed_at=max(changes, default=None),
    )  # fmt: skip


def _end(series: Series, day: dt.date) -> dt.date:
    return day + series.length * _DAY


def _task(entry: CalendarEntry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VTODO"
    yield f"UID:{entry.key}@msoko"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.starts_on is not None:
        yield f"DTSTART;VALUE=DATE:{entry.starts_on:%Y%m%d}"
    yield f"DUE;VALUE=DATE:{entry.ends_on:%Y%m%d}"
    yield from _rest(entry, stamp)
    yield f"STATUS:{_task_status(entry)}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}")
    yield from ("TRIGGER;RELATED=END:-P3D", "END:VALARM", "END:VTODO")


def _rest(entry: CalendarEntry, stamp: str) -> Iterator[str]:
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{entry.sequence}"
    if entry.changed_at is not None:
        yield f"LAST-MODIFIED:{_moment(entry.changed_at)}"
    if entry.section:
        yield f"CATEGORIES:{_text(entry.section)}"
    if entry.details:
        yield f"DESCRIPTION:{_text(entry.details)}"
    if entry.url:
        yield f"URL:{entry.url}"


def _event_status(entry: CalendarEntry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"


def _task_status(entry: CalendarEntry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "COMPLETED" if entry.is_done else "NEEDS-ACTION"


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, longer ones folded between letters, with its ending."""
    data = line.encode()
    if len(data) <= _OCTETS:
        return data + b"\r\n"
    parts, start, room = [], 0, _OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # not in the middle of a letter
            end -= 1
        parts.append(data[start:end])
        start, room = end, _OCTETS - 1
    parts.append(data[start:])
    return b"\r\n ".join(parts) + b"\r\n"
