"""The municipality is of the promised size and shape, and holds no data of real people."""

from __future__ import annotations

from collections import Counter

import numpy as np

from qualimetry.synthetic import OrganizationKind, PlaceKind, build_municipality
from tests.unit.qualimetry.synthetic.demo import demo_municipality


def test_organizations_are_as_many_as_promised() -> None:
    kinds = Counter(organization.kind for organization in demo_municipality().organizations)
    assert kinds == {OrganizationKind.SCHOOL: 24, OrganizationKind.KINDERGARTEN: 14, OrganizationKind.SUPPLEMENTARY: 4}


def test_schools_are_of_every_type_and_place() -> None:
    schools = [plan.organization for plan in demo_municipality().schools]
    assert {school.type_name for school in schools} == {"СОШ", "Гимназия", "Лицей", "ООШ", "НОШ"}
    assert {school.place.kind for school in schools} == set(PlaceKind)


def test_three_schools_have_fewer_than_60_pupils() -> None:
    for year in ("2023/24", "2024/25", "2025/26"):
        sizes = [plan.organization.contexts[year].enrolment for plan in demo_municipality().schools]
        assert sum(size < 60 for size in sizes) == 3


def test_keys_codes_and_names_are_unique() -> None:
    organizations = demo_municipality().organizations
    for values in (
        [organization.key for organization in organizations],
        [organization.code for organization in organizations],
        [organization.full_name for organization in organizations],
        [organization.short_name for organization in organizations],
        [organization.reported_name for organization in organizations],
    ):
        assert len(set(values)) == len(values)


def test_code_of_examinations_has_the_digits_of_the_login() -> None:
    for plan in demo_municipality().schools:
        assert plan.organization.code == f"edu{plan.organization.exam_code}"


def test_authority_has_three_departments_and_a_methodical_centre() -> None:
    departments = demo_municipality().authority.departments
    assert [department.is_methodical_centre for department in departments] == [False, False, False, True]
    abbreviations = {department.abbreviation for department in departments}
    assert {post.department for post in demo_municipality().authority.posts} - {None} == abbreviations


def test_every_school_has_a_coordinator() -> None:
    municipality = demo_municipality()
    coordinated = [post.organization for post in municipality.coordinators]
    assert coordinated == [plan.key for plan in municipality.schools]


def test_permanent_numbers_are_unique_in_a_school() -> None:
    pupils = demo_municipality().pupils
    pairs = np.stack([pupils.school, pupils.number], axis=1)
    assert len(np.unique(pairs, axis=0)) == len(pupils)


def test_pupils_stay_within_the_grades_of_their_school() -> None:
    municipality = demo_municipality()
    last = np.array([plan.grades[1] for plan in municipality.schools])
    assert (municipality.pupils.last_grade <= last[municipality.pupils.school]).all()


def test_shares_of_context_are_fractions() -> None:
    for plan in demo_municipality().schools:
        for context in plan.organization.contexts.values():
            shares = [value for name in context.__slots__ if isinstance(value := getattr(context, name), float)]
            assert len(shares) == 8
            assert all(0 <= share < 1 for share in shares)


def test_planted_roles_do_not_depend_on_the_seed() -> None:
    other = build_municipality(1)
    assert other.name == demo_municipality().name
    assert other.school(7).effect == demo_municipality().school(7).effect == -1100
    assert not np.array_equal(other.pupils.ability[:50], demo_municipality().pupils.ability[:50])
