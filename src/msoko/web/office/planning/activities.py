"""Activities of a plan: the page of one, changing, adding, leaving out; what a phrase of terms means."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.terms import PlanYear
from msoko.cycle.planning.api import (
    Activity,
    Occurrence,
    Plan,
    PlanSection,
    PlanStatus,
    Understanding,
    activity_history,
    add_activity,
    change_activities,
    change_activity,
    confirm_proposals,
    drop_activity,
    imports_visible,
    links,
    move_activity,
    plan_of,
    plans_visible,
    put_in_section,
    restore_activity,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import event_title
from msoko.foundation.catalog.cycle import direction_titles, part_titles, result_titles
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.planning.forms import ActivityForm
from msoko.web.office.planning.linked import takes_in
from msoko.web.office.planning.rows import STATUS_WORDS, activity_row, moved_words, shown_dates
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, refuse, say, say_refusal, signed_in

_TERMS = Occurrence.objects.select_related("source")


def _activities(request: WorkplaceRequest) -> QuerySet[Activity]:
    rows = Activity.objects.filter(plan__in=plans_visible(request.scope).values("pk"))
    rows = rows.select_related("plan__owner__parent", "section", "source__plan__owner")
    return rows.prefetch_related("units", "deliverables", Prefetch("occurrences", _TERMS))


@require_GET
@signed_in(Permission.SEE_PLANS)
def activity_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What a row says, how it was understood, its dates."""
    activity = get_object_or_404(_activities(request), pk=pk)
    plan = activity.plan
    context = {
        "activity": activity,
        "plan": plan,
        "row": activity_row(activity),
        "occurrences": [
            (one, shown_dates(one.starts_on, one.ends_on), moved_words(one) if links.is_moved(one) else "")
            for one in activity.occurrences.all()
        ],
        "source": _source(request, activity),
        "linked_rows": _linked_rows(request, activity),
        "may_link": takes_in(plan) and not activity.origin_kind,
        "status_words": STATUS_WORDS,
        "direction": direction_titles().get(activity.direction, ""),
        "part": part_titles().get(activity.cycle_part, ""),
        "results": [(one, result_titles().get(one.kind, "")) for one in activity.deliverables.all()],
        "child_plans": plans_visible(request.scope).filter(parent_activity=activity),
        "history": [(event, event_title(event.event)) for event in activity_history(activity)],
        "makes_plan": any(one.kind in {"plan", "programme"} for one in activity.deliverables.all()),
        "may_edit": request.scope.may(Permission.EDIT_PLANS, plan.owner) and plan.status != PlanStatus.CLOSED,
    }
    return render(request, "office/planning/activity.html", context)


def _source(request: WorkplaceRequest, activity: Activity) -> Activity | None:
    """The activity of a plan above that the row is linked with, where the person sees it."""
    if activity.source_id is None:
        return None
    return _activities(request).filter(pk=activity.source_id).first()


