"""What pages of results show beside the design system: intervals, shares of marks, the form of a slice."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django import template

from msoko.web.office.analysis.desk import Desk
from msoko.web.office.analysis.paper import anchor
from msoko.web.office.analysis.tables import GroupRow
from qualimetry.narrative import russian
from qualimetry.recipes.contracts import Estimate, GroupResult, JournalConcordance

register = template.Library()
#: q below this is printed as «< 0,001»
_LEAST_Q = 0.001


@register.filter
def interval(estimate: Estimate) -> str:
    """«48,1–60,2 %»."""
    return russian.percent_interval(estimate.low, estimate.high, estimate.n)


@register.filter
def mark_shares(group: GroupResult) -> str:
    """«12 · 30 · 41 · 17 %»: shares of «2»…«5» under their bar."""
    shares = (russian.percent(share.value, places=0) for share in group.mark_shares.values())
    return f"{' · '.join(share.removesuffix(f'{russian.NBSP}%') for share in shares)}{russian.NBSP}%"


@register.filter
def journal_shares(found: JournalConcordance) -> list[Estimate]:
    """Lower, same, higher, differs by two."""
    return [found.lower, found.same, found.higher, found.differs_by_two]


@register.filter
def q_text(value: float | None) -> str:
    """«0,012», «< 0,001»."""
    if value is not None and value < _LEAST_Q:
        return f"<{russian.NBSP}0,001"
    return russian.decimal(value, 3)


@register.filter
def join_rows(rows: list[GroupRow], totals: list[GroupRow]) -> list[GroupRow]:
    """Rows with their totals below."""
    return list(chain(rows, totals))


@register.filter
def numbered(caption: str, number: int) -> str:
    """«Таблица 3. …»: a name that no other table of the page has."""
    return f"Таблица {number}. {caption}"


@register.filter
def year_note(year: int) -> str:
    """«С 2024 годом не сравнивается:»."""
    return f"С {year} годом не сравнивается:"


register.filter("anchor", anchor)


@register.inclusion_tag("office/analysis/parts/slice.html")
def slice_form(desk: Desk) -> dict[str, Any]:
    """The choice of a slice with what it cannot be cut by and why."""
    return {"desk": desk, "dimensions": [_chosen(desk, dimension) for dimension in desk.dimensions],
            "classes": desk.class_options}  # fmt: skip


def _chosen(desk: Desk, dimension: Any) -> dict[str, Any]:
    value = getattr(desk.choice, dimension.key)
    text = "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)
    return {"key": dimension.key, "title": dimension.title, "reason": dimension.reason, "options": dimension.options,
            "chosen": text}  # fmt: skip
