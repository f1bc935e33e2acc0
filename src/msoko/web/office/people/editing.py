"""Adding people, correcting their entries, appointing and dismissing."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from msoko.foundation.access.api import Permission, visible_organizations
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.api import (
    Appointment,
    add_person,
    appoint,
    change_person,
    end_appointment,
    visible_appointments,
)
from msoko.web.office.people.forms import AppointmentForm, NewPersonForm, PersonForm
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, refuse, say, signed_in


def editable_organizations(request: WorkplaceRequest) -> QuerySet[Organization]:
    """Organizations whose registry the person keeps."""
    rows = visible_organizations(request.scope).filter(request.scope.filter(Permission.EDIT_REGISTRY))
    return rows.filter(closed_on__isnull=True)


def _editable(request: WorkplaceRequest, pk: int) -> Appointment:
    rows = visible_appointments(request.scope, timezone.localdate())
    return get_object_or_404(rows.filter(request.scope.filter(Permission.EDIT_REGISTRY, "organization__")), pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def person_add(request: WorkplaceRequest) -> HttpResponse:
    """A new person with a first post or duty."""
    initial = {"organization": request.GET.get("organization")}
    form = NewPersonForm(request.POST or None, initial=initial, organizations=editable_organizations(request))
    if request.method == "POST" and form.is_valid():
        try:
            appointment = add_person(act_of(request), entry=form.person_entry, **form.duty)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, f"{appointment.person.full_name}: внесено в реестр.")
            return redirect("office:people:list")
    return form_page(request, "office/people/add.html", form, {})


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def person_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The entry of a person, reached through one of their posts."""
    appointment = _editable(request, pk)
    form = PersonForm(request.POST or None, initial=PersonForm.of(appointment.person))
    if request.method == "POST" and form.is_valid():
        try:
            change_person(act_of(request), appointment=appointment, entry=form.person_entry)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Сведения сохранены.")
            return redirect("office:people:list")
    context = {
        "appointment": appointment,
        "others": visible_appointments(request.scope, timezone.localdate()).filter(person=appointment.person),
        "duty_form": AppointmentForm(organizations=editable_organizations(request), prefix="duty"),
    }
    return form_page(request, "office/people/edit.html", form, context)


@require_POST
@signed_in(Permission.EDIT_REGISTRY)
def appointment_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One more post or duty of the same person."""
    appointment = _editable(request, pk)
    form = AppointmentForm(request.POST, organizations=editable_organizations(request), prefix="duty")
    if not form.is_valid():
        raise RefusedError("Назначение не записано: выберите организацию и участие.", "Вернитесь и заполните поля.")
    appoint(act_of(request), person=appointment.person, **form.duty)
    say(request, "Назначение записано.")
    return redirect("office:people:edit", pk)


@require_POST
@signed_in(Permission.EDIT_REGISTRY)
def appointment_end(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The person leaves the post as of today."""
    appointment = _editable(request, pk)
    act = act_of(request)
    last_day = max(timezone.localdate(act.at) - dt.timedelta(days=1), appointment.valid_from)
    end_appointment(act, appointment=appointment, on=last_day)
    say(request, f"{appointment.person.full_name}: назначение снято, последний день {last_day:%d.%m.%Y}.")
    return redirect("office:people:list")
