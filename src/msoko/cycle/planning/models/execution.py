"""Execution: occurrences with their terms, assignments to addressees, evidence, comments.

What people did (started, done, confirmed, postponed, cancelled) is stored as facts; states derive from facts
and the day.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.planning.enums import EvidenceKind, UnitRole
from msoko.cycle.planning.models.plans import Activity, ActivityUnit, Deliverable
from msoko.cycle.regulations.models import RegisteredDocument
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Department, Organization
from msoko.foundation.roster.models import Appointment


class Occurrence(models.Model):
    """One time that an activity is done: window with both ends included, `starts_on` empty for a mere deadline.

    `planned_*` is the baseline at approval. `origin_*` names what gave the date when the phrase had none (an entry of
    the journal of requests, a campaign, an outside schedule). `source`: the term of a plan above that this one shows in
    the plan of an organization; it has no tasks of its own, what is done is done there.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="occurrences")
    year = models.PositiveSmallIntegerField("год плана")
    position = models.PositiveSmallIntegerField("порядок")
    part = models.CharField("этап", max_length=300, blank=True)
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("срок", null=True, blank=True)
    planned_starts_on = models.DateField("начало по плану", null=True, blank=True)
    planned_ends_on = models.DateField("срок по плану", null=True, blank=True)
    is_tentative = models.BooleanField("предварительно", default=False)
    in_horizon = models.BooleanField("в пределах плана", default=True)
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_id = models.CharField(max_length=40, blank=True)
    origin_label = models.CharField("откуда срок", max_length=300, blank=True)
    source = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="mirrors")
    cancelled_at = models.DateTimeField("снято", null=True, blank=True)
    cancelled_by = models.CharField("кто снял", max_length=200, blank=True)
    cancelled_basis = models.CharField("основание снятия", max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "activity", "year", "position", "part", "starts_on", "ends_on", "planned_starts_on"),
        **official("planned_ends_on", "is_tentative", "in_horizon", "origin_kind", "origin_id", "origin_label"),
        **official("cancelled_at", "cancelled_basis", "source"),
        **personal("cancelled_by"),
    }

    class Meta:
        verbose_name = "срок мероприятия"
        verbose_name_plural = "сроки мероприятий"
        ordering = ["ends_on", "starts_on", "id"]
        indexes = [models.Index(fields=["activity", "ends_on"], name="occurrence_activity_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="occurrence_dates_in_order",
            ),
        ]


class Postponement(models.Model):
    """A term was moved, on what basis. The chain of rows is the history of the term."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="postponements")
    was_on = models.DateField("прежний срок", null=True, blank=True)
    now_on = models.DateField("новый срок")
    basis = models.CharField("основание", max_length=500)
    reason = models.CharField("причина", max_length=40, blank=True)
    made_at = models.DateTimeField("когда")
    made_by = models.CharField("кто", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "occurrence", "was_on", "now_on", "basis", "reason", "made_at"),
        **personal("made_by"),
    }

    class Meta:
        verbose_name = "перенос срока"
        verbose_name_plural = "переносы сроков"
        ordering = ["made_at", "id"]


class Assignment(models.Model):
    """An occurrence for one addressee: an organization, its department, a person. «ОО» gives one row a school.

    Facts only: when started, done, confirmed, returned, released. The state is derived.
    """

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="assignments")
    # a unit that is written anew leaves the facts of its addressees alone
    unit = models.ForeignKey(ActivityUnit, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField("роль", max_length=20, choices=UnitRole, default=UnitRole.LEAD)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    external = models.CharField("сторонний соисполнитель", max_length=300, blank=True)
    started_at = models.DateTimeField("начато", null=True, blank=True)
    done_on = models.DateField("исполнено", null=True, blank=True)
    done_at = models.DateTimeField("когда отмечено", null=True, blank=True)
    done_by = models.CharField("кто отметил", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    confirmed_by = models.CharField("кто подтвердил", max_length=200, blank=True)
    returned_at = models.DateTimeField("возвращено", null=True, blank=True)
    remark = models.CharField("замечание", max_length=1000, blank=True)
    delay_reason = models.CharField("причина задержки", max_length=500, blank=True)
    released_at = models.DateTimeField("снято с исполнителя", null=True, blank=True)
    released_basis = models.CharField("основание снятия", max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "occurrence", "unit", "role", "organization", "department", "external", "started_at"),
        **official("done_on", "done_at", "confirmed_at", "returned_at", "remark", "delay_reason", "released_at"),
        **official("released_basis"),
        **personal("appointment", "done_by", "confirmed_by"),
    }

    class Meta:
        verbose_name = "задача"
        verbose_name_plural = "задачи"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["organization", "done_on"], name="assignment_organization_done"),
            models.Index(
                fields=["occurrence"],
                name="assignment_to_confirm",
                condition=models.Q(done_on__isnull=False, confirmed_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "organization", "department", "appointment", "external"],
                nulls_distinct=False,
                name="assignment_addressee_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(done_on__isnull=False),
                name="assignment_confirmed_after_done",
            ),
        ]


class Evidence(models.Model):
    """What proves that a task is done: a document with number and date, a file, a link."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="evidence")
    deliverable = models.ForeignKey(Deliverable, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField("вид", max_length=20, choices=EvidenceKind, default=EvidenceKind.DOCUMENT)
    document = models.ForeignKey(RegisteredDocument, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField("название", max_length=500)
    number = models.CharField("номер", max_length=60, blank=True)
    signed_on = models.DateField("дата документа", null=True, blank=True)
    file_key = models.CharField(max_length=200, blank=True)
    file_name = models.CharField("файл", max_length=200, blank=True)
    link = models.URLField("ссылка", max_length=500, blank=True)
    attached_at = models.DateTimeField("когда приложено")
    attached_by = models.CharField("кто приложил", max_length=200)
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "assignment", "deliverable", "kind", "document", "title", "number", "signed_on"),
        **official("file_key", "file_name", "link", "attached_at", "withdrawn_at"),
        **personal("attached_by"),
    }

    class Meta:
        verbose_name = "подтверждение"
        verbose_name_plural = "подтверждения"
        ordering = ["attached_at", "id"]


class Comment(models.Model):
    """A word of people about an occurrence: to all of its addressees, or within one assignment."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="comments")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, blank=True, related_name="comments")
    text = models.TextField("текст")
    written_at = models.DateTimeField("когда")
    written_by = models.CharField("кто", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "occurrence", "assignment", "text", "written_at"),
        **personal("written_by"),
    }

    class Meta:
        verbose_name = "комментарий"
        verbose_name_plural = "комментарии"
        ordering = ["written_at", "id"]
