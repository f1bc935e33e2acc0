"""From a file to a plan: read, asked, corrected, accepted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from msoko.cycle.planning.api import (
    Activity,
    Occurrence,
    Plan,
    PlanImport,
    UnitKind,
    accept_plan_import,
    activities_of,
    approve_plan,
    change_activity,
    correct_row,
    differences_of,
    explain_abbreviation,
    open_plan_import,
    preview_of,
)
from msoko.foundation.kernel.errors import RefusedError
from tests.factories.orgs import Place, place, system_act

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = """№\tМероприятие\tСрок\tОтветственные\tРезультат
1. Нормативное обеспечение
1.1\tУтверждение показателей\tсентябрь\tУО\tПриказ
1.2\tКонсультации для школ\tпо запросу\tИМЦ\tЖурнал
1.3\tОтчёт о самообследовании\tдо 20 апреля\tобщеобразовательные организации\tОтчёт
1.4\tСовместный рейд\tоктябрь, апрель\tЦДОД\tАкт
"""


@pytest.fixture
def area() -> Place:
    return place(schools=3)


def _session(area: Place, data: bytes = TABLE.encode(), name: str = "план.txt", **values: Any) -> PlanImport:
    session = open_plan_import(
        system_act(), owner=area.municipality, file_name=name, data=data, start_year=2026, **values
    )
    session.refresh_from_db()
    return session


def test_rows_are_understood_before_anything_is_stored(area: Place) -> None:
    preview = preview_of(_session(area))
    assert [row.number for row in preview.rows] == ["1.1", "1.2", "1.3", "1.4"]
    assert [row.terms[0].status.value for row in preview.rows] == ["dated", "on_request", "deadline", "dated"]
    assert [row.units[0].addressee.kind for row in preview.rows] == [
        UnitKind.ORGANIZATION, UnitKind.ORGANIZATION, UnitKind.GROUP, UnitKind.UNKNOWN,
    ]  # fmt: skip
    assert preview.abbreviations == ("ЦДОД",)
    assert not Plan.objects.exists()


def test_acceptance_makes_the_plan_with_its_occurrences(area: Place) -> None:
    session = _session(area, title="Циклограмма")
    plan = accept_plan_import(system_act(), session=session, version=session.version)
    assert plan.title == "Циклограмма"
    rows = {row.number: row for row in activities_of(plan)}
    assert [(one.starts_on, one.ends_on) for one in rows["1.1"].occurrences.all()] == [
        (dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    ]
    assert list(rows["1.2"].occurrences.all()) == []
    assert [(one.starts_on, one.ends_on) for one in rows["1.3"].occurrences.all()] == [(None, dt.date(2027, 4, 20))]
    assert rows["1.4"].occurrences.count() == 2
    assert rows["1.1"].section is not None
    assert rows["1.1"].section.title == "Нормативное обеспечение"


def test_an_abbreviation_is_explained_once_and_remembered(area: Place) -> None:
    session = _session(area)
    session = explain_abbreviation(
        system_act(), session=session, version=session.version, abbreviation="ЦДОД",
        meaning="МБОУ СОШ № 2", is_remembered=True,
    )  # fmt: skip
    row = preview_of(session).rows[3]
    assert row.units[0].addressee.organization == area.schools[1].pk
    again = preview_of(_session(area))
    assert again.abbreviations == ()
    assert again.rows[3].units[0].addressee.organization == area.schools[1].pk


def test_a_clearer_term_is_understood_at_once(area: Place) -> None:
    session = _session(area)
    values = {"terms_text": "15 октября"}
    session = correct_row(system_act(), session=session, version=session.version, index=1, values=values)
    plan = accept_plan_import(system_act(), session=session, version=session.version)
    found = Occurrence.objects.get(activity__plan=plan, activity__number="1.2")
    assert (found.starts_on, found.ends_on) == (dt.date(2026, 10, 15), dt.date(2026, 10, 15))
    assert found.activity.terms_raw == "по запросу"


def test_two_people_at_once_do_not_overwrite_each_other(area: Place) -> None:
    session = _session(area)
    stale = session.version
    correct_row(system_act(), session=session, version=stale, index=0, values={"title": "Иное"})
    with pytest.raises(RefusedError, match="уже изменили"):
        correct_row(system_act(), session=session, version=stale, index=0, values={"title": "Третье"})


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "Файл пуст"), (b"%PDF-1.4 broken", ""), ("просто текст без таблицы".encode(), "")],
)
def test_what_is_no_plan_is_said_and_nothing_stored(area: Place, data: bytes, words: str) -> None:
    if words:
        with pytest.raises(RefusedError, match=words):
            _session(area, data)
        return
    session = _session(area, data, "план.pdf" if data.startswith(b"%PDF") else "план.txt")
    assert session.read_at is not None
    assert session.reading["activities"] == []
    assert session.reading["warnings"][0]["severity"] == "error"
    with pytest.raises(RefusedError, match="Принимать нечего"):
        accept_plan_import(system_act(), session=session, version=session.version)


def test_approval_fixes_the_baseline_and_a_new_term_keeps_it_apart(area: Place) -> None:
    session = _session(area)
    plan = accept_plan_import(system_act(), session=session, version=session.version)
    approve_plan(system_act(), plan=plan, approved_on=dt.date(2026, 8, 28), basis="Приказ от 28.08.2026 № 412")
    activity = Activity.objects.get(plan=plan, number="1.1")
    change_activity(system_act(), activity=activity, values={"terms_text": "октябрь"})
    found = activity.occurrences.get()
    assert (found.starts_on, found.planned_starts_on) == (dt.date(2026, 10, 1), None)


@pytest.mark.parametrize(("name", "count"), [("plan-usinsk", 74), ("order-livny-regulation-roadmap", 67)])
def test_published_plans_come_in_whole(area: Place, samples: Any, name: str, count: int) -> None:
    data = (samples.parent / "seeds" / f"{name}.txt").read_bytes()
    session = _session(area, data, f"{name}.txt")
    plan = accept_plan_import(system_act(), session=session, version=session.version)
    assert plan.activities.count() == count


CORRECTED = """№\tМероприятие\tСрок\tОтветственные\tРезультат
1. Нормативное обеспечение
1.1\tСогласование бюджета\tоктябрь\tУО\tСмета
1.2\tУтверждение показателей\tоктябрь\tУО\tПриказ
1.3\tОтчёт о самообследовании\tдо 20 апреля\tобщеобразовательные организации\tОтчёт
1.4\tСовместный рейд\tоктябрь, апрель\tЦДОД\tАкт
"""


def test_a_corrected_file_keeps_activities_and_their_history(area: Place) -> None:
    session = _session(area)
    plan = accept_plan_import(system_act(), session=session, version=session.version)
    before = {one.title: one.pk for one in plan.activities.all()}
    kept = Activity.objects.get(plan=plan, number="1.3").occurrences.get()
    again = _session(area, CORRECTED.encode(), plan=plan)
    found = differences_of(again, preview_of(again))
    assert [one.row.title for one in found.added] == ["Согласование бюджета"]
    assert [(one.row.title, {c.field for c in one.changes}) for one in found.changed] == [
        ("Утверждение показателей", {"terms", "number"})
    ]
    assert [one.title for one in found.removed] == ["Консультации для школ"]
    accept_plan_import(system_act(), session=again, version=again.version)
    after = {one.title: one.pk for one in plan.activities.filter(dropped_at=None)}
    assert {title: after[title] for title in before if title in after} == {
        title: pk for title, pk in before.items() if title != "Консультации для школ"
    }
    assert [one.title for one in plan.activities.filter(dropped_at=None)] == [
        "Согласование бюджета", "Утверждение показателей", "Отчёт о самообследовании", "Совместный рейд",
    ]  # fmt: skip
    moved = Activity.objects.get(plan=plan, title="Утверждение показателей")
    assert [one.starts_on for one in moved.occurrences.all()] == [dt.date(2026, 10, 1)]
    assert Activity.objects.get(plan=plan, number="1.3").occurrences.get().pk == kept.pk
    assert plan.sections.count() == 1
