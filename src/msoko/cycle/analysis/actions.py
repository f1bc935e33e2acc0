"""Reports: generated, edited, issued. Runs are made by the worker (`computing`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from msoko.cycle.analysis.drafting import current_document, generated_documents, report_title
from msoko.cycle.analysis.models import Report, ReportEdit, ReportIssue, Run
from msoko.cycle.analysis.results import latest_run
from msoko.cycle.analysis.rules import sees_report
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.access.api import Permission, require, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.jobs.api import Job, enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.models import Organization
from qualimetry.narrative.edits import text_of
from qualimetry.narrative.serial import document_from_json, document_to_json

MAX_EDIT = 20_000


@transaction.atomic
def ask_for_run(act: Act, *, campaign: Campaign) -> Job:
    """Compute the campaign anew (after a change of the specification or of thresholds)."""
    require(act, Permission.EDIT_REPORTS, campaign.owner)
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
    generated = document_from_json(report.document)
    originals = {block.key: text_of(block) for block in (*generated.blocks, *generated.annexes)}
    original = originals.get(key)
    if original is None:
        raise RefusedError("Этого места в справке больше нет.", "Обновите страницу.")
    known = report.edits.filter(block_key=key).first()
    if seen != (known.text if known else original):
        raise RefusedError("Этот текст тем временем изменил другой сотрудник.", "Обновите страницу и сравните тексты.")
    record(
        act, "analysis.report.edited", kind="report", object_id=report.pk, label=report_title(report),
        organization=report.organization, details={"block": key},
    )  # fmt: skip
    if text == original:
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
def ask_for_issue(act: Act, *, report: Report) -> Job:
    """Ask the worker to freeze the report as it is now, with its Word and PDF files."""
    require(act, Permission.ISSUE_REPORTS, report.organization)
    _, conflicts = current_document(report)
    if conflicts:
        raise RefusedError(
            "После пересчёта изменились места, которые вы правили.", "Сравните тексты и выберите нужный в каждом месте."
        )
    return enqueue(
        act,
        "analysis.issue",
        title=f"Выпуск справки: {report_title(report)}",
        organization=report.organization,
        payload={"report": report.pk, "actor": {"id": act.actor.actor_id, "address": act.address}},
    )


@transaction.atomic
def store_issue(act: Act, *, report: Report, word_name: str, pdf_name: str, document: dict[str, object]) -> ReportIssue:
    """Freeze an issue. Its files are stored already."""
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "organization").get(pk=report.pk)
    require(act, Permission.ISSUE_REPORTS, report.organization)
    issue = ReportIssue.objects.create(
        report=report,
        number=report.issues.count() + 1,
        run_id=report.run_id,
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
def ask_for_school_reports(act: Act, *, campaign: Campaign) -> Job:
    """Ask the worker for the reports of all organizations as one ZIP."""
    require(act, Permission.EDIT_REPORTS, campaign.owner)
    return enqueue(
        act,
        "analysis.school_reports",
        title=f"Справки организаций: {campaign_title(campaign)}",
        organization=campaign.owner,
        payload={"campaign": campaign.pk, "actor": {"id": act.actor.actor_id, "address": act.address}},
    )
