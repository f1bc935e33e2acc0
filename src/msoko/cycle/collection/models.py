"""Imports, batches of results and what is current. A batch is immutable; accepting another one supersedes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.procedures.models import Campaign
from msoko.foundation.jobs.models import Job
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class ImportSession(models.Model):
    """One loading of files: read → questions answered → accepted or discarded. Nothing is stored before acceptance."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")  # municipality or a school
    created_at = models.DateTimeField("начата")
    created_by = models.CharField("кто загрузил", max_length=200)
    created_by_id = models.CharField(max_length=40, db_index=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField("прочитана", null=True)
    accepted_at = models.DateTimeField("принята", null=True)
    accepted_by = models.CharField("кто принял", max_length=200, blank=True)
    discarded_at = models.DateTimeField("отменена", null=True)
    #: what was sent, until accepted or discarded: [{"name", "stored", "sha256", "size"}]
    uploads = models.JSONField("отправленные файлы", default=list)
    #: what was understood, for the page: campaigns, questions, counts (`collection.preview`)
    preview = models.JSONField("что понято", default=dict)
    #: grows with every answer; two people answering at once see a conflict, not a lost answer
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "organization", "created_at", "job", "read_at", "accepted_at", "discarded_at", "version"),
        **official("uploads", "preview"),
        **personal("created_by", "created_by_id", "accepted_by"),
    }

    class Meta:
        verbose_name = "загрузка"
        verbose_name_plural = "загрузки"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(accepted_at__isnull=True) & models.Q(accepted_by=""))
                | (models.Q(accepted_at__isnull=False) & ~models.Q(accepted_by="")),
                name="import_accepted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(discarded_at__isnull=True),
                name="import_accepted_or_discarded",
            ),
        ]


class ImportFile(models.Model):
    """A file of a session. `stored_name` is the copy without names and identity documents of pupils."""

    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="files")
    name = models.CharField("файл", max_length=400)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("размер")
    layout = models.CharField("вид файла", max_length=60, blank=True)
    stored_name = models.CharField("копия", max_length=300, blank=True)
    understood = models.JSONField("что понято", default=dict)
    problems = models.JSONField("замечания", default=list)
    is_excluded = models.BooleanField("не принимать", default=False)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "session", "name", "sha256", "size", "layout", "stored_name", "understood", "problems", "is_excluded"
    )

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        ordering = ["id"]


class ImportAnswer(models.Model):
    """A person's answer to a question of a session: organization of a name, campaign of a file, columns of a table."""

    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="answers")
    question = models.CharField("вопрос", max_length=300)
    answer = models.JSONField("ответ")
    answered_at = models.DateTimeField("когда")
    answered_by = models.CharField("кто", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "session", "question", "answer", "answered_at"),
        **personal("answered_by"),
    }

    class Meta:
        verbose_name = "ответ"
        verbose_name_plural = "ответы"
        constraints = [models.UniqueConstraint(fields=["session", "question"], name="import_answer_unique")]


class RememberedMapping(models.Model):
    """Columns of a layout that people mapped once: fingerprint of the header → roles of columns."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    roles = models.JSONField("столбцы")
    decided_at = models.DateTimeField("когда решено")
    decided_by = models.CharField("кто решил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "organization", "fingerprint", "roles", "decided_at"),
        **personal("decided_by"),
    }

    class Meta:
        verbose_name = "соответствие столбцов"
        verbose_name_plural = "соответствия столбцов"
        constraints = [models.UniqueConstraint(fields=["organization", "fingerprint"], name="mapping_unique")]


class Batch(models.Model):
    """Accepted rows of a campaign: an immutable Parquet file named by its content."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    session = models.ForeignKey(ImportSession, models.PROTECT, related_name="batches")
    stored_name = models.CharField("файл партии", max_length=300)
    sha256 = models.CharField(max_length=64)
    item_labels = models.JSONField("задания", default=list)
    #: otherwise they follow from raw scores by the specification that is chosen now
    gives_marks = models.BooleanField("отметки даны в файлах", default=False)
    gives_levels = models.BooleanField("уровни даны в файлах", default=False)
    row_count = models.PositiveIntegerField("строк")
    participant_count = models.PositiveIntegerField("участников")
    absent_count = models.PositiveIntegerField("отсутствовали", default=0)
    accepted_at = models.DateTimeField("принята")
    accepted_by = models.CharField("кто принял", max_length=200)
    withdrawn_at = models.DateTimeField("отозвана", null=True)
    withdrawn_by = models.CharField("кто отозвал", max_length=200, blank=True)
    withdrawal_basis = models.CharField("основание отзыва", max_length=300, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "campaign", "session", "stored_name", "sha256", "item_labels", "row_count"),
        **official("participant_count", "absent_count", "accepted_at", "withdrawn_at", "withdrawal_basis"),
        **official("gives_marks", "gives_levels"),
        **personal("accepted_by", "withdrawn_by"),
    }

    class Meta:
        verbose_name = "партия результатов"
        verbose_name_plural = "партии результатов"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(withdrawn_at__isnull=True) & models.Q(withdrawn_by=""))
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
                name="batch_withdrawn_at_and_by_together",
            ),
        ]


