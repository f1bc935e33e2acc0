"""Dealing out of many tasks is a job: the approval of a large plan answers at once, its tasks follow."""

from __future__ import annotations

from typing import Any

from msoko.cycle.planning.assigning import deal_out, expected_tasks
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Plan
from msoko.foundation.access.api import Permission, require
from msoko.foundation.jobs.api import Job, JobContext, act_of_job, asked_by, enqueue
from msoko.foundation.kernel.acts import Act

KIND = "planning.deal_out"
#: more tasks than a person waits for
AT_ONCE = 20_000


def deal_out_soon(act: Act, plan: Plan) -> Job | None:
    """Tasks of a plan in force: at once, or by a job where they are many. For acts that have checked their permission.

    Raises:
        RefusedError: when a responsible organization was closed; nothing is written then.
    """
    if plan.status != PlanStatus.APPROVED:
        return None
    if expected_tasks(act, plan) <= AT_ONCE:
        deal_out(act, plan)
        return None
    return enqueue(
        act, KIND, title=f"Раздача задач: {plan.title}", organization=plan.owner,
        payload={"plan": plan.pk, "actor": asked_by(act)},
    )  # fmt: skip


def deal_out_again(act: Act, *, plan: Plan) -> Job | None:
    """Finish a dealing out that was stopped. What was dealt out stays as it is."""
    require(act, Permission.APPROVE_PLANS, plan.owner)
    return deal_out_soon(act, plan)


def deal_out_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Deal out the tasks of a plan. Starting again after a kill is harmless: only what is missing is added."""
    plan = Plan.objects.select_related("owner").get(pk=payload["plan"])
    dealt = deal_out(act_of_job(payload), plan, context.progress)
    return {"added": dealt.added, "removed": dealt.removed}


def dealing_of(plan: Plan) -> Job | None:
    """The last dealing out of a plan that was a job."""
    rows = Job.objects.filter(organization_path=plan.owner.path, kind=KIND, payload__plan=plan.pk)
    return rows.order_by("-id").first()
