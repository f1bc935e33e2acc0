"""Staff and bodies: the only place of names of adults besides accounts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.foundation.kernel.privacy import Privacy, official, personal, public
from msoko.foundation.orgs.models import Department, Organization


class Person(models.Model):
    """A member of staff, an expert or a public observer. Never a pupil."""

    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100, blank=True)
    middle_name = models.CharField("отчество", max_length=100, blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    search_key = models.CharField(max_length=320, editable=False, db_index=True)

    privacy: ClassVar[dict[str, Privacy]] = personal(
        "id", "last_name", "first_name", "middle_name", "phone", "email", "search_key"
    )

    class Meta:
        verbose_name = "сотрудник"
        verbose_name_plural = "сотрудники"
        ordering = ["search_key", "id"]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)


class AppointmentKind(models.TextChoices):
    EMPLOYEE = "employee", "Сотрудник"
    COORDINATOR = "coordinator", "Координатор оценочных процедур"
    OBSERVER = "observer", "Общественный наблюдатель"
    EXPERT = "expert", "Эксперт"


class Appointment(models.Model):
    """A person at a post, or named coordinator, observer or expert of an organization, for a period."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField("вид", max_length=20, choices=AppointmentKind)
    post = models.CharField("должность", max_length=200, blank=True)
    subject = models.CharField("предмет", max_length=100, blank=True)
    valid_from = models.DateField("с")
    valid_until = models.DateField("по", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("person"),
        **official("id", "organization", "department", "kind", "post", "subject", "valid_from", "valid_until"),
    }

    class Meta:
        verbose_name = "назначение"
        verbose_name_plural = "назначения"
        ordering = ["post", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="appointment_dates_in_order",
            ),
        ]


class BodyKind(models.TextChoices):
    SUBJECT_ASSOCIATION = "subject_association", "Методическое объединение"
    COUNCIL = "council", "Совет"
    WORKING_GROUP = "working_group", "Рабочая группа"
    COMMISSION = "commission", "Комиссия"


class Body(models.Model):
    """A methodical association, council, working group or commission of an organization."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=30, choices=BodyKind)
    name = models.CharField("название", max_length=200)
    subject = models.CharField("предмет", max_length=100, blank=True)
    members = models.ManyToManyField(Appointment, related_name="+", blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **public("id", "organization", "kind", "name", "subject"),
        **personal("members"),
    }

    class Meta:
        verbose_name = "коллегиальный орган"
        verbose_name_plural = "коллегиальные органы"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="body_name_unique")]
