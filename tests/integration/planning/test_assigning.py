"""Who gets a task: groups fan out, outside executors stand without an account, repeating changes nothing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from msoko.cycle.planning.api import Assignment, PlanStatus, UnitKind, UnitRole, deal_out
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Department, OrganizationKind
from tests.factories import orgs, tasks

pytestmark = pytest.mark.django_db


def _names(rows: list[Assignment]) -> list[str]:
    return sorted(row.organization.short_name if row.organization else row.external for row in rows)


def test_a_group_gives_a_task_to_every_open_organization_of_its_kind() -> None:
    place = orgs.place(3)
    kindergarten = orgs.organization(OrganizationKind.PRESCHOOL, "МБДОУ № 7", place.municipality)
    orgs.organization(OrganizationKind.SCHOOL, "Школа соседей", orgs.place(0, "Соседний округ").municipality)
    closed = place.schools[2]
    closed.closed_on = tasks.days(-1)
    closed.save()
    where = tasks.plan(place.municipality)
    of_schools, of_all = tasks.activity(where), tasks.activity(where)
    tasks.group(of_schools, "school")
    tasks.group(of_all, "all")
    tasks.term(of_schools, tasks.days(5))
    tasks.term(of_all, tasks.days(5))
    rows = tasks.dealt(where)
    schools = ["МБОУ СОШ № 1", "МБОУ СОШ № 2"]
    assert _names([row for row in rows if row.occurrence.activity == of_schools]) == schools
    assert _names([row for row in rows if row.occurrence.activity == of_all]) == [kindergarten.short_name, *schools]


def test_departments_of_the_authority_each_get_their_own() -> None:
    place = orgs.place(0)
    for name in ("Отдел общего образования", "Отдел дошкольного образования"):
        Department.objects.create(organization=place.authority, name=name)
    where = tasks.plan(place.authority)
    found = tasks.activity(where)
    tasks.unit(found, raw="отделы УО", kind=UnitKind.GROUP, group="departments")
    tasks.term(found, tasks.days(5))
    assert {row.department.name for row in tasks.dealt(where) if row.department} == {
        "Отдел общего образования", "Отдел дошкольного образования",
    }  # fmt: skip


def test_whoever_is_named_twice_has_one_task_and_leads_it() -> None:
    place = orgs.place(2)
    where = tasks.plan(place.municipality)
    found = tasks.activity(where)
    tasks.unit(found, organization=place.advisory_service)
    tasks.group(found, role=UnitRole.CO)
    tasks.unit(found, organization=place.schools[1], role=UnitRole.LEAD)
    tasks.unit(found, raw="Руководитель", organization=place.authority, role=UnitRole.CONTROLLER)
    tasks.term(found, tasks.days(5))
    roles = {row.organization_id: row.role for row in tasks.dealt(where)}
    assert roles == {place.advisory_service.pk: "lead", place.schools[0].pk: "co", place.schools[1].pk: "lead"}


def test_the_police_need_no_account() -> None:
    place = orgs.place(1)
    where = tasks.plan(place.municipality)
    found = tasks.activity(where)
    tasks.unit(found, raw="ОМВД по округу", kind=UnitKind.EXTERNAL)
    tasks.term(found, tasks.days(5))
    assert [(row.organization, row.external) for row in tasks.dealt(where)] == [(None, "ОМВД по округу")]


def test_dealing_out_again_changes_nothing() -> None:
    place = orgs.place(4)
    where = tasks.plan(place.municipality)
    found = tasks.activity(where)
    tasks.group(found)
    tasks.unit(found, raw="ОМВД", kind=UnitKind.EXTERNAL)
    tasks.term(found, tasks.days(5))
    tasks.term(found, tasks.days(50))
    first = tasks.dealt(where)
    again = deal_out(orgs.system_act(), where)
    assert again.is_empty
    assert [row.pk for row in tasks.dealt(where)] == [row.pk for row in first]
    assert len(first) == 10


def test_when_units_change_what_people_did_is_kept() -> None:
    place = orgs.place(3)
    where = tasks.plan(place.municipality)
    found = tasks.activity(where)
    schools = tasks.group(found)
    tasks.term(found, tasks.days(5))
    done = tasks.dealt(where)[0]
    Assignment.objects.filter(pk=done.pk).update(done_on=tasks.days(0), done_at=timezone.now())
    schools.delete()
    tasks.unit(found, organization=place.advisory_service)
    rows = tasks.dealt(where)
    assert {row.pk for row in rows} >= {done.pk}
    assert _names(rows) == ["ИМЦ: Тестовый округ", done.organization.short_name if done.organization else ""]


def test_a_closed_organization_is_refused_and_nothing_is_dealt_out() -> None:
    place = orgs.place(2)
    where = tasks.plan(place.municipality)
    first, second = tasks.activity(where), tasks.activity(where, "Посетить уроки")
    tasks.unit(first, organization=place.schools[0])
    tasks.unit(second, organization=place.schools[1])
    for one in (first, second):
        tasks.term(one, tasks.days(5))
    place.schools[1].closed_on = tasks.days(-3)
    place.schools[1].save()
    from django.db import transaction

    with pytest.raises(RefusedError) as refusal, transaction.atomic():
        deal_out(orgs.system_act(), where)
    assert "2 «Посетить уроки»" in refusal.value.message
    assert "МБОУ СОШ № 2" in refusal.value.message
    assert "преемника" in refusal.value.hint
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.CLOSED])
def test_only_a_plan_in_force_gives_tasks(status: PlanStatus) -> None:
    place = orgs.place(1)
    where = tasks.plan(place.municipality, status=status)
    found = tasks.activity(where)
    tasks.group(found)
    tasks.term(found, tasks.days(5))
    assert tasks.dealt(where) == []


def test_terms_taken_off_or_outside_of_the_plan_give_no_tasks() -> None:
    place = orgs.place(1)
    where = tasks.plan(place.municipality)
    found = tasks.activity(where)
    tasks.group(found)
    tasks.term(found, tasks.days(5), in_horizon=False)
    tasks.term(found, tasks.days(6), cancelled_at=timezone.now())
    assert tasks.dealt(where) == []
