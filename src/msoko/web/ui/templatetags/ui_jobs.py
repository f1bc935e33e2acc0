"""The state of a job as a status."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from msoko.foundation.jobs.api import Job, JobState
from msoko.web.ui.templatetags.ui import status

register = template.Library()
_TONES = {
    JobState.QUEUED: ("wait", "clock"),
    JobState.RUNNING: ("info", "loader"),
    JobState.DONE: ("good", ""),
    JobState.FAILED: ("bad", ""),
    JobState.CANCELLED: ("wait", "circle-x"),
}


@register.simple_tag
def job_status(job: Job) -> SafeString:
    """«Выполняется», «Готово»…"""
    state = JobState(job.state)
    if job.cancel_requested_at and not job.is_over:
        return status("Отменяется", "warn")
    tone, sign = _TONES[state]
    return status(state.label, tone, sign)


@register.inclusion_tag("ui/parts/job.html", takes_context=True)
def job_progress(context: template.Context, job: Job, reload: str = "1") -> dict[str, Any]:
    """The progress of a job, renewed every second; when it is over the page is loaded again."""
    return {"job": job, "reload": reload, "csrf_token": context.get("csrf_token")}
