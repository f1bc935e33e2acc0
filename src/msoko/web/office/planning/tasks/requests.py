"""The journal of requests: who asked for what, what came of it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from msoko.cycle.planning.api import (
    Activity,
    ActivityRequest,
    joint_words,
    on_request_activities,
    record_request,
    requests_visible,
    write_result,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationKind
from msoko.web.office.planning.tasks.books import asker, requests_workbook
from msoko.web.office.planning.tasks.filters import day_of
from msoko.web.office.planning.tasks.forms import RequestForm, WordsForm
from msoko.web.office.planning.tasks.looks import LOOKS
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, page_of, refuse, say, signed_in


@require_GET
@signed_in(Permission.SEE_PLANS)
def request_list(request: WorkplaceRequest) -> HttpResponse:
    """Entries of the journal, newest first."""
    page = page_of(request, _filtered(request))
    states = joint_words([one.occurrence_id for one in page], timezone.localdate())
    activities = on_request_activities(request.scope, Permission.SEE_PLANS)
    context = {
        "page": page,
        "rows": [(one, states.get(one.occurrence_id), asker(one)) for one in page],
        "looks": {state.value: look for state, look in LOOKS.items()},
        "activities": activities,
        "may_plan": request.scope.may_anywhere(Permission.EDIT_PLANS),
        "may_add": request.scope.may_anywhere(Permission.EDIT_PLANS)
        and on_request_activities(request.scope, Permission.EDIT_PLANS).exists(),
    }
    return render(request, "office/tasks/requests.html", context)


@require_GET
@signed_in(Permission.SEE_PLANS)
def request_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as a workbook."""
    act = act_of(request)
    today = timezone.localdate(act.at)
    found = list(_filtered(request))
    states = joint_words([one.occurrence_id for one in found], today)
    rows = [(one, str(states[one.occurrence_id].label) if one.occurrence_id in states else "") for one in found]
    record(act, "planning.requests.downloaded", kind="table", label="Журнал запросов", details={"rows": len(rows)})
    return download("Журнал запросов.xlsx", requests_workbook(rows, today))


def _filtered(request: WorkplaceRequest) -> QuerySet[ActivityRequest]:
    rows = requests_visible(request.scope)
    if number := whole_number(request.GET.get("activity", "")):
        rows = rows.filter(activity=number)
    if number := whole_number(request.GET.get("organization", "")):
        rows = rows.filter(organization=number)
    for key, lookup in (("from", "gte"), ("to", "lte")):
        if day := day_of(request.GET.get(key, "")):
            rows = rows.filter(**{f"asked_on__{lookup}": day})
    return rows


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def request_new(request: WorkplaceRequest) -> HttpResponse:
    """Write a request down."""
    activities = on_request_activities(request.scope, Permission.EDIT_PLANS)
    form = RequestForm(
        request.POST or None, activities=activities, organizations=_askers(request), initial=_initial(request)
    )
    if request.method == "POST" and form.is_valid():
        activity: Activity = form.cleaned_data["activity"]
        try:
            made = record_request(act_of(request), activity=activity, entry=form.entry)
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, f"Запрос № {made.number} записан, исполнители получили задачу.")
            return redirect("office:tasks:detail", made.occurrence_id)
    return form_page(request, "office/tasks/request_form.html", form, {"is_possible": activities.exists()})


def _initial(request: WorkplaceRequest) -> dict[str, object]:
    return {"activity": whole_number(request.GET.get("activity", "")) or None}


def _askers(request: WorkplaceRequest) -> QuerySet[Organization]:
    visible = Organization.objects.filter(request.scope.filter(Permission.SEE_PLANS), closed_on__isnull=True)
    return visible.exclude(kind__in=(OrganizationKind.REGION, OrganizationKind.MUNICIPALITY))


@require_http_methods(["GET", "POST"])
@signed_in(Permission.SEE_PLANS)
def request_result(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What came of a request."""
    found = get_object_or_404(requests_visible(request.scope), pk=pk)
    if not request.scope.may(Permission.EXECUTE_TASKS, found.activity.plan.owner):
        raise ForbiddenError
    form = WordsForm(request.POST or None, label="Результат", help_text="Чем закончился запрос: кратко, одной фразой.",
                     initial={"words": found.result})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        write_result(act_of(request), request=found, result=form.cleaned_data["words"])
        say(request, "Результат запроса записан.")
        return redirect("office:tasks:requests")
    return form_page(request, "office/tasks/request_result.html", form, {"entry": found, "asker": asker(found)})
