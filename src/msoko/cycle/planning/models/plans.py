"""Plans: sections, activities with their terms, units and results, dependencies.

A phrase of terms is the master; occurrences are derived from it by `intake.terms` for every year of the plan.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from msoko.cycle.planning.enums import (
    DependencyState,
    PlanKind,
    PlanStatus,
    UnitKind,
    UnitRole,
    YearKind,
)
from msoko.cycle.regulations.models import RegisteredDocument
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Department, Organization
from msoko.foundation.roster.models import Appointment, Body


class Plan(models.Model):
    """A plan of an organization for `years` school or calendar years from `start_year`.

    `parent_activity` is the activity whose result this plan is; `previous` the plan it was rolled over from.
    """

    owner = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=20, choices=PlanKind, default=PlanKind.SCHEDULE)
    title = models.CharField("название", max_length=500)
    status = models.CharField("состояние", max_length=20, choices=PlanStatus, default=PlanStatus.DRAFT)
    year_kind = models.CharField("год", max_length=10, choices=YearKind, default=YearKind.SCHOOL)
    start_year = models.PositiveSmallIntegerField("с года")
    years = models.PositiveSmallIntegerField("сколько лет", default=1)
    edition = models.PositiveSmallIntegerField("редакция", default=1)
    directions = models.CharField("перечень направлений", max_length=40, blank=True)
    basis = models.CharField("основание", max_length=500, blank=True)
    basis_document = models.ForeignKey(RegisteredDocument, models.PROTECT, null=True, blank=True, related_name="+")
    parent_activity = models.ForeignKey(
        "Activity", models.SET_NULL, null=True, blank=True, related_name="child_plans", verbose_name="чей результат"
    )
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="next_plans")
    abbreviations = models.JSONField("сокращения", default=dict, blank=True)
    # what a plan above offered and the organization has declined: keys of activities and procedures
    declined = models.JSONField("не относится к организации", default=list, blank=True)
    source_name = models.CharField("файл", max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField("создан")
    created_by = models.CharField("кто создал", max_length=200)
    approved_on = models.DateField("утверждён", null=True, blank=True)
    closed_on = models.DateField("закрыт", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "kind", "title", "status", "year_kind", "start_year", "years", "edition"),
        **official("directions", "basis", "basis_document", "parent_activity", "previous", "abbreviations"),
        **official("source_name", "source_sha256", "created_at", "approved_on", "closed_on", "declined"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "план"
        verbose_name_plural = "планы"
        ordering = ["-start_year", "title", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(years__gte=1, years__lte=5), name="plan_years_within_bounds"),
        ]


class PlanSection(models.Model):
    """A section of a plan, numbered as printed."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField("порядок")
    number = models.CharField("номер", max_length=40, blank=True)
    title = models.CharField("название", max_length=1000)
    direction = models.CharField("направление", max_length=40, blank=True)
    cycle_part = models.CharField("часть цикла", max_length=40, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "plan", "parent", "position", "number", "title", "direction", "cycle_part"
    )

    class Meta:
        verbose_name = "раздел плана"
        verbose_name_plural = "разделы плана"
        ordering = ["position"]

    @property
    def path(self) -> tuple[PlanSection, ...]:
        """Sections from the top down, itself last. No queries when the parents were read with it."""
        return (*(self.parent.path if self.parent else ()), self)


