"""Schedules of assessment works: filled by schools and from above, checked, approved, withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.cycle.procedures.api import (
    Schedule,
    ScheduledWork,
    ScheduleStatus,
    WorkLevel,
    WorkSource,
    add_works,
    approve_schedule,
    change_work,
    checked,
    create_campaign,
    delete_schedule,
    entries_of,
    remove_works,
    schedules_visible,
    withdraw_schedule,
)
from msoko.foundation.access.api import Role, scope_of
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import ClassGroup, Organization
from tests.factories import orgs, schedules

pytestmark = pytest.mark.django_db

APPROVED_ON = dt.date(2026, 8, 31)
BASIS = "Приказ от 31.08.2026 № 120"


def vpr(place: orgs.Place, organizations: list[Organization] | None = None, subject: str = "Математика") -> None:
    create_campaign(
        orgs.system_act(), owner=place.municipality, procedure="VPR", subject=subject, grade_level=5, year=2027,
        starts_on=dt.date(2027, 4, 12), ends_on=dt.date(2027, 4, 16), organizations=organizations or (),
    )  # fmt: skip


def approve(found: Schedule, reason: str = "") -> Schedule:
    return approve_schedule(orgs.system_act(), schedule=found, approved_on=APPROVED_ON, basis=BASIS, reason=reason)


def test_works_from_above_stand_in_the_schedule_of_each_school_that_takes_part() -> None:
    place = orgs.place(2)
    vpr(place, place.schools[:1])
    vpr(place, subject="Русский язык")
    found = [schedules.schedule(school) for school in place.schools]
    assert [[entry.work.subject for entry in entries_of(one)] for one in found] == [
        ["Математика", "Русский язык"], ["Русский язык"],
    ]  # fmt: skip
    (entry,) = entries_of(found[1])
    assert (entry.work.is_fixed, entry.level, entry.origin) == (True, WorkLevel.FEDERAL, "Процедура: Тестовый округ")


def test_works_of_the_municipality_in_force_reach_schools() -> None:
    place = orgs.place(1)
    municipal = schedules.schedule(place.municipality)
    schedules.work(municipal, letter="", level=WorkLevel.REGIONAL)
    school = schedules.schedule(place.schools[0])
    assert entries_of(school) == []
    approve(municipal)
    (entry,) = entries_of(school)
    assert (entry.level, entry.origin, entry.work.is_fixed) == (WorkLevel.REGIONAL, "График: Тестовый округ", True)


def test_an_approved_schedule_keeps_what_was_approved() -> None:
    place = orgs.place(1)
    vpr(place)
    found = schedules.schedule(place.schools[0])
    schedules.work(found)
    approve(found)
    vpr(place, subject="Русский язык")
    found.refresh_from_db()
    assert [entry.work.subject for entry in entries_of(found)] == ["Математика", "Математика"]
    withdrawn = withdraw_schedule(orgs.system_act(), schedule=found, reason="Изменились сроки ВПР")
    assert [entry.work.subject for entry in entries_of(withdrawn)] == ["Математика", "Русский язык", "Математика"]


def test_clashes_want_a_reason() -> None:
    place = orgs.place(1)
    found = schedules.schedule(place.schools[0])
    schedules.work(found)
    schedules.work(found, starts_on=dt.date(2026, 9, 18))
    with pytest.raises(RefusedError, match="Остались нарушения: 1"):
        approve(found)
    approved = approve(found, reason="Даты назначены регионом")
    assert (approved.status, approved.clash_count, approved.reason) == ("approved", 1, "Даты назначены регионом")
    details = AuditEvent.objects.get(event="procedures.schedule.approved").details
    assert details == {"clashes": 1, "reason": "Даты назначены регионом"}


def test_clashes_with_works_from_above_are_found() -> None:
    place = orgs.place(1)
    vpr(place)
    found = schedules.schedule(place.schools[0])
    schedules.work(found, starts_on=dt.date(2027, 4, 20))
    assert [clash.rule for clash in checked(found).clashes] == ["interval"]


def test_halves_are_checked_together() -> None:
    school = orgs.place(1).schools[0]
    first = schedules.schedule(school, period="first_half")
    schedules.work(first, starts_on=dt.date(2026, 12, 28))
    approve(first)
    second = schedules.schedule(school, period="second_half")
    schedules.work(second, starts_on=dt.date(2027, 1, 14))
    assert [clash.rule for clash in checked(second).clashes] == ["interval"]


def test_what_is_not_checked_is_told() -> None:
    place = orgs.place(1)
    found = schedules.schedule(place.schools[0])
    assert checked(found).unchecked == []
    schedules.work(found, ends_on=dt.date(2026, 9, 14))
    assert checked(found).unchecked == [
        "Часы учебного плана не загружены: доля учебного времени не проверена.",
        "Школьный календарь не внесён: каникулы взяты обычные, их даты могут отличаться.",
        "Классы организации не внесены: проверить, есть ли такой класс, нельзя.",
        "Работ, у которых указан только период: 1. По дням они не проверены.",
    ]
    ClassGroup.objects.create(organization=place.schools[0], school_year=found.school_year, grade_level=5, letter="Б")
    assert [clash.rule for clash in checked(found).clashes] == ["known_class"]


def test_a_new_version_replaces_the_one_in_force() -> None:
    school = orgs.place(1).schools[0]
    first = schedules.schedule(school)
    schedules.work(first)
    approve(first)
    second = schedules.schedule(school)
    assert second.version == 2
    schedules.work(second)
    with pytest.raises(RefusedError, match="уже есть"):
        schedules.schedule(school)
    approve(second)
    first.refresh_from_db()
    assert first.status == ScheduleStatus.REPLACED


def test_works_are_added_once_changed_and_removed() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    act = orgs.system_act()
    entries = [schedules.entry(), schedules.entry(), schedules.entry(letter="Б")]
    rows = add_works(act, schedule=found, entries=entries, source=WorkSource.IMPORTED)
    assert len(rows) == 2
    assert add_works(act, schedule=found, entries=entries) == []
    changed = change_work(act, work=rows[0], entry=schedules.entry(starts_on=dt.date(2026, 9, 15), lesson=3))
    assert (changed.starts_on, changed.ends_on, changed.lesson) == (dt.date(2026, 9, 15), dt.date(2026, 9, 15), 3)
    with pytest.raises(RefusedError, match="уже есть"):
        change_work(act, work=changed, entry=schedules.entry(letter="Б"))
    assert remove_works(act, schedule=found, works=[rows[0].pk]) == 1
    assert list(ScheduledWork.objects.values_list("letter", "source")) == [("Б", "imported")]
    delete_schedule(act, schedule=found)
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"grade_level": 12}, "класс не от 1 до 11"),
        ({"subject": " "}, "предмет не указан"),
        ({"ends_on": dt.date(2026, 9, 1)}, "окончание раньше начала"),
        ({"lesson": 20}, "урок не от 1"),
        ({"minutes": 0}, "длительность не от 1"),
    ],
)
def test_what_cannot_be_a_work_is_refused_with_the_place(values: dict[str, object], message: str) -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    with pytest.raises(RefusedError, match=message):
        add_works(orgs.system_act(), schedule=found, entries=[schedules.entry(), schedules.entry(**values)])
    assert not found.works.exists()


def test_a_school_edits_and_sees_only_its_own() -> None:
    place = orgs.place(2)
    coordinator = orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0])
    act = orgs.act_by(coordinator)
    own = schedules.schedule(place.schools[0], act)
    other = schedules.schedule(place.schools[1])
    municipal = schedules.schedule(place.municipality)
    with pytest.raises(ForbiddenError):
        add_works(act, schedule=other, entries=[schedules.entry()])
    with pytest.raises(ForbiddenError):
        schedules.schedule(place.schools[1], act)
    with pytest.raises(ForbiddenError):
        approve_schedule(act, schedule=own, approved_on=APPROVED_ON, basis=BASIS)
    scope = scope_of(coordinator, act.at.date())
    assert list(schedules_visible(scope)) == [own]
    schedules.work(municipal)
    approve(municipal)
    assert set(schedules_visible(scope)) == {own, municipal}


def test_an_approved_schedule_does_not_change() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    row = schedules.work(found)
    approve(found)
    act = orgs.system_act()
    for attempt in (
        lambda: add_works(act, schedule=found, entries=[schedules.entry(letter="Б")]),
        lambda: change_work(act, work=row, entry=schedules.entry(letter="Б")),
        lambda: remove_works(act, schedule=found, works=[row.pk]),
        lambda: delete_schedule(act, schedule=found),
        lambda: approve(found),
    ):
        with pytest.raises(RefusedError):
            attempt()


@pytest.mark.parametrize("basis", ["", "  "])
def test_approval_wants_a_basis(basis: str) -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    schedules.work(found)
    with pytest.raises(RefusedError, match="Основание"):
        approve_schedule(orgs.system_act(), schedule=found, approved_on=APPROVED_ON, basis=basis)


def test_kindergartens_have_no_schedule() -> None:
    place = orgs.place(0)
    with pytest.raises(RefusedError, match="муниципалитет и школы"):
        schedules.schedule(place.authority)


def test_checking_takes_as_many_queries_for_many_works() -> None:
    place = orgs.place(1)
    vpr(place)
    counts = []
    found = schedules.schedule(place.schools[0])
    for grades in (range(5, 6), range(6, 12)):
        for grade in grades:
            schedules.work(found, grade_level=grade)
        found = Schedule.objects.select_related("organization", "school_year").get(pk=found.pk)
        with CaptureQueriesContext(connection) as caught:
            checked(found)
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= 8
