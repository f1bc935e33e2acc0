"""A schedule in force changes by an edition: a draft with the same works that replaces it when it is approved."""

from __future__ import annotations

from django.db import transaction

from msoko.cycle.procedures.models import Schedule, ScheduleStatus, WorkSource
from msoko.cycle.procedures.schedule_actions import create_schedule, schedule_label
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

_LONGEST = 1000


@transaction.atomic
def open_edition(act: Act, *, schedule: Schedule, reason: str) -> Schedule:
    """A draft that changes a schedule in force. The one in force stays so until the edition is approved by an order.

    Raises:
        RefusedError: the schedule is not in force, a draft of the period exists, or no reason is given.
    """
    require(act, Permission.EDIT_PLANS, schedule.organization)
    schedule = (
        Schedule.objects.select_for_update(of=("self",))
        .select_related("organization", "school_year")
        .get(pk=schedule.pk)
    )
    if schedule.status != ScheduleStatus.APPROVED:
        raise RefusedError("Редакция готовится к утверждённому графику.", "Проект меняйте прямо на его странице.")
    if not reason.strip():
        raise RefusedError("Причина изменения не указана.", "Впишите, почему график меняется.")
    fresh = create_schedule(
        act, organization=schedule.organization, school_year=schedule.school_year, period=schedule.period
    )
    fresh.edition_of, fresh.change_reason = schedule, reason.strip()[:_LONGEST]
    fresh.save(update_fields=["edition_of", "change_reason"])
    own = list(schedule.works.exclude(source=WorkSource.CAMPAIGN))
    for row in own:
        row.pk, row.schedule = None, fresh
    fresh.works.bulk_create(own, batch_size=500)
    record(
        act, "procedures.schedule.edition_opened", kind="schedule", object_id=fresh.pk, label=schedule_label(fresh),
        organization=fresh.organization, details={"of": schedule.pk, "reason": fresh.change_reason},
    )  # fmt: skip
    return fresh