class Activity(models.Model):
    """A row of a plan. `number` is raw and never a key; `lineage` stays the same over editions and years.

    `terms_raw` is the phrase as printed, `terms_text` the phrase that holds (a person corrects it by a clearer one);
    `terms` keeps what `intake.terms` made of it, one object a year of the plan.

    `source` makes it a linked row: an activity of a plan above that the organization took into its own; `taken` is what
    that activity said when the organization last looked at it.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="activities")
    section = models.ForeignKey(PlanSection, models.SET_NULL, null=True, blank=True, related_name="activities")
    lineage = models.UUIDField("постоянный ключ", default=uuid.uuid4, editable=False, db_index=True)
    position = models.PositiveIntegerField("порядок")
    number = models.CharField("номер", max_length=40, blank=True)
    label = models.CharField("метка строки", max_length=300, blank=True)
    title = models.TextField("мероприятие")
    terms_raw = models.TextField("срок в документе", blank=True)
    terms_text = models.TextField("срок", blank=True)
    terms = models.JSONField("разбор срока", default=list, blank=True)
    responsible_raw = models.TextField("ответственные в документе", blank=True)
    deliverable_raw = models.TextField("результат в документе", blank=True)
    direction = models.CharField("направление", max_length=40, blank=True)
    direction_source = models.CharField("откуда направление", max_length=20, blank=True)
    cycle_part = models.CharField("часть цикла", max_length=40, blank=True)
    cycle_part_source = models.CharField("откуда часть цикла", max_length=20, blank=True)
    duration_days = models.PositiveSmallIntegerField("рабочих дней", null=True, blank=True)
    origin_kind = models.CharField("чем вызвано", max_length=40, blank=True)
    origin_id = models.CharField(max_length=40, blank=True)
    origin_label = models.CharField("основание", max_length=300, blank=True)
    source = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="linked_rows",
        verbose_name="чьё это мероприятие",
    )
    taken = models.JSONField("что взято", default=dict, blank=True)
    warnings = models.JSONField("замечания разбора", default=list, blank=True)
    dropped_at = models.DateTimeField("исключено", null=True, blank=True)
    dropped_reason = models.CharField("почему исключено", max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "plan", "section", "lineage", "position", "number", "label", "title", "terms_raw", "terms_text", "terms",
        "responsible_raw", "deliverable_raw", "direction", "direction_source", "cycle_part", "cycle_part_source",
        "duration_days", "origin_kind", "origin_id", "origin_label", "source", "taken", "warnings", "dropped_at",
        "dropped_reason",
    )  # fmt: skip

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "lineage"], name="activity_lineage_unique")]


class ActivityUnit(models.Model):
    """Who is responsible, as printed and as understood. The first is the lead unless a person says otherwise."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="units")
    position = models.PositiveSmallIntegerField("порядок")
    raw = models.CharField("как в документе", max_length=500)
    role = models.CharField("роль", max_length=20, choices=UnitRole, default=UnitRole.CO)
    kind = models.CharField("вид", max_length=20, choices=UnitKind, default=UnitKind.UNKNOWN)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField("виды организаций", max_length=60, blank=True)
    qualifier = models.CharField("уточнение", max_length=300, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "activity", "position", "raw", "role", "kind", "organization", "department", "body"),
        **official("group", "qualifier"),
        **personal("appointment"),
    }

    class Meta:
        verbose_name = "ответственный мероприятия"
        verbose_name_plural = "ответственные мероприятия"
        ordering = ["position"]


class Deliverable(models.Model):
    """A result of an activity: text, kind (`definitions/plans`), where it goes."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="deliverables")
    position = models.PositiveSmallIntegerField("порядок")
    text = models.CharField("результат", max_length=1000)
    kind = models.CharField("вид", max_length=40, blank=True)
    destination = models.CharField("назначение", max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = official("id", "activity", "position", "text", "kind", "destination")

    class Meta:
        verbose_name = "результат мероприятия"
        verbose_name_plural = "результаты мероприятий"
        ordering = ["position"]


class Dependency(models.Model):
    """`successor` needs the result of `predecessor` (finish to start, `lag_days` working days between)."""

    predecessor = models.ForeignKey(Activity, models.CASCADE, related_name="successors")
    successor = models.ForeignKey(Activity, models.CASCADE, related_name="predecessors")
    state = models.CharField("состояние", max_length=20, choices=DependencyState, default=DependencyState.PROPOSED)
    reason = models.CharField("почему", max_length=500, blank=True)
    lag_days = models.PositiveSmallIntegerField("рабочих дней между", default=0)
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)
    decided_by = models.CharField("кто решил", max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "predecessor", "successor", "state", "reason", "lag_days", "decided_at"),
        **personal("decided_by"),
    }

    class Meta:
        verbose_name = "зависимость"
        verbose_name_plural = "зависимости"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="dependency_unique"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="dependency_of_two_activities"
            ),
        ]
