"""Long work: asked for in the transaction of an act, done by the worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.foundation.kernel.privacy import Privacy, official, personal


class JobState(models.TextChoices):
    QUEUED = "queued", "В очереди"
    RUNNING = "running", "Выполняется"
    DONE = "done", "Готово"
    FAILED = "failed", "Не выполнено"
    CANCELLED = "cancelled", "Отменено"


class Job(models.Model):
    """One piece of work. The state is stored because two processes agree on it by a conditional update.

    A running job whose heartbeat is old was killed: it is queued again (`attempt` grows) or fails after the third.
    """

    kind = models.CharField("вид", max_length=80)
    title = models.CharField("название", max_length=200)
    payload = models.JSONField("задание", default=dict)
    organization_path = models.CharField(max_length=200, blank=True, db_index=True)
    created_by = models.CharField("кто поставил", max_length=200)
    created_by_id = models.CharField(max_length=40, db_index=True)
    created_at = models.DateTimeField("поставлено")
    state = models.CharField("состояние", max_length=20, choices=JobState, default=JobState.QUEUED, db_index=True)
    attempt = models.PositiveSmallIntegerField("попытка", default=0)
    started_at = models.DateTimeField("начато", null=True)
    heartbeat_at = models.DateTimeField("последний признак работы", null=True)
    finished_at = models.DateTimeField("закончено", null=True)
    cancel_requested_at = models.DateTimeField("просьба отменить", null=True)
    progress_done = models.PositiveIntegerField("сделано", default=0)
    progress_total = models.PositiveIntegerField("всего", default=0)
    progress_note = models.CharField("что делается", max_length=200, blank=True)
    result = models.JSONField("итог", default=dict)
    error = models.TextField("сообщение", blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "kind", "title", "payload", "organization_path", "created_at", "state", "attempt"),
        **official("started_at", "heartbeat_at", "finished_at", "cancel_requested_at", "progress_done"),
        **official("progress_total", "progress_note", "result", "error"),
        **personal("created_by", "created_by_id"),
    }

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ["-id"]

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

    @property
    def progress_percent(self) -> int:
        return round(100 * self.progress_done / self.progress_total) if self.progress_total else 0
