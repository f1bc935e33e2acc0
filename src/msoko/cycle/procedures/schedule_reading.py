"""What was read of a schedule, as it is kept; short forms that the municipality has explained."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from intake.contracts import Problem, Severity
from intake.fields.text import header_key
from intake.schedules import ReadWork, ScheduleReading
from msoko.cycle.procedures.models import Schedule, ScheduleWord
from msoko.foundation.orgs.api import municipality_of
from msoko.foundation.orgs.models import ClassGroup, Organization

_SEVERAL = 2


def words_of(organization: Organization) -> dict[str, str]:
    """Short form (folded) → subject, as people of the municipality have said."""
    rows = ScheduleWord.objects.filter(municipality=municipality_of(organization) or organization)
    return dict(rows.values_list("word", "subject"))


def stored_works(schedule: Schedule, reading: ScheduleReading) -> list[dict[str, Any]]:
    """Works as JSON; a class that the organization does not have in the year is asked about."""
    _keep_own(schedule.organization, reading)
    groups = ClassGroup.objects.filter(organization=schedule.organization, school_year=schedule.school_year)
    classes = set(groups.values_list("grade_level", "letter"))
    return [_stored(work, classes) for work in reading.works]


def _keep_own(organization: Organization, reading: ScheduleReading) -> None:
    """Of a file with works of several organizations only those of the schedule's own stay, and the file is told of."""
    named = {work.school for work in reading.works if work.school}
    if len(named) < _SEVERAL:
        return
    names = {header_key(name) for name in (organization.short_name, organization.full_name) if name}
    own = {school for school in named if header_key(school) in names}
    reading.works = [work for work in reading.works if work.school in own]
    is_found = bool(own)
    reading.problems.append(
        Problem(
            Severity.WARNING if is_found else Severity.ERROR, "schedule.several_schools",
            f"В файле работы организаций: {len(named)}." if is_found
            else f"В файле работы организаций: {len(named)}, но «{organization.short_name}» среди них нет.",
            reading.file,
            hint=f"Взяты только работы «{organization.short_name}»." if is_found
            else "Проверьте, тот ли файл загружен и так ли названа в нём организация.",
        )
    )  # fmt: skip


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