def _linked_rows(request: WorkplaceRequest, activity: Activity) -> QuerySet[Activity]:
    """Rows of plans of organizations that follow the activity, as far as the person sees them."""
    rows = Activity.objects.filter(plan__in=plans_visible(request.scope).values("pk"))
    rows = rows.filter(source=activity, dropped_at__isnull=True)
    return rows.select_related("plan__owner").order_by("plan__owner__sort_key", "pk")


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def activity_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Change a row; a changed term gives new dates at once."""
    activity = get_object_or_404(_activities(request), pk=pk)
    form = ActivityForm(
        request.POST or None, initial=_initial(activity), edition=activity.plan.directions,
        is_linked=links.is_followed(activity),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            outcome = change_activity(act_of(request), activity=activity, values=values)
            _put(request, activity)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            kept = len(outcome.kept)
            tail = f" Сроков с отметками об исполнении оставлено: {kept}." if kept else ""
            say(request, f"Мероприятие сохранено.{tail}")
            return redirect("office:planning:activity", pk)
    context = {
        "activity": activity, "plan": activity.plan, "understood": _understood(activity.plan, form),
        "section": activity.section, "sections": activity.plan.sections.all(),
    }  # fmt: skip
    return form_page(request, "office/planning/activity_form.html", form, context)


def _put(request: WorkplaceRequest, activity: Activity) -> None:
    """Into another section when the form says so."""
    if "section" not in request.POST:
        return
    section = activity.plan.sections.filter(pk=whole_number(request.POST["section"])).first()
    if (section.pk if section else None) != activity.section_id:
        put_in_section(act_of(request), plan=activity.plan, activities=[activity.pk], section=section)


def _initial(activity: Activity) -> dict[str, Any]:
    plain = {name: getattr(activity, name) for name in ("number", "title", "terms_text", "direction", "cycle_part")}
    return plain | {
        "duration_days": activity.duration_days,
        "responsible": "; ".join(unit.raw for unit in activity.units.all()),
        "results": "; ".join(one.text for one in activity.deliverables.all()),
    }


def _understood(plan: Plan, form: ActivityForm) -> list[tuple[PlanYear, Any]]:
    understanding = Understanding(plan)
    phrase = str(form["terms_text"].value() or "")
    return list(zip(understanding.years, understanding.terms(phrase), strict=True))


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def activity_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A new row at the end of a section."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    form = ActivityForm(request.POST or None, edition=plan.directions)
    section = plan.sections.filter(
        pk=whole_number(request.POST.get("section", "") or request.GET.get("section", ""))
    ).first()
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
        try:
            activity = add_activity(act_of(request), plan=plan, section=section, values=values)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Мероприятие добавлено.")
            return redirect("office:planning:activity", activity.pk)
    context = {"plan": plan, "section": section, "sections": plan.sections.all(), "activity": None}
    return form_page(request, "office/planning/activity_form.html", form, context)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def activity_move(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One place up or down within its section."""
    activity = get_object_or_404(_activities(request), pk=pk)
    move_activity(act_of(request), activity=activity, is_up=request.POST.get("to") == "up")
    say(request, "Мероприятие перемещено.")
    return redirect("office:planning:activity", pk)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def activity_drop(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Leave a row out."""
    activity = get_object_or_404(_activities(request), pk=pk)
    try:
        drop_activity(act_of(request), activity=activity, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return redirect("office:planning:activity", pk)
    say(request, "Мероприятие исключено. Вернуть его можно внизу страницы плана.")
    return redirect("office:planning:plan", activity.plan_id)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def activity_restore(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Bring a row back."""
    activity = get_object_or_404(_activities(request), pk=pk)
    restore_activity(act_of(request), activity=activity)
    say(request, "Мероприятие возвращено в план.")
    return redirect("office:planning:activity", pk)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def bulk_change(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Direction, part of the cycle, responsible units or section of the marked rows; proposals confirmed."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    values = {
        name: request.POST[name]
        for name, known in (("direction", direction_titles()), ("cycle_part", part_titles()))
        if request.POST.get(name) in known
    }
    if request.POST.get("responsible", "").strip():
        values["responsible"] = request.POST["responsible"][:1000]
    marked = [whole_number(one) for one in request.POST.getlist("activity")]
    section = plan.sections.filter(pk=whole_number(request.POST.get("section", ""))).first()
    act = act_of(request)
    if marked and request.POST.get("do") == "confirm":
        say(request, f"Подтверждено мероприятий: {confirm_proposals(act, plan=plan, activities=marked)}.")
    elif not marked or not (values or section):
        say(request, "Отметьте мероприятия и выберите, что изменить.", "bad")
    else:
        _apply_to(request, plan, marked, values, section)
    query = request.POST.get("query", "")
    return redirect(reverse("office:planning:plan", args=[pk]) + (f"?{query}" if query else ""))


def _apply_to(
    request: WorkplaceRequest, plan: Plan, marked: list[int], values: dict[str, str], section: PlanSection | None
) -> None:
    act = act_of(request)
    try:
        count = change_activities(act, plan=plan, activities=marked, values=values) if values else 0
        if section is not None:
            count = put_in_section(act, plan=plan, activities=marked, section=section)
    except RefusedError as refusal:
        say_refusal(request, refusal)
    else:
        say(request, f"Изменено мероприятий: {count}.")


@require_GET
@signed_in(Permission.EDIT_PLANS)
def term_check(request: WorkplaceRequest) -> HttpResponse:
    """What a phrase means in the years and calendars of a plan or of an import, as a fragment beside the field."""
    if request.GET.get("import"):
        session = get_object_or_404(imports_visible(request.scope), pk=whole_number(request.GET["import"]))
        plan = plan_of(session)
    else:
        plan = get_object_or_404(plans_visible(request.scope), pk=whole_number(request.GET.get("plan", "")))
    understanding = Understanding(plan)
    terms = understanding.terms(request.GET.get("terms_text", "")[:1000])
    place = whole_number(request.GET["place"]) if "place" in request.GET else None
    context = {"understood": list(zip(understanding.years, terms, strict=True)), "place": place}
    return render(request, "office/planning/parts/understood.html", context)
