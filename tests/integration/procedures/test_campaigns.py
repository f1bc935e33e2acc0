"""Campaigns: who conducts what, who has delivered, in how many queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from msoko.cycle.collection.api import Batch, BatchOrganization, CurrentBatch, ImportSession
from msoko.cycle.procedures.api import Campaign, create_campaign
from msoko.foundation.access.api import Role
from msoko.foundation.orgs.api import ClassGroup, Organization
from tests.factories import orgs
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db

YEAR = dt.date(2026, 4, 10)


def campaign(place: orgs.Place, **values: object) -> Campaign:
    fields = {"procedure": "VPR", "subject": "Математика", "grade_level": 5, "year": 2026, "starts_on": YEAR}
    return create_campaign(orgs.system_act(), owner=place.municipality, **(fields | values))  # type: ignore[arg-type]


def deliver(one: Campaign, schools: list[Organization], participants: int = 20) -> None:
    now = timezone.now()
    session = ImportSession.objects.create(
        organization=one.owner, created_at=now, created_by="Система", created_by_id="system", accepted_at=now,
        accepted_by="Система",
    )  # fmt: skip
    batch = Batch.objects.create(
        campaign=one, session=session, stored_name="batches/x.parquet", sha256="x", item_labels=["1"], row_count=1,
        participant_count=participants * len(schools), accepted_at=now, accepted_by="Система",
    )  # fmt: skip
    for school in schools:
        BatchOrganization.objects.create(batch=batch, organization=school, participant_count=participants)
        CurrentBatch.objects.create(campaign=one, organization=school, batch=batch, participant_count=participants)


def test_the_list_counts_who_has_delivered_out_of_those_expected() -> None:
    place = orgs.place(3)
    partly = campaign(place, organizations=place.schools)
    deliver(partly, place.schools[:1])
    campaign(place, subject="Физика")
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    address = reverse("office:procedures:list")
    rows = {row.campaign.subject: row for row in client.get(address, {"year": "all"}).context["page"]}
    assert (rows["Математика"].delivery.delivered, rows["Математика"].delivery.expected) == (1, 3)
    assert (rows["Математика"].state_title, rows["Физика"].state_title) == ("Сданы не все", "Данных нет")
    for query, expected in (
        ({"state": "partly"}, ["Математика"]), ({"state": "none"}, ["Физика"]), ({"subject": "Физика"}, ["Физика"]),
        ({"grade_level": "4"}, []), ({"procedure": "OGE"}, []),
    ):  # fmt: skip
        found = client.get(address, {"year": "all", **query}).context["page"]
        assert [row.campaign.subject for row in found] == expected


def test_a_school_conducts_only_its_own_procedures() -> None:
    place = orgs.place(1)
    client = client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]))
    form = client.get(reverse("office:procedures:add")).context["form"]
    offered = {key for key, _ in form.fields["procedure"].choices}
    assert "SCHOOL_DIAGNOSTIC" in offered
    assert not offered & {"VPR", "OGE", "EGE", "MUNICIPAL_DIAGNOSTIC"}
    data = {"procedure": "SCHOOL_DIAGNOSTIC", "subject": "Химия", "grade_level": "8", "year": "2026"}
    assert client.post(reverse("office:procedures:add"), data).status_code == 302
    made = Campaign.objects.get()
    assert made.owner == place.schools[0]
    again = client.post(reverse("office:procedures:add"), data)
    assert again.status_code == 400
    assert "Такая процедура уже есть" in text_of(again)
    stranger = client_of(orgs.account(Role.SCHOOL_HEAD, orgs.place(1, "Другой округ").schools[0]))
    assert stranger.get(reverse("office:procedures:campaign", args=[made.pk])).status_code == 404


def test_window_basis_and_organizations_are_changed_with_a_proposal_by_classes() -> None:
    place = orgs.place(3)
    one = campaign(place)
    year = one.school_year
    for school in place.schools[:2]:
        ClassGroup.objects.create(organization=school, school_year=year, grade_level=5, letter="А")
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    address = reverse("office:procedures:edit", args=[one.pk])
    assert sorted(client.get(address).context["form"].initial["organizations"]) == [s.pk for s in place.schools[:2]]
    wrong = client.post(address, {"starts_on": "2026-04-10", "ends_on": "2026-04-01"})
    assert "Окончание раньше начала" in text_of(wrong)
    chosen = [str(school.pk) for school in place.schools]
    client.post(address, {"ends_on": "2026-04-20", "basis": "Приказ № 14", "organizations": chosen})
    one.refresh_from_db()
    assert (one.ends_on, one.basis, one.organizations.count()) == (dt.date(2026, 4, 20), "Приказ № 14", 3)
    assert "Приказ № 14" in text_of(client.get(reverse("office:procedures:campaign", args=[one.pk])))


def test_the_passport_quotes_the_ban_and_the_act() -> None:
    place = orgs.place(1)
    client = client_of(orgs.account(Role.ASSOCIATION_HEAD, place.advisory_service))
    page = text_of(client.get(reverse("office:procedures:passport", args=["VPR"])))
    assert "не могут быть использованы для оценки деятельности педагогических работников" in page
    assert "№ 556" in page
    assert "периодическая, обязательная" in page
    assert client.get(reverse("office:procedures:passport", args=["NONE"])).status_code == 404
    catalogue = client.get(reverse("office:procedures:catalogue"), {"holder": "school"}).context["passports"]
    assert {passport.holder for passport in catalogue} == {"образовательная организация"}


def test_organizations_of_others_are_not_listed_to_a_school() -> None:
    place = orgs.place(3)
    one = campaign(place, organizations=place.schools)
    deliver(one, place.schools)
    client = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[1]))
    context = client.get(reverse("office:procedures:campaign", args=[one.pk])).context
    assert [row.organization for row in context["organizations"]] == [place.schools[1]]
    assert context["row"].delivery.delivered == 3
    viewer = client_of(orgs.account(Role.REGIONAL_VIEWER, place.region))
    assert viewer.get(reverse("office:procedures:campaign", args=[one.pk])).context["organizations"] == []


def test_late_results_are_a_task_of_the_specialist_and_campaigns_are_found_by_search() -> None:
    place = orgs.place(3)
    today = timezone.localdate()
    start = today.year if today.month >= 9 else today.year - 1
    ended = today - dt.timedelta(days=2)
    one = campaign(place, organizations=place.schools, starts_on=ended, ends_on=ended, school_year=start)
    deliver(one, place.schools[:1])
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    tasks = {task.title: task for task in client.get(reverse("office:home")).context["tasks"]}
    assert tasks["ВПР 2026, Математика, 5 класс: результаты не сданы"].state == "не сданы: 2 из 3"
    found = text_of(client.get(reverse("office:search"), {"q": "впр математика"}))
    assert reverse("office:procedures:campaign", args=[one.pk]) in found


PAGES = ("office:procedures:list", "office:collection:list", "office:collection:batches", "office:home")


@pytest.mark.parametrize("page", [*PAGES, "campaign", "edit"])
def test_pages_take_as_many_queries_for_30_organizations_as_for_3(page: str) -> None:
    counts = []
    for number, size in enumerate((3, 30)):
        place = orgs.place(size, f"Округ {number}")
        made = [campaign(place, subject=f"Предмет {n}", organizations=place.schools) for n in range(size)]
        for one in made:
            deliver(one, place.schools[:-1])
        client = client_of(orgs.account(Role.SPECIALIST, place.authority))
        is_own = page in ("campaign", "edit")
        address = reverse(f"office:procedures:{page}", args=[made[0].pk]) if is_own else reverse(page)
        counts.append(queries(lambda client=client, address=address: client.get(address, {"year": "all"})))  # type: ignore[misc]
    assert counts[0] == counts[1]
