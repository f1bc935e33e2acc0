"""Reading results, reports and their issues, within what the person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from msoko.cycle.analysis.models import Report, ReportIssue, Run, RunGroup
from msoko.cycle.procedures.api import Campaign, campaign_title, campaigns_visible
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.models import Organization


def campaigns_with_results(scope: Scope) -> QuerySet[Campaign]:
    """Campaigns that the person sees and that have a run; `run_id` is the one that speaks now."""
    speaking = Run.objects.filter(campaign=OuterRef("pk"), valid_from__gt=0).order_by("-valid_from", "-id")
    return campaigns_visible(scope).annotate(run_id=Subquery(speaking.values("id")[:1])).filter(run_id__isnull=False)


def headlines(run_ids: Iterable[int]) -> dict[int, Run]:
    """Runs without their heavy columns, by id."""
    return Run.objects.only(
        "campaign_id", "computed_at", "method_version", "participant_count", "organization_count", "headline"
    ).in_bulk(list(run_ids))


def organization_groups(scope: Scope, run: Run) -> QuerySet[RunGroup]:
    """Results of the organizations whose own results the person sees, in the order of names; figures only."""
    return (
        RunGroup.objects.filter(run=run, is_class=False)
        .filter(scope.filter(Permission.SEE_ORGANIZATIONS, "organization__"))
        .select_related("organization")
        .defer("details")
        .order_by("organization__sort_key", "organization_id")
    )


def class_groups(scope: Scope, run: Run) -> QuerySet[RunGroup]:
    """Results of the classes of those organizations; figures only."""
    return (
        RunGroup.objects.filter(run=run, is_class=True)
        .filter(scope.filter(Permission.SEE_ORGANIZATIONS, "organization__"))
        .select_related("organization")
        .defer("details")
        .order_by("organization__sort_key", "organization_id", "class_group")
    )


def results_over_years(scope: Scope, organization: Organization) -> list[RunGroup]:
    """Results of one organization in every campaign that it took part in, newest first; figures only."""
    if not scope.may(Permission.SEE_ORGANIZATIONS, organization):
        return []
    speaking = Run.objects.filter(campaign=OuterRef("run__campaign"), valid_from__gt=0).order_by("-valid_from", "-id")
    rows = (
        RunGroup.objects.filter(organization=organization, is_class=False)
        .annotate(speaks=Subquery(speaking.values("id")[:1]))
        .filter(run_id=F("speaks"))
        .select_related("run__campaign__owner", "run__campaign__blueprint")
        .defer("details", "run__summary", "run__inputs")
        .order_by("run__campaign__procedure", "run__campaign__subject", "run__campaign__grade_level",
                  "-run__campaign__year", "run_id")
    )  # fmt: skip
    return list(rows)


def reports_visible(scope: Scope) -> QuerySet[Report]:
    """Reports of the organizations whose results the person sees."""
    return (
        Report.objects.filter(scope.filter(Permission.SEE_ORGANIZATIONS, "organization__"))
        .select_related("campaign__owner", "campaign__school_year", "campaign__blueprint", "organization", "run")
        .defer("document", "run__summary", "run__inputs")
    )


@dataclass(frozen=True, slots=True)
class ReportState:
    """Whether a report was issued, and whether its campaign was computed anew since it was made."""

    report_id: int
    campaign_id: int
    title: str
    is_issued: bool
    is_outdated: bool


def report_states(scope: Scope) -> list[ReportState]:
    """States of the reports that the person may edit, newest first; documents are not read."""
    speaking = Run.objects.filter(campaign=OuterRef("campaign"), valid_from__gt=0).order_by("-valid_from", "-id")
    rows = (
        Report.objects.filter(scope.filter(Permission.EDIT_REPORTS, "organization__"))
        .select_related("campaign", "organization")
        .annotate(
            speaks=Subquery(speaking.values("id")[:1]),
            issued=Exists(ReportIssue.objects.filter(report=OuterRef("pk"))),
        )
        .defer("document")
        .order_by("-generated_at", "-id")
    )
    return [
        ReportState(
            row.pk,
            row.campaign_id,
            f"{campaign_title(row.campaign)} — {row.organization.short_name}",
            row.issued,
            row.speaks is not None and row.speaks != row.run_id,
        )
        for row in rows
    ]
