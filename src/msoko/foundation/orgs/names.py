"""Names of organizations in files: what is known, and decisions of people that are remembered."""

from __future__ import annotations

from django.db import transaction

from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization, OrganizationName
from msoko.foundation.processing.organizations import KnownOrganization

_PUPILS = (OrganizationKind.SCHOOL, OrganizationKind.PRESCHOOL, OrganizationKind.SUPPLEMENTARY)


def known_organizations(root: Organization) -> list[KnownOrganization]:
    """Organizations with pupils at or below `root`, with every code and name under which a file may mean them."""
    municipality = municipality_of(root)
    organizations = Organization.objects.filter(path__startswith=root.path, kind__in=_PUPILS)
    return [
        KnownOrganization(
            key=organization.pk,
            names=(organization.short_name, organization.full_name),
            codes=tuple(code for code in (organization.code, organization.exam_code) if code),
            municipality=municipality.short_name if municipality else "",
        )
        for organization in organizations
    ]


def remembered_decisions(root: Organization) -> dict[str, int]:
    """Decisions of people: key of a claim (`processing.organizations.decision_key`) → organization."""
    municipality = municipality_of(root)
    if municipality is None:
        return {}
    rows = OrganizationName.objects.filter(municipality=municipality).values_list("normal", "organization_id")
    return dict(rows)


def municipality_of(organization: Organization) -> Organization | None:
    """The municipality that an organization stands in (itself when it is one)."""
    if organization.kind == OrganizationKind.MUNICIPALITY:
        return organization
    return organization.parent


@transaction.atomic
def remember_name(act: Act, *, municipality: Organization, key: str, raw: str, organization: Organization) -> None:
    """Remember that files of the municipality mean `organization` by this name. The caller has checked the right."""
    OrganizationName.objects.update_or_create(
        municipality=municipality,
        normal=key[:500],
        defaults={
            "organization": organization,
            "raw": raw[:500],
            "decided_at": act.at,
            "decided_by": act.actor.actor_label,
        },
    )
    record(
        act, "orgs.name.remembered", kind="organization", object_id=organization.pk, label=raw,
        organization=organization,
    )  # fmt: skip
