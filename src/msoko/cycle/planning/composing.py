"""The yearly analysis of many tasks is composed by a job: its page answers at once."""

from __future__ import annotations

from typing import Any

from msoko.cycle.planning.models import Assignment, Plan
from msoko.cycle.planning.yearly import compose_analysis
from msoko.foundation.access.api import Permission, require
from msoko.foundation.jobs.api import Job, JobContext, act_of_job, asked_by, enqueue
from msoko.foundation.kernel.acts import Act

KIND = "planning.compose_analysis"
#: more tasks in a year than a person waits for
AT_ONCE = 20_000


def compose_soon(act: Act, *, plan: Plan, year: int) -> Job | None:
    """Compose the analysis of a year: at once, or by a job where the tasks are many.

    Raises:
        RefusedError: as `compose_analysis` does, where it is composed at once.
    """
    require(act, Permission.EDIT_PLANS, plan.owner)
    if Assignment.objects.filter(occurrence__activity__plan=plan, occurrence__year=year).count() <= AT_ONCE:
        compose_analysis(act, plan=plan, year=year)
        return None
    return enqueue(
        act, KIND, title=f"Анализ выполнения: {plan.title}", organization=plan.owner,
        payload={"plan": plan.pk, "year": year, "actor": asked_by(act)},
    )  # fmt: skip


def compose_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Compose the analysis that was asked for. Starting again after a kill composes it again."""
    context.progress(0, 1, "Подсчёт выполнения")
    plan = Plan.objects.select_related("owner").get(pk=payload["plan"])
    return {"analysis": compose_analysis(act_of_job(payload), plan=plan, year=payload["year"]).pk}


def composing_of(plan: Plan, year: int) -> Job | None:
    """The last composing of a year that was a job."""
    rows = Job.objects.filter(organization_path=plan.owner.path, kind=KIND, payload__plan=plan.pk, payload__year=year)
    return rows.order_by("-id").first()
