"""A plan, a procedure and a specification as texts to discuss."""

from __future__ import annotations

import pytest
from django.urls import reverse

from msoko.cycle.planning.api import add_activity, create_plan
from msoko.cycle.regulations.api import Discussion
from msoko.cycle.ring.api import discussed_of
from msoko.foundation.access.api import Role, scope_for
from tests.factories import campaigns, orgs
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db


def test_what_the_system_knows_becomes_clauses_of_a_discussion() -> None:
    place = orgs.place(2)
    plan = create_plan(orgs.system_act(), owner=place.municipality, title="Циклограмма", start_year=2026)
    values = {"title": "Диагностика по физике", "number": "1.1.", "terms_text": "октябрь"}
    add_activity(orgs.system_act(), plan=plan, values=values)
    found = campaigns.campaign(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    url = reverse("office:regulations:discussion_new")
    assert "Диагностика по физике (срок: октябрь)" in text_of(client.get(url, {"plan": plan.pk}))
    assert "Процедура:" in text_of(client.get(url, {"campaign": found.pk}))
    assert found.blueprint is not None
    page = client.get(url, {"blueprint": found.blueprint.pk})
    assert "наибольший балл" in text_of(page)
    initial = page.context["form"].initial
    data = {name: initial[name] for name in ("title", "text", "subject", "opens_on", "closes_on")}
    assert client.post(f"{url}?blueprint={found.blueprint.pk}", data).status_code == 302
    made = Discussion.objects.get()
    assert (made.subject, made.owner) == ("instrument", found.blueprint.owner)
    assert made.clauses.count() == len(str(initial["text"]).splitlines())


def test_nothing_of_another_organization_is_put_to_discussion() -> None:
    place, other = orgs.place(1), orgs.place(1)
    plan = create_plan(orgs.system_act(), owner=other.municipality, title="Чужой план", start_year=2026)
    scope = scope_for(orgs.act_by(orgs.account(Role.SPECIALIST, place.authority)))
    assert discussed_of(scope, "plan", plan.pk) is None
    assert discussed_of(scope, "nothing", plan.pk) is None
