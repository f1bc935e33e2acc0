"""School calendars of a municipality: read for terms, kept by an act."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from intake.terms import CalendarError, SchoolCalendar, calendar_of_text
from msoko.cycle.planning.models import Plan, SchoolCalendarYear
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization


def calendars_for(owner: Organization, start_years: Iterable[int]) -> dict[int, SchoolCalendar]:
    """Calendars by the start of the school year: the organization's own, else those of what it belongs to.

    Years that nobody has given are absent: terms then rest on usual dates and ask for confirmation.
    """
    ancestors = owner.line
    rows = SchoolCalendarYear.objects.filter(owner__in=ancestors, start_year__in=list(start_years))
    nearest = sorted(rows, key=lambda row: ancestors.index(row.owner_id))
    return {row.start_year: calendar_of_text(row.text) for row in nearest}


def calendars_of_plan(plan: Plan) -> dict[int, SchoolCalendar]:
    """Calendars of all school years that the years of a plan touch."""
    return calendars_for(plan.owner, range(plan.start_year - 1, plan.start_year + plan.years + 1))


@transaction.atomic
def set_calendar(act: Act, *, owner: Organization, start_year: int, text: str, basis: str = "") -> SchoolCalendarYear:
    """Keep the school calendar of a year.

    Raises:
        RefusedError: when the text is no calendar of that year; says what to mend.
    """
    require(act, Permission.EDIT_PLANS, owner)
    try:
        calendar = calendar_of_text(text)
    except CalendarError as error:
        raise RefusedError(str(error), "Исправьте даты и сохраните ещё раз.") from error
    if calendar.start_year != start_year:
        raise RefusedError(
            f"Даты относятся к {calendar.start_year}/{calendar.start_year + 1} учебному году.",
            "Проверьте год четвертей и каникул.",
        )
    row, _ = SchoolCalendarYear.objects.update_or_create(
        owner=owner,
        start_year=start_year,
        defaults={
            "text": text,
            "basis": basis[:300],
            "changed_at": act.at,
            "changed_by": act.actor.actor_label,
        },
    )
    record(
        act, "planning.calendar.changed", kind="school_calendar", object_id=row.pk,
        label=f"{start_year}/{start_year + 1}", organization=owner,
    )  # fmt: skip
    return row
