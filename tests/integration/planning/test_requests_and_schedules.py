"""Activities without dates of their own: on request, by an outside schedule, after another one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from msoko.cycle.planning.api import (
    Activity,
    Assignment,
    Occurrence,
    Plan,
    RequestEntry,
    ScheduleEntry,
    activities_of,
    bind_schedule,
    confirm_task,
    load_of,
    record_request,
    report_done,
    waiting_for_schedule,
    write_result,
    years_of,
)
from msoko.cycle.planning.following import after
from msoko.cycle.planning.yearly_facts import year_facts
from msoko.cycle.planning.yearly_tables import requests_table
from msoko.foundation.access.api import SYSTEM_SCOPE, Role
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import start_year_of
from tests.factories import orgs, tasks

pytestmark = pytest.mark.django_db


def _activity(status: str, **term: Any) -> tuple[orgs.Place, Activity]:
    place = orgs.place(2)
    found = tasks.activity(tasks.plan(place.municipality), terms=[{"status": status, **term}])
    tasks.unit(found, organization=place.advisory_service)
    return place, found


def _specialist(place: orgs.Place) -> Any:
    return orgs.act_by(orgs.account(Role.SPECIALIST, place.authority))


def _entry(**values: Any) -> RequestEntry:
    return RequestEntry(
        **{"asked_on": tasks.days(-1), "subject": "Консультация по ВПР", "asked_by": "Родители"} | values
    )


def test_a_request_becomes_a_task_of_those_responsible() -> None:
    place, found = _activity("on_request")
    act = _specialist(place)
    first = record_request(act, activity=found, entry=_entry(organization=place.schools[0], due_on=tasks.days(4)))
    second = record_request(act, activity=found, entry=_entry())
    assert (first.number, second.number) == (1, 2)
    task = Assignment.objects.get(occurrence=first.occurrence)
    assert task.organization == place.advisory_service
    assert first.occurrence.ends_on == tasks.days(4)
    assert "МБОУ СОШ № 1" in first.occurrence.origin_label
    report_done(act, assignment=task, done_on=tasks.days(0))
    write_result(act, request=first, result="Проведена, роздан порядок")
    first.refresh_from_db()
    assert first.result == "Проведена, роздан порядок"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"subject": " "}, "о чём"),
        ({"asked_by": ""}, "от кого"),
        ({"asked_on": tasks.days(3)}, "в будущем"),
        ({"due_on": tasks.days(-9)}, "раньше"),
    ],
)
def test_a_request_that_is_not_whole_is_refused_and_gives_no_term(values: dict[str, Any], words: str) -> None:
    place, found = _activity("on_request")
    with pytest.raises(RefusedError, match=words):
        record_request(_specialist(place), activity=found, entry=_entry(**values))
    assert not Occurrence.objects.exists()


def test_the_journal_is_for_what_is_done_on_request_and_kept_by_those_who_plan() -> None:
    place, found = _activity("recurring")
    with pytest.raises(RefusedError, match="свои сроки"):
        record_request(_specialist(place), activity=found, entry=_entry())
    place, found = _activity("as_needed")
    with pytest.raises(ForbiddenError):
        record_request(orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0])), activity=found, entry=_entry())


def test_an_activity_by_schedule_waits_and_gets_its_dates() -> None:
    place, found = _activity("external_schedule")
    years = [found.plan.start_year]
    assert list(waiting_for_schedule(SYSTEM_SCOPE, years)) == [found]
    entries = [
        ScheduleEntry(tasks.days(10), tasks.days(12), part="Математика", origin_kind="campaign", origin_id="7"),
        ScheduleEntry(None, tasks.days(20), part="Физика", label="Приказ № 5"),
    ]
    bind_schedule(_specialist(place), activity=found, entries=entries)
    assert list(waiting_for_schedule(SYSTEM_SCOPE, years)) == []
    assert Assignment.objects.count() == 2


def test_the_same_schedule_entered_again_moves_terms_and_adds_none() -> None:
    place, found = _activity("external_schedule")
    act = _specialist(place)
    line = ScheduleEntry(tasks.days(10), tasks.days(12), origin_kind="campaign", origin_id="7")
    bind_schedule(act, activity=found, entries=[line])
    bind_schedule(act, activity=found, entries=[line])
    moved = ScheduleEntry(tasks.days(11), tasks.days(13), origin_kind="campaign", origin_id="7")
    bind_schedule(act, activity=found, entries=[moved])
    assert [one.ends_on for one in Occurrence.objects.all()] == [tasks.days(13)]
    report_done(act, assignment=Assignment.objects.get(), done_on=tasks.days(0))
    with pytest.raises(RefusedError, match="отметки об исполнении"):
        bind_schedule(act, activity=found, entries=[line])


def test_a_wrong_line_of_a_schedule_binds_nothing() -> None:
    place, found = _activity("external_schedule")
    good, wrong = ScheduleEntry(None, tasks.days(9)), ScheduleEntry(tasks.days(9), tasks.days(5))
    with pytest.raises(RefusedError, match="Строка 2"):
        bind_schedule(_specialist(place), activity=found, entries=[good, wrong])
    assert not Occurrence.objects.exists()


def test_what_hangs_on_an_activity_gets_its_term_when_all_have_done_it() -> None:
    place = orgs.place(2)
    where = tasks.plan(place.municipality)
    anchor = tasks.activity(where, "Провести работу")
    tasks.group(anchor)
    tasks.term(anchor, tasks.days(3))
    follower = tasks.activity(where, "Справка", terms=[{"status": "relative", "offset": 10, "unit": "calendar_day"}])
    tasks.unit(follower, organization=place.advisory_service)
    tasks.needs(follower, anchor)
    act = _specialist(place)
    first, second = tasks.dealt(where)
    for row in (first, second):
        report_done(act, assignment=row, done_on=tasks.days(-1))
    confirm_task(act, assignment=first)
    assert not follower.occurrences.exists()
    confirm_task(act, assignment=second)
    made = follower.occurrences.get()
    assert (made.starts_on, made.ends_on) == (tasks.days(-1), tasks.days(9))
    assert made.assignments.get().organization == place.advisory_service
    assert "Провести работу" in made.origin_label


@pytest.mark.parametrize(
    ("offset", "unit", "day"),
    [
        (10, "calendar_day", dt.date(2026, 11, 16)),
        (2, "week", dt.date(2026, 11, 20)),
        (1, "working_day", dt.date(2026, 11, 9)),
        (36, "working_day", dt.date(2026, 12, 28)),
        (40, "working_day", dt.date(2027, 1, 12)),
        (3, "month", dt.date(2027, 2, 6)),
        (None, None, None),
    ],
)
def test_how_long_after(offset: int | None, unit: str | None, day: dt.date | None) -> None:
    assert after(dt.date(2026, 11, 6), offset, unit) == day


def test_a_plan_of_years_asks_for_the_schedule_of_each() -> None:
    place, found = _activity("external_schedule")
    Plan.objects.update(years=3)
    found.refresh_from_db()
    this = start_year_of(tasks.days(0))
    bind_schedule(_specialist(place), activity=found, entries=[ScheduleEntry(None, tasks.days(5))])
    assert list(waiting_for_schedule(SYSTEM_SCOPE, [this])) == []
    assert list(waiting_for_schedule(SYSTEM_SCOPE, [this + 1])) == [found]


def test_requests_stand_in_the_load_of_units_and_in_the_analysis_of_the_year() -> None:
    place, found = _activity("on_request")
    act = _specialist(place)
    first = record_request(act, activity=found, entry=_entry(organization=place.schools[0], due_on=tasks.days(4)))
    record_request(act, activity=found, entry=_entry())
    write_result(act, request=first, result="Консультация проведена")
    span = years_of(found.plan)[0]
    load = load_of(activities_of(found.plan), span.start, span.end)
    assert [(one.name, one.requests) for one in load.units] == [(found.units.get().raw, 2)]
    assert sum(load.requests) == 2
    facts = year_facts(found.plan, span.start_year, span.end, span.end)
    table = requests_table(facts)
    assert table is not None
    assert table.rows == (
        (found.number, found.title, found.units.get().raw, 2, 1), ("", "Всего", "", 2, 1),
    )  # fmt: skip
