"""Last year's schedule becomes the draft of the next one: own works on the same weekdays of the same weeks."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from msoko.cycle.procedures.models import Schedule, ScheduledWork, WorkSource
from msoko.cycle.procedures.schedule_actions import create_schedule, schedule_label
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import SchoolYear

_WEEKS = dt.timedelta(days=364)


@transaction.atomic
def copy_schedule(act: Act, *, schedule: Schedule) -> Schedule:
    """A draft of the next school year with the organization's own works; those from above come from their source.

    Raises:
        RefusedError: a draft of that year exists, or there is nothing to copy.
    """
    require(act, Permission.EDIT_PLANS, schedule.organization)
    own = list(schedule.works.filter(campaign__isnull=True).exclude(source=WorkSource.CAMPAIGN))
    if not own:
        raise RefusedError("Собственных работ в графике нет: переносить нечего.", "Создайте новый график.")
    year, _ = SchoolYear.objects.get_or_create(start_year=schedule.school_year.start_year + 1)
    fresh = create_schedule(act, organization=schedule.organization, school_year=year, period=schedule.period)
    for row in own:
        row.pk, row.schedule, row.source = None, fresh, WorkSource.COPIED
        row.starts_on, row.ends_on = row.starts_on + _WEEKS, row.ends_on + _WEEKS
    ScheduledWork.objects.bulk_create(own, batch_size=500)
    record(
        act, "procedures.schedule.copied", kind="schedule", object_id=fresh.pk, label=schedule_label(fresh),
        organization=fresh.organization, details={"from": schedule.pk, "works": len(own)},
    )  # fmt: skip
    return fresh
