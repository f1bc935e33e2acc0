"""What was read of a schedule, as it is kept; short forms that the municipality has explained."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from intake.schedules import ReadWork, ScheduleReading
from msoko.cycle.procedures.models import Schedule, ScheduleWord
from msoko.foundation.orgs.api import municipality_of
from msoko.foundation.orgs.models import ClassGroup, Organization


def words_of(organization: Organization) -> dict[str, str]:
    """Short form (folded) → subject, as people of the municipality have said."""
    rows = ScheduleWord.objects.filter(municipality=municipality_of(organization) or organization)
    return dict(rows.values_list("word", "subject"))


def stored_works(schedule: Schedule, reading: ScheduleReading) -> list[dict[str, Any]]:
    """Works as JSON; a class that the organization does not have in the year is asked about."""
    groups = ClassGroup.objects.filter(organization=schedule.organization, school_year=schedule.school_year)
    classes = set(groups.values_list("grade_level", "letter"))
    return [_stored(work, classes) for work in reading.works]


def _stored(work: ReadWork, classes: Collection[tuple[int, str]]) -> dict[str, Any]:
    days = {name: day.isoformat() if day else None for name, day in
            (("starts_on", work.starts_on), ("ends_on", work.ends_on))}  # fmt: skip
    questions = [*work.questions, *_of_class(work, classes)]
    return asdict(work) | days | {"questions": questions}


def _of_class(work: ReadWork, classes: Collection[tuple[int, str]]) -> list[str]:
    if work.grade_level is None or not classes:
        return []
    letters = sorted(letter for grade, letter in classes if grade == work.grade_level)
    if letters and (not work.letter or work.letter in letters):
        return []
    name = f"{work.grade_level}{work.letter}" if work.letter else f"{work.grade_level}-х классов"
    if not letters:
        return [f"{name}: таких классов в организации нет, проверьте класс."]
    known = ", ".join(f"{work.grade_level}{letter}" for letter in letters)
    return [f"Класса {name} в организации нет, есть: {known}."]
