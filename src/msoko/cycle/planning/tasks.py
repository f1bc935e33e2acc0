"""Jobs of the step."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from intake.plans import plan_document, read_pasted_plan, read_plan
from msoko.cycle.planning.importing import PASTED_NAME
from msoko.cycle.planning.models import AbbreviationMeaning, PlanImport
from msoko.cycle.planning.preview import plan_of
from msoko.cycle.planning.scheduling import years_of
from msoko.foundation.catalog.plans import plan_vocabulary
from msoko.foundation.jobs.api import JobContext
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.api import municipality_of


def read_plan_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Read the file of an import and keep what was understood. Starting again after a kill is harmless."""
    session = PlanImport.objects.select_related("owner__parent").get(pk=payload["import"])
    if session.accepted_at or session.discarded_at or session.read_at:
        return {}
    context.progress(0, 1, "Чтение файла")
    data = default_storage().read(session.file_key)
    words, known = plan_vocabulary(), {"municipality": _known(session)}
    years = years_of(plan_of(session))
    year = years[0] if len(years) == 1 else None
    if session.file_name == PASTED_NAME:
        text = data.decode("utf-8", "replace")
        reading = read_pasted_plan(text, name=PASTED_NAME, vocabulary=words, known=known, year=year)
    else:
        reading = read_plan(session.file_name, data, vocabulary=words, known=known, year=year)
    with transaction.atomic():
        locked = PlanImport.objects.select_for_update(of=("self",)).get(pk=session.pk)
        locked.reading = plan_document(reading)
        locked.title = locked.title or reading.title[:500]
        locked.read_at = timezone.now()
        locked.save(update_fields=["reading", "title", "read_at"])
    return {"activities": len(reading.activities)}


def _known(session: PlanImport) -> dict[str, str]:
    """Abbreviations that people of the municipality have explained."""
    municipality = municipality_of(session.owner) or session.owner
    rows = AbbreviationMeaning.objects.filter(municipality=municipality)
    return {row.abbreviation: row.meaning for row in rows}
