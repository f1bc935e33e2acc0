"""Activities whose term hangs on another one: they get their date when that one is done and confirmed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # ships no types
from django.db.models import Max

from intake.terms import working_day_after
from msoko.cycle.planning.assigning import deal_out_activities
from msoko.cycle.planning.enums import DependencyState, UnitRole
from msoko.cycle.planning.models import Activity, Dependency, Occurrence
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act

RELATIVE = "relative"
#: origin of an occurrence that hangs on another one
ORIGIN = "activity"


def date_followers(act: Act, anchor: Occurrence) -> list[Occurrence]:
    """Occurrences that begin to run because all addressees of the anchor are confirmed; each is made once."""
    followers = _followers(anchor)
    done_on = closed_on(anchor) if followers else None
    if done_on is None:
        return []
    made = [found for activity in followers if (found := _dated(act, activity, anchor, done_on)) is not None]
    if made:
        plan = anchor.activity.plan
        deal_out_activities(act, plan, [one.activity for one in made])
    return made


def closed_on(occurrence: Occurrence) -> dt.date | None:
    """The day on which the last of those who had to did it; None while anybody is expected."""
    rows = occurrence.assignments.filter(released_at__isnull=True).exclude(role=UnitRole.CONTROLLER)
    if rows.filter(confirmed_at__isnull=True).exclude(external__gt="").exists():
        return None
    last: dt.date | None = rows.aggregate(last=Max("done_on"))["last"]
    return last


def _followers(anchor: Occurrence) -> list[Activity]:
    links = Dependency.objects.filter(predecessor=anchor.activity_id, state=DependencyState.CONFIRMED)
    followers = Activity.objects.filter(pk__in=links.values("successor"), dropped_at__isnull=True)
    return [one for one in followers if relative_term(one, anchor.year) is not None]


def relative_term(activity: Activity, year: int) -> dict[str, Any] | None:
    """What the phrase says of the year, when the activity hangs on another one."""
    terms = activity.terms if isinstance(activity.terms, list) else [activity.terms]
    relative = [one for one in terms if isinstance(one, dict) and one.get("status") == RELATIVE]
    of_year = [one for one in relative if one.get("year", year) == year]
    return next(iter(of_year), None)


def _dated(act: Act, activity: Activity, anchor: Occurrence, done_on: dt.date) -> Occurrence | None:
    term = relative_term(activity, anchor.year) or {}
    made, is_new = Occurrence.objects.get_or_create(
        activity=activity,
        year=anchor.year,
        origin_kind=ORIGIN,
        origin_id=str(anchor.pk),
        defaults={
            "position": activity.occurrences.filter(year=anchor.year).count() + 1,
            "starts_on": done_on,
            "ends_on": after(done_on, term.get("offset"), term.get("unit")),
            "origin_label": f"после исполнения «{anchor.activity.title[:200]}» {done_on:%d.%m.%Y}",
        },
    )
    if not is_new:
        return None
    record(
        act, "planning.term.dated", kind="occurrence", object_id=made.pk, label=activity.title[:300],
        organization=anchor.activity.plan.owner, details={"anchor": anchor.pk},
    )  # fmt: skip
    return made


def after(day: dt.date, offset: int | None, unit: str | None) -> dt.date | None:
    """The term «offset units after the day»; None when the phrase does not say how long. Working days are those of the
    production calendar: Saturdays on which people work count, holidays and moved days off do not."""
    if not offset:
        return None
    if unit == "week":
        return day + dt.timedelta(weeks=offset)
    if unit == "month":
        later: dt.date = day + relativedelta(months=offset)
        return later
    if unit != "working_day":
        return day + dt.timedelta(days=offset)
    return working_day_after(day, offset)
