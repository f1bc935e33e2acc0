"""The tree of the demo municipality, its departments, context data and classes."""

from __future__ import annotations

from dataclasses import dataclass

from msoko.foundation.orgs.enums import OrganizationKind, PlaceKind, SchoolType
from msoko.foundation.orgs.models import ClassGroup, Department, Organization, OrganizationContext, SchoolYear
from qualimetry.synthetic import entities
from qualimetry.synthetic.entities import Municipality

_KINDS = {
    entities.OrganizationKind.SCHOOL: OrganizationKind.SCHOOL,
    entities.OrganizationKind.KINDERGARTEN: OrganizationKind.PRESCHOOL,
    entities.OrganizationKind.SUPPLEMENTARY: OrganizationKind.SUPPLEMENTARY,
}
_TYPES = {
    "СОШ": SchoolType.SECONDARY,
    "ООШ": SchoolType.BASIC,
    "НОШ": SchoolType.PRIMARY,
    "Гимназия": SchoolType.GYMNASIUM,
    "Лицей": SchoolType.LYCEUM,
}
_LETTERS = "АБВГДЕЖЗИК"


@dataclass(frozen=True, slots=True)
class Tree:
    """The stored tree; `by_key` leads from the key of the generator to the stored organization."""

    region: Organization
    municipality: Organization
    authority: Organization
    advisory_service: Organization
    departments: dict[str, Department]
    by_key: dict[int, Organization]


def build_tree(source: Municipality) -> Tree:
    """Store region, municipality, authority with departments, methodical centre and all organizations."""
    region = _save(Organization(kind=OrganizationKind.REGION, short_name=source.region, full_name=source.region))
    municipality = _save(
        Organization(
            parent=region,
            kind=OrganizationKind.MUNICIPALITY,
            short_name=source.name,
            full_name=source.name,
            code=source.code,
        )
    )
    centre = next(department for department in source.authority.departments if department.is_methodical_centre)
    authority = _save(
        Organization(
            parent=municipality,
            kind=OrganizationKind.AUTHORITY,
            short_name=source.authority.short_name,
            full_name=source.authority.name,
        )
    )
    advisory_service = _save(
        Organization(
            parent=municipality,
            kind=OrganizationKind.ADVISORY_SERVICE,
            short_name=centre.name,
            full_name=centre.name,
        )
    )
    departments = {
        item.abbreviation: Department.objects.create(
            organization=authority, name=item.name, abbreviation=item.abbreviation
        )
        for item in source.authority.departments
        if not item.is_methodical_centre
    }
    by_key = {item.key: _organization(municipality, item) for item in source.organizations}
    _contexts(source, by_key)
    _classes(source, by_key)
    return Tree(region, municipality, authority, advisory_service, departments, by_key)


def _save(organization: Organization) -> Organization:
    organization.save()
    return organization


def _organization(municipality: Organization, item: entities.Organization) -> Organization:
    return _save(
        Organization(
            parent=municipality,
            kind=_KINDS[item.kind],
            school_type=_TYPES.get(item.type_name, ""),
            short_name=item.short_name,
            full_name=item.full_name,
            code=item.code,
            exam_code=item.exam_code,
            address=item.address,
            place_name=item.place.name,
            place_kind=PlaceKind(item.place.kind.value),
        )
    )


def _contexts(source: Municipality, by_key: dict[int, Organization]) -> None:
    years = {start: SchoolYear.objects.get_or_create(start_year=start)[0] for start in entities.YEAR_STARTS}
    OrganizationContext.objects.bulk_create(
        _context(by_key[item.key], years[start], item.contexts[entities.school_year(start)])
        for item in source.organizations
        for start in entities.YEAR_STARTS
        if entities.school_year(start) in item.contexts
    )


def _context(
    organization: Organization, year: SchoolYear, context: entities.OrganizationContext
) -> OrganizationContext:
    pupils, teachers = context.enrolment, context.teacher_count
    return OrganizationContext(
        organization=organization,
        school_year=year,
        enrolment=pupils,
        class_count=context.class_count,
        sen_count=round(pupils * context.share_sen),
        low_income_count=round(pupils * context.share_low_income),
        single_parent_count=round(pupils * context.share_single_parent),
        large_family_count=round(pupils * context.share_large_families),
        non_native_count=round(pupils * context.share_non_native_speakers),
        teacher_count=teachers,
        top_category_count=round(teachers * context.share_teachers_highest_category),
        vacancy_count=context.vacancy_count,
        source="Демонстрационные данные",
    )


def _classes(source: Municipality, by_key: dict[int, Organization]) -> None:
    last = entities.YEAR_STARTS[-1]
    year = SchoolYear.objects.get(start_year=last)
    ClassGroup.objects.bulk_create(
        ClassGroup(organization=by_key[plan.key], school_year=year, grade_level=grade, letter=_LETTERS[index])
        for plan in source.schools
        for grade in range(plan.grades[0], plan.grades[1] + 1)
        for index in range(plan.class_count)
    )
