"""Drafts of analytical reports: generated from a run, with the edits of specialists over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.conf import settings

from msoko.cycle.analysis.closing import why_closed
from msoko.cycle.analysis.models import Report, Run
from msoko.cycle.analysis.results import result_of
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization
from msoko.foundation.orgs.names import municipality_of
from qualimetry.disclosure.totals import without_totals
from qualimetry.narrative.blocks import ReportDocument
from qualimetry.narrative.context import OrganizationName, ReportContext
from qualimetry.narrative.edits import Conflict, Edit, apply_edits
from qualimetry.narrative.report import campaign_report, school_report
from qualimetry.narrative.russian import date_words
from qualimetry.narrative.serial import document_from_json
from qualimetry.recipes.contracts import CampaignResult


def generated_document(run: Run, organization: Organization) -> ReportDocument:
    """The report of a run for the municipality or for one organization."""
    return next(generated_documents(run, [organization]))[1]


def generated_documents(
    run: Run, organizations: Iterable[Organization]
) -> Iterator[tuple[Organization, ReportDocument]]:
    """Reports of a run for many organizations; the run is read once."""
    result = result_of(run)
    context = report_context(run, result)
    sizes = {group.group.organization or 0: group.participants for group in result.organizations}
    for organization in organizations:
        if organization.kind == OrganizationKind.MUNICIPALITY:
            yield organization, campaign_report(result, context)
        elif why_closed(sizes, {organization.pk}):
            own = without_totals(result, {organization.pk})
            yield organization, school_report(own, organization.pk, replace(context, has_closed_totals=True))
        else:
            yield organization, school_report(result, organization.pk, context)


def current_document(report: Report) -> tuple[ReportDocument, tuple[Conflict, ...]]:
    """The draft with its edits, and the edits whose generated text has changed since."""
    edits = [Edit(edit.block_key, edit.original, edit.text) for edit in report.edits.all()]
    return apply_edits(document_from_json(report.document), edits)


def report_context(run: Run, result: CampaignResult) -> ReportContext:
    """Everything that a report says besides figures."""
    campaign = run.campaign
    municipality = municipality_of(campaign.owner) or campaign.owner
    definition = procedure(campaign.procedure)
    keys = {group.group.organization for group in result.organizations}
    organizations = Organization.objects.filter(pk__in=[key for key in keys if key is not None])
    version = campaign.blueprint
    return ReportContext(
        authority=_authority_name(municipality),
        municipality=municipality.full_name,
        procedure_title=definition.names.full if definition else campaign.procedure,
        subject=campaign.subject,
        grade_level=campaign.grade_level,
        school_year=campaign.school_year.label,
        period=_period(campaign),
        organizations={item.pk: OrganizationName(item.short_name, item.full_name) for item in organizations},
        basis=tuple(line for line in campaign.basis.splitlines() if line.strip()),
        scale_source=version.scale_source if version else "",
        is_scale_confirmed=bool(version and version.is_scale_verified),
        stamp="ДЕМО" if settings.IS_DEMO else "",
        data_time=run.computed_at.astimezone(ZoneInfo(settings.TIME_ZONE)),
        method_version=run.method_version,
        place=municipality.place_name,
        year=campaign.ends_on.year if campaign.ends_on else campaign.year,
        is_counted=run.is_counted,
    )


def _authority_name(municipality: Organization) -> str:
    authority = Organization.objects.filter(parent=municipality, kind=OrganizationKind.AUTHORITY).first()
    return authority.full_name if authority else municipality.full_name


def _period(campaign: Campaign) -> str:
    if campaign.starts_on is None or campaign.ends_on is None:
        return ""
    if campaign.starts_on == campaign.ends_on:
        return date_words(campaign.starts_on)
    return f"с {date_words(campaign.starts_on)} по {date_words(campaign.ends_on)}"


def report_title(report: Report) -> str:
    """«ВПР 2026, Математика, 5 класс — СОШ № 1»."""
    return f"{campaign_title(report.campaign)} — {report.organization.short_name}"
