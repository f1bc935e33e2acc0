"""What the page of a schedule shows: one of three tables, clashes with their remedies, the load of classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from msoko.cycle.procedures.api import (
    Checked,
    Clash,
    Entry,
    WorkLevel,
    by_class,
    by_subject,
    heat,
    legend,
    load_by_month,
    month_title,
    months_of,
    period_span,
    shown_entries,
)
from msoko.foundation.catalog.load import LoadRule, load_policy

VIEWS = [("", "По месяцам"), ("classes", "По классам"), ("list", "Список работ"), ("load", "Нагрузка")]
_WORKS_ON_PAGE, _CLASHES_SHOWN = 100, 100


@dataclass(frozen=True, slots=True)
class ClashRow:
    clash: Clash
    rule: LoadRule


def filtered(state: Checked, query: QueryDict) -> list[Entry]:
    """Entries that the filters of the address let through."""
    names = ("grade", "subject", "level", "month")
    found = shown_entries(state.entries, **{name: query.get(name, "") for name in names})
    if query.get("only") == "clashes":
        clashing = {key for clash in state.clashes for key in clash.works}
        found = [entry for entry in found if entry.work.key in clashing]
    return found


def page_context(state: Checked, query: QueryDict) -> dict[str, Any]:
    """Everything that the template draws."""
    entries = filtered(state, query)
    months = months_of(period_span(state.schedule), state.entries)
    policy = load_policy()
    view = query.get("view", "")
    context = {
        "schedule": state.schedule, "entries": entries, "total": len(state.entries), "view": view, "views": VIEWS,
        "clashes": [ClashRow(one, policy.rules[one.rule]) for one in state.clashes[:_CLASHES_SHOWN]],
        "clash_count": len(state.clashes), "unchecked": state.unchecked, "policy": policy,
        "rules": policy.rules.values(), "legend": list(legend()),
    }  # fmt: skip
    return context | _options(state, months) | _table(state, entries, months, view, query)


def _options(state: Checked, months: list[tuple[int, int]]) -> dict[str, Any]:
    works = [entry.work for entry in state.entries]
    classes = {(work.grade_level, work.letter) for work in works} | {(work.grade_level, "") for work in works}
    return {
        "classes": [f"{grade}{letter}" for grade, letter in sorted(classes)],
        "subjects": sorted({work.subject for work in works}),
        "levels": WorkLevel.choices,
        "months": [(str(month), month_title((year, month))) for year, month in months],
    }


def _table(
    state: Checked, entries: list[Entry], months: list[tuple[int, int]], view: str, query: QueryDict
) -> dict[str, Any]:
    titles = [month_title(month) for month in months]
    if view == "classes":
        columns, rows = by_subject(state, entries)
        return {"columns": columns, "rows": rows}
    if view == "list":
        clashing = {key for clash in state.clashes for key in clash.works}
        page = Paginator(entries, _WORKS_ON_PAGE).get_page(query.get("page"))
        return {"page": page, "clashing": clashing}
    if view == "load":
        rows_of_load = load_by_month(entries, months, state.around.classes)
        most = max((count for row in rows_of_load for count in row.counts), default=0)
        shades = [(row, [(count, heat(count, most)) for count in row.counts]) for row in rows_of_load]
        return {"columns": titles, "load": shades, "count": len(entries)}
    return {"columns": titles, "blocks": by_class(state, entries, months)}
