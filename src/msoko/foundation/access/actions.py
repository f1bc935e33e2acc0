"""Accounts and roles: made and ended by acts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from msoko.foundation.access.models import Membership, User
from msoko.foundation.access.queries import in_force
from msoko.foundation.access.roles import ROLES, Permission, Role
from msoko.foundation.access.scope import require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization


@transaction.atomic
def create_account(
    act: Act,
    *,
    organization: Organization,
    username: str,
    password: str | None,
    last_name: str = "",
    first_name: str = "",
    middle_name: str = "",
    email: str = "",
    is_demo: bool = False,
) -> User:
    """A new account for a person of `organization`; without a password nobody signs in with it."""
    require(act, Permission.MANAGE_ACCESS, organization)
    if User.objects.filter(username=username).exists():
        raise RefusedError(f"Имя для входа «{username}» уже занято.", "Выберите другое имя.")
    user = User(
        username=username,
        email=email,
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        is_demo=is_demo,
        created_at=act.at,
    )
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    record(act, "access.account.created", kind="user", object_id=user.pk, organization=organization)
    return user


@transaction.atomic
def grant_membership(act: Act, *, user: User, organization: Organization, role: Role) -> Membership:
    """Give the account a role in the organization from today.

    Raises:
        RefusedError: when the account has this role already.
    """
    require(act, Permission.MANAGE_ACCESS, organization)
    held = Membership.objects.filter(in_force(act.at.date()), user=user, organization=organization, role=role.value)
    if held.exists():
        raise RefusedError(f"Роль «{ROLES[role].title}» в этой организации уже выдана.", "Выберите другую роль.")
    membership = Membership.objects.create(
        user=user, organization=organization, role=role.value, valid_from=act.at.date()
    )
    record(
        act,
        "access.membership.granted",
        kind="membership",
        object_id=membership.pk,
        label=ROLES[role].title,
        organization=organization,
        details={"user": user.pk, "role": role.value},
    )
    return membership


@transaction.atomic
def withdraw_membership(act: Act, *, membership: Membership) -> None:
    """End a role as of yesterday (a role given today is removed)."""
    require(act, Permission.MANAGE_ACCESS, membership.organization)
    if membership.role == Role.ADMINISTRATOR and act.actor.actor_id == str(membership.user_id):
        raise RefusedError("Свою роль администратора отозвать нельзя.", "Попросите другого администратора.")
    last_day = act.at.date() - dt.timedelta(days=1)
    record(
        act,
        "access.membership.withdrawn",
        kind="membership",
        object_id=membership.pk,
        label=membership.role_title,
        organization=membership.organization,
        details={"user": membership.user_id, "role": membership.role},
    )
    if last_day < membership.valid_from:
        membership.delete()
    else:
        membership.valid_until = last_day
        membership.save(update_fields=["valid_until"])
