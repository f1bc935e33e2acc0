"""Batches and files behind a run, as far as the person may see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from msoko.cycle.collection.api import Batch, ControlSummary
from msoko.foundation.access.api import Permission
from msoko.web.office.analysis.desk import Desk
from msoko.web.office.collection.titles import SUMMARY_TITLES


@dataclass(frozen=True, slots=True)
class SourceFile:
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """A batch: how many organizations it speaks for, who accepted it and when, from which files."""

    sha256: str
    organization_count: int
    accepted_at: dt.datetime
    accepted_by: str
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A summary report: what it is, who accepted it and when, its file."""

    title: str
    accepted_at: dt.datetime
    accepted_by: str
    file_name: str


def sources_of(desk: Desk) -> list[Source]:
    """Batches of the run. Names of files and people are shown to those who may see the organizations in them."""
    entries = {entry["batch"]: entry for entry in desk.run.inputs.get("batches", ())}
    batches = Batch.objects.filter(pk__in=entries).select_related("session__organization").order_by("pk")
    batches = batches.prefetch_related("session__files")
    return [_source(desk, batch, entries[batch.pk]["organizations"]) for batch in batches]


def reports_of(desk: Desk) -> list[SourceReport]:
    """Summary reports of a run without participants. Names of files and people are shown as those of batches are."""
    keys = [entry["summary"] for entry in desk.run.inputs.get("summaries", ())]
    found = ControlSummary.objects.filter(pk__in=keys).select_related("session__organization").order_by("pk")
    return [_report(desk, one) for one in found]


def _report(desk: Desk, summary: ControlSummary) -> SourceReport:
    is_open = desk.request.scope.may(Permission.SEE_ORGANIZATIONS, summary.session.organization)
    title = SUMMARY_TITLES.get(summary.kind, "Сводный отчёт")
    return SourceReport(
        title, summary.accepted_at, summary.accepted_by if is_open else "", summary.file_name if is_open else ""
    )


def _source(desk: Desk, batch: Batch, organizations: list[int]) -> Source:
    is_open = desk.request.scope.may(Permission.SEE_ORGANIZATIONS, batch.session.organization)
    files = tuple(
        SourceFile(file.name, file.sha256)
        for file in batch.session.files.all()
        if is_open and not file.is_excluded and desk.title in file.understood.get("campaigns", ())
    )
    by = batch.accepted_by if is_open else ""
    return Source(batch.sha256, len(organizations), batch.accepted_at, by, files)
