"""Schedules of assessment works in the demo: the municipality's, several schools' from files of varied forms, one of
them with a clash, one in force, a file that waits for an answer; an activity bound to procedures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msoko.cli.demo.organizations import Tree
from msoko.cli.demo.schedule_files import as_days, as_levels, as_list
from msoko.cycle.planning.api import bind_schedule, by_schedule_activities
from msoko.cycle.procedures.api import (
    Schedule,
    WorkEntry,
    WorkLevel,
    accept_schedule_import,
    add_works,
    approve_schedule,
    binding_proposals,
    create_schedule,
    explain_word,
    import_hours,
    import_rows,
    open_schedule_import,
    unknown_words,
)
from msoko.foundation.access.api import scope_for
from msoko.foundation.jobs.api import run_all
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
_IN_FORCE = 3
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
_WEEKLY = (
    "Количество часов в неделю\nПредмет\t5\t6\t7\t8\t9\nМатематика\t5\t5\t6\t6\t6\nРусский язык\t5\t6\t4\t3\t3\n"
    "История\t2\t2\t2\t2\t2\nБиология\t1\t1\t1\t2\t2\nГеография\t1\t1\t2\t2\t2\nФизика\t\t\t2\t2\t3\nХимия\t\t\t\t2\t2\n"
)
#: a file of the school of the demo that waits: a short form that nobody has explained, a day that does not exist
_WAITING = (
    "Дополнения к графику.txt",
    "Класс\tФевраль\t\t\t\t\n\t8\t9\t10\t11\t30\n6-е классы\tКР ГЕО\t\t\t\t\n"
    "7-е классы\t\tКР ГЕО\t\tПР БИ\t\n8-е классы\t\t\t\t\tКР ХИМ\n",
)  # fmt: skip


def build_schedules(specialist: Act, head: Act, tree: Tree) -> None:
    """The municipality and three schools in force (one with clashes and a reason), the school of the demo a draft with
    clashes and a file that waits for an answer."""
    year = SchoolYear.objects.get_or_create(start_year=YEAR)[0]
    municipal = create_schedule(specialist, organization=tree.municipality, school_year=year)
    add_works(specialist, schedule=municipal, entries=list(_from_above()))
    _approved(head, municipal, "Распоряжение управления образования", 87)
    own = tree.by_key[GAP_SCHOOL]
    others = [one for one in tree.by_key.values() if one.school_type == SchoolType.SECONDARY and one.pk != own.pk][:4]
    forms = (as_list, as_days, as_levels, as_list)
    for number, (school, form) in enumerate(zip(others, forms, strict=True)):
        schedule = create_schedule(specialist, organization=school, school_year=year)
        entries = [*_own_works(), *(_clashing() if number == 0 else ())]
        _accepted(specialist, schedule, *form(_title(school), entries))
        if number < _IN_FORCE:
            _approved(head, schedule, "Приказ школы", 120 + number, _REASON if number == 0 else "")
    draft = create_schedule(specialist, organization=own, school_year=year)
    _accepted(specialist, draft, *as_levels(_title(own), [*_own_works(), *_clashing()]))
    open_schedule_import(
        specialist, schedule=draft, file_name=_WAITING[0], data=_WAITING[1].encode()
    )  # a person of the demo answers what «ГЕО» is
    run_all()
    for school, text in ((own, _HOURS), (others[1], _WEEKLY)):
        import_hours(specialist, organization=school, school_year=year, file_name="Учебный план.txt",
                     data=text.encode())  # fmt: skip
    _bind(specialist)


def _title(school: Organization) -> str:
    return f"График оценочных процедур на {YEAR}/{YEAR + 1} учебный год. {school.short_name}"


def _accepted(act: Act, schedule: Schedule, name: str, data: bytes) -> None:
    """Read the file as the product does, explain the short form that it asks about, take its works."""
    session = open_schedule_import(act, schedule=schedule, file_name=name, data=data)
    run_all()
    session.refresh_from_db()
    for word, _ in unknown_words(import_rows(session)):
        explain_word(act, session=session, word=word, subject="География", is_remembered=False)
    session.refresh_from_db()
    accept_schedule_import(act, session=session)


def _bind(act: Act) -> None:
    """The first activity «по графику» that a proposal fits gets its term; the others wait for a person."""
    scope = scope_for(act)
    activities = list(by_schedule_activities(scope))
    offers = binding_proposals(scope, activities, dt.date(YEAR, 9, 1))
    for activity in activities:
        if offers.get(activity.pk):
            bind_schedule(act, activity=activity, entries=[offers[activity.pk][0].entry])
            return


def _clashing() -> Iterator[WorkEntry]:
    for subject, day in _CLASHING:
        yield WorkEntry(5, subject, _day(*day), title="Проверочная работа")


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
