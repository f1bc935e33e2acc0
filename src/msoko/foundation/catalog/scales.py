"""Mark boundaries and minima by procedure, subject, grade level and year, with source and reliability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from msoko.foundation.catalog.files import tables
from qualimetry.frames.blueprint import CutScores, MarkCondition


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition of a mark with its name in Russian («грамотность (ГК1–ГК4)»)."""

    name: str
    condition: MarkCondition


@dataclass(frozen=True, slots=True)
class Scale:
    """How results of a work are read. `lowest` = lowest raw scores of marks 3, 4, 5 (None where not published);
    `lowest_three` alone is known for some works; `test_score_minimum` belongs to ЕГЭ.

    `is_verified` False = not checked against the official text: results carry a warning.
    """

    procedure: str
    subject: str
    grade_level: int
    first_year: int
    last_year: int
    max_score: int | None
    lowest: tuple[int, int, int] | None
    lowest_three: int | None
    test_score_minimum: int | None
    conditions: tuple[NamedCondition, ...]
    source: str
    is_verified: bool

    @property
    def cut_scores(self) -> CutScores | None:
        """Boundaries as the statistics take them."""
        if self.lowest is None:
            return None
        return CutScores(*self.lowest, source=self.source, conditions=tuple(c.condition for c in self.conditions))


def scales_for(procedure: str, subject: str, grade_level: int | None, year: int | None) -> tuple[Scale, ...]:
    """All scales of a work; several when forms of the work differ in their maximum (ГВЭ)."""
    return tuple(
        scale
        for scale in _scales()
        if (scale.procedure, scale.subject, scale.grade_level) == (procedure, subject, grade_level)
        and year is not None
        and scale.first_year <= year <= scale.last_year
    )


def scale_for(
    procedure: str, subject: str, grade_level: int | None, year: int | None, max_score: int | None = None
) -> Scale | None:
    """The one scale of a work with this maximum; None when there is none or the choice is not certain.

    A scale whose maximum is not published fits any maximum above its boundaries.
    """
    known = scales_for(procedure, subject, grade_level, year)
    if max_score is None:
        return known[0] if len(known) == 1 else None
    exact = [scale for scale in known if scale.max_score == max_score]
    silent = [scale for scale in known if scale.max_score is None and max_score >= max(scale.lowest or (0,))]
    fitting = exact or silent
    return fitting[0] if len(fitting) == 1 else None


@cache
def _scales() -> tuple[Scale, ...]:
    return tuple(
        scale
        for table in tables("scales").values()
        if "subjects" in table
        for subject, grades in table["subjects"].items()
        for grade_level, entry in grades.items()
        for scale in _entry_scales(table, subject, int(grade_level), entry)
    )


def _entry_scales(
    table: dict[str, Any], subject: str, grade_level: int, entry: dict[str, Any] | list[dict[str, Any]]
) -> Iterator[Scale]:
    for form in entry if isinstance(entry, list) else [entry]:
        yield _scale(table, subject, grade_level, form)


def _scale(table: dict[str, Any], subject: str, grade_level: int, form: dict[str, Any]) -> Scale:
    first_year, last_year = form.get("years", table["years"])
    lowest = form.get("lowest")
    return Scale(
        procedure=table["procedure"],
        subject=subject,
        grade_level=grade_level,
        first_year=first_year,
        last_year=last_year,
        max_score=form.get("max_score"),
        lowest=(lowest[0], lowest[1], lowest[2]) if lowest else None,
        lowest_three=form.get("lowest_three", lowest[0] if lowest else None),
        test_score_minimum=form.get("test_score_minimum"),
        conditions=tuple(_condition(condition) for condition in form.get("conditions", ())),
        source=form.get("source", table["source"]),
        is_verified=form.get("is_verified", table["is_verified"]),
    )


def _condition(table: dict[str, Any]) -> NamedCondition:
    condition = MarkCondition(tuple(table["labels"]), table["min_points"], table["from_mark"])
    return NamedCondition(table["name"], condition)
