"""Schedules of assessment works: the list, the page of one, its works."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.procedures.api import (
    Schedule,
    ScheduledWork,
    SchedulePeriod,
    ScheduleStatus,
    add_works,
    approve_schedule,
    change_work,
    checked,
    copy_schedule,
    create_schedule,
    delete_schedule,
    differs_from,
    open_edition,
    remove_works,
    schedules_visible,
    school_states,
    withdraw_schedule,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationKind, SchoolYear, school_years
from msoko.web.office.procedures.owners import owners_with
from msoko.web.office.procedures.schedule_forms import ScheduleApprovalForm, WorkForm
from msoko.web.office.procedures.schedule_page import page_context
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, refuse, say, say_refusal, signed_in

STATES = [("approved", "Утверждён"), ("draft", "Проект"), ("none", "Графика нет")]


def year_of(request: WorkplaceRequest) -> SchoolYear | None:
    """The year of the address, else that of the frame."""
    years = school_years()
    wanted = whole_number(request.GET.get("year", "") or request.POST.get("year", ""))
    return next((one for one in years if one.start_year == wanted), None) or chosen_school_year(request, years)


def schedule_owners(request: WorkplaceRequest) -> list[Organization]:
    """Schools and municipalities whose schedules the person edits as their own."""
    kinds = {OrganizationKind.MUNICIPALITY, OrganizationKind.SCHOOL}
    return [one for one in owners_with(request.scope, Permission.EDIT_PLANS) if one.kind in kinds]


@require_GET
@signed_in(Permission.SEE_PLANS)
def schedule_list(request: WorkplaceRequest) -> HttpResponse:
    """Organizations in scope and the state of their schedules in the year."""
    year = year_of(request)
    found = school_states(request.scope, year) if year else []
    state = request.GET.get("state", "")
    text = request.GET.get("q", "").strip().casefold()[:100]
    context = {
        "rows": [row for row in found if state in ("", row.state) and text in row.organization.short_name.casefold()],
        "total": len(found),
        "approved": sum(row.state == "approved" for row in found),
        "states": STATES,
        "years": school_years(),
        "year": year,
        "owners": schedule_owners(request),
        "periods": SchedulePeriod.choices,
    }
    return render(request, "office/procedures/schedules.html", context)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def schedule_add(request: WorkplaceRequest) -> HttpResponse:
    """A new draft."""
    year = year_of(request)
    owners = schedule_owners(request)
    owner = next((one for one in owners if str(one.pk) == request.POST.get("owner")), owners[0] if owners else None)
    if owner is None or year is None:
        raise RefusedError("График составляют муниципалитет и школы.", "Обратитесь к администратору.")
    period = request.POST.get("period", "")
    try:
        schedule = create_schedule(
            act_of(request), organization=owner, school_year=year,
            period=period if period in SchedulePeriod.values else SchedulePeriod.YEAR,
        )  # fmt: skip
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return redirect(reverse("office:procedures:schedules") + f"?year={year.start_year}")
    say(request, "Проект графика создан. Работы муниципалитета в нём уже есть, добавьте работы школы.")
    return redirect("office:procedures:schedule", schedule.pk)


@require_GET
@signed_in(Permission.SEE_PLANS)
def schedule_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One schedule: tables, clashes, load."""
    schedule = get_object_or_404(schedules_visible(request.scope), pk=pk)
    context = page_context(checked(schedule), request.GET) | {
        "may_edit": _may_edit(request, schedule),
        "may_copy": request.scope.may(Permission.EDIT_PLANS, schedule.organization),
        "may_approve": request.scope.may(Permission.APPROVE_PLANS, schedule.organization),
        "approval": ScheduleApprovalForm(),
        "may_withdraw": _may_withdraw(request, schedule),
        "edition": differs_from(schedule, schedule.edition_of) if schedule.edition_of else None,
    }
    return render(request, "office/procedures/schedule.html", context)


def _may_withdraw(request: WorkplaceRequest, schedule: Schedule) -> bool:
    """A mistake is taken back on the day when it was made; later there is an edition."""
    is_today = schedule.approved_at is not None and timezone.localdate(schedule.approved_at) == timezone.localdate()
    return is_today and request.scope.may(Permission.APPROVE_PLANS, schedule.organization)


