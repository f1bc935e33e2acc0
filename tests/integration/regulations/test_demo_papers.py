"""Papers of the demo: what a person finds there, and that no visitor is named."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cli.demo.organizations import Tree
from msoko.cli.demo.papers import build_papers
from msoko.cycle.planning.api import add_activity, create_plan
from msoko.cycle.publication.api import PublishedDiscussion
from msoko.cycle.regulations.api import Discussion, DocumentStatus, OfficialDraft, PointTask, Remark
from msoko.foundation.access.api import Membership, Role
from msoko.foundation.orgs.api import OrganizationKind
from msoko.foundation.roster.api import AppointmentKind, PersonEntry, add_person
from tests.factories import campaigns, orgs
from tests.integration.web.pages import text_of

pytestmark = pytest.mark.django_db


def test_the_demo_has_drafts_an_order_and_two_discussions() -> None:
    place = orgs.place(5)
    entry = PersonEntry(last_name="Таблицына", first_name="Татьяна", middle_name="Петровна")
    add_person(orgs.system_act(), entry=entry, organization=place.authority, kind=AppointmentKind.EMPLOYEE,
               post="Начальник управления образования")  # fmt: skip
    plan = create_plan(orgs.system_act(), owner=place.municipality, title="План мероприятий", start_year=2026)
    add_activity(orgs.system_act(), plan=plan, values={"title": "Совещание", "terms_text": "октябрь"})
    campaigns.computed(place, sizes=(12, 11))
    acts = {role: orgs.act_by(orgs.account(role, place.authority)) for role in (Role.SPECIALIST, Role.AUTHORITY_HEAD)}
    advisory = orgs.organization(OrganizationKind.ADVISORY_SERVICE, "ИМЦ", place.municipality)
    schools = {"head": orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0])),
               "adviser": orgs.act_by(orgs.account(Role.ADVISER, advisory))}  # fmt: skip
    Membership.objects.update(valid_from=dt.date(2020, 1, 1))
    tree = Tree(place.region, place.municipality, place.authority, advisory, {}, {})
    build_papers(acts[Role.SPECIALIST], acts[Role.AUTHORITY_HEAD], schools, tree)
    states = set(OfficialDraft.objects.values_list("document__status", flat=True))
    assert {DocumentStatus.DRAFT, DocumentStatus.IN_FORCE} <= states
    assert set(PointTask.objects.values_list("state", flat=True)) == {"done", "waiting"}
    assert Discussion.objects.filter(result="accept").count() == 1
    assert Remark.objects.filter(moderation="waiting").count() == 1
    page = text_of(Client().get(reverse("public:discussion", args=[PublishedDiscussion.objects.get().pk])))
    assert "Срок в пункте 2.1 изменён" in page
    assert "диктант" not in page
