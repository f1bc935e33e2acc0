"""The demo's documents and functions: a chain, a repealed base, an overdue review, gaps that a person can mend."""

from __future__ import annotations

import pytest
from django.utils import timezone

from msoko.cli.demo.organizations import Tree
from msoko.cli.demo.regulations import build_regulations
from msoko.cycle.regulations.api import FunctionMatrix, RegisteredDocument, Trouble, trouble_counts
from msoko.foundation.orgs.api import OrganizationKind
from qualimetry.synthetic.truths import GAP_SCHOOL
from tests.factories import orgs

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_chain_and_troubles() -> None:
    place = orgs.place(1)
    kindergarten = orgs.organization(OrganizationKind.PRESCHOOL, "Детский сад № 1", place.municipality)
    keys = {GAP_SCHOOL: place.schools[0], -1: kindergarten}
    tree = Tree(place.region, place.municipality, place.authority, place.advisory_service, {}, keys)
    build_regulations(orgs.system_act(), tree)
    counts = trouble_counts(RegisteredDocument.objects.all(), timezone.localdate())
    assert counts[Trouble.BASE_REPEALED] >= 1
    assert counts[Trouble.REVIEW_OVERDUE] >= 1
    assert set(FunctionMatrix.objects.values_list("definition", flat=True)) == {"municipal", "school", "preschool"}
