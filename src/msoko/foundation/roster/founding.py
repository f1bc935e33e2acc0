"""The first run: an empty installation gets its municipality, authority and first administrator, under a code."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from intake.layouts.organizations import OrganizationRow
from msoko.foundation.access.api import Role, User, create_account, grant_membership
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationKind, SchoolYear, is_empty, start_year_of
from msoko.foundation.roster.listing import import_organizations

CODE_FILE = "first-run.code"


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first-run page asks for."""

    region: str
    municipality: str
    authority: str
    authority_full: str
    username: str
    password: str
    last_name: str
    first_name: str
    middle_name: str


def issue_first_run_code(keys: Path) -> str:
    """The one-time code of this installation, made on first use, readable by its owner only."""
    path = keys / CODE_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write("-".join(secrets.token_hex(2).upper() for _ in range(4)))
    return path.read_text().strip()


def is_right_code(keys: Path, typed: str) -> bool:
    """Whether the code is that of the file; without the file nothing is right."""
    path = keys / CODE_FILE
    expected = path.read_text().strip() if path.exists() else ""
    return bool(expected) and hmac.compare_digest(expected.encode(), typed.strip().upper().encode())


@transaction.atomic
def found_municipality(act: Act, *, founding: Founding, rows: Sequence[OrganizationRow]) -> User:
    """Region, municipality, authority, its administrator (who is a specialist too), organizations of the list.

    Raises:
        RefusedError: when something was founded already, or the list has no usable row.
    """
    if not is_empty():
        raise RefusedError("Организации уже заведены.", "Войдите под учётной записью администратора.")
    region = _node(OrganizationKind.REGION, founding.region, None)
    municipality = _node(OrganizationKind.MUNICIPALITY, founding.municipality, region)
    authority = _node(OrganizationKind.AUTHORITY, founding.authority, municipality, founding.authority_full)
    SchoolYear.objects.get_or_create(start_year=start_year_of(act.at.date()))
    user = create_account(
        act,
        organization=authority,
        username=founding.username,
        password=founding.password,
        last_name=founding.last_name,
        first_name=founding.first_name,
        middle_name=founding.middle_name,
    )
    for role in (Role.ADMINISTRATOR, Role.SPECIALIST):
        grant_membership(act, user=user, organization=authority, role=role)
    if rows:
        import_organizations(act, municipality=municipality, rows=rows)
    return user


def forget_first_run_code(keys: Path) -> None:
    """The code works once."""
    (keys / CODE_FILE).unlink(missing_ok=True)


def _node(kind: OrganizationKind, name: str, parent: Organization | None, full_name: str = "") -> Organization:
    organization = Organization(kind=kind.value, short_name=name, full_name=full_name or name, parent=parent)
    organization.save()
    return organization
