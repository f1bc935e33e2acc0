"""Months and quarters that plans of work are made for. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualimetry.narrative.russian import month_name

_CODE = re.compile(r"(\d{4})-(?:(\d{2})|[Qq]([1-4]))")
_ROMAN = ("I", "II", "III", "IV")
_EARLIEST, _LATEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a calendar quarter, both ends included."""

    first: dt.date
    months: int

    @property
    def last(self) -> dt.date:
        return _month_on(self.first, self.months) - dt.timedelta(days=1)

    @property
    def is_quarter(self) -> bool:
        return self.months > 1

    @property
    def code(self) -> str:
        """«2026-10», «2026-Q4»: how addresses name it."""
        if self.is_quarter:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        """«октябрь 2026 года», «IV квартал 2026 года»: nominative and accusative are the same."""
        if self.is_quarter:
            return f"{_ROMAN[(self.first.month - 1) // 3]} квартал {self.first.year} года"
        return f"{month_name(self.first.month)} {self.first.year} года"

    @property
    def before(self) -> Period:
        return Period(_month_on(self.first, -self.months), self.months)

    @property
    def after(self) -> Period:
        return Period(_month_on(self.first, self.months), self.months)

    def holds(self, day: dt.date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def month_with(day: dt.date) -> Period:
    """The month of a day."""
    return Period(day.replace(day=1), 1)


def quarter_with(day: dt.date) -> Period:
    """The calendar quarter of a day."""
    return Period(dt.date(day.year, day.month - (day.month - 1) % 3, 1), 3)


def period_of(code: str, usual: dt.date) -> Period:
    """The period of an address; the month of `usual` where the address names none."""
    found = _CODE.fullmatch(code)
    if found is None:
        return month_with(usual)
    year, month, quarter = int(found[1]), found[2], found[3]
    if not _EARLIEST <= year <= _LATEST or (month is not None and not 1 <= int(month) <= 12):
        return month_with(usual)
    return Period(dt.date(year, int(month), 1), 1) if month else Period(dt.date(year, 3 * int(quarter) - 2, 1), 3)


def periods_between(first: dt.date, last: dt.date) -> Iterator[Period]:
    """Quarters and months that have days within, in order: each quarter before its months."""
    quarter = quarter_with(first)
    while quarter.first <= last:
        yield quarter
        for number in range(3):
            month = Period(_month_on(quarter.first, number), 1)
            if month.first <= last and month.last >= first:
                yield month
        quarter = quarter.after


def _month_on(day: dt.date, count: int) -> dt.date:
    number = day.year * 12 + day.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)
