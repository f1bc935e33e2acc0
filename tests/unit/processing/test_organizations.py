"""Matching with the registry: never a silent guess."""

from __future__ import annotations

from intake.contracts import OrganizationClaim
from msoko.foundation.processing.organizations import (
    KnownOrganization,
    Match,
    MatchKind,
    decision_key,
    match,
    suggest,
)

FIFTH = KnownOrganization(5, ("МБОУ «СОШ № 5» г. Заречный", "СОШ № 5"), ("edu220005", "4205"), "Заречный МО")
FIFTEENTH = KnownOrganization(15, ("МБОУ «СОШ № 15»",), ("edu220015",), "Заречный МО")
GYMNASIUM = KnownOrganization(7, ("МАОУ «Гимназия № 5»",), ("edu220007",), "Заречный МО")
VILLAGE = KnownOrganization(8, ("МБОУ «СОШ № 5» с. Луговое",), ("edu220008",), "Луговской район")
KNOWN = (FIFTH, FIFTEENTH, GYMNASIUM)


def test_code_decides_whatever_the_name():
    assert match(OrganizationClaim("edu220015", "СОШ № 5"), KNOWN) == Match(MatchKind.CODE, 15)


def test_old_login_means_the_same_organization():
    assert match(OrganizationClaim("sch220005"), KNOWN) == Match(MatchKind.CODE, 5)


def test_code_of_the_state_examination():
    assert match(OrganizationClaim("4205"), KNOWN) == Match(MatchKind.CODE, 5)


def test_unique_equal_name():
    assert match(OrganizationClaim(name="СОШ №5"), KNOWN) == Match(MatchKind.NAME, 5)


def test_equal_name_of_two_organizations_needs_a_person():
    found = match(OrganizationClaim(name="СОШ №5"), (*KNOWN, VILLAGE))
    assert (found.kind, found.organization) == (MatchKind.PERSON, None)
    assert [one.organization.key for one in found.suggestions[:2]] == [5, 8]


def test_municipality_tells_equal_names_apart():
    claim = OrganizationClaim(name="СОШ №5", municipality="reg22_m008 | Луговской муниципальный район")
    assert match(claim, (*KNOWN, VILLAGE)) == Match(MatchKind.NAME, 8)


def test_place_that_contradicts_needs_a_person():
    found = match(OrganizationClaim(name="СОШ № 5 с. Дальнее"), KNOWN)
    assert found.kind == MatchKind.PERSON
    assert found.suggestions[0].organization.key == 5
    assert found.suggestions[0].reason == "совпадает название, но место другое"


def test_remembered_decision_comes_before_the_name():
    claim = OrganizationClaim(name="Школа Росток")
    assert match(claim, KNOWN, {decision_key(claim): 7}) == Match(MatchKind.DECISION, 7)
    other = OrganizationClaim(name="СОШ № 5")
    assert match(other, KNOWN, {decision_key(other): 7}) == Match(MatchKind.DECISION, 7)


def test_decision_is_remembered_by_code_where_there_is_one():
    assert decision_key(OrganizationClaim("sch220099", "Школа")) == decision_key(OrganizationClaim("edu220099"))


def test_unknown_name_is_never_guessed():
    found = match(OrganizationClaim(name="Средняя школа № 5"), KNOWN)
    assert found.organization is None
    assert [one.organization.key for one in found.suggestions] == [5, 7]


def test_another_number_is_never_suggested():
    keys = [one.organization.key for one in suggest(OrganizationClaim(name="СОШ № 51"), KNOWN)]
    assert keys == []


def test_misspelt_name_without_a_number_is_suggested():
    school = KnownOrganization(9, ("МБОУ «Ивановская СОШ»",))
    found = suggest(OrganizationClaim(name="Иванавская СОШ"), (*KNOWN, school))
    assert found[0].organization.key == 9
    assert 0.7 < found[0].score < 0.98


def test_empty_claim_matches_nothing():
    assert match(OrganizationClaim(), KNOWN) == Match(MatchKind.PERSON, None)
