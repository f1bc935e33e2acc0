"""What every page of a campaign's results works with: the campaign, its run, the chosen slice, what may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from msoko.cycle.analysis.api import (
    Choice,
    Closing,
    Dimension,
    Figure,
    Run,
    RunGroup,
    campaigns_with_results,
    class_groups,
    closed_years,
    closing_of,
    dimensions_of,
    earlier_runs,
    figures_of,
    group_of,
    latest_run,
    organization_groups,
    sees_every_organization,
    slice_of,
    stored_statistics,
    summary_of,
    visible_gaps,
)
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import OrganizationKind
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from qualimetry.disclosure.totals import own_gaps, without_others, without_totals
from qualimetry.recipes.contracts import CampaignResult, Gap, GroupResult, YearComparison

_SLICE_FIELDS = ("organization", "class_group", "school_type", "place_kind", "sex", "has_sen", "variant")


@dataclass
class Desk:
    """Lazy: a page pays for what it shows."""

    request: WorkplaceRequest
    campaign: Campaign
    run: Run

    @cached_property
    def title(self) -> str:
        return campaign_title(self.campaign)

    @property
    def owner_name(self) -> str:
        """How charts and tables call everybody together."""
        owner = self.campaign.owner
        return "Муниципалитет" if owner.kind == OrganizationKind.MUNICIPALITY else owner.short_name

    @cached_property
    def result(self) -> CampaignResult:
        """Totals of the run; where they are closed, their names without figures."""
        found = summary_of(self.run)
        return without_totals(found, self.names) if self.closing is Closing.ORGANIZATIONS else found

    def shown(self, group: GroupResult) -> GroupResult:
        """A group without comparison with the others where totals are closed."""
        return without_others(group) if self.closing is Closing.ORGANIZATIONS else group

    @cached_property
    def comparisons(self) -> list[YearComparison]:
        """Earlier years whose totals the person may see."""
        known = self.result.comparisons
        if not known or self.sees_all:
            return list(known)
        closed = closed_years(self.request.scope, earlier_runs(self.campaign))
        return [one for one in known if one.year not in closed]

    @cached_property
    def sees_all(self) -> bool:
        return sees_every_organization(self.request.scope, self.campaign)

    @cached_property
    def closing(self) -> Closing | None:
        """Why the totals are not shown to this person."""
        return closing_of(self.request.scope, self.run)

    @cached_property
    def is_hidden(self) -> bool:
        """Nothing of the page may be shown: totals are closed, and no organization of one's own is chosen."""
        if self.closing is Closing.ORGANIZATIONS and self.choice.organization is not None:
            return not self.is_sliced
        return self.closing is not None

    @cached_property
    def rows(self) -> list[RunGroup]:
        """Organizations whose results this person sees, by name; figures only."""
        return list(organization_groups(self.request.scope, self.run))

    @cached_property
    def full_rows(self) -> list[tuple[RunGroup, GroupResult]]:
        """The same with items and elements."""
        rows = organization_groups(self.request.scope, self.run).defer(None)
        return [(row, self.shown(group_of(row))) for row in rows]

    @cached_property
    def names(self) -> dict[int, str]:
        return {row.organization_id: row.organization.short_name for row in self.rows}

    @cached_property
    def gaps(self) -> list[Gap]:
        gaps = visible_gaps(self.request.scope, self.campaign, self.result.gaps, self.names)
        return list(own_gaps(gaps, self.names)) if self.closing is Closing.ORGANIZATIONS else gaps

    @cached_property
    def choice(self) -> Choice:
        return choice_of(self.request.GET)

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        try:
            return dimensions_of(self.request.scope, self.run, stored_statistics(self.run))
        except RefusedError:
            return ()

    @cached_property
    def refusal(self) -> RefusedError | None:
        """Why the chosen slice is not shown; the page then shows everybody."""
        return self._sliced[1]

    @cached_property
    def group(self) -> GroupResult:
        """The chosen slice, else the whole."""
        return self._sliced[0]

    @cached_property
    def is_sliced(self) -> bool:
        return not self.choice.is_whole and self.refusal is None

    @cached_property
    def _sliced(self) -> tuple[GroupResult, RefusedError | None]:
        if self.choice.is_whole:
            return self.result.whole, None
        try:
            group = slice_of(self.request.scope, self.run, self.choice)
        except RefusedError as refused:
            return self.result.whole, refused
        if self.choice.organization is not None:
            view_of_results(self, self.slice_title)
        return self.shown(group), None

    @cached_property
    def slice_title(self) -> str:
        """«МБОУ СОШ № 5, 5А»."""
        chosen = []
        for dimension in self.dimensions:
            value = getattr(self.choice, dimension.key)
            text = str(int(value)) if isinstance(value, bool) else str(value)
            chosen += [option.title for option in dimension.options if option.value == text]
            if dimension.key == "organization" and self.choice.class_group is not None:
                chosen.append(self.class_title(self.choice.class_group))
        return ", ".join(chosen)

    @cached_property
    def class_options(self) -> list[tuple[str, str, bool]]:
        """Classes of the chosen organization: (value, title, is chosen)."""
        if self.choice.organization is None:
            return []
        rows = class_groups(self.request.scope, self.run).filter(organization=self.choice.organization)
        letters = rows.values_list("class_group", flat=True)
        chosen = self.choice.class_group
        return [(letter or "-", self.class_title(letter), letter == chosen) for letter in letters]

    def class_title(self, letter: str) -> str:
        """«5А», «5-2» where classes have numbers, «5» for the only class."""
        dash = "-" if letter[:1].isdigit() and self.campaign.grade_level else ""
        return f"{self.campaign.grade_level or ''}{dash}{letter}" or "единственный класс"

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return figures_of(self.result.blueprint, self.result.whole)

    @property
    def slice_query(self) -> str:
        """The slice as an address part, to be kept from tab to tab."""
        kept = QueryDict(mutable=True)
        for key in _SLICE_FIELDS:
            if self.request.GET.get(key):
                kept[key] = self.request.GET[key]
        return f"?{kept.urlencode()}" if kept else ""

    def context(self, tab: str, **more: Any) -> dict[str, Any]:
        """Values that the frame of every result page needs."""
        return {"desk": self, "tab": tab, "campaign": self.campaign, "run": self.run, **more}


