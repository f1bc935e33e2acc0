"""How tasks look: tones of states, words of terms, rows of pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from msoko.cycle.planning.api import (
    Assignment,
    AssignmentState,
    Occurrence,
    Summary,
    addressee_of,
    days_late,
    facts_of,
    state_of_row,
)
from msoko.web.ui.tones import Tone
from qualimetry.narrative import russian

S = AssignmentState
#: tone and icon of each state
LOOKS: dict[AssignmentState, tuple[Tone, str]] = {
    S.UPCOMING: (Tone.WAIT, "calendar"),
    S.WAITING: (Tone.WAIT, "circle-dashed"),
    S.BLOCKED: (Tone.WARN, "lock"),
    S.IN_WORK: (Tone.INFO, "player-play"),
    S.RETURNED: (Tone.WARN, "refresh"),
    S.OVERDUE: (Tone.BAD, "alert-circle"),
    S.DONE: (Tone.INFO, "clock"),
    S.CONFIRMED: (Tone.GOOD, "circle-check"),
    S.CONFIRMED_LATE: (Tone.WARN, "circle-check"),
    S.CANCELLED: (Tone.WAIT, "minus"),
}


@dataclass(frozen=True)
class TaskRow:
    """A task as pages show it on a day."""

    row: Assignment
    today: dt.date

    @cached_property
    def state(self) -> AssignmentState:
        return state_of_row(self.row, self.today)

    @property
    def tone(self) -> str:
        return LOOKS[self.state][0].value

    @property
    def sign(self) -> str:
        return LOOKS[self.state][1]

    @property
    def words(self) -> str:
        return str(self.state.label)

    @property
    def addressee(self) -> str:
        return addressee_of(self.row)

    @property
    def late(self) -> str:
        """«3 дня» of delay, empty when there is none."""
        days = days_late(facts_of(self.row), self.today)
        return russian.counted(days, "день") if days else ""

    @property
    def term(self) -> str:
        return term_words(self.row.occurrence)


def term_words(occurrence: Occurrence) -> str:
    """«с 01.09.2026 по 30.09.2026», «до 15.09.2026», «без срока»."""
    start, end = occurrence.starts_on, occurrence.ends_on
    if start and end:
        if start == end:
            return f"{end:%d.%m.%Y}"
        return f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"
    if end:
        return f"до {end:%d.%m.%Y}"
    return f"с {start:%d.%m.%Y}" if start else "без срока"


def summary_words(summary: Summary | None) -> str:
    """«Сдали 14 из 18», «подтверждено 12»."""
    if summary is None or not summary.expected:
        return "исполнителей нет"
    words = f"сдали {summary.handed_in} из {summary.expected}"
    return f"{words}, подтверждено {summary.confirmed}" if summary.handed_in else words
