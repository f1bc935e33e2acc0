"""Classes of a school in a school year: the whole table is written at once, what changed is journalled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from intake.fields.classes import class_letter
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import ClassGroup, Organization, OrganizationKind, SchoolYear

_GRADE = re.compile(r"0?(1[01]|[1-9])(?!\d)")
_MOST_PUPILS = 200
_LONGEST_LETTER = 10


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """«6А», 25 pupils. `letter` is "" where the grade has one class; `enrolment` None where it is not known."""

    grade_level: int
    letter: str = ""
    enrolment: int | None = None

    @property
    def title(self) -> str:
        return f"{self.grade_level}{self.letter}"


@dataclass(frozen=True, slots=True)
class ClassChanges:
    """What writing a table did, as titles of classes."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def class_entries(rows: Iterable[Sequence[str]]) -> list[ClassEntry]:
    """Entries of typed or pasted rows (grade level or whole class, letter, pupils); blank rows are left out.

    Raises:
        RefusedError: with the row that cannot be a class.
    """
    found: dict[tuple[int, str], int] = {}
    entries = []
    for number, row in enumerate(rows, start=1):
        grade, letter, pupils = (*(cell.strip() for cell in row), "", "", "")[:3]
        if not (grade or letter or pupils):
            continue
        entry = _entry(number, grade, letter, pupils)
        earlier = found.setdefault((entry.grade_level, entry.letter), number)
        if earlier != number:
            raise RefusedError(f"Класс {entry.title} стоит в строках {earlier} и {number}.", "Оставьте одну из них.")
        entries.append(entry)
    return entries


def _entry(number: int, grade: str, letter: str, pupils: str) -> ClassEntry:
    match = _GRADE.match(grade)
    if match is None:
        raise RefusedError(f"Строка {number}: параллель «{grade[:20]}» не от 1 до 11.", "Напишите число: 5.")
    level = int(match.group(1))
    normal = class_letter(letter or grade[match.end() :], level)
    if len(normal) > _LONGEST_LETTER:
        raise RefusedError(f"Строка {number}: литера «{normal[:30]}» слишком длинная.", "Например: А, Б, 1.")
    count = pupils.removesuffix(",0").removesuffix(".0")
    if count and not (count.isascii() and count.isdecimal() and int(count[:6]) <= _MOST_PUPILS):
        raise RefusedError(
            f"Строка {number}: обучающихся «{pupils[:20]}» — не целое число от 0 до {_MOST_PUPILS}.",
            "Пустая клетка значит «неизвестно».",
        )
    return ClassEntry(level, normal, int(count) if count else None)


@transaction.atomic
def set_classes(
    act: Act, *, organization: Organization, school_year: SchoolYear, entries: Sequence[ClassEntry]
) -> ClassChanges:
    """Make these the classes of the school in the year. Accepted results keep the classes named in their files.

    Raises:
        RefusedError: the organization is no school, or is closed.
    """
    require(act, Permission.EDIT_CLASSES, organization)
    if organization.kind != OrganizationKind.SCHOOL:
        raise RefusedError("Классы ведутся только у школ.", "Откройте страницу школы.")
    stored = {
        (one.grade_level, one.letter): one
        for one in ClassGroup.objects.filter(organization=organization, school_year=school_year)
    }
    wanted = {(one.grade_level, one.letter): one for one in entries}
    changed = [one for key, one in wanted.items() if key in stored and stored[key].enrolment != one.enrolment]
    changes = ClassChanges(
        added=_titles(wanted[key] for key in wanted.keys() - stored.keys()),
        changed=_titles(changed),
        removed=_titles(_of(stored[key]) for key in stored.keys() - wanted.keys()),
    )
    if changes:
        _write(organization, school_year, stored, wanted)
        details = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
        record(
            act, "orgs.classes.changed", kind="classes", object_id=organization.pk, label=school_year.label,
            organization=organization, details=details,
        )  # fmt: skip
    return changes


def _write(
    organization: Organization,
    school_year: SchoolYear,
    stored: dict[tuple[int, str], ClassGroup],
    wanted: dict[tuple[int, str], ClassEntry],
) -> None:
    gone = [stored[key].pk for key in stored.keys() - wanted.keys()]
    ClassGroup.objects.filter(pk__in=gone).delete()
    for (grade_level, letter), entry in wanted.items():
        ClassGroup.objects.update_or_create(
            organization=organization, school_year=school_year, grade_level=grade_level, letter=letter,
            defaults={"enrolment": entry.enrolment},
        )  # fmt: skip


def _of(stored: ClassGroup) -> ClassEntry:
    return ClassEntry(stored.grade_level, stored.letter, stored.enrolment)


def _titles(entries: Iterable[ClassEntry]) -> tuple[str, ...]:
    return tuple(one.title for one in sorted(entries, key=lambda one: (one.grade_level, one.letter)))
