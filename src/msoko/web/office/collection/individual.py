"""Rows of participants of a class: keys without names, every look stands in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from msoko.cycle.collection.api import Participant, classes_of, current_of, participants_of
from msoko.cycle.procedures.api import Campaign, blueprint_value, campaign_title, campaigns_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.orgs.api import Organization, OrganizationKind
from msoko.web.office.collection.result_words import ItemCell, item_cells, result_columns, result_words
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in
from qualimetry.frames.blueprint import Blueprint

_PUPIL_KINDS = (OrganizationKind.SCHOOL, OrganizationKind.PRESCHOOL, OrganizationKind.SUPPLEMENTARY)


One = TypeVar("One", Organization, Campaign)


@dataclass(frozen=True, slots=True)
class ResultRow:
    participant: Participant
    items: list[ItemCell]
    results: list[str]


@require_GET
@signed_in(Permission.SEE_INDIVIDUAL)
def individual_results(request: WorkplaceRequest) -> HttpResponse:
    """Organization, procedure and class chosen in the address; rows of that class."""
    return render(request, "office/collection/individual.html", individual_page(request))


def individual_page(request: WorkplaceRequest) -> dict[str, Any]:
    """What the page shows; `rows` only where there are results. The look is journalled."""
    organizations = organizations_with_individual(request)
    organization = _chosen(organizations, request.GET.get("organization", ""))
    campaigns = delivered_campaigns(request, organization)
    campaign = _chosen(campaigns, request.GET.get("campaign", ""))
    context: dict[str, Any] = {
        "organizations": organizations, "organization": organization, "campaign": campaign,
        "campaigns": [(one.pk, campaign_title(one)) for one in campaigns],
        "may_import": request.scope.may_anywhere(Permission.IMPORT_RESULTS),
    }  # fmt: skip
    if organization is not None and campaign is not None:
        context |= _class_page(request, organization, campaign)
    return context


def _class_page(request: WorkplaceRequest, organization: Organization, campaign: Campaign) -> dict[str, object]:
    current = current_of([campaign], organization)[campaign.pk]
    classes = classes_of(current)
    chosen = request.GET.get("class")
    group = chosen if chosen in classes else next(iter(classes), "")
    record(
        act_of(request), "collection.individual_results.viewed", kind="campaign", object_id=campaign.pk,
        label=campaign_title(campaign), organization=organization, details={"class": group},
    )  # fmt: skip
    blueprint = blueprint_value(campaign.blueprint) if campaign.blueprint else None
    rows = [_row(one, blueprint) for one in participants_of(current, class_group=group)]
    return {
        "title": campaign_title(campaign),
        "classes": [(key, class_title(campaign, key), count) for key, count in classes.items()],
        "group": group, "rows": rows,
        "labels": current.batch.item_labels, "columns": result_columns(blueprint), "blueprint": blueprint,
        "batch": current.batch,
    }  # fmt: skip


def class_title(campaign: Campaign, letter: str) -> str:
    """«4А», «4-1» where classes are numbered, «4 класс» where there is one class."""
    level = str(campaign.grade_level or "")
    if not letter:
        return f"{level} класс".strip()
    return f"{level}-{letter}" if level and letter[0].isdecimal() else f"{level}{letter}"


def _row(participant: Participant, blueprint: Blueprint | None) -> ResultRow:
    return ResultRow(participant, item_cells(participant, blueprint), result_words(participant, blueprint))


def organizations_with_individual(request: WorkplaceRequest) -> list[Organization]:
    """Organizations whose individual results the person may see."""
    rows = Organization.objects.filter(request.scope.filter(Permission.SEE_INDIVIDUAL), kind__in=_PUPIL_KINDS)
    return list(rows)


def delivered_campaigns(request: WorkplaceRequest, organization: Organization | None) -> list[Campaign]:
    """Campaigns in which the organization has results, newest first."""
    if organization is None:
        return []
    campaigns = list(campaigns_visible(request.scope).prefetch_related("blueprint__items"))
    current = current_of(campaigns, organization)
    return [campaign for campaign in campaigns if campaign.pk in current]


def _chosen(rows: list[One], asked: str) -> One | None:
    return next((row for row in rows if str(row.pk) == asked), rows[0] if rows else None)
