"""Reading results, reports and their issues, within what the person may see."""

from __future__ import annotations

from django.db.models import QuerySet

from msoko.cycle.analysis.models import Report, Run, RunGroup
from msoko.cycle.procedures.api import Campaign, campaigns_visible
from msoko.foundation.access.api import Permission, Scope


def campaigns_with_results(scope: Scope) -> QuerySet[Campaign]:
    """Campaigns that the person sees and that have been computed."""
    return campaigns_visible(scope).filter(pk__in=Run.objects.values("campaign_id"))


def organization_groups(scope: Scope, run: Run) -> QuerySet[RunGroup]:
    """Results of the organizations whose own results the person sees, in the order of names."""
    return (
        RunGroup.objects.filter(run=run, is_class=False)
        .filter(scope.filter(Permission.SEE_ORGANIZATIONS, "organization__"))
        .select_related("organization")
        .order_by("organization__sort_key")
    )


def class_groups(scope: Scope, run: Run) -> QuerySet[RunGroup]:
    """Results of the classes of those organizations."""
    return (
        RunGroup.objects.filter(run=run, is_class=True)
        .filter(scope.filter(Permission.SEE_ORGANIZATIONS, "organization__"))
        .select_related("organization")
        .order_by("organization__sort_key", "class_group")
    )


def reports_visible(scope: Scope) -> QuerySet[Report]:
    """Reports of the organizations whose results the person sees."""
    return Report.objects.filter(scope.filter(Permission.SEE_ORGANIZATIONS, "organization__")).select_related(
        "campaign__owner", "campaign__school_year", "campaign__blueprint", "organization", "run"
    )
