"""What the pages of functions show: filters and orders of the address applied to the board, people, gaps, overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import QueryDict

from intake.matrices import same_words
from msoko.cycle.regulations.api import (
    OF_PEOPLE,
    FunctionGroup,
    FunctionMatrix,
    FunctionState,
    Gap,
    GapRow,
    GapSummary,
    GroupState,
    MatrixFunction,
)
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.api import Appointment
from msoko.web.ui.numbers import whole_number

Row = TypeVar("Row")


def has_words(asked: str, *texts: str) -> bool:
    """Whether every asked word stands in the texts, whatever the case, «ё» and signs."""
    text = same_words(" ".join(texts))
    return all(word in text for word in same_words(asked).split())


_FUNCTIONS: dict[str, Callable[[FunctionState], Any]] = {
    "text": lambda one: same_words(one.function.text),
    "gaps": lambda one: len(one.gaps),
    "people": lambda one: min((who.person.search_key for who in one.people), default=""),
}


def chosen_groups(board: Sequence[GroupState], query: QueryDict) -> list[GroupState]:
    """Functions that the filters let through, inside of their groups in the order of the address; groups without any
    are left out when there are filters."""
    found = _fitting_groups(board, query)
    order = query.get("sort", "")
    return [
        GroupState(one.group, one.requirements, tuple(_sorted(list(one.functions), order, _FUNCTIONS, "")))
        for one in found
    ]


def _fitting_groups(board: Sequence[GroupState], query: QueryDict) -> list[GroupState]:
    gap, power, words = query.get("gap", ""), query.get("power", ""), query.get("q", "")
    group, person = whole_number(query.get("group", "")), whole_number(query.get("person", ""))
    found = [one for one in board if not group or one.group.pk == group]
    if not (gap or power or words or person):
        return found

    def fits(one: FunctionState) -> bool:
        return (
            (not gap or (gap == "any" and bool(one.gaps)) or gap in one.gaps)
            and (not power or one.function.power == power or (power == "none" and not one.function.power))
            and (not person or person in {who.pk for who in one.people})
            and has_words(words, one.function.text, *one.function.posts)
        )

    shown = [GroupState(one.group, one.requirements, tuple(filter(fits, one.functions))) for one in found]
    return [one for one in shown if one.functions]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the functions that they answer for; `is_left`: the appointment is over."""

    person: Appointment
    functions: tuple[tuple[FunctionGroup, MatrixFunction], ...]
    is_left: bool


_PEOPLE: dict[str, Callable[[PersonRow], Any]] = {
    "name": lambda row: row.person.person.search_key,
    "post": lambda row: row.person.post.casefold(),
    "count": lambda row: len(row.functions),
}


def people_rows(groups: Sequence[FunctionGroup], query: QueryDict, today: dt.date) -> list[PersonRow]:
    """Who does what."""
    people: dict[int, tuple[Appointment, list[tuple[FunctionGroup, MatrixFunction]]]] = {}
    for group in groups:
        for function in group.functions.all():
            for person in function.people.all():
                people.setdefault(person.pk, (person, []))[1].append((group, function))
    rows = [
        PersonRow(person, tuple(found), person.valid_until is not None and person.valid_until < today)
        for person, found in people.values()
        if has_words(query.get("q", ""), person.person.full_name, person.post)
    ]
    if query.get("state") == "left":
        rows = [one for one in rows if one.is_left]
    return _sorted(rows, query.get("sort", ""), _PEOPLE, "name")


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """An organization with its matrix and gaps."""

    organization: Organization
    matrix: FunctionMatrix | None
    functions: int = 0
    people: int = 0
    absent: int = 0
    unfit: int = 0

    @property
    def gaps(self) -> int:
        return self.people + self.absent + self.unfit


_OVERVIEW: dict[str, Callable[[OverviewRow], Any]] = {
    "name": lambda row: row.organization.sort_key,
    "matrix": lambda row: (row.matrix is not None, row.organization.sort_key),
    "people": lambda row: row.people,
    "absent": lambda row: row.absent,
    "unfit": lambda row: row.unfit,
    "gaps": lambda row: row.gaps,
}


def overview_rows(
    organizations: Sequence[Organization],
    matrices: Mapping[int, FunctionMatrix],
    summaries: Mapping[int, GapSummary],
    query: QueryDict,
) -> list[OverviewRow]:
    """Who has a matrix and what it lacks. `matrices` by organization, `summaries` by matrix."""
    kind, state = query.get("kind", ""), query.get("state", "")
    rows = []
    for one in organizations:
        if (kind and one.kind != kind) or not has_words(query.get("q", ""), one.short_name, one.full_name):
            continue
        row = _overview_row(one, matrices.get(one.pk), summaries)
        fits = {"none": row.matrix is None, "adopted": row.matrix is not None,
                "gaps": row.gaps > 0, "clean": row.matrix is not None and not row.gaps}  # fmt: skip
        if fits.get(state, True):
            rows.append(row)
    return _sorted(rows, query.get("sort", ""), _OVERVIEW, "name")


def _overview_row(
    organization: Organization, matrix: FunctionMatrix | None, summaries: Mapping[int, GapSummary]
) -> OverviewRow:  # fmt: skip
    if matrix is None:
        return OverviewRow(organization, None)
    summary = summaries[matrix.pk]
    people = sum(summary.counts.get(gap, 0) for gap in OF_PEOPLE)
    absent = summary.counts.get(Gap.NO_DOCUMENT, 0)
    unfit = sum(summary.counts.values()) - people - absent
    return OverviewRow(organization, matrix, summary.functions, people, absent, unfit)


_GAPS: dict[str, Callable[[GapRow], Any]] = {
    "gap": lambda row: list(Gap).index(row.gap),
    "what": lambda row: same_words(what_of(row)),
    "count": lambda row: len(row.functions),
}


def chosen_gaps(rows: Sequence[GapRow], query: QueryDict) -> list[GapRow]:
    """Gaps that the filters let through; as they stand in the matrix, or in the order of the address."""
    gap, kind = query.get("gap", ""), query.get("kind", "")
    group, side = whole_number(query.get("group", "")), query.get("side", "")
    found = [
        one for one in rows
        if (not gap or one.gap == gap)
        and (not kind or (one.requirement is not None and one.requirement.required.kind == kind))
        and (not group or group in {g.pk for g in one.groups})
        and (not side or (side == "people") == (one.gap in OF_PEOPLE))
        and has_words(query.get("q", ""), what_of(one), *(f.text for f in one.functions))
    ]  # fmt: skip
    return _sorted(found, query.get("sort", ""), _GAPS, "")


def what_of(row: GapRow) -> str:
    """The function or the document that the gap is of."""
    return row.requirement.required.title if row.requirement is not None else row.functions[0].text


def _sorted(rows: list[Row], asked: str, keys: Mapping[str, Callable[[Row], Any]], default: str) -> list[Row]:
    name = asked.removeprefix("-") if asked.removeprefix("-") in keys else default
    if not name:
        return rows
    return sorted(rows, key=keys[name], reverse=asked.startswith("-") and name == asked.removeprefix("-"))
