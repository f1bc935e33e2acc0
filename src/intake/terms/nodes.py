"""What recognisers find in a phrase, before anything is placed on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from intake.terms.pieces import Piece
from intake.terms.values import Status

Unit = Literal["day", "working_day", "week", "month", "quarter", "academic_quarter", "half_year", "break", "year"]


@dataclass(frozen=True)
class Window:
    """From the start of `first` to the end of `last`; a deadline has no first, an open window no last.

    `is_before` – the deadline is the day before `last` starts («до сентября»), the open window begins when `first` is
    over («после каникул»).
    """

    first: Piece | None
    last: Piece | None
    is_before: bool = False
    is_doubtful: bool = False
    #: day of the week that stands beside a date, 1–7
    weekday: int = 0

    @property
    def is_deadline(self) -> bool:
        return self.first is None

    @property
    def is_open(self) -> bool:
        return self.last is None

    @property
    def is_explicit(self) -> bool:
        return any(piece is not None and piece.is_explicit for piece in (self.first, self.last))


@dataclass(frozen=True)
class Windows:
    """One or several windows that one wording gives («10 и 15 мая»)."""

    items: tuple[Window, ...]


@dataclass(frozen=True)
class Frequency:
    """`count` times in every `interval` units; `bound` says whether the count is a floor or a ceiling."""

    unit: Unit
    interval: float = 1
    count: int = 1
    bound: Literal["", "min", "max"] = ""
    weekdays: tuple[int, ...] = ()
    is_doubtful: bool = False


@dataclass(frozen=True)
class DayOf:
    """A day or days of an unnamed month, quarter or half-year: «до 25 числа», «третий четверг», «конец месяца».

    `shape`: day – numbers are days of the month; weekday – n-th weekdays; week, decade, half – parts; edge – начало,
    середина, конец; last_day – last (working) day.
    """

    shape: Literal["day", "weekday", "week", "decade", "half", "edge", "last_day"]
    numbers: tuple[int, ...]
    last: int = 0
    weekday: int = 0
    is_deadline: bool = False
    place: str = ""
    unit: Unit | Literal[""] = ""
    months: Literal["each", "after", "last"] = "each"
    is_doubtful: bool = False
    #: the month after the reporting one, whose length the frequency tells
    follows_report: bool = False


@dataclass(frozen=True)
class Undated:
    """A term that has no dates of its own: on request, as needed, by an outside schedule, permanent, unknown."""

    status: Status
    anchor: str = ""
    requester: str = ""
    review: bool = False
    same_as_previous: bool = False
    max_per: str = ""
    question: str = ""


@dataclass(frozen=True)
class Relative:
    """`offset` units from an event; `known` names an event whose dates follow from the year."""

    anchor: str
    offset: int | None = None
    unit: str = ""
    known: str = ""
    is_doubtful: bool = False
    is_span: bool = False


@dataclass(frozen=True)
class Limits:
    """Years or a month since, until or except which a rule holds; the last time it was done."""

    since_year: int | None = None
    until_year: int | None = None
    last_done: tuple[int, int | None] | None = None
    except_years: tuple[int, ...] = ()
    except_months: tuple[int, ...] = ()
    except_weekends: bool = False
    is_span: bool = False


@dataclass(frozen=True)
class Note:
    """Time of the day, «ориентировочно», a label of a part, a separator, words that say nothing."""

    kind: Literal["time", "tentative", "label", "separator", "filler", "invalid", "within_month"]
    text: str = ""


Node = Windows | Frequency | DayOf | Undated | Relative | Limits | Note
