"""Schedules of assessment works in the demo: the municipality's, several schools', two of them with clashes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msoko.cli.demo.organizations import Tree
from msoko.cycle.procedures.api import (
    Schedule,
    WorkEntry,
    WorkLevel,
    add_works,
    approve_schedule,
    create_schedule,
    import_hours,
)
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.enums import SchoolType
from msoko.foundation.orgs.models import Organization, SchoolYear
from qualimetry.synthetic.truths import GAP_SCHOOL

YEAR = 2026
_APPROVED_ON = dt.date(YEAR, 9, 1)
#: Own works of grades 5–9: subject, kind, lowest grade, days as month and day.
_WORKS = (
    ("Математика", "Контрольная работа", 5, ((9, 15), (10, 13), (11, 17), (12, 15), (2, 16), (3, 16))),
    ("Русский язык", "Контрольный диктант", 5, ((9, 17), (10, 15), (11, 19), (12, 17), (2, 18), (3, 18))),
    ("История", "Проверочная работа", 5, ((10, 6), (12, 8), (3, 2))),
    ("Биология", "Проверочная работа", 5, ((10, 8), (12, 10), (3, 4))),
    ("География", "Практическая работа", 6, ((10, 20), (2, 3))),
    ("Физика", "Контрольная работа", 7, ((10, 22), (12, 3), (2, 25))),
    ("Химия", "Контрольная работа", 8, ((11, 12), (1, 21))),
)
#: What the schools with clashes add: too near to another work, and a second work on a day.
_CLASHING = (("Математика", (9, 22)), ("История", (9, 15)))
_REASON = "Даты двух работ назначены до выхода графика муниципалитета, перенести их нельзя."
_FROM_ABOVE = (
    ("Математика", "ВПР", WorkLevel.FEDERAL, range(4, 9), (4, 13), (4, 23)),
    ("Русский язык", "ВПР", WorkLevel.FEDERAL, range(4, 9), (4, 13), (4, 23)),
    ("Обществознание", "Региональная диагностическая работа", WorkLevel.REGIONAL, range(9, 10), (11, 26), (11, 26)),
    ("Читательская грамотность", "Муниципальная диагностика", WorkLevel.MUNICIPAL, range(6, 8), (1, 26), (1, 26)),
)  # fmt: skip
_HOURS = "Предмет\t5\t6\t7\t8\t9\nМатематика\t170\t170\t204\t204\t204\nРусский язык\t170\t204\t136\t102\t102\n" \
    "История\t68\t68\t68\t68\t68\nБиология\t34\t34\t34\t68\t68\nГеография\t34\t34\t68\t68\t68\n" \
    "Физика\t\t\t68\t68\t102\nХимия\t\t\t\t68\t68\n"  # fmt: skip


def build_schedules(specialist: Act, head: Act, tree: Tree) -> None:
    """The municipality and three schools in force (one with clashes and a reason), the school of the demo a draft."""
    year = SchoolYear.objects.get_or_create(start_year=YEAR)[0]
    municipal = create_schedule(specialist, organization=tree.municipality, school_year=year)
    add_works(specialist, schedule=municipal, entries=list(_from_above()))
    _approved(head, municipal, "Распоряжение управления образования", 87)
    own = tree.by_key[GAP_SCHOOL]
    others = [one for one in tree.by_key.values() if one.school_type == SchoolType.SECONDARY and one.pk != own.pk][:3]
    for number, school in enumerate(others):
        schedule = _filled(specialist, school, year, has_clashes=number == 0)
        reason = (
            "Даты двух работ назначены до выхода графика муниципалитета, перенести их нельзя." if not number else ""
        )
        _approved(head, schedule, "Приказ школы", 120 + number, reason)
    _filled(specialist, own, year, has_clashes=True)
    for school in (own, others[1]):
        import_hours(specialist, organization=school, school_year=year, file_name="Учебный план.txt",
                     data=_HOURS.encode())  # fmt: skip


def _filled(act: Act, school: Organization, year: SchoolYear, *, has_clashes: bool) -> Schedule:
    schedule = create_schedule(act, organization=school, school_year=year)
    entries = list(_own_works())
    if has_clashes:
        entries += [WorkEntry(5, subject, _day(*day), title="Проверочная работа") for subject, day in _CLASHING]
    add_works(act, schedule=schedule, entries=entries)
    return schedule


def _own_works() -> Iterator[WorkEntry]:
    for subject, title, lowest, days in _WORKS:
        for grade in range(lowest, 10):
            for number, day in enumerate(days, 1):
                yield WorkEntry(
                    grade, subject, _day(*day), title=f"{title} № {number}", lesson=2 + grade % 3, minutes=45
                )


def _from_above() -> Iterator[WorkEntry]:
    for subject, title, level, grades, first, last in _FROM_ABOVE:
        for grade in grades:
            ends = _day(*last) if last != first else None
            yield WorkEntry(grade, subject, _day(*first), ends_on=ends, title=title, level=level)


def _day(month: int, number: int) -> dt.date:
    return dt.date(YEAR if month >= 9 else YEAR + 1, month, number)


def _approved(act: Act, schedule: Schedule, act_name: str, number: int, reason: str = "") -> None:
    basis = f"{act_name} от {_APPROVED_ON:%d.%m.%Y} № {number} (демонстрационный)"
    approve_schedule(act, schedule=schedule, approved_on=_APPROVED_ON, basis=basis, reason=reason)
