"""Lists of tasks: by addressee and by term, filtered, sorted, paged, exported."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import (
    AssignmentState,
    PlanStatus,
    badges,
    confirm_many,
    occurrences_visible,
    plans_with_tasks,
    summaries,
    tasks_to_confirm,
    tasks_visible,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.plans import result_kinds
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.planning.tasks.books import tasks_workbook
from msoko.web.office.planning.tasks.filters import VIEWS, filtered, terms_filtered
from msoko.web.office.planning.tasks.looks import TaskRow, summary_words, term_words
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import page_of, say, signed_in
from qualimetry.narrative.russian import counted

#: rows of a workbook that a person waits for
EXPORTED = 10_000
_SEES = (Permission.SEE_PLANS, Permission.EXECUTE_TASKS)


@require_GET
@signed_in(*_SEES)
def task_list(request: WorkplaceRequest) -> HttpResponse:
    """Tasks one an addressee."""
    today = timezone.localdate()
    page = page_of(request, filtered(tasks_visible(request.scope), request.GET, request.scope, today))
    context = _options(request) | {
        "page": page,
        "rows": [TaskRow(row, today) for row in page],
        "views": [(key, title) for key, (title, _) in VIEWS.items()],
        "states": AssignmentState.choices,
        "kinds": result_kinds().items(),
        "default_sort": "term",
        "may_confirm": request.GET.get("view") == "confirm" and request.scope.may_anywhere(Permission.CONFIRM_TASKS),
    }
    return render(request, "office/tasks/list.html", context)


@require_GET
@signed_in(*_SEES)
def term_list(request: WorkplaceRequest) -> HttpResponse:
    """Terms of plans in force with how many have handed in."""
    today = timezone.localdate()
    rows = occurrences_visible(request.scope).filter(
        activity__plan__status=PlanStatus.APPROVED, activity__dropped_at__isnull=True, in_horizon=True,
        source__isnull=True,
    )  # fmt: skip
    page = page_of(request, terms_filtered(rows, request.GET))
    known = summaries([one.pk for one in page], today)
    shown = [
        {
            "term": one,
            "words": term_words(one),
            "summary": known.get(one.pk),
            "counted": summary_words(known.get(one.pk)),
            "is_late": bool(known.get(one.pk) and known[one.pk].overdue),
        }
        for one in page
    ]
    context = _options(request) | {"page": page, "rows": shown, "default_sort": "term", "today": today}
    return render(request, "office/tasks/terms.html", context)


@require_GET
@signed_in(*_SEES)
def task_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as a workbook."""
    act = act_of(request)
    today = timezone.localdate(act.at)
    rows = filtered(tasks_visible(request.scope), request.GET, request.scope, today)
    count = rows.count()
    if count > EXPORTED:
        raise RefusedError(
            f"Выбрано {counted(count, 'задача')}: в одну таблицу выгружается не больше {EXPORTED}.",
            "Выберите план, организацию, месяц или состояние и выгрузите таблицу по частям.",
        )
    found = [TaskRow(row, today) for row in rows.prefetch_related("evidence")]
    record(act, "planning.tasks.downloaded", kind="table", label="Задачи", details={"rows": len(found)})
    return download("Задачи.xlsx", tasks_workbook(found, today))


@require_POST
@signed_in(Permission.CONFIRM_TASKS)
def confirm_chosen(request: WorkplaceRequest) -> HttpResponse:
    """Confirm the ticked reports."""
    today = timezone.localdate()
    asked = [whole_number(text) for text in request.POST.getlist("task")[:500]]
    rows = tasks_to_confirm(request.scope, today).filter(pk__in=asked)
    outcome = confirm_many(act_of(request), assignments=rows)
    passed = len(set(asked)) - outcome.done
    if outcome.done:
        say(request, f"Подтверждено: {counted(outcome.done, 'задача')}.")
    if passed or not asked:
        text = (
            f"Не подтверждено: {passed}: их уже подтвердили или отметку отменили." if asked else "Ничего не отмечено."
        )
        say(request, text, "info")
    asked_page = request.POST.get("next", "")
    return redirect(asked_page if asked_page.startswith("/tasks/") else "office:tasks:list")


def _options(request: WorkplaceRequest) -> dict[str, Any]:
    """What the filters offer, and counts of the tabs."""
    organizations = Organization.objects.filter(
        request.scope.filter(Permission.EXECUTE_TASKS), closed_on__isnull=True
    ).exclude(kind__in=("region",))
    return {
        "plans": plans_with_tasks(request.scope),
        "organizations": organizations,
        "counts": badges(request.scope, timezone.localdate()),
        "may_plan": request.scope.may_anywhere(Permission.EDIT_PLANS),
    }
