"""Content elements and skills: what has been learnt and what has not; the panel of one element."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import class_groups, group_of
from msoko.foundation.access.api import Permission
from msoko.web.office.analysis.books import workbook
from msoko.web.office.analysis.desk import Desk, desk_of, view_of_results
from msoko.web.office.analysis.gap_lists import told_gaps
from msoko.web.office.analysis.readings import Word, element_word, item_word
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table
from qualimetry.recipes.contracts import ElementResult, GroupResult

KINDS = {
    "content_element": "Элементы содержания",
    "skill": "Умения, планируемые результаты",
    "section": "Разделы",
    "level": "Уровни сложности",
}


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element of the chosen group. `number` is its place in the work, the same for every group."""

    number: int
    found: ElementResult
    word: Word
    url: str


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def element_table(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """«Умения и элементы содержания»."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("elements"))
    kinds = kinds_of(desk)
    context = desk.context(
        "elements",
        kinds=kinds,
        reference_name=reference_name(desk),
        has_reference=any(row.found.reference is not None for _, rows in kinds for row in rows),
    )
    return render(request, "office/analysis/elements.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def element_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Elements as Excel, a sheet a kind."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("elements"), status=403)
    tables = [(title, _table(title, rows)) for title, rows in kinds_of(desk)]
    return workbook(desk, "Умения и элементы", tables or [("Умения и элементы", _table("Умения и элементы", []))])


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def element_panel(request: WorkplaceRequest, pk: int, number: int) -> HttpResponse:
    """One element: its items, organizations, gaps. A fragment for the side panel, a page without scripts."""
    desk = desk_of(request, pk)
    elements = desk.result.whole.elements
    if desk.is_hidden or not 0 < number <= len(elements):
        raise Http404
    element = elements[number - 1]
    if desk.rows:
        view_of_results(desk, element.name)
    group = desk.group
    own = _same(group, element)
    gaps = [gap for gap in desk.gaps if (gap.element_kind, gap.element) == (element.kind, element.code)]
    context = desk.context(
        "elements",
        element=own or element,
        word=element_word((own or element).reading),
        kind_title=KINDS.get(element.kind, ""),
        items=[(item, item_word(item.reading), _position(desk, item.label))
               for item in group.items if item.label in element.labels],
        parts=_parts(desk, element),
        part_title="Классы" if desk.choice.organization is not None else "Организации",
        gaps=told_gaps(desk, gaps),
        reference_name=reference_name(desk),
    )  # fmt: skip
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, f"office/analysis/{'parts/element' if is_fragment else 'element'}.html", context)


def _parts(desk: Desk, element: ElementResult) -> list[tuple[str, ElementResult, Word]]:
    """The element in each organization, or in each class of the chosen one."""
    if desk.choice.organization is None:
        groups = [(row.organization.short_name, result) for row, result in desk.full_rows]
    else:
        rows = class_groups(desk.request.scope, desk.run).filter(organization=desk.choice.organization).defer(None)
        groups = [(desk.class_title(row.class_group), desk.shown(group_of(row))) for row in rows]
    found = ((name, _same(group, element)) for name, group in groups)
    return [(name, one, element_word(one.reading)) for name, one in found if one is not None]


def kinds_of(desk: Desk) -> list[tuple[str, list[ElementRow]]]:
    """Elements of the chosen group by kind, in the order of the work."""
    places = {(one.kind, one.code): place for place, one in enumerate(desk.result.whole.elements, start=1)}
    rows = [
        ElementRow(number, found, element_word(found.reading), element_url(desk, number))
        for found in desk.group.elements
        if (number := places.get((found.kind, found.code), 0))
    ]
    by_kind = ((title, [row for row in rows if row.found.kind == kind]) for kind, title in KINDS.items())
    return [(title, found) for title, found in by_kind if found]


def element_url(desk: Desk, number: int, organization: int | None = None) -> str:
    """Address of the panel of an element, in an organization or in the chosen slice."""
    query = f"?organization={organization}" if organization else desk.slice_query
    return reverse("office:analysis:element", args=[desk.campaign.pk, number]) + query


def reference_name(desk: Desk) -> str:
    """With whom elements and items are compared."""
    return "Остальные организации" if desk.is_sliced else "Регион"


def _same(group: GroupResult, element: ElementResult) -> ElementResult | None:
    return next((one for one in group.elements if (one.kind, one.code) == (element.kind, element.code)), None)


def _position(desk: Desk, label: str) -> str:
    position = next(place for place, item in enumerate(desk.group.items, start=1) if item.label == label)
    return reverse("office:analysis:item", args=[desk.campaign.pk, position]) + desk.slice_query


def _table(title: str, rows: list[ElementRow]) -> Table:
    columns = (
        Column("Код"),
        Column("Наименование", width=5),
        Column("Задания", width=2),
        Column("Участников", "integer"),
        Column("Выполнение", "percent"),
        Column("Выполнение: от", "percent"),
        Column("Выполнение: до", "percent"),
        Column("Для сравнения", "percent"),
        Column("Оценка", width=2),
    )
    values = tuple(
        (
            row.found.code, row.found.name, ", ".join(row.found.labels), row.found.facility.n, row.found.facility.value,
            row.found.facility.low, row.found.facility.high, row.found.reference, row.word.text,
        )
        for row in rows
    )  # fmt: skip
    return Table("elements", title, columns, values)
