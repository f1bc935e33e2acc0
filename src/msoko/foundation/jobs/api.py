"""Contents page of long work."""

from msoko.foundation.jobs.actions import cancel_job, enqueue
from msoko.foundation.jobs.acts import act_of_job, asked_by
from msoko.foundation.jobs.models import Job, JobState
from msoko.foundation.jobs.queries import jobs_of, running_count
from msoko.foundation.jobs.registry import declare
from msoko.foundation.jobs.worker import CancelledError, JobContext, run_all, serve

__all__ = [
    "CancelledError",
    "Job",
    "JobContext",
    "JobState",
    "act_of_job",
    "asked_by",
    "cancel_job",
    "declare",
    "enqueue",
    "jobs_of",
    "run_all",
    "running_count",
    "serve",
]
