"""Contents page of access."""

from msoko.foundation.access.actions import create_account, grant_membership, withdraw_membership
from msoko.foundation.access.models import Membership, User
from msoko.foundation.access.passwords import issue_password, open_account, set_active
from msoko.foundation.access.queries import (
    demo_accounts,
    demo_memberships,
    in_force,
    manageable_accounts,
    manageable_memberships,
    memberships_on,
    visible_events,
)
from msoko.foundation.access.roles import ROLES, Permission, Role, RoleDescription
from msoko.foundation.access.scope import (
    SYSTEM_SCOPE,
    Scope,
    require,
    scope_for,
    scope_of,
    visible_organizations,
)

__all__ = [
    "ROLES",
    "SYSTEM_SCOPE",
    "Membership",
    "Permission",
    "Role",
    "RoleDescription",
    "Scope",
    "User",
    "create_account",
    "demo_accounts",
    "demo_memberships",
    "grant_membership",
    "in_force",
    "issue_password",
    "manageable_accounts",
    "manageable_memberships",
    "memberships_on",
    "open_account",
    "require",
    "scope_for",
    "scope_of",
    "set_active",
    "visible_events",
    "visible_organizations",
    "withdraw_membership",
]
