"""Filters and order of the lists of tasks, read from the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import QueryDict

from msoko.cycle.planning.api import Assignment, AssignmentState, Occurrence, in_states, own_rows
from msoko.foundation.access.api import Scope
from msoko.web.ui.numbers import whole_number

S = AssignmentState
#: tabs of the list: key → (title, states)
VIEWS: dict[str, tuple[str, tuple[AssignmentState, ...]]] = {
    "": ("Все задачи", ()),
    "overdue": ("Просроченные", (S.OVERDUE,)),
    "blocked": ("Заблокированные", (S.BLOCKED,)),
    "confirm": ("Ждут подтверждения", (S.DONE,)),
}
_ORDERS = {
    "term": ("occurrence__ends_on", "organization__sort_key", "id"),
    "activity": ("occurrence__activity__title", "occurrence__ends_on", "id"),
    "organization": ("organization__sort_key", "occurrence__ends_on", "id"),
    "done": ("done_on", "occurrence__ends_on", "id"),
}


def filtered(rows: QuerySet[Assignment], query: QueryDict, scope: Scope, today: dt.date) -> QuerySet[Assignment]:
    """Tasks that the address asks for, in its order."""
    rows = rows.filter(_words(query.get("q", ""), ("occurrence__activity__title", "occurrence__part")))
    if query.get("own") == "1":
        rows = rows.filter(own_rows(scope))
    states = _states(query)
    if states:
        rows = rows.filter(in_states(states, today))
    for key, field in (("plan", "occurrence__activity__plan"), ("organization", "organization")):
        if number := whole_number(query.get(key, "")):
            rows = rows.filter(**{field: number})
    if query.get("kind"):
        rows = rows.filter(occurrence__activity__deliverables__kind=query["kind"][:40]).distinct()
    rows = rows.filter(_window(query, "occurrence__"))
    asked = query.get("sort", "term")
    first, *rest = _ORDERS.get(asked.lstrip("-"), _ORDERS["term"])
    return rows.order_by(f"-{first}" if asked.startswith("-") else first, *rest)


def terms_filtered(rows: QuerySet[Occurrence], query: QueryDict) -> QuerySet[Occurrence]:
    """Terms that the address asks for."""
    rows = rows.filter(_words(query.get("q", ""), ("activity__title", "part")))
    if number := whole_number(query.get("plan", "")):
        rows = rows.filter(activity__plan=number)
    order = "-ends_on" if query.get("sort") == "-term" else "ends_on"
    return rows.filter(_window(query, "")).order_by(order, "activity__position", "id")


def _states(query: QueryDict) -> tuple[AssignmentState, ...]:
    if query.get("state") in S.values:
        return (S(str(query["state"])),)
    return VIEWS.get(query.get("view", ""), VIEWS[""])[1]


def _window(query: QueryDict, prefix: str) -> Q:
    found = Q()
    for key, lookup in (("from", "gte"), ("to", "lte")):
        if day := day_of(query.get(key, "")):
            found &= Q(**{f"{prefix}ends_on__{lookup}": day})
    return found


def day_of(text: str) -> dt.date | None:
    """The day of a date field; None where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _words(asked: str, fields: Iterable[str]) -> Q:
    """Every word in any of the fields. Databases compare Cyrillic by case, so the usual spellings are asked for."""
    found = Q()
    for word in asked.split()[:8]:
        spellings = {word, word.lower(), word.capitalize(), word.upper()}
        one = Q()
        for field in fields:
            for spelling in spellings:
                one |= Q(**{f"{field}__contains": spelling})
        found &= one
    return found
