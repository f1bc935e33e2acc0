"""Hours of the curriculum: taken from a file, shown as a table that is also the blank form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from intake.schedules import ReadHours, read_hours, read_pasted_hours
from msoko.cycle.procedures.models import CurriculumHours
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.load import load_policy
from msoko.foundation.documents.official_table import OfficialTable
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import ClassGroup, Organization, SchoolYear

PASTED = "Вставленная таблица"
MAX_BYTES = 5 * 1024**2
_MOST = 9999
_USUAL = ("Русский язык", "Литература", "Математика", "История", "Обществознание", "Биология")


@dataclass(frozen=True, slots=True)
class HoursEntry:
    """Hours a year of a subject in a class or a whole grade."""

    grade_level: int
    letter: str
    subject: str
    hours: int


@transaction.atomic
def import_hours(
    act: Act, *, organization: Organization, school_year: SchoolYear, file_name: str, data: bytes, per: str = ""
) -> int:
    """Keep the hours of a file, or of a pasted table under the name `PASTED`; those of classes and subjects that it
    does not name stay. `per`: «week» or «year» when the person says it, else what the file says. How many were kept.

    Raises:
        RefusedError: the file is no table of hours, or nobody says what they are counted by; nothing is changed then.
    """
    require(act, Permission.EDIT_PLANS, organization)
    if not data.strip():
        raise RefusedError("Файл пуст.", "Выберите файл с учебным планом или вставьте таблицу.")
    if len(data) > MAX_BYTES:
        raise RefusedError("Файл больше 5 МБ.", "Оставьте в файле только учебный план.")
    is_pasted = file_name == PASTED
    reading = read_pasted_hours(data.decode("utf-8", "replace")) if is_pasted else read_hours(file_name, data)
    if not reading.rows:
        raise RefusedError(reading.problems[0].message, reading.problems[0].hint)
    rows = {(one.grade_level, one.letter, one.subject): one for one in yearly_hours(reading.rows, per)}
    CurriculumHours.objects.bulk_create(
        [_row(organization, school_year, one) for one in rows.values()],
        update_conflicts=True,
        unique_fields=["organization", "school_year", "grade_level", "letter", "subject"],
        update_fields=["hours"],
    )
    record(
        act, "procedures.hours.imported", kind="organization", object_id=organization.pk,
        label=f"Часы учебного плана, {school_year.label}", organization=organization,
        details={"file": file_name[-200:], "rows": len(rows)},
    )  # fmt: skip
    return len(rows)


def yearly_hours(rows: Sequence[ReadHours], per: str = "") -> list[HoursEntry]:
    """Hours a year: those of a week times the weeks of the grade.

    Raises:
        RefusedError: neither the file nor the person says it, and the numbers could be either.
    """
    policy = load_policy()
    unsaid = [one for one in rows if not (per or one.per)]
    if unsaid and max(one.hours for one in unsaid) <= policy.most_weekly_hours:
        raise RefusedError(
            "Не сказано, в неделю или в год указаны часы.", "Выберите «в неделю» или «в год» и загрузите ещё раз."
        )
    return [
        HoursEntry(one.grade_level, one.letter, one.subject, _of_year(one.hours, one.grade_level, per or one.per))
        for one in rows
    ]


def _of_year(hours: Decimal, grade_level: int, per: str) -> int:
    weeks = load_policy().weeks_of(grade_level) if per == "week" else 1
    return max(1, int((hours * weeks).to_integral_value(ROUND_HALF_UP)))


def _row(organization: Organization, school_year: SchoolYear, entry: HoursEntry) -> CurriculumHours:
    return CurriculumHours(
        organization=organization, school_year=school_year, grade_level=entry.grade_level, letter=entry.letter[:10],
        subject=entry.subject[:100], hours=min(entry.hours, _MOST),
    )  # fmt: skip


def hours_table(organization: Organization, school_year: SchoolYear) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Titles of classes and, for each subject, its hours in each class; "" where there are none."""
    rows = CurriculumHours.objects.filter(organization=organization, school_year=school_year)
    known = {(row.subject, row.grade_level, row.letter): row.hours for row in rows}
    groups = ClassGroup.objects.filter(organization=organization, school_year=school_year)
    classes = sorted({(grade, letter) for _, grade, letter in known} | set(groups.values_list("grade_level", "letter")))
    subjects: Sequence[str] = sorted({subject for subject, _, _ in known}) or _USUAL
    return [f"{grade}{letter}" for grade, letter in classes], [
        (subject, [str(known.get((subject, *one), "")) for one in classes]) for subject in subjects
    ]


def hours_paper(organization: Organization, school_year: SchoolYear) -> OfficialTable:
    """The blank form with what is known: it can be corrected and loaded again."""
    titles, rows = hours_table(organization, school_year)
    titles = titles or ["5А", "5Б"]
    columns = (("Предмет", 0.25), *((title, 0.75 / len(titles)) for title in titles))
    return OfficialTable(
        f"Часы учебного плана на {school_year.label} учебный год. {organization.short_name}",
        columns,
        tuple((subject, *(hours or [""] * len(titles))) for subject, hours in rows),
        notes=("Впишите часы в год; столбцы – классы («5А») или параллели («5»).",),
    )
