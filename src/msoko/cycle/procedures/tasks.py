"""Jobs of the step."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from intake.schedules import ScheduleReading, read_pasted_schedule, read_schedule
from msoko.cycle.procedures.models import ScheduleImport
from msoko.cycle.procedures.schedule_hours import PASTED
from msoko.cycle.procedures.schedule_reading import stored_works, words_of
from msoko.foundation.jobs.api import JobContext
from msoko.foundation.kernel.storage import default_storage


def read_schedule_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Read the file of an import and keep what was understood. Starting again after a kill is harmless."""
    rows = ScheduleImport.objects.select_related("schedule__organization__parent", "schedule__school_year")
    session = rows.get(pk=payload["import"])
    if session.accepted_at or session.discarded_at or session.read_at:
        return {}
    context.progress(0, 1, "Чтение файла")
    reading = _read(session)
    context.progress(1, 1, "Проверка прочитанного")
    with transaction.atomic():
        locked = ScheduleImport.objects.select_for_update(of=("self",)).get(pk=session.pk)
        locked.works, locked.layout = stored_works(session.schedule, reading), reading.layout
        locked.problems = [
            {"message": one.message, "hint": one.hint, "severity": one.severity.value} for one in reading.problems
        ]
        locked.read_at = timezone.now()
        locked.save(update_fields=["works", "layout", "problems", "read_at"])
    return {"works": len(reading.works)}


def _read(session: ScheduleImport) -> ScheduleReading:
    data, schedule = default_storage().read(session.file_key), session.schedule
    start_year, words = schedule.school_year.start_year, words_of(schedule.organization)
    if session.file_name == PASTED:
        text = data.decode("utf-8", "replace")
        return read_pasted_schedule(text, start_year=start_year, name=PASTED, words=words)
    return read_schedule(session.file_name, data, start_year=start_year, words=words)
