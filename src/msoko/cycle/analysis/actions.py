"""Reports: generated, edited, issued. Runs are made by the worker (`computing`)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable

from django.db import transaction

from msoko.cycle.analysis.drafting import current_document, generated_documents, report_title
from msoko.cycle.analysis.models import Report, ReportEdit, ReportIssue, Run
from msoko.cycle.analysis.results import latest_run
from msoko.cycle.analysis.rules import sees_report
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.access.api import Permission, require, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.jobs.api import Job, asked_by, enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.models import Organization
from qualimetry.narrative.edits import text_of
from qualimetry.narrative.serial import document_from_json, document_to_json

MAX_EDIT = 20_000
MAX_ATTACHED = 50 * 2**20


class EditConflictError(RefusedError):
    """Another person has changed the text meanwhile; `now` is what stands there."""

    def __init__(self, now: str) -> None:
        super().__init__(
            "Этот текст тем временем изменил другой сотрудник.", "Сравните тексты и сохраните нужный вариант."
        )
        self.now = now


@transaction.atomic
def ask_for_run(act: Act, *, campaign: Campaign) -> Job:
    """Compute the campaign anew (after a change of the specification or of thresholds)."""
    require(act, Permission.EDIT_REPORTS, campaign.owner)
    record(
        act, "analysis.run.asked", kind="campaign", object_id=campaign.pk, label=campaign_title(campaign),
        organization=campaign.owner,
    )  # fmt: skip
    return enqueue(
        act,
        "analysis.compute",
        title=f"Расчёт: {campaign_title(campaign)}",
        organization=campaign.owner,
        payload={"campaign": campaign.pk},
    )


@transaction.atomic
def draft_report(act: Act, *, campaign: Campaign, organization: Organization) -> Report:
    """Generate the report anew from the latest run; edits stay."""
    return draft_reports(act, campaign=campaign, organizations=[organization])[0]


@transaction.atomic
def draft_reports(act: Act, *, campaign: Campaign, organizations: Iterable[Organization]) -> list[Report]:
    """Generate reports for many organizations from one reading of the run."""
    wanted = list(organizations)
    scope = scope_for(act)
    for organization in wanted:
        require(act, Permission.EDIT_REPORTS, organization)
        if not sees_report(scope, campaign, organization):
            raise ForbiddenError
    run = latest_run(campaign)
    if run is None:
        raise RefusedError("Результатов ещё нет.", "Загрузите файлы результатов и дождитесь расчёта.")
    return [
        _store_draft(act, campaign, organization, run, document_to_json(document))
        for organization, document in generated_documents(run, wanted)
    ]


def _store_draft(
    act: Act, campaign: Campaign, organization: Organization, run: Run, document: dict[str, object]
) -> Report:
    report, _ = Report.objects.update_or_create(
        campaign=campaign,
        organization=organization,
        defaults={"run": run, "document": document, "generated_at": act.at},
    )
    record(
        act, "analysis.report.created", kind="report", object_id=report.pk, label=report_title(report),
        organization=organization, details={"run": run.pk},
    )  # fmt: skip
    return report


@transaction.atomic
def edit_block(act: Act, *, report: Report, key: str, text: str, seen: str) -> ReportEdit | None:
    """Put a person's text in place of a block; the generated text again takes the edit away.

    `seen` is the text that the person had before them: another person's newer text is not overwritten in silence.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "organization").get(pk=report.pk)
    require(act, Permission.EDIT_REPORTS, report.organization)
    if len(text) > MAX_EDIT:
        raise RefusedError("Текст слишком длинный.", f"Не более {MAX_EDIT} знаков в одном месте справки.")
    original = generated_texts(report).get(key)
    if original is None:
        raise RefusedError("Этого места в справке больше нет.", "Обновите страницу.")
    known = report.edits.filter(block_key=key).first()
    now = known.text if known else original
    if _lines(seen) != _lines(now):
        raise EditConflictError(now)
    text = _lines(text)
    record(
        act, "analysis.report.edited", kind="report", object_id=report.pk, label=report_title(report),
        organization=report.organization, details={"block": key},
    )  # fmt: skip
    if text == _lines(original):
        report.edits.filter(block_key=key).delete()
        return None
    edit, _ = ReportEdit.objects.update_or_create(
        report=report,
        block_key=key,
        defaults={
            "original": original,
            "text": text,
            "edited_at": act.at,
            "edited_by": act.actor.actor_label,
        },
    )
    return edit


