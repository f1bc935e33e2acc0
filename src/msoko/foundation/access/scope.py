"""What a person may do and see. A rule has two faces that agree: `may` for one object, `visible` as a filter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from msoko.foundation.access.models import Membership, User
from msoko.foundation.access.roles import ROLES, Permission, Role
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError
from msoko.foundation.orgs.models import Organization


@dataclass(frozen=True, slots=True)
class Scope:
    """The memberships of a person on a day, as permission → tree paths. Loaded once a request (one query).

    `is_everything` is the system itself: workers, the building of the demo.
    """

    paths: dict[Permission, tuple[str, ...]] = field(default_factory=dict)
    home_paths: tuple[str, ...] = ()
    is_everything: bool = False

    def may(self, permission: Permission, organization: Organization) -> bool:
        """Whether the permission reaches this organization."""
        return self.is_everything or any(organization.path.startswith(path) for path in self.paths.get(permission, ()))

    def may_anywhere(self, permission: Permission) -> bool:
        return self.is_everything or bool(self.paths.get(permission))

    def sees_totals_of(self, municipality: Organization) -> bool:
        """Totals of a municipality are seen by those above it and by its own organizations."""
        if self.is_everything:
            return True
        return any(
            municipality.path.startswith(path) or path.startswith(municipality.path)
            for path in self.paths.get(Permission.SEE_TOTALS, ())
        )

    def filter(self, permission: Permission, prefix: str = "") -> Q:
        """The same rule as `may`, as a filter; `prefix` leads to the organization («organization__»)."""
        if self.is_everything:
            return Q()
        found = Q(pk__in=[])
        for path in self.paths.get(permission, ()):
            found |= Q(**{f"{prefix}path__startswith": path})
        return found

    def above(self, permission: Permission, prefix: str = "") -> Q:
        """As `filter`, but organizations at and above those that the permission reaches: whose common papers and
        plans the person reads. Reaches nothing more where the scope is everything: `filter` has it all."""
        paths = {above for path in self.paths.get(permission, ()) for above in _paths_down_to(path)}
        return Q(**{f"{prefix}path__in": sorted(paths)})


def _paths_down_to(path: str) -> list[str]:
    """«1/7/23/» → «1/», «1/7/», «1/7/23/»."""
    keys = path.strip("/").split("/")
    return ["/".join(keys[:count]) + "/" for count in range(1, len(keys) + 1)]


SYSTEM_SCOPE = Scope(is_everything=True)


def scope_of(user: User, on: dt.date) -> Scope:
    """The scope of an active account on a day."""
    if not user.is_active:
        return Scope()
    memberships = (
        Membership.objects.filter(user=user, valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .select_related("organization__parent")
    )
    paths: dict[Permission, list[str]] = {}
    homes: list[str] = []
    for membership in memberships:
        homes.append(membership.organization.path)
        for permission in ROLES[Role(membership.role)].permissions:
            paths.setdefault(permission, []).append(membership.organization.scope_path)
    return Scope(
        paths={permission: tuple(dict.fromkeys(found)) for permission, found in paths.items()},
        home_paths=tuple(dict.fromkeys(homes)),
    )


def scope_for(act: Act) -> Scope:
    """Scope of whoever acts; the system reaches everything."""
    if getattr(act.actor, "is_system", False):
        return SYSTEM_SCOPE
    if not isinstance(act.actor, User):
        return Scope()
    return scope_of(act.actor, act.at.date())


def require(act: Act, permission: Permission, organization: Organization) -> None:
    """Refuse the act unless its actor has the permission there.

    Raises:
        ForbiddenError: with a message for the person.
    """
    if not scope_for(act).may(permission, organization):
        raise ForbiddenError


def visible_organizations(scope: Scope) -> QuerySet[Organization]:
    """Organizations whose entry in the registry the person may see."""
    return Organization.objects.filter(scope.filter(Permission.SEE_REGISTRY))
