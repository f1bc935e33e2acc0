"""Acts on staff: people, their posts and duties."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.text import search_key
from msoko.foundation.orgs.api import Department, Organization
from msoko.foundation.roster.models import Appointment, AppointmentKind, Person


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A member of staff, an expert or an observer as entered. Never a pupil."""

    last_name: str
    first_name: str = ""
    middle_name: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def add_person(
    act: Act,
    *,
    entry: PersonEntry,
    organization: Organization,
    kind: AppointmentKind,
    post: str = "",
    subject: str = "",
    department: Department | None = None,
) -> Appointment:
    """A person with a first post or duty in the organization, from today."""
    require(act, Permission.EDIT_REGISTRY, organization)
    person = Person(**asdict(entry))
    _save(person)
    appointment = _appoint(act, person, organization, kind, post, subject, department)
    record(act, "roster.person.added", kind="person", object_id=person.pk, organization=organization)
    return appointment


@transaction.atomic
def change_person(act: Act, *, appointment: Appointment, entry: PersonEntry) -> None:
    """Correct the entry of a person who holds `appointment`."""
    require(act, Permission.EDIT_REGISTRY, appointment.organization)
    person = appointment.person
    for name, value in asdict(entry).items():
        setattr(person, name, value)
    _save(person)
    record(
        act, "roster.person.changed", kind="person", object_id=person.pk, organization=appointment.organization
    )  # fmt: skip


@transaction.atomic
def appoint(
    act: Act,
    *,
    person: Person,
    organization: Organization,
    kind: AppointmentKind,
    post: str = "",
    subject: str = "",
    department: Department | None = None,
) -> Appointment:
    """One more post or duty of a known person, from today."""
    require(act, Permission.EDIT_REGISTRY, organization)
    return _appoint(act, person, organization, kind, post, subject, department)


@transaction.atomic
def end_appointment(act: Act, *, appointment: Appointment, on: dt.date) -> None:
    """The last day at the post."""
    require(act, Permission.EDIT_REGISTRY, appointment.organization)
    if on < appointment.valid_from:
        raise RefusedError("Последний день раньше назначения.", "Проверьте дату.")
    appointment.valid_until = on
    appointment.save(update_fields=["valid_until"])
    record(
        act, "roster.appointment.ended", kind="appointment", object_id=appointment.pk, label=appointment.post,
        organization=appointment.organization,
    )  # fmt: skip


def add_named_coordinator(act: Act, *, organization: Organization, full_name: str, post: str) -> None:
    """A coordinator from a list: «Фамилия Имя Отчество»; the same name at the same duty is not added twice."""
    last_name, first_name, middle_name = (*full_name.split(maxsplit=2), "", "", "")[:3]
    entry = PersonEntry(last_name=last_name, first_name=first_name, middle_name=middle_name)
    key = _key(Person(**asdict(entry)))
    duties = Appointment.objects.filter(organization=organization, kind=AppointmentKind.COORDINATOR)
    if not duties.filter(person__search_key=key, valid_until__isnull=True).exists():
        add_person(act, entry=entry, organization=organization, kind=AppointmentKind.COORDINATOR, post=post)


def _appoint(
    act: Act,
    person: Person,
    organization: Organization,
    kind: AppointmentKind,
    post: str,
    subject: str,
    department: Department | None,
) -> Appointment:
    if department is not None and department.organization_id != organization.pk:
        raise RefusedError("Отдел относится к другой организации.", "Выберите отдел этой организации.")
    appointment = Appointment.objects.create(
        person=person,
        organization=organization,
        department=department,
        kind=kind.value,
        post=post[:200],
        subject=subject[:100],
        valid_from=act.at.date(),
    )
    record(
        act, "roster.appointment.added", kind="appointment", object_id=appointment.pk,
        label=post or kind.label, organization=organization,
    )  # fmt: skip
    return appointment


def _key(person: Person) -> str:
    return search_key(person.last_name, person.first_name, person.middle_name)


def _save(person: Person) -> None:
    if not person.last_name.strip():
        raise RefusedError("Укажите фамилию.", "Фамилия обязательна.")
    person.search_key = _key(person)
    person.save()
