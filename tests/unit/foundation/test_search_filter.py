"""How a search finds: every word, a short number as a whole word, «ё» as «е», capital letters aside."""

from __future__ import annotations

import pytest

from msoko.foundation.kernel.searching import search_filter
from msoko.foundation.orgs.api import Organization, OrganizationKind
from tests.factories import orgs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["МБОУ СОШ № 2", "МБОУ СОШ № 12 с. Ёлкино"]),
        ("сош 2", ["МБОУ СОШ № 2"]),
        ("СОШ №12", ["МБОУ СОШ № 12 с. Ёлкино"]),
        ("елкино СОШ", ["МБОУ СОШ № 12 с. Ёлкино"]),
        ("«ёлк»", ["МБОУ СОШ № 12 с. Ёлкино"]),
        ("edu9912", ["МБОУ СОШ № 2"]),
        ("лицей", []),
        ("100%_'\"", []),
    ],
)
def test_words_are_found(asked: str, found: list[str]) -> None:
    orgs.organization(OrganizationKind.SCHOOL, "МБОУ СОШ № 2", code="edu9912")
    orgs.organization(OrganizationKind.SCHOOL, "МБОУ СОШ № 12 с. Ёлкино", code="edu7")
    rows = Organization.objects.filter(search_filter(asked))
    assert [row.short_name for row in rows] == found
