"""Pages of the register and of functions: accessible and inside the screen at every width."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from msoko.cli.demo.organizations import Tree
from msoko.cli.demo.regulations import build_regulations
from msoko.cycle.regulations.api import FunctionMatrix, RegisteredDocument
from msoko.foundation.access.api import Role
from msoko.foundation.orgs.api import OrganizationKind
from qualimetry.synthetic.truths import GAP_SCHOOL
from tests.e2e.pages_in_chromium import faults
from tests.factories import orgs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_pages_of_regulations_are_accessible_and_fit_the_screen(
    open_as: Callable[..., Page], live_server: object
) -> None:
    place = orgs.place(1)
    garden = orgs.organization(OrganizationKind.PRESCHOOL, "Детский сад № 1", place.municipality)
    keys = {GAP_SCHOOL: place.schools[0], -1: garden}
    act = orgs.system_act()
    build_regulations(act, Tree(place.region, place.municipality, place.authority, place.advisory_service, {}, keys))
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:regulations:list"))
    base = page.url.removesuffix(reverse("office:regulations:list"))
    document = RegisteredDocument.objects.get(title__startswith="Положение о муниципальной")
    matrix = FunctionMatrix.objects.get(owner=place.municipality)
    need = matrix.required.get(code="msoko").pk
    names = ("list", "add", "site", "norms", "functions", "function_people", "function_overview", "function_import")
    addresses = [reverse(f"office:regulations:{name}") for name in names]
    addresses += [reverse("office:regulations:document", args=[document.pk])]
    addresses += [reverse("office:regulations:functions") + f"?need={need}&gap=any"]
    found = []
    for number, address in enumerate(addresses):
        found += faults(page, base + address)
        if os.environ.get("MSOKO_SHOTS"):
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=f"{os.environ['MSOKO_SHOTS']}/{number}-{width}.png")
    assert found == []
