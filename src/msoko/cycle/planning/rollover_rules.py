"""What becomes of an activity in the next year of a plan, by its phrase of terms. Pure: nothing is stored here.

The phrase stays the master: dates of the new year are derived from it by the engine of terms. A year that the phrase
names is never changed here, only proposed (`shifted_phrase`) for a person to accept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from intake.terms import PlanYear, SchoolCalendar, Status, Term
from msoko.cycle.planning.slots import Slot, slots_of, terms_of
from qualimetry.narrative.russian import month_name

_RARE = re.compile(r"FREQ=YEARLY;INTERVAL=\d+")
_LAST_TIME = re.compile(r"[,;(]?\s*(?:последний раз|последнее проведение)[^,;)]*\)?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:(\s*/\s*)(\d\d)(?!\d))?(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2}\.\d{1,2}\.)(\d\d)(?!\d)")
#: the farthest shift of named years that is tried
_FARTHEST = 12
_WITHOUT_DATES = frozenset({Status.ON_REQUEST, Status.AS_NEEDED, Status.PERMANENT, Status.RELATIVE})


class Fate(StrEnum):
    """`CARRIED`: dates follow, or none are needed. `AWAITS`: an outside schedule will give them. `RESTS`: not due in
    these years, stays for later ones. `ASKED`: no confident dates. `ENDED`: its time is over."""

    CARRIED = "carried"
    AWAITS = "awaits"
    RESTS = "rests"
    ASKED = "asked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Outlook:
    """An activity in the new years: its phrase and slots there, why (in Russian), questions to a person."""

    fate: Fate
    phrase: str
    slots: tuple[Slot, ...] = ()
    reason: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """The years of the new plan with their school calendars by start."""

    years: Sequence[PlanYear]
    calendars: Mapping[int, SchoolCalendar]

    def terms(self, phrase: str) -> list[Term]:
        return terms_of(phrase, self.years, self.calendars)

    def slots(self, terms: Sequence[Term]) -> tuple[Slot, ...]:
        return tuple(slot for slot in slots_of(terms, self.years) if slot.in_horizon)


def outlook_of(phrase: str, years: Years, last_done: dt.date | None = None) -> Outlook:
    """What a phrase gives in the years. `last_done`: when it was last done, to count «раз в три года» from."""
    phrase = counted_phrase(phrase, years, last_done)
    terms = years.terms(phrase)
    slots = years.slots(terms)
    questions = tuple(dict.fromkeys(question for term in terms for question in term.questions))
    fate, reason = _fate(terms, slots, years)
    return Outlook(fate, phrase, slots, reason, questions if fate == Fate.ASKED else ())


def _fate(terms: Sequence[Term], slots: Sequence[Slot], years: Years) -> tuple[Fate, str]:
    if slots:
        is_sure = not any(term.review for term in terms if term.intervals)
        return (Fate.CARRIED, "") if is_sure else (Fate.ASKED, "Даты предварительные: срок понят не до конца.")
    first = terms[0]
    if first.status == Status.EXTERNAL_SCHEDULE:
        return Fate.AWAITS, "Даты даст внешний график: привяжите его, когда он выйдет."
    if is_rare(first) and first.since is not None:
        return Fate.RESTS, f"В эти годы не проводится: последний раз – {_month_of(first.since)}"
    if any(term.in_horizon for term in terms):
        is_open = first.status in _WITHOUT_DATES and not first.review
        return (Fate.CARRIED, "") if is_open else (Fate.ASKED, "Срок не понят или не указан.")
    if any(term.review for term in terms):
        return Fate.ASKED, "Годы названы вместе с повторением: повторять ли дальше?"
    return _over(terms, years)


def _over(terms: Sequence[Term], years: Years) -> tuple[Fate, str]:
    """A phrase that names years outside of the plan: over, or still ahead."""
    ends = [day for term in terms for pair in term.intervals for day in pair if day is not None]
    ends += [term.until for term in terms if term.until is not None]
    if not ends:
        return Fate.ASKED, "Срок не понят или не указан."
    if max(ends) > years.years[-1].end:
        return Fate.RESTS, f"Срок ещё не наступил: {max(ends):%d.%m.%Y}."
    return Fate.ENDED, f"Срок закончился {max(ends):%d.%m.%Y}."


def is_rare(term: Term) -> bool:
    """Whether it comes once in several years."""
    rules = [term.rrule or "", *(rule.rrule or "" for rule in term.rules)]
    return any(_RARE.match(rule) for rule in rules)


def counted_phrase(phrase: str, years: Years, last_done: dt.date | None) -> str:
    """«Раз в три года, май» → «…, последний раз – май 2025 г.», when something later is known than the phrase says."""
    term = years.terms(phrase)[0]
    if last_done is None or not is_rare(term):
        return phrase
    if term.since is not None and (term.since.year, term.since.month) >= (last_done.year, last_done.month):
        return phrase
    kept = _LAST_TIME.sub("", phrase.strip()).rstrip(" ,;")
    return f"{kept}, последний раз – {_month_of(last_done)}"


def shifted_phrase(phrase: str, years: Years) -> str:
    """The phrase with every year that it names moved forward until its dates stand in the new years; empty where no
    year is named or no shift helps."""
    for count in range(1, _FARTHEST + 1):
        moved = shift_years(phrase, count)
        if moved == phrase:
            return ""
        if years.slots(years.terms(moved)):
            return moved
    return ""


def shift_years(text: str, count: int) -> str:
    """Every year in a text moved: «2025/26» → «2026/27», «15.01.26» → «15.01.27»."""

    def long(found: re.Match[str]) -> str:
        year, sign, short = found.groups()
        return f"{int(year) + count}" + (f"{sign}{(int(short) + count) % 100:02d}" if short else "")

    def brief(found: re.Match[str]) -> str:
        return f"{found[1]}{(int(found[2]) + count) % 100:02d}"

    return _SHORT_YEAR.sub(brief, _YEAR.sub(long, text))


def _month_of(day: dt.date) -> str:
    return f"{month_name(day.month)} {day.year} г."
