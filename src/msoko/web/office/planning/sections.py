"""Sections of a plan: the list in order, adding, renaming, moving, removing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.planning.api import (
    Plan,
    PlanSection,
    PlanStatus,
    add_section,
    change_section,
    move_section,
    plans_visible,
    remove_section,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.cycle import cycle_parts, direction_titles, directions, part_titles
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, refuse, say, say_refusal, signed_in

#: sections on a page
ROWS = 100


class SectionForm(forms.Form):
    """Number and title of a section; what its rows belong to."""

    number = forms.CharField(label="Номер", max_length=40, required=False)
    title = forms.CharField(label="Название", max_length=1000)
    direction = forms.ChoiceField(
        label="Направление",
        required=False,
        help_text="Его получат мероприятия раздела, кроме выбранных вручную.",
    )
    cycle_part = forms.ChoiceField(label="Часть управленческого цикла", required=False)

    def __init__(self, *args: Any, edition: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction"].choices = [("", "—"), *directions(edition)]  # type: ignore[attr-defined]
        self.fields["cycle_part"].choices = [("", "—"), *cycle_parts(edition)]  # type: ignore[attr-defined]


@require_GET
@signed_in(Permission.EDIT_PLANS)
def section_list(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Sections from the top down with their counts and forms."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    sections = list(plan.sections.annotate(count=Count("activities")).select_related("parent__parent__parent"))
    page = Paginator(sections, ROWS).get_page(request.GET.get("page"))
    may_edit = request.scope.may(Permission.EDIT_PLANS, plan.owner) and plan.status != PlanStatus.CLOSED
    context = {
        "plan": plan,
        "page": page,
        "rows": [(one, _level(one)) for one in page.object_list],
        "direction_titles": direction_titles(),
        "part_titles": part_titles(),
        "form": SectionForm(edition=plan.directions, prefix="new"),
        "sections": sections,
        "may_edit": may_edit,
    }
    return render(request, "office/planning/sections.html", context)


def _level(section: PlanSection) -> int:
    level, above = 0, section.parent
    while above is not None:
        level, above = level + 1, above.parent
    return level


def _sections(request: WorkplaceRequest) -> QuerySet[PlanSection]:
    return PlanSection.objects.filter(plan__in=plans_visible(request.scope).values("pk")).select_related(
        "plan__owner__parent", "parent"
    )


def _done(request: WorkplaceRequest, plan: Plan, change: Callable[[Act], str]) -> HttpResponse:
    try:
        say(request, change(act_of(request)))
    except RefusedError as refusal:
        say_refusal(request, refusal)
    page = whole_number(request.POST.get("page", ""))
    return redirect(reverse("office:planning:sections", args=[plan.pk]) + (f"?page={page}" if page > 1 else ""))


@require_POST
@signed_in(Permission.EDIT_PLANS)
def section_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A section at the end of the plan or of another section."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    parent = plan.sections.filter(pk=whole_number(request.POST.get("parent", ""))).first()

    def change(act: Act) -> str:
        form = SectionForm(request.POST, edition=plan.directions, prefix="new")
        values = _values(form)
        section = add_section(act, plan=plan, parent=parent, title=values["title"], number=values["number"])
        if values["direction"] or values["cycle_part"]:
            change_section(act, section=section, values=values)
        return "Раздел добавлен."

    return _done(request, plan, change)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def section_change(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Number, title, direction and part of a section."""
    section = get_object_or_404(_sections(request), pk=pk)
    initial = {name: getattr(section, name) for name in ("number", "title", "direction", "cycle_part")}
    form = SectionForm(
        request.POST or None, initial=initial, edition=section.plan.directions, prefix=f"s{section.pk}"
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_section(act_of(request), section=section, values=form.cleaned_data)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Раздел сохранён.")
            return redirect("office:planning:sections", section.plan_id)
    return form_page(request, "office/planning/section_form.html", form, {"section": section, "plan": section.plan})


def _values(form: SectionForm) -> dict[str, Any]:
    if not form.is_valid():
        raise RefusedError("Название раздела не указано.", "Впишите название раздела.")
    return form.cleaned_data


@require_POST
@signed_in(Permission.EDIT_PLANS)
def section_move(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One place up or down among its neighbours."""
    section = get_object_or_404(_sections(request), pk=pk)

    def change(act: Act) -> str:
        move_section(act, section=section, is_up=request.POST.get("to") == "up")
        return f"Раздел «{section.title[:80]}» перемещён."

    return _done(request, section.plan, change)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def section_remove(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Remove an empty section."""
    section = get_object_or_404(_sections(request), pk=pk)

    def change(act: Act) -> str:
        remove_section(act, section=section)
        return "Раздел убран."

    return _done(request, section.plan, change)
