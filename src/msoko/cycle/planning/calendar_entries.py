"""What a calendar program is told of an occurrence; the file is written by `planning.ical`, loaded when it is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An occurrence for a calendar program. `key` is unique and stays the same; `sequence` grows with changes."""

    key: str
    title: str
    starts_on: dt.date | None
    ends_on: dt.date
    section: str = ""
    details: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_done: bool = False
    is_tentative: bool = False
    sequence: int = 0
    changed_at: dt.datetime | None = None


def calendar_file(title: str, entries: Iterable[CalendarEntry], made_at: dt.datetime) -> bytes:
    """The entries as an iCalendar file. `made_at` is an aware moment."""
    from msoko.cycle.planning.ical import calendar_bytes  # noqa: PLC0415 -- slow import

    return calendar_bytes(title, entries, made_at)
