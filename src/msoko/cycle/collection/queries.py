"""Reading imports and batches, within what the person may see."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from msoko.cycle.collection.models import Batch, ControlSummary, CurrentBatch, ImportFile, ImportSession
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.jobs.api import Job


def sessions_visible(scope: Scope) -> QuerySet[ImportSession]:
    """Imports of the organizations where the person may load results."""
    return ImportSession.objects.filter(scope.filter(Permission.IMPORT_RESULTS, "organization__")).select_related(
        "organization", "job"
    )


def open_imports(scope: Scope) -> QuerySet[ImportSession]:
    """Imports that were read and wait for a person, newest first."""
    return sessions_visible(scope).filter(read_at__isnull=False, accepted_at__isnull=True, discarded_at__isnull=True)


def batches_visible(scope: Scope) -> QuerySet[Batch]:
    """Accepted batches of those imports, newest first; `speaks_for` = organizations for which each is current."""
    return (
        Batch.objects.filter(scope.filter(Permission.IMPORT_RESULTS, "session__organization__"))
        .select_related("campaign__owner", "session__organization")
        .annotate(
            speaks_for=Count("current_for", distinct=True), organization_count=Count("organizations", distinct=True)
        )
        .order_by("-id")
    )


def batches_in_state(batches: QuerySet[Batch], state: str) -> QuerySet[Batch]:
    """`current`: speaks for some organization; `superseded`: for none any more; `withdrawn`."""
    if state == "withdrawn":
        return batches.filter(withdrawn_at__isnull=False)
    return batches.filter(withdrawn_at__isnull=True, current_for__isnull=state == "superseded").distinct()


def accepted_before(session: ImportSession) -> list[ImportFile]:
    """Files of other accepted imports of the organization with the same content, to warn of a repeated loading."""
    digests = session.files.values("sha256")
    same = ImportFile.objects.filter(
        sha256__in=digests, session__organization=session.organization_id, session__accepted_at__isnull=False
    )
    return list(same.exclude(session=session).exclude(stored_name="").select_related("session"))


def batches_with_runs(session: ImportSession) -> list[tuple[Batch, Job | None]]:
    """Batches of an accepted import with the latest job that computes the campaign of each."""
    jobs = Job.objects.filter(kind="analysis.compute", created_at__gte=session.accepted_at).order_by("pk")
    by_campaign = {job.payload.get("campaign"): job for job in jobs}
    return [
        (batch, by_campaign.get(batch.campaign_id)) for batch in session.batches.select_related("campaign__owner")
    ]  # fmt: skip


def current_batches(campaign: Campaign) -> QuerySet[CurrentBatch]:
    """Which batch speaks for each organization of a campaign."""
    return CurrentBatch.objects.filter(campaign=campaign).select_related("batch", "organization")


def summaries_visible(scope: Scope) -> QuerySet[ControlSummary]:
    """Accepted summary reports of the organizations where the person may load results."""
    return ControlSummary.objects.filter(
        scope.filter(Permission.IMPORT_RESULTS, "session__organization__")
    ).select_related("campaign__owner", "session__organization")


def summaries_of_session(session: ImportSession) -> list[ControlSummary]:
    """Summary reports of an accepted import."""
    return list(ControlSummary.objects.filter(session=session).select_related("campaign__owner").order_by("pk"))


def control_summaries(campaign: Campaign) -> list[ControlSummary]:
    """Summary reports that still say something, in the order in which they correct each other.

    A later one of the same kind covers the earlier; those of the owner of the campaign cover those of its schools.
    """
    speaking: list[ControlSummary] = []
    covered: set[tuple[str, ...]] = set()
    stored = ControlSummary.objects.filter(campaign=campaign, withdrawn_at__isnull=True).select_related("session")
    for summary in sorted(stored, key=lambda one: (one.session.organization_id == campaign.owner_id, one.pk))[::-1]:
        said = {
            (summary.kind, row["level"], row.get("code") or row["name"], row.get("subgroup", ""), figure)
            for row in summary.rows
            for figure in ("", *row["values"])
        }
        if said - covered:
            speaking.append(summary)
        covered |= said
    return speaking[::-1]