def desk_of(request: WorkplaceRequest, pk: int) -> Desk:
    """The desk of a campaign that the person may see; «not found» for all others."""
    campaign = get_object_or_404(campaigns_with_results(request.scope), pk=pk)
    run = latest_run(campaign)
    if run is None:
        raise Http404
    run.campaign = campaign
    return Desk(request, campaign, run)


def choice_of(query: QueryDict) -> Choice:
    """A slice from the address; what is not a value of its kind is left out."""
    return Choice(
        organization=_number(query, "organization"),
        class_group=query.get("class_group", "").strip("-") if query.get("class_group") else None,
        school_type=query.get("school_type") or None,
        place_kind=query.get("place_kind") or None,
        sex=_number(query, "sex"),
        has_sen={"1": True, "0": False}.get(query.get("has_sen", "")),
        variant=_number(query, "variant"),
    )


def _number(query: QueryDict, key: str) -> int | None:
    text = query.get(key, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def view_of_results(desk: Desk, label: str) -> None:
    """Write to the journal that results of organizations were looked at."""
    record(
        act_of(desk.request), "analysis.results.viewed", kind="campaign", object_id=desk.campaign.pk,
        label=f"{desk.title}: {label}"[:300], organization=desk.campaign.owner, details={"run": desk.run.pk},
    )  # fmt: skip


def download_of_table(desk: Desk, label: str) -> None:
    """Write to the journal that a table was taken out."""
    record(
        act_of(desk.request), "analysis.table.downloaded", kind="campaign", object_id=desk.campaign.pk,
        label=f"{desk.title}: {label}"[:300], organization=desk.campaign.owner, details={"run": desk.run.pk},
    )  # fmt: skip
