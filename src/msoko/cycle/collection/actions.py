"""Loading results: opened, answered, accepted or discarded; batches withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from msoko.cycle.collection.models import (
    Batch,
    BatchOrganization,
    ControlSummary,
    CurrentBatch,
    ImportAnswer,
    ImportFile,
    ImportSession,
)
from msoko.cycle.collection.rules import require_open
from msoko.cycle.procedures.api import campaign_title
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.jobs.api import asked_by, enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.models import Organization

MAX_FILES = 1000
MAX_BYTES = 1024**3


@transaction.atomic
def open_import(act: Act, *, organization: Organization, files: Sequence[tuple[str, bytes]]) -> ImportSession:
    """Keep the sent files aside and ask the worker to read them. Nothing of them is a result yet."""
    require(act, Permission.IMPORT_RESULTS, organization)
    require_within_limits(files)
    session = ImportSession.objects.create(
        organization=organization,
        created_at=act.at,
        created_by=act.actor.actor_label,
        created_by_id=act.actor.actor_id,
    )
    session.uploads = _fresh_uploads(session, files)
    record(
        act, "collection.import.opened", kind="import", object_id=session.pk, organization=organization,
        details={"files": len(files)},
    )  # fmt: skip
    _read_again(act, session, "Чтение файлов")
    return session


def require_within_limits(files: Sequence[tuple[str, bytes]], already: int = 0) -> None:
    """Refuse an import of nothing, of too many files, of too much.

    Raises:
        RefusedError: with what to do.
    """
    if not files:
        raise RefusedError("Не выбрано ни одного файла.", "Перетащите файлы Excel, CSV или архив ZIP.")
    if already + len(files) > MAX_FILES:
        raise RefusedError(f"Файлов больше {MAX_FILES}.", "Загрузите их частями или одним архивом ZIP.")
    if sum(len(data) for _, data in files) > MAX_BYTES:
        raise RefusedError("Файлы вместе больше 1 ГБ.", "Загрузите их частями.")


def _fresh_uploads(session: ImportSession, files: Sequence[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """Files kept aside: the same content once, every one under a name of its own."""
    known = {upload["sha256"] for upload in session.uploads}
    names = {upload["name"] for upload in session.uploads}
    fresh = []
    for name, data in files:
        upload = _keep_aside(session, _own_name(name, names), data)
        if upload["sha256"] not in known:
            fresh.append(upload)
            known.add(upload["sha256"])
            names.add(upload["name"])
    return fresh


def _own_name(name: str, taken: set[str]) -> str:
    """«11.xlsx», «11 (2).xlsx»… for files of one name from different folders."""
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{stem or ending} ({number}){dot}{ending if stem else ''}"
    return candidate


def _keep_aside(session: ImportSession, name: str, data: bytes) -> dict[str, Any]:
    stored = default_storage().write(f"uploads/{session.pk}", data, ".upload")
    digest = hashlib.sha256(data).hexdigest()
    return {"name": name[-400:], "stored": stored, "sha256": digest, "size": len(data)}


def _read_again(act: Act, session: ImportSession, title: str) -> None:
    session.read_at = None
    session.job = enqueue(
        act,
        "collection.read_files",
        title=f"{title}: загрузка № {session.pk}",
        organization=session.organization,
        payload={"session": session.pk},
    )
    session.save(update_fields=["uploads", "read_at", "job", "version"])


@transaction.atomic
def add_files(act: Act, *, session: ImportSession, files: Sequence[tuple[str, bytes]], version: int) -> None:
    """Add files to an open import and read it again."""
    session = _locked(act, session, version)
    require_within_limits(files, len(session.uploads))
    fresh = _fresh_uploads(session, files)
    if not fresh:
        raise RefusedError("Эти файлы уже есть в загрузке.", "Выберите другие файлы.")
    session.uploads = [*session.uploads, *fresh]
    session.version += 1
    record(
        act, "collection.import.extended", kind="import", object_id=session.pk, organization=session.organization,
        details={"files": [upload["name"] for upload in fresh]},
    )  # fmt: skip
    _read_again(act, session, "Чтение файлов")


@transaction.atomic
def answer_questions(act: Act, *, session: ImportSession, answers: dict[str, Any], version: int) -> None:
    """Keep answers (question key → answer) and read the files again with them.

    Answers: {"organization": id} or {"skip": true}; {"procedure", "subject", "grade_level", "year"}; {"roles": {…}}.
    """
    session = _locked(act, session, version)
    if not answers:
        raise RefusedError("Ответы не заполнены.")
    for question, answer in answers.items():
        ImportAnswer.objects.update_or_create(
            session=session,
            question=question,
            defaults={"answer": answer, "answered_at": act.at, "answered_by": act.actor.actor_label},
        )
    session.version += 1
    record(
        act, "collection.import.answered", kind="import", object_id=session.pk, organization=session.organization,
        details={"questions": len(answers)},
    )  # fmt: skip
    _read_again(act, session, "Проверка ответов")


@transaction.atomic
def exclude_file(act: Act, *, session: ImportSession, file: ImportFile, version: int, is_excluded: bool = True) -> None:
    """Leave a file out of the acceptance, or take it back."""
    session = _locked(act, session, version)
    ImportFile.objects.filter(pk=file.pk, session=session).update(is_excluded=is_excluded)
    session.version += 1
    record(
        act, "collection.file.excluded" if is_excluded else "collection.file.included", kind="file", object_id=file.pk,
        label=file.name, organization=session.organization,
    )  # fmt: skip
    _read_again(act, session, "Проверка")


@transaction.atomic
def accept_import(
    act: Act, *, session: ImportSession, version: int, only_good: bool = False, without_asked: bool = False
) -> None:
    """Ask the worker to store the results.

    `without_asked` leaves out files with unanswered questions, `only_good` also those with errors.
    """
    session = _locked(act, session, version)
    if session.read_at is None:
        raise RefusedError("Файлы ещё читаются.", "Дождитесь окончания чтения.")
    if session.preview.get("questions") and not (only_good or without_asked):
        raise RefusedError("Есть вопросы без ответа.", "Ответьте на них или примите только понятные файлы.")
    if not any(session.preview.get(part) for part in ("campaigns", "summaries", "specifications")):
        raise RefusedError("Принимать нечего: ни один файл не понятен.", "Посмотрите замечания к файлам.")
    session.version += 1
    session.job = enqueue(
        act,
        "collection.accept",
        title=f"Приём результатов: загрузка № {session.pk}",
        organization=session.organization,
        payload={
            "session": session.pk,
            "actor": asked_by(act),
            "only_good": only_good,
            "without_asked": without_asked,
            "version": session.version,
        },
    )
    session.save(update_fields=["version", "job"])


@transaction.atomic
def read_again(act: Act, *, session: ImportSession, version: int) -> None:
    """Read the files anew: after a failure, or when the registry has changed."""
    session = _locked(act, session, version)
    session.version += 1
    record(act, "collection.import.reread", kind="import", object_id=session.pk, organization=session.organization)
    _read_again(act, session, "Повторное чтение")


@transaction.atomic
def discard_import(act: Act, *, session: ImportSession, version: int) -> None:
    """Forget an import that is not accepted; its files are removed."""
    session = _locked(act, session, version)
    uploads = session.uploads
    session.discarded_at = act.at
    session.uploads = []
    session.version += 1
    session.save(update_fields=["discarded_at", "uploads", "version"])
    record(act, "collection.import.discarded", kind="import", object_id=session.pk, organization=session.organization)
    transaction.on_commit(lambda: remove_uploads(uploads))


def remove_uploads(uploads: Sequence[dict[str, Any]]) -> None:
    """Remove files that were kept aside."""
    for upload in uploads:
        default_storage().delete(upload["stored"])


@transaction.atomic
def withdraw_batch(act: Act, *, batch: Batch, basis: str) -> None:
    """Take accepted results back on a basis; what they had superseded speaks again."""
    batch = (
        Batch.objects.select_for_update(of=("self",))
        .select_related("session__organization", "campaign")
        .get(pk=batch.pk)
    )
    require(act, Permission.WITHDRAW_RESULTS, batch.session.organization)
    if batch.withdrawn_at:
        raise RefusedError("Эта партия уже отозвана.")
    if not basis.strip():
        raise RefusedError("Не указано основание отзыва.", "Напишите, почему результаты отзываются.")
    batch.withdrawn_at = act.at
    batch.withdrawn_by = act.actor.actor_label
    batch.withdrawal_basis = basis.strip()[:300]
    batch.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_basis"])
    CurrentBatch.objects.filter(batch=batch).delete()
    restore_superseded(batch)
    record(
        act, "collection.batch.withdrawn", kind="batch", object_id=batch.pk, label=campaign_title(batch.campaign),
        organization=batch.session.organization, details={"basis": batch.withdrawal_basis},
    )  # fmt: skip
    enqueue(
        act,
        "analysis.compute",
        title=f"Расчёт: {campaign_title(batch.campaign)}",
        organization=batch.campaign.owner,
        payload={"campaign": batch.campaign_id},
    )


@transaction.atomic
def withdraw_summary(act: Act, *, summary: ControlSummary, basis: str) -> None:
    """Take an accepted summary report back on a basis; the campaign is computed without it."""
    summary = (
        ControlSummary.objects.select_for_update(of=("self",))
        .select_related("session__organization", "campaign__owner")
        .get(pk=summary.pk)
    )
    require(act, Permission.WITHDRAW_RESULTS, summary.session.organization)
    if summary.withdrawn_at:
        raise RefusedError("Этот отчёт уже отозван.")
    if not basis.strip():
        raise RefusedError("Не указано основание отзыва.", "Напишите, почему отчёт отзывается.")
    summary.withdrawn_at = act.at
    summary.withdrawn_by = act.actor.actor_label
    summary.withdrawal_basis = basis.strip()[:300]
    summary.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_basis"])
    record(
        act, "collection.summary.withdrawn", kind="summary", object_id=summary.pk,
        label=campaign_title(summary.campaign), organization=summary.session.organization,
        details={"basis": summary.withdrawal_basis},
    )  # fmt: skip
    enqueue(
        act,
        "analysis.compute",
        title=f"Расчёт: {campaign_title(summary.campaign)}",
        organization=summary.campaign.owner,
        payload={"campaign": summary.campaign_id},
    )


def restore_superseded(batch: Batch) -> None:
    """After a withdrawal the latest earlier batch of each organization becomes current again."""
    for organization in batch.organizations.values_list("organization_id", flat=True):
        earlier = (
            BatchOrganization.objects.filter(
                organization_id=organization, batch__campaign_id=batch.campaign_id, batch__withdrawn_at__isnull=True
            )
            .select_related("batch")
            .order_by("-batch_id")
            .first()
        )
        if earlier:
            CurrentBatch.objects.update_or_create(
                campaign_id=batch.campaign_id,
                organization_id=organization,
                defaults={"batch": earlier.batch, "participant_count": earlier.participant_count},
            )


def _locked(act: Act, session: ImportSession, version: int | None) -> ImportSession:
    """The session under a lock, after the checks that every change needs."""
    locked = ImportSession.objects.select_for_update(of=("self",)).select_related("organization").get(pk=session.pk)
    require(act, Permission.IMPORT_RESULTS, locked.organization)
    require_open(locked, version)
    return locked
