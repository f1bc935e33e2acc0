"""A small municipality and people in it, by plain functions."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from django.utils import timezone

from msoko.foundation.access.api import Membership, Role, User
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.orgs.api import Organization, OrganizationKind, SchoolYear

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Place:
    """Region → municipality → authority, advisory service and schools."""

    region: Organization
    municipality: Organization
    authority: Organization
    advisory_service: Organization
    schools: list[Organization]


def system_act() -> Act:
    return Act(SystemActor(), timezone.now())


def act_by(user: User) -> Act:
    return Act(user, timezone.now(), "127.0.0.1")


def organization(
    kind: OrganizationKind, short_name: str, parent: Organization | None = None, **values: object
) -> Organization:
    made = Organization(kind=kind.value, short_name=short_name, full_name=f"{short_name} полностью", parent=parent)
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    return made


def place(schools: int = 3, name: str = "Тестовый округ", region: Organization | None = None) -> Place:
    """A municipality with `schools` schools «МБОУ СОШ № 1» …"""
    region = region or organization(OrganizationKind.REGION, "Тестовый край")
    municipality = organization(OrganizationKind.MUNICIPALITY, name, region)
    return Place(
        region=region,
        municipality=municipality,
        authority=organization(OrganizationKind.AUTHORITY, f"УО: {name}", municipality),
        advisory_service=organization(OrganizationKind.ADVISORY_SERVICE, f"ИМЦ: {name}", municipality),
        schools=[school(municipality, number) for number in range(1, schools + 1)],
    )


def school(municipality: Organization, number: int) -> Organization:
    return organization(
        OrganizationKind.SCHOOL, f"МБОУ СОШ № {number}", municipality, code=f"edu{municipality.pk}{number:04}"
    )


def school_year(start_year: int | None = None) -> SchoolYear:
    today = timezone.localdate()
    year = start_year or (today.year if today.month >= 9 else today.year - 1)
    return SchoolYear.objects.get_or_create(start_year=year)[0]


def account(role: Role | None, where: Organization, *, password: str = "", is_demo: bool = False) -> User:
    """An account with a role since yesterday."""
    number = next(_NUMBERS)
    user = User(
        username=f"user{number}",
        last_name=f"Фамилия{number}",
        first_name="Имя",
        created_at=timezone.now(),
        is_demo=is_demo,
    )
    user.set_password(password or None)
    user.save()
    if role is not None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.create(user=user, organization=where, role=role.value, valid_from=yesterday)
    return user
