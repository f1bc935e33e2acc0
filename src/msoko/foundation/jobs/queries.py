"""Reading jobs: a person sees their own."""

from __future__ import annotations

from django.db.models import QuerySet

from msoko.foundation.access.api import User
from msoko.foundation.jobs.models import Job, JobState


def jobs_of(user: User) -> QuerySet[Job]:
    """Jobs that the person asked for, newest first."""
    return Job.objects.filter(created_by_id=user.actor_id)


def running_count(user: User) -> int:
    """How many of the person's jobs wait or run."""
    return jobs_of(user).filter(state__in=(JobState.QUEUED, JobState.RUNNING)).count()
