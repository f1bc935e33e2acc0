"""Accounts opened and renewed by an administrator: one-time passwords, blocking."""

from __future__ import annotations

import secrets

from django.db import transaction

from msoko.foundation.access.actions import create_account, grant_membership
from msoko.foundation.access.models import Membership, User
from msoko.foundation.access.queries import in_force
from msoko.foundation.access.roles import Permission, Role
from msoko.foundation.access.scope import scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.models import Organization

#: letters and digits that nobody confuses when a password is read from paper
_ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """«kp7m-x2rt-9sve»: 60 bits of chance, easy to dictate."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


@transaction.atomic
def open_account(
    act: Act,
    *,
    organization: Organization,
    role: Role,
    username: str,
    last_name: str,
    first_name: str = "",
    middle_name: str = "",
    email: str = "",
) -> tuple[User, str]:
    """An account with a role and the password to hand over; it has to be changed at the first sign-in."""
    password = one_time_password()
    user = create_account(
        act,
        organization=organization,
        username=username,
        password=password,
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        email=email,
    )
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])
    grant_membership(act, user=user, organization=organization, role=role)
    return user, password


@transaction.atomic
def issue_password(act: Act, *, user: User) -> str:
    """A new one-time password for somebody who forgot theirs; sessions opened with the old one end."""
    place = _require_account(act, user)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(act, "access.password.issued", kind="user", object_id=user.pk, organization=place)
    return password


@transaction.atomic
def set_active(act: Act, *, user: User, is_active: bool) -> None:
    """Block an account, or let it in again."""
    place = _require_account(act, user)
    if act.actor.actor_id == str(user.pk):
        raise RefusedError("Свою учётную запись отключить нельзя.", "Попросите другого администратора.")
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    event = "access.account.unblocked" if is_active else "access.account.blocked"
    record(act, event, kind="user", object_id=user.pk, organization=place)


def _require_account(act: Act, user: User) -> Organization | None:
    """The actor must manage every organization where the account has a role: a school does not reset the authority."""
    rows = Membership.objects.filter(in_force(act.at.date()), user=user).select_related("organization__parent")
    places = [row.organization for row in rows]
    if not places:  # nothing in force: whoever managed its last role
        last = Membership.objects.filter(user=user).select_related("organization__parent").order_by("-valid_until")
        places = [row.organization for row in last[:1]]
    scope = scope_for(act)
    if not places or not all(scope.may(Permission.MANAGE_ACCESS, place) for place in places):
        raise ForbiddenError
    return places[0]