@transaction.atomic
def resolve_conflict(act: Act, *, report: Report, key: str, keeps_edit: bool) -> None:
    """After regeneration: keep the person's text over the new generated one, or take the generated one."""
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "organization").get(pk=report.pk)
    require(act, Permission.EDIT_REPORTS, report.organization)
    generated = generated_texts(report)
    edit = report.edits.filter(block_key=key).first()
    if edit is None:
        raise RefusedError("Это место уже выбрано.", "Обновите страницу.")
    if keeps_edit and key in generated:
        edit.original = generated[key]
        edit.save(update_fields=["original"])
    else:
        edit.delete()
    record(
        act, "analysis.report.edited", kind="report", object_id=report.pk, label=report_title(report),
        organization=report.organization, details={"block": key, "kept": keeps_edit},
    )  # fmt: skip


def generated_texts(report: Report) -> dict[str, str]:
    """Texts of the draft as they were generated, by the keys of their places."""
    document = document_from_json(report.document)
    texts = {block.key: text_of(block) for block in (*document.blocks, *document.annexes)}
    return {key: text for key, text in texts.items() if text is not None}


@transaction.atomic
def ask_for_issue(act: Act, *, report: Report) -> Job:
    """Freeze the report as it is now: the worker prints this very document, whatever is edited meanwhile."""
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "organization").get(pk=report.pk)
    require(act, Permission.ISSUE_REPORTS, report.organization)
    document, conflicts = current_document(report)
    if conflicts:
        raise RefusedError(
            "После пересчёта изменились места, которые вы правили.", "Сравните тексты и выберите нужный в каждом месте."
        )
    frozen = json.dumps(document_to_json(document), ensure_ascii=False).encode()
    job = enqueue(
        act,
        "analysis.issue",
        title=f"Выпуск справки: {report_title(report)}",
        organization=report.organization,
        payload={
            "report": report.pk,
            "run": report.run_id,
            "document": default_storage().write("reports", frozen, ".json"),
            "actor": asked_by(act),
        },
    )
    report.job = job
    report.save(update_fields=["job"])
    return job


@transaction.atomic
def store_issue(
    act: Act, *, report: Report, run_id: int, word_name: str, pdf_name: str, document: dict[str, object]
) -> ReportIssue:
    """Write an issue down. Its files are stored already."""
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "organization").get(pk=report.pk)
    require(act, Permission.ISSUE_REPORTS, report.organization)
    issue = ReportIssue.objects.create(
        report=report,
        number=report.issues.count() + 1,
        run_id=run_id,
        document=document,
        word_name=word_name,
        pdf_name=pdf_name,
        issued_at=act.at,
        issued_by=act.actor.actor_label,
    )
    record(
        act, "analysis.report.issued", kind="report", object_id=report.pk, label=report_title(report),
        organization=report.organization, details={"number": issue.number},
    )  # fmt: skip
    return issue


@transaction.atomic
def attach_word(act: Act, *, issue: ReportIssue, data: bytes) -> None:
    """Keep the Word file in which a person finished the text, beside the files of the issue."""
    require(act, Permission.ISSUE_REPORTS, issue.report.organization)
    if len(data) > MAX_ATTACHED:
        raise RefusedError("Файл слишком велик.", f"Приложите файл Word до {MAX_ATTACHED // 2**20} МБ.")
    if not _is_word(data):
        raise RefusedError("Это не файл Word (.docx).", "Сохраните документ в Word как «Документ Word (.docx)».")
    issue.attached_name = default_storage().write("reports", data, ".docx")
    issue.attached_at, issue.attached_by = act.at, act.actor.actor_label
    issue.save(update_fields=["attached_name", "attached_at", "attached_by"])
    record(
        act, "analysis.report.attached", kind="report", object_id=issue.report_id, label=report_title(issue.report),
        organization=issue.report.organization,
        details={"number": issue.number, "sha256": hashlib.sha256(data).hexdigest()},
    )  # fmt: skip


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _lines(text: str) -> str:
    """The text as browsers send it and as it is stored, made alike."""
    return text.replace("\r\n", "\n").strip()


@transaction.atomic
def ask_for_school_reports(act: Act, *, campaign: Campaign) -> Job:
    """Ask the worker for the reports of all organizations as one ZIP."""
    require(act, Permission.EDIT_REPORTS, campaign.owner)
    record(
        act, "analysis.reports.asked", kind="campaign", object_id=campaign.pk, label=campaign_title(campaign),
        organization=campaign.owner,
    )  # fmt: skip
    return enqueue(
        act,
        "analysis.school_reports",
        title=f"Справки организаций: {campaign_title(campaign)}",
        organization=campaign.owner,
        payload={"campaign": campaign.pk, "actor": asked_by(act)},
    )
