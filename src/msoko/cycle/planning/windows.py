"""Terms of a window of days: light keys of all of them, whole rows of those that are drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from msoko.cycle.planning.filtering import touching
from msoko.cycle.planning.load import is_long
from msoko.cycle.planning.models import Activity, Occurrence


class TermKey(NamedTuple):
    """A dated occurrence; `position` is that of its activity in the plan."""

    pk: int
    activity: int
    position: int
    starts_on: dt.date | None
    ends_on: dt.date | None

    @property
    def first(self) -> dt.date:
        return self.starts_on or self.last

    @property
    def last(self) -> dt.date:
        return self.ends_on or self.starts_on or dt.date.max

    @property
    def is_long(self) -> bool:
        """A window that would fill every day: it is shown on request."""
        return is_long(self.starts_on, self.ends_on)


def term_keys(rows: QuerySet[Occurrence], first: dt.date, last: dt.date) -> list[TermKey]:
    """Terms within the plan's time that touch the days from `first` to `last`, by their ends. One query."""
    found = touching(rows.filter(in_horizon=True), first, last).order_by()
    keys = found.values_list("pk", "activity", "activity__position", "starts_on", "ends_on")
    return sorted((TermKey(*one) for one in keys), key=lambda one: (one.last, one.first, one.position, one.pk))


def terms_of_activities(activities: QuerySet[Activity]) -> QuerySet[Occurrence]:
    """Occurrences of the activities that filters let through."""
    return Occurrence.objects.filter(activity__in=activities.order_by().values("pk"))


def drawn_terms(keys: Iterable[int]) -> dict[int, Occurrence]:
    """Whole rows of some terms with activity, plan and owner, without what only readers of phrases need."""
    rows = Occurrence.objects.filter(pk__in=list(keys)).select_related("activity__plan__owner")
    return {one.pk: one for one in rows.defer("activity__terms", "activity__warnings", "activity__plan__abbreviations")}
