"""What the frame of a page shows. Costs a constant number of queries, and none on pages without the frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from msoko.cycle.planning.api import badges, unseen_count
from msoko.foundation.access.api import Membership, Permission, User, memberships_on
from msoko.foundation.jobs.api import running_count
from msoko.foundation.orgs.api import Organization, SchoolYear, school_years, start_year_of
from msoko.foundation.roster.api import year_to_open
from msoko.web.ui.menu import Group, menu_for

SCHOOL_YEAR_SESSION_KEY = "school_year"


@dataclass
class Frame:
    """Lazy: a template that does not extend the frame asks for nothing."""

    request: HttpRequest

    @cached_property
    def user(self) -> User | None:
        user = self.request.user
        return user if isinstance(user, User) else None

    @cached_property
    def memberships(self) -> list[Membership]:
        return memberships_on(self.user, timezone.localdate()) if self.user else []

    @property
    def places(self) -> list[Organization]:
        return list({found.organization_id: found.organization for found in self.memberships}.values())

    @property
    def place(self) -> Organization | None:
        return self.places[0] if self.places else None

    @cached_property
    def menu(self) -> list[Group]:
        if self.user is None:
            return []
        scope = self.request.scope  # type: ignore[attr-defined]
        waiting = badges(scope, timezone.localdate()).total
        return menu_for(
            self.request, scope, {"office:jobs:list": running_count(self.user), "office:tasks:list": waiting}
        )

    @cached_property
    def new_reminders(self) -> int | None:
        """How many reminders are not read; None for those who get none."""
        readers = (Permission.EXECUTE_TASKS, Permission.SEE_PLANS, Permission.MANAGE_ACCESS)
        scope = self.request.scope  # type: ignore[attr-defined]
        if self.user is None or not any(scope.may_anywhere(one) for one in readers):
            return None
        return unseen_count(self.user)

    @cached_property
    def school_years(self) -> list[SchoolYear]:
        return school_years() if self.user else []

    @property
    def year_to_open(self) -> SchoolYear | None:
        """The begun school year that those who keep the registry may open."""
        if not self.request.scope.may_anywhere(Permission.EDIT_REGISTRY):  # type: ignore[attr-defined]
            return None
        return year_to_open(self.school_years, timezone.localdate())

    @property
    def school_year(self) -> SchoolYear | None:
        return chosen_school_year(self.request, self.school_years)


def chosen_school_year(request: HttpRequest, years: list[SchoolYear]) -> SchoolYear | None:
    """The year chosen in the frame; else the one of today; else the newest that there is."""
    by_start = {year.start_year: year for year in years}
    wanted = request.session.get(SCHOOL_YEAR_SESSION_KEY, start_year_of(timezone.localdate()))
    return by_start.get(wanted) or by_start.get(start_year_of(timezone.localdate())) or (years[0] if years else None)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values of every page: the frame, and whether this is the demonstration."""
    return {"is_demo": settings.IS_DEMO, "frame": Frame(request)}