class BatchOrganization(models.Model):
    """An organization of a batch with its count of participants: what the batch says, current or not."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="organizations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    participant_count = models.PositiveIntegerField("участников")
    #: rows with a participant code printed in the files; None in batches accepted before it was counted
    coded_count = models.PositiveIntegerField("строк с кодом участника", null=True)

    privacy: ClassVar[dict[str, Privacy]] = official("id", "batch", "organization", "participant_count", "coded_count")

    class Meta:
        verbose_name = "организация партии"
        verbose_name_plural = "организации партии"
        constraints = [models.UniqueConstraint(fields=["batch", "organization"], name="batch_organization_unique")]


class CurrentBatch(models.Model):
    """The switch: which batch speaks for an organization in a campaign. One row a campaign × organization."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="current_for")
    participant_count = models.PositiveIntegerField("участников")

    privacy: ClassVar[dict[str, Privacy]] = official("id", "campaign", "organization", "batch", "participant_count")

    class Meta:
        verbose_name = "действующая партия"
        verbose_name_plural = "действующие партии"
        constraints = [models.UniqueConstraint(fields=["campaign", "organization"], name="current_batch_unique")]


class ControlSummary(models.Model):
    """A summary report of the federal system: control totals, and the figures of region and country."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    session = models.ForeignKey(ImportSession, models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=20)
    is_verified_layout = models.BooleanField("структура подтверждена", default=True)
    file_name = models.CharField("файл", max_length=400, blank=True)
    rows = models.JSONField("строки", default=list)
    declared_max_score = models.PositiveSmallIntegerField("максимальный первичный балл", null=True)
    #: items that the report names: [{"label", "max_score"}]
    items = models.JSONField("задания", default=list)
    accepted_at = models.DateTimeField("принята")
    accepted_by = models.CharField("кто принял", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField("отозван", null=True)
    withdrawn_by = models.CharField("кто отозвал", max_length=200, blank=True)
    withdrawal_basis = models.CharField("основание отзыва", max_length=300, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "campaign", "session", "kind", "is_verified_layout", "file_name", "rows", "accepted_at"),
        **official("declared_max_score", "items", "withdrawn_at", "withdrawal_basis"),
        **personal("accepted_by", "withdrawn_by"),
    }

    class Meta:
        verbose_name = "сводный отчёт"
        verbose_name_plural = "сводные отчёты"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(withdrawn_at__isnull=True) & models.Q(withdrawn_by=""))
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
                name="summary_withdrawn_at_and_by_together",
            ),
        ]


class PupilLink(models.Model):
    """A school's own code list: participant key of a campaign → keyed hash of its permanent pupil number."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    participant = models.BinaryField("ключ участника", max_length=16)
    pupil = models.BinaryField("ключ обучающегося", max_length=16)

    privacy: ClassVar[dict[str, Privacy]] = official("id", "organization", "campaign", "participant", "pupil")

    class Meta:
        verbose_name = "связь кодов"
        verbose_name_plural = "связи кодов"
        constraints = [
            models.UniqueConstraint(fields=["organization", "campaign", "participant"], name="pupil_link_unique")
        ]


class MedalCandidate(models.Model):
    """A pupil whom the school puts up for the medal: keyed hash of the number, year of graduation, degree."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    graduation_year = models.PositiveSmallIntegerField("год выпуска")
    pupil = models.BinaryField("ключ обучающегося", max_length=16)
    degree = models.PositiveSmallIntegerField("степень медали")
    marked_at = models.DateTimeField("когда отмечен")
    marked_by = models.CharField("кто отметил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "organization", "graduation_year", "pupil", "degree", "marked_at"),
        **personal("marked_by"),
    }

    class Meta:
        verbose_name = "претендент на медаль"
        verbose_name_plural = "претенденты на медаль"
        constraints = [
            models.UniqueConstraint(fields=["organization", "graduation_year", "pupil"], name="medal_candidate_unique")
        ]
