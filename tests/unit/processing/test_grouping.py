"""Organizations of a run without a registry."""

from __future__ import annotations

from intake.contracts import OrganizationClaim
from msoko.foundation.processing.grouping import GroupedOrganizations


def _grouped(*claims: tuple[OrganizationClaim, str]) -> list[tuple[str, str]]:
    grouped = GroupedOrganizations(claims)
    return [(grouped.find(claim, file).name, grouped.find(claim, file).code) for claim, file in claims]


def test_codes_unify_names_and_the_newest_login_is_shown():
    old = OrganizationClaim("sch220005", "СОШ №5")
    new = OrganizationClaim("edu220005", "МБОУ «СОШ № 5» г. Заречный")
    assert _grouped((old, "a"), (new, "b")) == [("МБОУ «СОШ № 5» г. Заречный", "edu220005")] * 2


def test_name_without_a_code_joins_the_organization_of_an_equal_name():
    coded = OrganizationClaim("edu220005", "МБОУ «СОШ № 5»")
    named = OrganizationClaim(name="СОШ № 5 г. Заречный")
    assert len(set(_grouped((named, "a"), (coded, "b")))) == 1


def test_name_that_fits_two_organizations_stays_alone():
    one = OrganizationClaim("edu220005", "СОШ № 5", "Заречный район")
    other = OrganizationClaim("edu220105", "СОШ № 5", "Луговской район")
    named = OrganizationClaim(name="СОШ № 5")
    assert len(set(_grouped((one, "a"), (other, "a"), (named, "b")))) == 3


def test_files_that_name_no_organization_are_told_apart():
    claim = OrganizationClaim()
    assert _grouped((claim, "2026/Школа 1.xlsx"), (claim, "2026/Школа 2.xlsx")) == [
        ("Организация из файла «Школа 1»", ""),
        ("Организация из файла «Школа 2»", ""),
    ]
