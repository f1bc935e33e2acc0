"""The state of a task from its facts and the day. Two faces that agree: `state_of` for values, `state_filter` for rows.

Nothing is stored: what people did stands in the rows, the rest follows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from msoko.cycle.planning.enums import AssignmentState

S = AssignmentState
#: nothing more is expected of the addressee
FINISHED = frozenset({S.CONFIRMED, S.CONFIRMED_LATE})
#: the addressee has handed in, whether it was confirmed or not
HANDED_IN = FINISHED | {S.DONE}
#: the addressee has to act
OPEN = frozenset({S.UPCOMING, S.WAITING, S.BLOCKED, S.IN_WORK, S.RETURNED, S.OVERDUE})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one addressee: the term in force (both ends may be open) and what people did."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_started: bool = False
    done_on: dt.date | None = None
    is_confirmed: bool = False
    is_returned: bool = False
    is_cancelled: bool = False
    is_blocked: bool = False


def state_of(facts: Facts, today: dt.date) -> AssignmentState:
    """Exactly one state. Cancelled outweighs everything, facts outweigh the calendar, overdue outweighs the rest."""
    if facts.is_cancelled:
        return S.CANCELLED
    if facts.done_on is not None:
        return _handed_in(facts)
    if facts.ends_on is not None and facts.ends_on < today:
        return S.OVERDUE
    if facts.is_returned:
        return S.RETURNED
    if facts.is_started:
        return S.IN_WORK
    if facts.is_blocked:
        return S.BLOCKED
    is_ahead = facts.starts_on is not None and facts.starts_on > today
    return S.UPCOMING if is_ahead else S.WAITING


def _handed_in(facts: Facts) -> AssignmentState:
    if not facts.is_confirmed:
        return S.DONE
    return S.CONFIRMED_LATE if is_late(facts.done_on, facts.ends_on) else S.CONFIRMED


def is_late(done_on: dt.date | None, ends_on: dt.date | None) -> bool:
    """Whether it was done after the term in force; without a term nothing is late."""
    return done_on is not None and ends_on is not None and done_on > ends_on


def days_late(facts: Facts, today: dt.date) -> int:
    """Days after the term: up to the day when it was done, else up to today; 0 when there is no delay."""
    if facts.ends_on is None or facts.is_cancelled:
        return 0
    return max(0, ((facts.done_on or today) - facts.ends_on).days)


@dataclass(frozen=True, slots=True)
class Summary:
    """«Сдали 14 из 18»: `expected` leaves out those released and cancelled."""

    expected: int
    handed_in: int
    confirmed: int
    overdue: int
    late: int
    cancelled: int

    @property
    def missing(self) -> int:
        return self.expected - self.handed_in

    @property
    def is_finished(self) -> bool:
        """Everybody who had to has done it, and all of it was confirmed."""
        return self.expected > 0 and self.confirmed == self.expected


def summary_of(states: Iterable[AssignmentState]) -> Summary:
    """Counts over the addressees of an occurrence, a plan, a unit."""
    counts = Counter(states)
    return Summary(
        expected=sum(counts.values()) - counts[S.CANCELLED],
        handed_in=sum(counts[state] for state in HANDED_IN),
        confirmed=sum(counts[state] for state in FINISHED),
        overdue=counts[S.OVERDUE],
        late=counts[S.CONFIRMED_LATE],
        cancelled=counts[S.CANCELLED],
    )


#: which state of its addressees an occurrence shows: the first that any of them is in
_WEIGHT = (S.OVERDUE, S.RETURNED, S.BLOCKED, S.DONE, S.IN_WORK, S.WAITING, S.UPCOMING, S.CONFIRMED_LATE, S.CONFIRMED)


def joint_state(states: Iterable[AssignmentState]) -> AssignmentState:
    """One state for all addressees of an occurrence: the worst of those who are expected."""
    present = set(states)
    if not present:
        return S.WAITING
    if S.IN_WORK not in present and present & HANDED_IN and present & {S.WAITING, S.UPCOMING}:
        present.add(S.IN_WORK)
        present -= {S.DONE}
    return next((state for state in _WEIGHT if state in present), S.CANCELLED)
