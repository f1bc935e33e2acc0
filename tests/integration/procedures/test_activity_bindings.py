"""Activities «по графику» are offered the procedures and works of schedules that their words name."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from msoko.cycle.planning.api import Activity
from msoko.cycle.procedures.api import (
    Campaign,
    WorkLevel,
    approve_schedule,
    binding_proposals,
    change_campaign,
    create_campaign,
)
from msoko.foundation.access.api import SYSTEM_SCOPE, Role
from msoko.foundation.catalog.bindings import procedures_named
from msoko.foundation.orgs.api import start_year_of
from tests.factories import orgs, schedules, tasks
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
START = start_year_of(tasks.days(0))
SINCE = dt.date(START, 9, 1)


def spring(month: int, number: int) -> dt.date:
    return dt.date(START + 1, month, number)


def vpr(place: orgs.Place, grade: int, first: dt.date, last: dt.date, subject: str = "Математика") -> Campaign:
    return create_campaign(
        orgs.system_act(), owner=place.municipality, procedure="VPR", subject=subject, grade_level=grade,
        year=START + 1, starts_on=first, ends_on=last,
    )  # fmt: skip


def activity(place: orgs.Place, title: str) -> Activity:
    return tasks.activity(tasks.plan(place.municipality), title, terms=[{"status": "external_schedule"}])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Проведение ВПР по графику", ["VPR"]),
        ("Организация всероссийских проверочных работ", ["VPR"]),
        ("Участие в ГИА-9 и ГИА-11", ["OGE", "EGE", "GVE"]),
        (
            "Муниципальная диагностика и региональные диагностические работы",
            ["REGIONAL_DIAGNOSTIC", "MUNICIPAL_DIAGNOSTIC"],
        ),
        ("Совещание руководителей", []),
        ("Впрочем, работа продолжается", []),
    ],
)
def test_procedures_are_known_by_their_words(text: str, named: list[str]) -> None:
    assert procedures_named(text) == named


def test_all_procedures_of_a_kind_are_one_term_of_the_activity() -> None:
    place = orgs.place(1)
    vpr(place, 5, spring(4, 20), spring(4, 24))
    vpr(place, 6, spring(5, 11), spring(5, 14), "Русский язык")
    found = activity(place, "Проведение ВПР по графику Рособрнадзора")
    (offer,) = binding_proposals(SYSTEM_SCOPE, [found], SINCE)[found.pk]
    assert (offer.first, offer.last, offer.works, offer.is_new) == (spring(4, 20), spring(5, 14), "процедур: 2", True)


def test_the_subject_and_the_grade_of_the_activity_narrow_what_is_offered() -> None:
    place = orgs.place(1)
    vpr(place, 4, spring(4, 20), spring(4, 24))
    vpr(place, 6, spring(5, 11), spring(5, 14), "Русский язык")
    found = [activity(place, title) for title in ("ВПР по русскому языку", "ВПР в 4-х классах", "ВПР по физике")]
    offers = binding_proposals(SYSTEM_SCOPE, found, SINCE)
    assert [[one.first for one in offers[each.pk]] for each in found] == [[spring(5, 11)], [spring(4, 20)], []]


def test_works_of_a_schedule_in_force_are_offered_too() -> None:
    place = orgs.place(1)
    schedule = schedules.schedule(place.municipality, school_year=orgs.school_year(START))
    schedules.work(
        schedule, letter="", starts_on=dt.date(START, 11, 26), level=WorkLevel.REGIONAL,
        title="Региональная диагностическая работа",
    )  # fmt: skip
    found = activity(place, "Проведение РДР")
    assert binding_proposals(SYSTEM_SCOPE, [found], SINCE)[found.pk] == []
    approve_schedule(
        orgs.system_act(), schedule=schedule, approved_on=dt.date(START, 9, 1), basis="Приказ № 1", reason="Нужно"
    )
    (offer,) = binding_proposals(SYSTEM_SCOPE, [found], SINCE)[found.pk]
    assert (offer.first, offer.works) == (dt.date(START, 11, 26), "работ графика: 1")


def test_a_person_confirms_the_proposal_and_is_told_when_the_procedures_move() -> None:
    place = orgs.place(1)
    made = vpr(place, 5, spring(4, 20), spring(4, 24))
    found = activity(place, "Проведение ВПР")
    tasks.unit(found, organization=place.advisory_service)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert "Предлагается" in text_of(client.get(reverse("office:tasks:schedules")))
    assert not found.occurrences.exists()
    form = reverse("office:tasks:schedule_bind", args=[found.pk])
    assert "процедур: 1" in text_of(client.get(form))
    client.post(form, {"proposal": f"VPR:{START}"})
    term = found.occurrences.get()
    assert (term.starts_on, term.ends_on, term.origin_kind) == (spring(4, 20), spring(4, 24), "procedures")
    assert "Предлагается" not in text_of(client.get(reverse("office:tasks:schedules")))
    change_campaign(
        orgs.system_act(), campaign=made, starts_on=spring(5, 11), ends_on=spring(5, 15), label=made.label,
        basis=made.basis, organizations=(),
    )  # fmt: skip
    assert "Сроки изменились" in text_of(client.get(reverse("office:tasks:schedules")))
    client.post(form, {"proposal": f"VPR:{START}"})
    term.refresh_from_db()
    assert (found.occurrences.count(), term.ends_on) == (1, spring(5, 15))
