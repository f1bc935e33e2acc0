"""Terms that hang on an event or have no dates at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.terms.draft import Draft
from intake.terms.group import Group
from intake.terms.nodes import Relative, Undated
from intake.terms.occurrences import school_span
from intake.terms.placing import Placed
from intake.terms.relative import known_ends
from intake.terms.single import place_windows
from intake.terms.values import Status
from intake.terms.wording import shown_anchor
from intake.terms.years import inherited

_BROAD: Final = 200


def hang(group: Group, draft: Draft) -> None:
    """A term relative to an event; dates beside it stay, for a person to look at."""
    relative = group.relative[0]
    if group.windows and not _is_broad([draft.placing.place(window) for window in inherited(group.windows)]):
        place_windows(group, draft)
        draft.anchor = relative.anchor
        draft.ask(f"Как связаны срок и событие «{shown_anchor(relative.anchor)}»?")
        return
    draft.status = Status.RELATIVE
    draft.anchor, draft.offset, draft.unit = relative.anchor, relative.offset, relative.unit
    if relative.known:
        for interval in known_ends(relative, draft.plan, draft.calendars):
            draft.add(interval)
    _ask_about(relative, draft)
    if len(group.relative) > 1 or group.undated or group.windows:
        draft.ask("Верно ли понят срок?")


def _ask_about(relative: Relative, draft: Draft) -> None:
    if draft.intervals:
        draft.ask("Подходит ли предложенный срок?")
    elif relative.anchor == "unknown":
        draft.ask("От какого события отсчитывать?")
    elif relative.is_doubtful:
        draft.ask("Сколько дней отвести?")


def leave_open(group: Group, draft: Draft) -> None:
    """On request, as needed, by an outside schedule, permanent, unknown."""
    undated = _chief(group.undated)
    placed = [draft.placing.place(window) for window in inherited(group.windows)]
    if undated.status is Status.PERMANENT:
        _hold(undated, placed, draft)
        return
    if placed and not _is_broad(placed):
        place_windows(group, draft)
        draft.anchor, draft.requester = undated.anchor, undated.requester
        draft.ask("Точные даты зависят от условия: подтвердите срок.")
        return
    _take(undated, draft)
    if placed and placed[0].interval[0] and placed[0].interval[1]:
        draft.within = (placed[0].interval[0], placed[0].interval[1])
    if len({one.status for one in group.undated}) > 1:
        draft.ask("В строке два разных условия: какое верно?")


def _take(undated: Undated, draft: Draft) -> None:
    draft.status = undated.status
    draft.anchor, draft.requester, draft.max_per = undated.anchor, undated.requester, undated.max_per
    draft.is_same = undated.same_as_previous
    draft.ask(undated.question)
    if undated.review and not undated.question:
        draft.ask("Верно ли понят срок?")


def _hold(undated: Undated, placed: Sequence[Placed], draft: Draft) -> None:
    draft.status = Status.PERMANENT
    draft.ask(undated.question)
    if placed and not _is_broad(placed):
        draft.ask("Постоянно или только в названный срок?")
    if placed:
        for one in placed:
            draft.add(one.interval)
        draft.is_explicit = any(one.window.is_explicit for one in placed)
        return
    draft.add(draft.plan.window)
    if draft.plan.is_school:
        draft.alt.append((school_span(draft.plan),))


def _chief(undated: Sequence[Undated]) -> Undated:
    """The condition that says most: an unknown date says least."""
    return min(undated, key=lambda one: one.status in (Status.UNSPECIFIED, Status.PERMANENT))


def _is_broad(placed: Sequence[Placed]) -> bool:
    """A window of half a year or more only bounds the whole."""
    spans = [(end - start).days for start, end in (one.interval for one in placed) if start and end]
    return len(spans) == len(placed) == 1 and spans[0] >= _BROAD
