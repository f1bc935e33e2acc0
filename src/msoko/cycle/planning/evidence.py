"""What proves that a task is done: checked, stored, attached, taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from msoko.cycle.planning.enums import EvidenceKind, UnitRole
from msoko.cycle.planning.models import Assignment, Deliverable, Evidence
from msoko.cycle.planning.tasks_locked import label_of, locked, refuse_released, require_reporter
from msoko.cycle.regulations.api import RegisteredDocument
from msoko.foundation.access.api import Permission, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage

PREFIX = "evidence"
_OFFICE_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: first bytes of the kinds that may be attached
_SIGNS = {
    **dict.fromkeys(("docx", "odt", "xlsx", "ods", "pptx", "odp", "zip"), _OFFICE_ZIP),
    **dict.fromkeys(("doc", "xls"), _OLE),
    "pdf": b"%PDF", "rtf": b"{\\rtf", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """What a person gives: a document with number and date, a file, a link or a document of the register."""

    title: str = ""
    number: str = ""
    signed_on: Any = None
    link: str = ""
    file_name: str = ""
    file: bytes = b""
    document: RegisteredDocument | None = None
    deliverable: Deliverable | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.title.strip() or self.number.strip() or self.link or self.file_name or self.document)

    @property
    def kind(self) -> EvidenceKind:
        if self.file_name:
            return EvidenceKind.FILE
        return EvidenceKind.LINK if self.link and not self.number else EvidenceKind.DOCUMENT


def is_required(row: Assignment) -> bool:
    """The lead closes a task by the document that the plan names as its result; co-executors may do without."""
    return row.role == UnitRole.LEAD and row.occurrence.activity.deliverables.exists()


@transaction.atomic
def attach_evidence(act: Act, *, assignment: Assignment, entry: EvidenceEntry) -> Evidence:
    """Attach a proof to a task that is not confirmed yet."""
    row = locked(assignment)
    require_reporter(act, row)
    refuse_released(row)
    if row.confirmed_at is not None:
        raise RefusedError("Исполнение подтверждено: подтверждающие документы больше не меняются.")
    return keep_evidence(act, row, entry)


def keep_evidence(act: Act, row: Assignment, entry: EvidenceEntry) -> Evidence:
    """`attach_evidence` for acts that have taken the row and checked the right to it."""
    key = _checked(act, entry)
    kept = Evidence.objects.create(
        assignment=row,
        deliverable=entry.deliverable if _belongs(entry.deliverable, row) else None,
        kind=entry.kind,
        document=entry.document,
        title=_title(entry),
        number=(entry.number or (entry.document.number if entry.document else "")).strip()[:60],
        signed_on=entry.signed_on or (entry.document.signed_on if entry.document else None),
        file_key=key,
        file_name=_safe_name(entry.file_name),
        link=entry.link[:500],
        attached_at=act.at,
        attached_by=act.actor.actor_label,
    )
    record(
        act, "planning.evidence.attached", kind="assignment", object_id=row.pk, label=label_of(row.occurrence),
        organization=row.organization or row.occurrence.activity.plan.owner, details={"title": kept.title},
    )  # fmt: skip
    return kept


@transaction.atomic
def withdraw_evidence(act: Act, *, evidence: Evidence) -> None:
    """Take a proof back; the row stays for the history."""
    row = locked(evidence.assignment)
    require_reporter(act, row)
    if row.done_on is not None:
        raise RefusedError("Задача отмечена исполненной.", "Сначала отмените отметку об исполнении.")
    if not Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=True).update(withdrawn_at=act.at):
        return
    record(
        act, "planning.evidence.withdrawn", kind="assignment", object_id=row.pk, label=label_of(row.occurrence),
        organization=row.organization or row.occurrence.activity.plan.owner, details={"title": evidence.title},
    )  # fmt: skip


def _checked(act: Act, entry: EvidenceEntry) -> str:
    """The entry is one that may be kept; a file is stored, its name is given back."""
    if entry.is_empty:
        raise RefusedError("Подтверждение пустое.", "Укажите документ, приложите файл или ссылку.")
    if entry.document and not scope_for(act).may(Permission.SEE_DOCUMENTS, entry.document.owner):
        raise ForbiddenError
    if entry.link and not re.match(r"https?://", entry.link):
        raise RefusedError("Ссылка не похожа на адрес страницы.", "Адрес начинается с https:// или http://.")
    if not entry.file_name:
        return ""
    suffix = check_file(entry.file_name, entry.file)
    return default_storage().write(PREFIX, entry.file, f".{suffix}")


def check_file(name: str, data: bytes) -> str:
    """The kind of a file that may be attached, in lower case.

    Raises:
        RefusedError: empty, too large, of a kind that is not taken, or not what its name says.
    """
    policy = execution_policy()
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix not in policy.suffixes:
        raise RefusedError(
            f"Файл «{_safe_name(name)}» такого вида не принимается.", f"Можно приложить: {', '.join(policy.suffixes)}."
        )
    if not data:
        raise RefusedError(f"Файл «{_safe_name(name)}» пустой.", "Проверьте, открывается ли он на вашем компьютере.")
    if len(data) > policy.max_bytes:
        raise RefusedError(
            f"Файл «{_safe_name(name)}» больше {policy.max_bytes // 2**20} МБ.",
            "Уменьшите скан (150 точек на дюйм достаточно) или приложите ссылку.",
        )
    if not data.startswith(_SIGNS.get(suffix, b"")):
        raise RefusedError(
            f"Содержимое файла «{_safe_name(name)}» не соответствует расширению .{suffix}.",
            "Откройте файл, сохраните его заново в нужном формате и приложите.",
        )
    return suffix


def _safe_name(name: str) -> str:
    """A file name without folders and control characters."""
    bare = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[\x00-\x1f\"<>|:*?]", "", bare).strip()[-200:]


def _title(entry: EvidenceEntry) -> str:
    named = entry.title.strip() or (entry.document.title if entry.document else "")
    return (named or (entry.deliverable.text if entry.deliverable else "") or entry.file_name or entry.link)[:500]


def _belongs(deliverable: Deliverable | None, row: Assignment) -> bool:
    return deliverable is not None and deliverable.activity_id == row.occurrence.activity_id
