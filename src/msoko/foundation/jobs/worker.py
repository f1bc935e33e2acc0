"""The worker: claims queued jobs one by one, shows their progress, survives their failures and its own death."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from msoko.foundation.jobs.models import Job, JobState
from msoko.foundation.jobs.registry import task_named
from msoko.foundation.kernel.errors import RefusedError

LOGGER = logging.getLogger(__name__)
HEARTBEAT_TIMEOUT = dt.timedelta(seconds=90)
MAX_ATTEMPTS = 3
DAY, HOUR = 24 * 3600.0, 3600.0  # seconds
PROGRESS_INTERVAL = 0.4  # seconds between writes of progress


class CancelledError(Exception):
    """Raised inside a task when a person asked to cancel it."""


@dataclass(slots=True)
class JobContext:
    """What a task gets: its job, and a door to tell progress. `progress` raises when the job is cancelled."""

    job: Job
    _written_at: float = field(default=0.0)

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Tell how far the work is; cheap to call often."""
        now = time.monotonic()
        if now - self._written_at < PROGRESS_INTERVAL and done < total:
            return
        self._written_at = now
        changed = Job.objects.filter(pk=self.job.pk, cancel_requested_at__isnull=True).update(
            progress_done=done, progress_total=total, progress_note=note[:200], heartbeat_at=timezone.now()
        )
        if not changed:
            raise CancelledError


def claim() -> Job | None:
    """The oldest queued job, now ours; a conditional update lets one worker only win."""
    recover()
    for candidate in Job.objects.filter(state=JobState.QUEUED).order_by("id")[:5]:
        now = timezone.now()
        won = Job.objects.filter(pk=candidate.pk, state=JobState.QUEUED).update(
            state=JobState.RUNNING, started_at=now, heartbeat_at=now, attempt=candidate.attempt + 1
        )
        if won:
            candidate.refresh_from_db()
            return candidate
    return None


def recover() -> None:
    """Queue again what a killed worker left running; give up after the third attempt."""
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=timezone.now() - HEARTBEAT_TIMEOUT)
    silent.filter(attempt__lt=MAX_ATTEMPTS).update(state=JobState.QUEUED)
    silent.filter(attempt__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED,
        finished_at=timezone.now(),
        error="Работа трижды прерывалась. Повторите её; если это повторится, обратитесь к администратору.",
    )


def run(job: Job) -> None:
    """Do one claimed job to its end, whatever that end is."""
    try:
        result = task_named(job.kind)(JobContext(job), job.payload)
    except CancelledError:
        _finish(job, JobState.CANCELLED)
    except RefusedError as refusal:
        _finish(job, JobState.FAILED, error=" ".join(filter(None, (refusal.message, refusal.hint))))
    except Exception:
        LOGGER.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(job, JobState.FAILED, error="Внутренняя ошибка. Данные не изменены; подробности в журнале сервера.")
    else:
        _finish(job, JobState.DONE, result=result)


def _finish(job: Job, state: JobState, *, error: str = "", result: dict[str, object] | None = None) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, finished_at=timezone.now(), error=error, result=result or {}, heartbeat_at=timezone.now()
    )


def run_all() -> int:
    """Do every queued job in this process; returns how many. For the building of the demo, and tests."""
    count = 0
    while (job := claim()) is not None:
        run(job)
        count += 1
    return count


def serve(
    *,
    should_stop: Callable[[], bool],
    daily: Sequence[Callable[[], object]] = (),
    hourly: Sequence[Callable[[], object]] = (),
    pause: float = 0.5,
) -> None:
    """Consume until told to stop. `daily` and `hourly` is house-keeping: done at the start and then so often, between
    jobs."""
    due_at = dict.fromkeys((DAY, HOUR), time.monotonic())
    while not should_stop():
        for period, chores in ((DAY, daily), (HOUR, hourly)):
            if time.monotonic() >= due_at[period]:
                due_at[period] = time.monotonic() + period
                _keep_house(chores)
        job = claim()
        if job is None:
            time.sleep(pause)
        else:
            run(job)


def _keep_house(chores: Sequence[Callable[[], object]]) -> None:
    for chore in chores:
        try:
            chore()
        except Exception:  # a chore that fails today must not stop the jobs of people
            LOGGER.exception("house-keeping failed")


@transaction.atomic
def request_cancel(job: Job) -> None:
    """Cancel at once when still queued, else ask the running task to stop at its next progress."""
    now = timezone.now()
    if not Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(state=JobState.CANCELLED, finished_at=now):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested_at=now)
