"""Asking for long work, and asking to stop it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from msoko.foundation.audit.api import record
from msoko.foundation.jobs import worker
from msoko.foundation.jobs.models import Job, JobState
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError
from msoko.foundation.orgs.models import Organization


def enqueue(act: Act, kind: str, *, title: str, organization: Organization, payload: dict[str, Any]) -> Job:
    """Write a job in the transaction of the calling act. Where there is no worker (tests) it runs on commit."""
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        payload=payload,
        organization_path=organization.path,
        created_by=act.actor.actor_label,
        created_by_id=act.actor.actor_id,
        created_at=act.at,
    )
    if settings.JOBS_INLINE:
        transaction.on_commit(lambda: worker.run_all() and None)
    return job


@transaction.atomic
def cancel_job(act: Act, *, job: Job) -> None:
    """The person who asked for the work may take it back."""
    if act.actor.actor_id != job.created_by_id:
        raise ForbiddenError
    if job.state in {JobState.QUEUED, JobState.RUNNING}:
        worker.request_cancel(job)
        record(act, "jobs.job.cancelled", kind="job", object_id=job.pk, label=job.title)
