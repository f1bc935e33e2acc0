"""The yearly analysis from stored rows: outcomes, edits that survive, the frozen issue, constant queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from msoko.cli.demo.execution import live_through
from msoko.cycle.planning.api import (
    Assignment,
    Plan,
    PlanStatus,
    analysis_file,
    compose_analysis,
    composed_document,
    current_analysis,
    deal_out,
    edit_analysis,
    plan_year,
    sign_analysis,
)
from msoko.cycle.planning.yearly_facts import Outcome, day_of_analysis, year_facts
from msoko.foundation.access.api import Role
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from tests.factories import orgs, tasks
from tests.factories.reports import plain_text

pytestmark = pytest.mark.django_db
O = Outcome  # noqa: E741 -- a column of outcomes reads as a table
END = dt.date(2025, 8, 31)


def _plan(place: orgs.Place, size: int = 1) -> Plan:
    plan = tasks.plan(place.municipality, start_year=2024, title="План-график МСОКО на 2024/25 учебный год")
    for number in range(size):
        made = tasks.activity(plan, f"Мероприятие {number + 1}")
        tasks.deliverable(made, "Аналитическая справка", "analytics")
        tasks.group(made)
        tasks.term(made, dt.date(2024, 10, 1) + dt.timedelta(days=number))
    deal_out(orgs.system_act(), plan)
    return plan


def _outcomes(plan: Plan) -> list[Outcome]:
    return [term.outcome for term in year_facts(plan, 2024, END, dt.date(2025, 9, 1)).terms]


def _report(plan: Plan, *days: dt.date | None) -> None:
    rows = Assignment.objects.filter(occurrence__activity__plan=plan).order_by("pk")
    for row, day in zip(rows, days, strict=True):
        Assignment.objects.filter(pk=row.pk).update(done_on=day, done_at=timezone.now() if day else None)


IN_TIME, TOO_LATE = dt.date(2024, 10, 1), dt.date(2024, 10, 2)


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        ((IN_TIME, IN_TIME), O.ON_TIME),
        ((IN_TIME, TOO_LATE), O.LATE),
        ((IN_TIME, None), O.PARTLY),
        ((None, None), O.NOT_DONE),
    ],
)
def test_the_outcome_of_a_term_is_that_of_all_its_executors(
    days: tuple[dt.date | None, dt.date | None], outcome: Outcome
) -> None:
    plan = _plan(orgs.place(2))
    _report(plan, *days)
    assert _outcomes(plan) == [outcome]


def test_a_moved_term_is_judged_by_the_new_one_and_a_cancelled_one_not_at_all() -> None:
    plan = _plan(orgs.place(1), 2)
    first, second = (one.occurrences.get() for one in plan.activities.all())
    _report(plan, dt.date(2024, 11, 1), None)
    first.planned_ends_on, first.ends_on = first.ends_on, dt.date(2024, 11, 5)
    first.save()
    second.cancelled_at = timezone.now()
    second.save()
    assert _outcomes(plan) == [O.ON_TIME, O.CANCELLED]


def test_a_released_executor_does_not_count() -> None:
    plan = _plan(orgs.place(2))
    _report(plan, IN_TIME, None)
    Assignment.objects.filter(done_on=None).update(released_at=timezone.now())
    assert _outcomes(plan) == [O.ON_TIME]


def test_the_year_is_judged_by_the_day_after_it() -> None:
    plan = _plan(orgs.place(1))
    assert day_of_analysis(plan, END) == dt.date(2025, 9, 1)
    assert day_of_analysis(plan, timezone.localdate() + dt.timedelta(days=90)) == timezone.localdate()


def test_edits_survive_composing_again_and_a_changed_text_is_told() -> None:
    act = orgs.system_act()
    plan = _plan(orgs.place(1))
    analysis = compose_analysis(act, plan=plan, year=2024)
    edit_analysis(act, analysis=analysis, key="totals.text", text="Год был трудным.")
    edit_analysis(act, analysis=analysis, key="basis.method", text="")
    _report(plan, IN_TIME)
    analysis = compose_analysis(act, plan=plan, year=2024)
    document, conflicts = current_analysis(analysis)
    texts = {block.key: getattr(block, "text", "") for block in document.blocks}
    assert texts["totals.text"] == "Год был трудным."
    assert "basis.method" not in texts
    assert [one.key for one in conflicts] == ["totals.text"]
    with pytest.raises(RefusedError, match="расходятся"):
        sign_analysis(act, analysis=analysis, signed_on=dt.date(2025, 9, 2))


def test_the_composed_text_again_is_no_edit() -> None:
    act = orgs.system_act()
    analysis = compose_analysis(act, plan=_plan(orgs.place(1)), year=2024)
    original = next(block for block in current_analysis(analysis)[0].blocks if block.key == "totals.text").text  # type: ignore[union-attr]
    edit_analysis(act, analysis=analysis, key="totals.text", text="Иначе")
    edit_analysis(act, analysis=analysis, key="totals.text", text=original)
    assert not analysis.edits.exists()


def test_a_signed_analysis_is_frozen_with_its_files() -> None:
    act = orgs.system_act()
    plan = _plan(orgs.place(1))
    analysis = compose_analysis(act, plan=plan, year=2024)
    edit_analysis(act, analysis=analysis, key="totals.text", text="Год был удачным.")
    signed = sign_analysis(act, analysis=analysis, signed_on=dt.date(2025, 9, 2), number="7")
    word = analysis_file(signed, "docx")
    assert (word[:2], analysis_file(signed, "pdf")[:4]) == (b"PK", b"%PDF")
    _report(plan, IN_TIME)
    assert "Год был удачным." in plain_text(current_analysis(signed)[0])
    for change in (
        lambda: compose_analysis(act, plan=plan, year=2024),
        lambda: edit_analysis(act, analysis=signed, key="totals.text", text="Нет"),
        lambda: sign_analysis(act, analysis=signed, signed_on=dt.date(2025, 9, 3)),
    ):
        with pytest.raises(RefusedError, match="подписан и не меняется"):
            change()
    assert analysis_file(signed, "docx") == word


def test_drafts_foreign_years_and_foreign_people_are_refused() -> None:
    place = orgs.place(1)
    plan = _plan(place)
    with pytest.raises(RefusedError, match="нет такого года"):
        compose_analysis(orgs.system_act(), plan=plan, year=2031)
    school = Act(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]), timezone.now())
    with pytest.raises(ForbiddenError):
        compose_analysis(school, plan=plan, year=2024)
    draft = tasks.plan(place.municipality, status=PlanStatus.DRAFT)
    with pytest.raises(RefusedError, match="не утверждён"):
        compose_analysis(orgs.system_act(), plan=draft, year=draft.start_year)


def test_a_plan_without_terms_still_has_an_analysis() -> None:
    plan = tasks.plan(orgs.place(1).municipality, start_year=2024)
    text = plain_text(composed_document(plan, plan_year(plan, 2024)))
    assert "Ни один срок отчётного периода ещё не наступил" in text


def test_a_lived_year_is_told_with_official_name_figures_and_proposals() -> None:
    plan = _plan(orgs.place(3), 24)
    live_through(plan, until=END, answerer="Полевая И. С.")
    document = composed_document(plan, plan_year(plan, 2024))
    text = plain_text(document)
    assert document.title_page.kind == "Анализ выполнения плана-графика"
    assert document.title_page.title == "«План-график МСОКО на 2024/25 учебный год» за 2024/25 учебный год"
    for words in ("Итоги выполнения", "Выполнение по исполнителям", "Предложения в план следующего периода"):
        assert words in text
    assert "{" not in text
    assert plain_text(composed_document(plan, plan_year(plan, 2024))) == text


def _queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len(caught)


def test_queries_do_not_grow_with_the_plan() -> None:
    place = orgs.place(2)
    plans = _plan(place, 2), _plan(place, 20)
    counts = [_queries(lambda plan=plan: year_facts(plan, 2024, END, dt.date(2025, 9, 1))) for plan in plans]
    assert counts[0] == counts[1] <= 16
