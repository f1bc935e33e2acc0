"""Items of a campaign: facility with intervals, quality of each item; the page of one item."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import class_groups
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.policies import analysis_policy
from msoko.web.office.analysis.books import workbook
from msoko.web.office.analysis.charting import drawn
from msoko.web.office.analysis.desk import Desk, desk_of, view_of_results
from msoko.web.office.analysis.readings import Word, discrimination_words, item_word
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.charts.items import facility_chart
from qualimetry.frames.blueprint import Item
from qualimetry.narrative.blocks import Column, Table
from qualimetry.narrative.sections.items import READING_WORDS
from qualimetry.recipes.contracts import Estimate, ItemResult
from qualimetry.recipes.serial import from_dict


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with what the specification says of it and how it was done."""

    position: int
    item: Item | None
    found: ItemResult
    word: Word
    not_attempted: float | None
    elements: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """An item in a class, an organization, a group by mark."""

    name: str
    facility: Estimate
    not_attempted: float | None = None
    is_hidden: bool = False


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def item_table(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """«Задания»."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("items"))
    rows = item_rows(desk)
    known = [row.found for row in rows if row.found.facility.value is not None]
    name = "остальные организации" if desk.is_sliced else "регион"
    norms = desk.result.thresholds.item_norms
    chart = drawn(facility_chart("items", known, READING_WORDS, reference_name=name, norms=norms)) if known else None
    has_reference = any(row.found.reference is not None for row in rows)
    context = desk.context(
        "items", rows=rows, chart=chart, reference_name=name, has_reference=has_reference, policy=analysis_policy()
    )
    return render(request, "office/analysis/items.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def item_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Items as Excel, with facility by mark."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("items"), status=403)
    rows = item_rows(desk)
    return workbook(desk, "Задания", [("Задания", _items_table(desk, rows)), ("По отметкам", _marks_table(desk, rows))])


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def item_page(request: WorkplaceRequest, pk: int, position: int) -> HttpResponse:
    """One item: by class or organization, by mark, not attempted, discrimination in words."""
    desk = desk_of(request, pk)
    rows = item_rows(desk)
    row = next((row for row in rows if row.position == position), None)
    if desk.is_hidden or row is None:
        raise Http404
    label = row.found.label
    parts = _parts(desk, label)
    if parts:
        view_of_results(desk, f"задание {label}")
    place = rows.index(row)
    context = desk.context(
        "items",
        row=row,
        parts=parts,
        part_title="Классы" if not desk.sees_all else "Организации",
        marks=mark_parts(desk, row.found),
        has_missing=not desk.run.is_counted,
        discrimination_words=discrimination_words(row.found.discrimination),
        previous=rows[place - 1] if place else None,
        following=rows[place + 1] if place + 1 < len(rows) else None,
    )
    return render(request, "office/analysis/item.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def item_page_export(request: WorkplaceRequest, pk: int, position: int) -> HttpResponse:
    """One item by organization or class and by mark, as Excel."""
    desk = desk_of(request, pk)
    row = next((row for row in item_rows(desk) if row.position == position), None)
    if desk.is_hidden or row is None:
        raise Http404
    label = row.found.label
    tables = [
        ("Задание", _items_table(desk, [row])),
        ("Группы", _parts_table("parts", f"Задание {label} по группам", _parts(desk, label))),
        ("По отметкам", _parts_table("marks", f"Задание {label} по отметкам", mark_parts(desk, row.found))),
    ]
    return workbook(desk, f"Задание {label}", tables)


def _parts_table(key: str, caption: str, parts: list[Part]) -> Table:
    columns = (
        Column("Группа", width=3), Column("Участников", "integer"), Column("Выполнение", "percent"),
        Column("Выполнение: от", "percent"), Column("Выполнение: до", "percent"), Column("Не приступали", "percent"),
    )  # fmt: skip
    rows = tuple(
        (part.name, *((None,) * 5 if part.is_hidden else (
            part.facility.n, part.facility.value, part.facility.low, part.facility.high, part.not_attempted)))
        for part in parts
    )  # fmt: skip
    return Table(key, caption, columns, rows)


def item_rows(desk: Desk) -> list[ItemRow]:
    """Items of the chosen group in the order of the work."""
    plan = {item.label: item for item in desk.result.blueprint.items}
    names = desk.result.blueprint.element_names
    found = []
    for position, result in enumerate(desk.group.items, start=1):
        item = plan.get(result.label)
        taught = result.facility.n
        elements = [names.get(code, code) for code in item.content_elements] + list(item.skills) if item else []
        url = reverse("office:analysis:item", args=[desk.campaign.pk, position]) + desk.slice_query
        share = result.not_attempted / taught if taught and not desk.run.is_counted else None
        found.append(ItemRow(position, item, result, item_word(result.reading), share, "; ".join(elements), url))
    return found


def mark_parts(desk: Desk, found: ItemResult) -> list[Part]:
    """The item among those with each mark; groups of few are not told to those who see totals only."""
    least = 0 if desk.sees_all or desk.choice.organization is not None else analysis_policy().small_group
    return [
        Part(f"«{mark}»", estimate, is_hidden=0 < estimate.n < least)
        for mark, estimate in sorted(found.facility_by_mark.items())
        if estimate.n
    ]


def _parts(desk: Desk, label: str) -> list[Part]:
    """The item in organizations (in classes for a school). Only this item is read from the stored results."""
    if desk.choice.organization is not None or not desk.sees_all:
        rows = class_groups(desk.request.scope, desk.run).defer(None)
        if desk.choice.organization is not None:
            rows = rows.filter(organization=desk.choice.organization)
        named = [(f"{row.organization.short_name}, {desk.class_title(row.class_group)}", row) for row in rows]
    else:
        named = [(row.organization.short_name, row) for row, _ in desk.full_rows]
    found = []
    for name, row in named:
        stored = next((item for item in row.details.get("items", ()) if item["label"] == label), None)
        if stored is not None:
            item = from_dict(ItemResult, stored)
            n = item.facility.n
            found.append(Part(name, item.facility, item.not_attempted / n if n else None))
    return found


def _items_table(desk: Desk, rows: list[ItemRow]) -> Table:
    columns = (
        Column("Задание"),
        Column("Максимум", "integer"),
        Column("Уровень"),
        Column("Проверяемые элементы и умения", width=5),
        Column("Участников", "integer"),
        Column("Выполнение", "percent"),
        Column("Выполнение: от", "percent"),
        Column("Выполнение: до", "percent"),
        Column("Для сравнения", "percent"),
        Column("Не приступали", "integer"),
        Column("Не изучали", "integer"),
        Column("0 баллов", "integer"),
        Column("Максимальный балл", "integer"),
        Column("Различающая способность", "mark"),
        Column("Корреляция с остальными заданиями", "mark"),
        Column("Оценка", width=2),
    )
    values = tuple(_item_values(row, is_counted=desk.run.is_counted) for row in rows)
    return Table("items", "Выполнение заданий", columns, values)


def _item_values(row: ItemRow, *, is_counted: bool) -> tuple[object, ...]:
    found, facility = row.found, row.found.facility
    counts = (found.not_attempted, found.not_taught, found.zero, found.full)
    return (
        found.label, found.max_score, found.level or "", row.elements, facility.n, facility.value, facility.low,
        facility.high, found.reference, *((None,) * 4 if is_counted else counts), found.discrimination,
        found.item_rest_correlation, row.word.text,
    )  # fmt: skip


def _marks_table(desk: Desk, rows: list[ItemRow]) -> Table:
    marks = sorted({mark for row in rows for mark in row.found.facility_by_mark})
    columns = (Column("Задание"), *(Column(f"Получившие «{mark}»", "percent") for mark in marks))
    values = []
    for row in rows:
        shown = {part.name: part.facility.value for part in mark_parts(desk, row.found) if not part.is_hidden}
        values.append((row.found.label, *(shown.get(f"«{mark}»") for mark in marks)))
    return Table("items_by_mark", "Выполнение заданий по отметкам", columns, tuple(values))