def _may_edit(request: WorkplaceRequest, schedule: Schedule) -> bool:
    return schedule.status == ScheduleStatus.DRAFT and request.scope.may(Permission.EDIT_PLANS, schedule.organization)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def work_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Add a work by the form."""
    schedule = get_object_or_404(schedules_visible(request.scope), pk=pk)
    if not request.scope.may(Permission.EDIT_PLANS, schedule.organization):
        raise ForbiddenError
    form = WorkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_works(act_of(request), schedule=schedule, entries=[form.entry])
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Работа добавлена." if added else "Такая работа в графике уже есть.")
            if "more" in request.POST:
                return redirect("office:procedures:schedule_work_add", pk)
            return redirect("office:procedures:schedule", pk)
    return form_page(request, "office/procedures/schedule_work.html", form, {"schedule": schedule, "work": None})


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def work_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Change a work."""
    visible = schedules_visible(request.scope)
    rows = ScheduledWork.objects.select_related("schedule__organization", "schedule__school_year")
    work = get_object_or_404(rows, pk=pk, schedule__in=visible)
    if not request.scope.may(Permission.EDIT_PLANS, work.schedule.organization):
        raise ForbiddenError
    form = WorkForm(request.POST or None, work=work)
    if request.method == "POST" and form.is_valid():
        try:
            change_work(act_of(request), work=work, entry=form.entry)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Работа изменена.")
            return redirect("office:procedures:schedule", work.schedule_id)
    context = {"schedule": work.schedule, "work": work}
    return form_page(request, "office/procedures/schedule_work.html", form, context)


def _decided(
    request: WorkplaceRequest, pk: int, decide: Callable[[Schedule], tuple[str, Schedule | None]]
) -> HttpResponse:
    schedule = get_object_or_404(schedules_visible(request.scope), pk=pk)
    try:
        words, target = decide(schedule)
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return redirect("office:procedures:schedule", pk)
    say(request, words)
    if target is None:
        return redirect("office:procedures:schedules")
    return redirect("office:procedures:schedule", target.pk)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def works_remove(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Remove the works that are ticked."""

    def decide(schedule: Schedule) -> tuple[str, Schedule | None]:
        keys = [whole_number(one) for one in request.POST.getlist("work")]
        count = remove_works(act_of(request), schedule=schedule, works=keys)
        return (f"Удалено работ: {count}." if count else "Работы не отмечены."), schedule

    return _decided(request, pk, decide)


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def schedule_approve(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Bring a draft into force."""

    def decide(schedule: Schedule) -> tuple[str, Schedule | None]:
        form = ScheduleApprovalForm(request.POST)
        if not form.is_valid():
            raise RefusedError("Дата и основание утверждения не указаны.", "Впишите номер и дату распоряжения.")
        approve_schedule(act_of(request), schedule=schedule, reason=request.POST.get("reason", ""), **form.cleaned_data)
        return "График утверждён.", schedule

    return _decided(request, pk, decide)


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def schedule_withdraw(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Make a schedule in force a draft again."""

    def decide(schedule: Schedule) -> tuple[str, Schedule | None]:
        withdraw_schedule(act_of(request), schedule=schedule, reason=request.POST.get("reason", ""))
        return "Утверждение отменено: график снова проект.", schedule

    return _decided(request, pk, decide)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def schedule_edition(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A draft that changes a schedule in force."""

    def decide(schedule: Schedule) -> tuple[str, Schedule | None]:
        fresh = open_edition(act_of(request), schedule=schedule, reason=request.POST.get("reason", ""))
        return "Подготовлена редакция: измените работы и утвердите её.", fresh

    return _decided(request, pk, decide)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def schedule_delete(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Delete a draft."""

    def decide(schedule: Schedule) -> tuple[str, Schedule | None]:
        delete_schedule(act_of(request), schedule=schedule)
        return "Проект графика удалён.", None

    return _decided(request, pk, decide)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def schedule_copy(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The draft of the next year from this schedule."""

    def decide(schedule: Schedule) -> tuple[str, Schedule | None]:
        fresh = copy_schedule(act_of(request), schedule=schedule)
        return f"Проект на {fresh.school_year.label} создан: дни недели сохранены, проверьте даты.", fresh

    return _decided(request, pk, decide)
