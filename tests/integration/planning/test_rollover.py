"""A plan goes over to the next year: what is carried, counted, left out, asked; what two roll-overs give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from msoko.cycle.planning.api import (
    Activity,
    Assignment,
    Choice,
    Dependency,
    Fate,
    Horizon,
    Occurrence,
    Plan,
    PlanStatus,
    add_activity,
    delete_draft,
    preview_rollover,
    roll_over,
    usual_horizon,
    yearly_differences,
)
from msoko.cycle.planning.models import PlanSection
from msoko.foundation.access.api import Role
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from tests.factories import orgs, tasks

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 1)


def _plan(place: orgs.Place, *phrases: str, status: str = PlanStatus.APPROVED) -> Plan:
    made = tasks.plan(place.municipality, start_year=2025, title="Циклограмма на 2025/26 учебный год", status=status)
    section = PlanSection.objects.create(plan=made, position=1, number="1.", title="Организация")
    for number, phrase in enumerate(phrases, 1):
        values = {"title": f"Дело {number}", "terms_text": phrase, "responsible": "ОО", "results": "Приказ; Отчёт"}
        add_activity(orgs.system_act(), plan=made, section=section, values=values)
    return made


def _rolled(plan: Plan, years: int = 1, **choices: Choice) -> Plan:
    keys = {plan.activities.get(title=f"Дело {name[1:]}").pk: choice for name, choice in choices.items()}
    horizon = Horizon(plan.start_year + plan.years, years)
    return roll_over(orgs.system_act(), plan=plan, horizon=horizon, title="", choices=keys)


def _dates(*plans: Plan) -> set[tuple[str, dt.date | None, dt.date | None]]:
    rows = Occurrence.objects.filter(activity__plan__in=plans, in_horizon=True)
    return set(rows.values_list("activity__title", "starts_on", "ends_on"))


def _active(plan: Plan) -> list[str]:
    return list(plan.activities.filter(dropped_at=None).values_list("title", flat=True))


def test_recurring_work_is_carried_with_units_results_sections_and_its_lasting_key() -> None:
    old = _plan(orgs.place(1), "сентябрь, ежегодно")
    new = _rolled(old)
    before, after = old.activities.get(), new.activities.get()
    assert (new.title, new.status, new.start_year, new.previous) == (
        "Циклограмма на 2026/27 учебный год", "draft", 2026, old,
    )  # fmt: skip
    assert (after.lineage, after.number, after.terms_text) == (before.lineage, before.number, "сентябрь, ежегодно")
    assert [(one.raw, one.role, one.kind) for one in after.units.all()] == [
        (one.raw, one.role, one.kind) for one in before.units.all()
    ]
    assert [one.text for one in after.deliverables.all()] == ["Приказ", "Отчёт"]
    assert after.section is not None
    assert (after.section.title, after.section.plan) == ("Организация", new)
    assert _dates(new) == {("Дело 1", dt.date(2026, 9, 1), dt.date(2026, 9, 30))}


def test_what_is_over_stands_as_left_out_with_the_reason_and_is_not_carried_again() -> None:
    new = _rolled(_plan(orgs.place(1), "сентябрь", "март 2021 г."))
    left_out = new.activities.get(title="Дело 2")
    assert _active(new) == ["Дело 1"]
    assert left_out.dropped_reason == "Срок закончился 31.03.2021."
    assert not left_out.occurrences.exists()
    assert _rolled(new).activities.count() == 1


def test_a_year_moves_only_when_a_person_says_so() -> None:
    old = _plan(orgs.place(1), "до 15 августа 2026 года", "до 20 июля 2026 года")
    new = _rolled(old, _1=Choice.SHIFT, _2=Choice.CARRY)
    assert _dates(new) == {("Дело 1", None, dt.date(2027, 8, 15))}
    assert new.activities.get(title="Дело 2").terms_text == "до 20 июля 2026 года"


def test_once_in_three_years_is_counted_from_the_last_report_over_all_plans_of_the_owner() -> None:
    place = orgs.place(1)
    old = _plan(place, "раз в три года, ноябрь")
    first = tasks.plan(place.municipality, start_year=2023, title="Прежний план")
    done = tasks.activity(first, "Дело 1", lineage=old.activities.get().lineage)
    tasks.unit(done, organization=place.schools[0])
    tasks.term(done, dt.date(2023, 11, 30))
    Assignment.objects.filter(pk=tasks.dealt(first)[0].pk).update(done_on=dt.date(2023, 12, 4), done_at=timezone.now())
    new = _rolled(old)
    assert new.activities.get().terms_text == "раз в три года, ноябрь, последний раз – ноябрь 2023 г."
    assert _dates(new) == {("Дело 1", dt.date(2026, 11, 1), dt.date(2026, 11, 30))}
    following = _rolled(new)
    assert _active(following) == ["Дело 1"]
    assert _dates(following) == set()


def test_undone_work_whose_time_is_over_waits_for_a_decision() -> None:
    place = orgs.place(1)
    old = _plan(place, "до 15 марта 2026 года", "октябрь")
    for one in old.activities.all():
        one.units.all().delete()
        tasks.unit(one, organization=place.schools[0])
    tasks.dealt(old)
    preview = preview_rollover(old, usual_horizon(old), TODAY)
    assert [row.activity.title for row in preview.to_choose] == ["Дело 1"]
    assert [row.activity.title for row in preview.undone] == ["Дело 2"]
    with pytest.raises(RefusedError, match="Дело 1"):
        _rolled(old)
    assert not Plan.objects.filter(previous=old).exists()
    assert _active(_rolled(old, _1=Choice.DROP)) == ["Дело 2"]


def test_unresolved_rows_are_listed_and_stay_as_questions() -> None:
    place = orgs.place(2)
    old = _plan(place, "когда-нибудь", "по графику Рособрнадзора", "сентябрь")
    last = old.activities.get(title="Дело 3")
    tasks.unit(last, organization=place.schools[1])
    place.schools[1].closed_on = dt.date(2026, 6, 1)
    place.schools[1].save()
    preview = preview_rollover(old, usual_horizon(old), TODAY)
    assert [row.outlook.fate for row in preview.rows] == [Fate.ASKED, Fate.AWAITS, Fate.CARRIED]
    assert [row.closed for row in preview.rows] == [(), (), (place.schools[1].short_name,)]
    new = _rolled(old)
    assert [bool(one.warnings) for one in new.activities.all()] == [True, False, True]


def test_decided_dependencies_are_kept_and_proposed_ones_are_not() -> None:
    old = _plan(orgs.place(1), "сентябрь", "октябрь", "ноябрь")
    one, two, three = old.activities.all()
    tasks.needs(two, one)
    tasks.needs(three, two, "rejected")
    tasks.needs(three, one, "proposed")
    new = _rolled(old)
    rows = Dependency.objects.filter(successor__plan=new)
    assert set(rows.values_list("predecessor__title", "successor__title", "state")) == {
        ("Дело 1", "Дело 2", "confirmed"), ("Дело 2", "Дело 3", "rejected"),
    }  # fmt: skip


def test_rolled_over_twice_equals_two_years() -> None:
    phrases = (
        "сентябрь, ежегодно", "ежеквартально", "май 2027 года", "до 1 марта 2028 года", "2020-2022 гг.", "по запросу",
        "раз в три года, ноябрь, последний раз – ноябрь 2024 г.", "осенние каникулы", "в течение учебного года",
    )  # fmt: skip
    place = orgs.place(1)
    old = _plan(place, *phrases)
    together = _rolled(old, 2)
    Plan.objects.filter(pk=together.pk).update(previous=None)
    first = _rolled(old)
    second = _rolled(first)
    assert _dates(first, second) == _dates(together)
    assert {one.lineage for one in second.activities.filter(dropped_at=None)} <= {
        one.lineage for one in together.activities.filter(dropped_at=None)
    }


def test_the_same_years_are_not_prepared_twice_and_a_draft_can_be_removed() -> None:
    old = _plan(orgs.place(1), "сентябрь")
    new = _rolled(old)
    with pytest.raises(RefusedError, match="уже подготовлен"):
        _rolled(old)
    delete_draft(orgs.system_act(), plan=new)
    assert not Plan.objects.filter(pk=new.pk).exists()
    assert _rolled(old).activities.count() == 1


def test_a_plan_in_force_is_not_removed() -> None:
    old = _plan(orgs.place(1), "сентябрь")
    with pytest.raises(RefusedError, match="только проект"):
        delete_draft(orgs.system_act(), plan=old)


def test_years_that_do_not_follow_are_refused() -> None:
    old = _plan(orgs.place(1), "сентябрь")
    for horizon in (Horizon(2025, 1), Horizon(2027, 1), Horizon(2026, 6)):
        with pytest.raises(RefusedError, match="следующего года"):
            preview_rollover(old, horizon, TODAY)


def test_only_those_who_keep_the_plan_roll_it_over() -> None:
    place = orgs.place(1)
    old = _plan(place, "сентябрь")
    school = Act(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]), timezone.now())
    with pytest.raises(ForbiddenError):
        roll_over(school, plan=old, horizon=usual_horizon(old), title="", choices={})


def test_a_child_plan_hangs_on_the_activity_of_the_new_parent() -> None:
    place = orgs.place(1)
    parent = _plan(place, "октябрь")
    child = _plan(place, "ноябрь")
    Plan.objects.filter(pk=child.pk).update(parent_activity=parent.activities.get())
    new_parent = _rolled(parent)
    assert _rolled(child).parent_activity == new_parent.activities.get()


def test_differences_tell_what_is_new_gone_and_changed() -> None:
    old = _plan(orgs.place(1), "сентябрь", "октябрь", "март 2021 г.")
    new = _rolled(old)
    Activity.objects.filter(plan=new, title="Дело 1").update(title="Дело первое", terms_text="декабрь")
    add_activity(orgs.system_act(), plan=new, values={"title": "Новое", "terms_text": "май"})
    found = yearly_differences(old, new)
    assert [one.title for one in found.added] == ["Новое"]
    assert [(one.title, reason) for one, reason in found.dropped] == [("Дело 3", "Срок закончился 31.03.2021.")]
    assert [(change.field, change.old, change.new) for one in found.changed for change in one.changes] == [
        ("title", "Дело 1", "Дело первое"), ("terms", "сентябрь", "декабрь"),
    ]  # fmt: skip
    assert found.same == 1


def test_two_loaded_plans_are_compared_by_content() -> None:
    place = orgs.place(1)
    old, new = _plan(place, "сентябрь", "октябрь"), _plan(place, "сентябрь", "декабрь")
    found = yearly_differences(old, new)
    assert (len(found.added), len(found.dropped), found.same) == (0, 0, 1)
    assert [change.field for one in found.changed for change in one.changes] == ["terms"]


def _queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len(caught)


def test_queries_do_not_grow_with_the_plan() -> None:
    place = orgs.place(1)
    plans = _plan(place, *["сентябрь"] * 3), _plan(place, *["сентябрь", "март 2021 г.", "по графику"] * 10)
    previews = [_queries(lambda plan=plan: preview_rollover(plan, usual_horizon(plan), TODAY)) for plan in plans]
    assert previews[0] == previews[1] <= 12
    compared = [_queries(lambda plan=plan: yearly_differences(plans[0], plan)) for plan in plans]
    assert compared[0] == compared[1] <= 12
