"""A schedule in force changes by an edition; the federal window of a work becomes the day that a school names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from msoko.cycle.procedures.api import (
    Schedule,
    WorkLevel,
    approve_schedule,
    change_work,
    checked,
    create_campaign,
    differs_from,
    open_edition,
    schedule_paper,
    withdraw_schedule,
)
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from tests.factories import orgs, schedules

pytestmark = pytest.mark.django_db


def approved(found: Schedule, basis: str = "Приказ от 01.09.2026 № 5", act: Act | None = None) -> Schedule:
    return approve_schedule(act or orgs.system_act(), schedule=found, approved_on=dt.date(2026, 9, 1), basis=basis)


def test_an_edition_replaces_the_schedule_when_it_is_approved_by_an_order() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    schedules.work(found)
    approved(found)
    with pytest.raises(RefusedError, match="Причина изменения не указана"):
        open_edition(orgs.system_act(), schedule=found, reason=" ")
    edition = open_edition(orgs.system_act(), schedule=found, reason="Карантин в 5А")
    change_work(
        orgs.system_act(), work=edition.works.get(), entry=schedules.entry(starts_on=dt.date(2026, 9, 15))
    )  # fmt: skip
    found.refresh_from_db()
    assert found.status == "approved"
    added, dropped = differs_from(edition, found)
    assert ([one.starts_on for one in added], [one.starts_on for one in dropped]) == (
        [dt.date(2026, 9, 15)], [dt.date(2026, 9, 11)],
    )  # fmt: skip
    with pytest.raises(RefusedError, match="Основание не указано"):
        approved(edition, basis=" ")
    approved(edition, basis="Приказ от 14.09.2026 № 8")
    found.refresh_from_db()
    assert (found.status, edition.version, edition.edition_of_id) == ("replaced", 2, found.pk)
    edition.refresh_from_db()
    assert schedule_paper(checked(edition), []).approval == (
        "Приложение", "УТВЕРЖДЁН", "приказом от 01.09.2026 № 5", "(в редакции: Приказ от 14.09.2026 № 8)",
    )  # fmt: skip


def test_an_approval_is_taken_back_only_on_its_day() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    schedules.work(found)
    approved(found)
    tomorrow = Act(orgs.system_act().actor, timezone.now() + dt.timedelta(days=1))
    with pytest.raises(RefusedError, match="только в день") as refusal:
        withdraw_schedule(tomorrow, schedule=found, reason="Передумали")
    assert "редакцию" in refusal.value.hint
    withdraw_schedule(orgs.system_act(), schedule=found, reason="Не тот номер приказа")


def test_a_day_that_the_school_names_inside_the_window_of_a_work_is_that_work() -> None:
    place = orgs.place(1)
    create_campaign(
        orgs.system_act(), owner=place.municipality, procedure="VPR", subject="Математика", grade_level=5, year=2027,
        starts_on=dt.date(2027, 4, 13), ends_on=dt.date(2027, 4, 23),
    )  # fmt: skip
    found = schedules.schedule(place.schools[0])
    (window,) = checked(found).entries
    assert (window.level, window.work.has_day) == ("federal", False)
    schedules.work(
        found, grade_level=window.work.grade_level, subject=window.work.subject, starts_on=dt.date(2027, 4, 14),
        level=WorkLevel.FEDERAL, title="ВПР",
    )  # fmt: skip
    state = checked(found)
    assert [(one.work.first, one.work.last) for one in state.entries] == [(dt.date(2027, 4, 14), dt.date(2027, 4, 14))]
    assert state.clashes == []
    assert any("Сроки ВПР на 2026/2027" in line for line in state.unchecked)


def test_a_work_outside_of_the_federal_days_is_told() -> None:
    school = orgs.place(1).schools[0]
    found = schedules.schedule(school, school_year=orgs.school_year(2025))
    for day in (dt.date(2026, 4, 16), dt.date(2026, 5, 20)):
        schedules.work(found, starts_on=day, level=WorkLevel.FEDERAL, title="ВПР", subject=f"Предмет {day:%d}")
    clashes = [one for one in checked(found).clashes if one.rule == "vpr_window"]
    assert [one.text for one in clashes] == [
        "Предмет 16, ВПР, 16.04.2026: вне сроков ВПР 20.04.2026–20.05.2026.",
    ]
