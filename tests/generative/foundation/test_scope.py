"""The two faces of a rule agree: what `may` says of one object is what `filter` finds among all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from msoko.foundation.access.api import (
    ROLES,
    SYSTEM_SCOPE,
    Membership,
    Permission,
    Role,
    Scope,
    scope_of,
    visible_organizations,
)
from msoko.foundation.orgs.api import Organization
from tests.factories import orgs

ROLE = st.sampled_from(list(Role))
#: (which organization, role, starts, ends), days from today
GRANTS = st.lists(
    st.tuples(st.integers(0, 10), ROLE, st.integers(-3, 2), st.one_of(st.none(), st.integers(-2, 3))), max_size=4
)


class ScopeFacesTest(TestCase):
    """Two municipalities of a region, each with an authority, a service and schools."""

    @classmethod
    def setUpTestData(cls) -> None:
        first = orgs.place(3)
        orgs.place(2, "Соседний округ", first.region)
        cls.everything = list(Organization.objects.order_by("id"))  # type: ignore[attr-defined]

    def _scope(self, grants: list[tuple[int, Role, int, int | None]]) -> Scope:
        today = timezone.localdate()
        user = orgs.account(None, self.everything[0])  # type: ignore[attr-defined]
        for index, role, start, end in grants:
            Membership.objects.get_or_create(
                user=user,
                organization=self.everything[index % len(self.everything)],  # type: ignore[attr-defined]
                role=role.value,
                valid_from=today + dt.timedelta(days=start),
                defaults={"valid_until": None if end is None else today + dt.timedelta(days=max(start, end))},
            )
        return scope_of(user, today)

    @settings(max_examples=40, deadline=None, derandomize=True)
    @given(GRANTS)
    def test_may_and_filter_agree(self, grants: list[tuple[int, Role, int, int | None]]) -> None:
        scope = self._scope(grants)
        for permission in Permission:
            found = set(Organization.objects.filter(scope.filter(permission)))
            assert found == {one for one in self.everything if scope.may(permission, one)}  # type: ignore[attr-defined]
            assert bool(found) == scope.may_anywhere(permission)
        assert set(visible_organizations(scope)) == {
            one
            for one in self.everything  # type: ignore[attr-defined]
            if scope.may(Permission.SEE_REGISTRY, one)
        }

    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(ROLE, st.integers(0, 10))
    def test_a_role_gives_its_permissions_and_no_other(self, role: Role, index: int) -> None:
        scope = self._scope([(index, role, -1, None)])
        assert {permission for permission in Permission if scope.may_anywhere(permission)} == ROLES[role].permissions

    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(GRANTS, GRANTS)
    def test_one_more_role_never_takes_anything_away(
        self, some: list[tuple[int, Role, int, int | None]], more: list[tuple[int, Role, int, int | None]]
    ) -> None:
        narrow, wide = self._scope(some), self._scope(some + more)
        for permission in Permission:
            seen = set(Organization.objects.filter(narrow.filter(permission)))
            assert seen <= set(Organization.objects.filter(wide.filter(permission)))


@pytest.mark.django_db
def test_the_system_reaches_everything() -> None:
    place = orgs.place()
    assert Organization.objects.filter(SYSTEM_SCOPE.filter(Permission.MANAGE_ACCESS)).count() == 7
    assert SYSTEM_SCOPE.may(Permission.MANAGE_ACCESS, place.region)


@pytest.mark.django_db
def test_a_blocked_account_reaches_nothing() -> None:
    user = orgs.account(Role.ADMINISTRATOR, orgs.place().authority)
    user.is_active = False
    assert scope_of(user, timezone.localdate()) == Scope()
