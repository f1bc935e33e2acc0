"""Who opens which page of results, what of foreign schools is never said, what is written to the journal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.analysis.api import draft_report
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from tests.factories import campaigns, orgs
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db

TOTALS = ("detail", "items", "elements", "gaps", "journal", "years", "reconciliation", "organizations")
EXPORTS = tuple(f"{page}_export" for page in TOTALS)
SEE_ALL = {Role.AUTHORITY_HEAD, Role.SPECIALIST, Role.ADVISER}
SEE_TOTALS = SEE_ALL | {Role.ASSOCIATION_HEAD, Role.REGIONAL_VIEWER}
SCHOOL = {Role.SCHOOL_COORDINATOR, Role.SCHOOL_HEAD}


def _url(page: str, *arguments: Any) -> str:
    return reverse(f"office:analysis:{page}", args=arguments)


def _clients(place: orgs.Place) -> dict[Role, Client]:
    """Everybody in the place where the role is usual."""
    own = dict.fromkeys((*SCHOOL, Role.SENIOR_EDUCATOR), place.schools[0]) | {Role.REGIONAL_VIEWER: place.region}
    return {role: client_of(orgs.account(role, own.get(role, place.authority))) for role in Role}


def test_totals_open_for_those_who_see_them_or_a_school() -> None:
    place = orgs.place()
    found = campaigns.computed(place, sizes=(40, 30, 20))
    clients = _clients(place)
    expected = SEE_TOTALS | SCHOOL | {Role.SENIOR_EDUCATOR}
    for page in TOTALS + EXPORTS:
        opened = {role for role, client in clients.items() if client.get(_url(page, found.pk)).status_code == 200}
        assert (page, opened) == (page, expected)


def test_the_list_opens_for_the_same_and_shows_nothing_of_another_municipality() -> None:
    place, other = orgs.place(), orgs.place(name="Соседний округ", region=orgs.place().region)
    campaigns.computed(place)
    campaigns.computed(other, plan=campaigns.blueprint(subject="Физика"))
    page = text_of(client_of(orgs.account(Role.SPECIALIST, place.authority)).get(_url("list")))
    assert "Математика" in page
    assert "Физика" not in page
    strangers = client_of(orgs.account(Role.OBSERVER, place.municipality))
    assert strangers.get(_url("list")).status_code == 403


def test_a_campaign_of_another_municipality_is_not_found() -> None:
    place, other = orgs.place(), orgs.place(name="Соседний округ")
    found = campaigns.computed(other)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert {client.get(_url(page, found.pk)).status_code for page in TOTALS + EXPORTS} == {404}


def test_a_school_sees_itself_and_not_another_school() -> None:
    place = orgs.place()
    found = campaigns.computed(place, sizes=(40, 30, 20))
    client = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    own, foreign = (_url("organization", found.pk, school.pk) for school in place.schools[:2])
    assert [client.get(url).status_code for url in (own, foreign)] == [200, 404]
    for page in TOTALS:
        text = text_of(client.get(_url(page, found.pk)))
        assert "МБОУ СОШ № 2" not in text
        assert "МБОУ СОШ № 3" not in text
    for query in (f"?organization={place.schools[1].pk}", f"?organization={place.schools[1].pk}&class_group=А"):
        text = text_of(client.get(_url("detail", found.pk) + query))
        assert "Такой группы в этой процедуре нет." in text


@pytest.mark.parametrize("role", [Role.ASSOCIATION_HEAD, Role.REGIONAL_VIEWER])
def test_those_who_see_totals_read_no_name_of_a_school(role: Role) -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    client = _clients(place)[role]
    for page in TOTALS:
        assert "МБОУ СОШ" not in text_of(client.get(_url(page, found.pk)))
    panel = client.get(_url("element", found.pk, 1), headers={"HX-Request": "true"})
    assert "МБОУ СОШ" not in text_of(panel)
    assert client.get(_url("organization", found.pk, place.schools[0].pk)).status_code == 403


def test_totals_of_a_few_people_are_shown_only_to_those_who_see_organizations() -> None:
    place = orgs.place()
    found = campaigns.computed(place, sizes=(6,))
    clients = _clients(place)
    hidden = text_of(clients[Role.REGIONAL_VIEWER].get(_url("detail", found.pk)))
    assert "менее 10 человек" in hidden
    assert clients[Role.REGIONAL_VIEWER].get(_url("items_export", found.pk)).status_code == 403
    assert "Успеваемость" in text_of(clients[Role.SPECIALIST].get(_url("detail", found.pk)))


def test_reports_of_foreign_schools_are_not_found() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    act = orgs.system_act()
    whole = draft_report(act, campaign=_loaded(found), organization=place.municipality)
    own, foreign = (draft_report(act, campaign=_loaded(found), organization=one) for one in place.schools[:2])
    client = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    codes = [client.get(_url("report", report.pk)).status_code for report in (own, foreign, whole)]
    assert codes == [200, 404, 404]
    for page, arguments in (
        ("draft", (foreign.pk, "pdf")),
        ("block_grounds", (foreign.pk,)),
        ("block_edit", (whole.pk,)),
    ):
        assert client.get(_url(page, *arguments)).status_code == 404
    assert client.post(_url("issue", foreign.pk)).status_code == 404
    make = client.post(_url("report_make", found.pk), {"organization": place.schools[1].pk})
    assert make.status_code == 404


def test_views_of_organizations_and_downloads_are_written_to_the_journal() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    user = orgs.account(Role.SPECIALIST, place.authority)
    client = client_of(user)
    for page in ("organizations", "items", "organizations_export"):
        client.get(_url(page, found.pk))
    client.get(_url("organization", found.pk, place.schools[0].pk))
    client.get(f"{_url('detail', found.pk)}?organization={place.schools[0].pk}")
    mine = AuditEvent.objects.filter(actor_id=user.actor_id).order_by("id")
    title = "ВПР 2026, Математика, 5 класс"
    assert [(one.event, one.object_label) for one in mine if one.event.startswith("analysis.")] == [
        ("analysis.results.viewed", f"{title}: таблица организаций"),
        ("analysis.table.downloaded", f"{title}: Организации"),
        ("analysis.results.viewed", f"{title}: МБОУ СОШ № 1"),
        ("analysis.results.viewed", f"{title}: МБОУ СОШ № 1"),
    ]


def test_the_passport_shows_results_over_years_to_those_who_see_the_organization() -> None:
    place = orgs.place()
    for year in (2025, 2026):
        campaigns.computed(place, plan=campaigns.blueprint(year=year))
    pages = {
        role: text_of(client.get(reverse("office:organizations:detail", args=[place.schools[0].pk])))
        for role, client in _clients(place).items()
        if role in (Role.SPECIALIST, Role.SCHOOL_HEAD, Role.ASSOCIATION_HEAD)
    }
    assert {role for role, page in pages.items() if "ВПР. Математика, 5 класс" in page} == {
        Role.SPECIALIST, Role.SCHOOL_HEAD,
    }  # fmt: skip
    assert AuditEvent.objects.filter(object_label="Паспорт: МБОУ СОШ № 1").count() == 2


def test_tasks_tell_of_fresh_results_and_of_reports_that_wait() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    user = orgs.account(Role.SPECIALIST, place.authority)
    client = client_of(user)
    assert "Расчёт готов: ВПР 2026, Математика, 5 класс" in text_of(client.get(reverse("office:home")))
    draft_report(orgs.system_act(), campaign=_loaded(found), organization=place.municipality)
    home = text_of(client.get(reverse("office:home")))
    assert "Расчёт готов" not in home
    assert "Справка не выпущена: ВПР 2026, Математика, 5 класс — Тестовый округ" in home
    assert "ВПР 2026, Математика, 5 класс" in text_of(client.get(reverse("office:search"), {"q": "матем 5"}))


def _loaded(found: Campaign) -> Campaign:
    return Campaign.objects.select_related("owner", "blueprint", "school_year").get(pk=found.pk)
