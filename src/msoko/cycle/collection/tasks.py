"""Jobs of the step: reading what was sent, and storing what was accepted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from msoko.cycle.collection.acceptance import accept
from msoko.cycle.collection.models import ImportSession
from msoko.cycle.collection.preview import store_preview
from msoko.cycle.collection.reading import SessionReading, read_session
from msoko.cycle.collection.rules import require_open
from msoko.foundation.jobs.api import JobContext, act_of_job


def read_files_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Read the files of an import and store what was understood."""
    session = ImportSession.objects.select_related("organization").get(pk=payload["session"])
    if session.accepted_at or session.discarded_at:
        return {}
    version, excluded = session.version, _excluded(session)
    reading = read_session(session, excluded=excluded, progress=context.progress)
    with transaction.atomic():
        locked = ImportSession.objects.select_for_update(of=("self",)).select_related("organization").get(pk=session.pk)
        if locked.version != version:  # answered again meanwhile: a newer job reads
            return {}
        asked = {question["key"]: question for question in locked.preview.get("asked", [])}
        store_preview(locked, reading, excluded)
        asked |= {question["key"]: question for question in locked.preview["questions"]}
        locked.preview["asked"] = list(asked.values())
        locked.read_at = timezone.now()
        locked.save(update_fields=["preview", "read_at"])
    return {"files": len(reading.readings), "questions": len(reading.questions)}


def accept_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Read once more and store. Starting again after a kill is harmless: nothing is current until the end."""
    session = ImportSession.objects.select_related("organization").get(pk=payload["session"])
    if session.accepted_at:
        return {"batches": list(session.batches.values_list("pk", flat=True))}
    require_open(session, payload.get("version"))
    excluded = _excluded(session)
    if payload.get("only_good") or payload.get("without_asked"):
        excluded |= _asked(session)
    if payload.get("only_good"):
        excluded |= _wrong(session)
    reading: SessionReading = read_session(session, excluded=excluded, progress=context.progress)
    act = act_of_job(payload)
    batches = accept(act, session, reading, excluded=excluded)
    return {"batches": [batch.pk for batch in batches]}


def _excluded(session: ImportSession) -> frozenset[str]:
    return frozenset(session.files.filter(is_excluded=True).values_list("name", flat=True))


def _asked(session: ImportSession) -> frozenset[str]:
    """Files with questions that nobody answered."""
    return frozenset(file for question in session.preview.get("questions", []) for file in question["files"])


def _wrong(session: ImportSession) -> frozenset[str]:
    """Files with errors."""
    return frozenset(
        file.name for file in session.files.all() if any(problem["severity"] == "error" for problem in file.problems)
    )
