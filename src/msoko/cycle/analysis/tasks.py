"""Jobs of the step: computing, issuing, printing the reports of all organizations."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from django.utils import timezone

from msoko.cycle.analysis.actions import draft_reports, store_issue
from msoko.cycle.analysis.computing import compute_with_later
from msoko.cycle.analysis.drafting import current_document
from msoko.cycle.analysis.models import Report
from msoko.cycle.analysis.results import latest_run
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.documents.batch import Order, render, write_zip
from msoko.foundation.jobs.api import JobContext, act_of_job
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from qualimetry.narrative.serial import document_from_json


def compute_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Compute a campaign."""
    act = Act(actor=SystemActor(), at=timezone.now())
    run = compute_with_later(act, _campaign(payload), context.progress)
    return {"run": run.pk if run else None}


def issue_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Print the document that was frozen when the issue was asked for."""
    report = Report.objects.select_related("campaign", "organization").get(pk=payload["report"])
    storage = default_storage()
    frozen = json.loads(storage.read(payload["document"]))
    document = document_from_json(frozen)
    context.progress(0, 2, "Word")
    word_name = storage.write("reports", render(document, "docx"), ".docx")
    context.progress(1, 2, "PDF")
    pdf_name = storage.write("reports", render(document, "pdf"), ".pdf")
    issue = store_issue(
        act_of_job(payload),
        report=report,
        run_id=payload["run"],
        word_name=word_name,
        pdf_name=pdf_name,
        document=frozen,
    )
    return {"issue": issue.pk}


def school_reports_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Reports of all organizations of a campaign, with the edits in them, as one ZIP of Word and PDF."""
    campaign = _campaign(payload)
    run = latest_run(campaign)
    if run is None:
        raise RefusedError("Результатов ещё нет.", "Загрузите файлы результатов и дождитесь расчёта.")
    groups = run.groups.filter(is_class=False).select_related("organization")
    organizations = sorted((group.organization for group in groups), key=lambda found: found.sort_key)
    context.progress(0, len(organizations) * 2, "Составление текстов")
    reports = draft_reports(act_of_job(payload), campaign=campaign, organizations=organizations)
    orders = [Order(report.organization.short_name, current_document(report)[0]) for report in reports]
    printed = 0

    def told(name: str) -> None:
        nonlocal printed
        printed += 1
        context.progress(printed, len(orders) * 2, name)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.zip"
        write_zip(orders, path, workers=2, on_file=told)
        name = default_storage().write("exports", path.read_bytes(), ".zip")
    return {"file": name, "name": f"Справки организаций — {campaign_title(campaign)}.zip", "count": len(orders)}


def _campaign(payload: dict[str, Any]) -> Campaign:
    return Campaign.objects.select_related("owner", "school_year", "blueprint").get(pk=payload["campaign"])
