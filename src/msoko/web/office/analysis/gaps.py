"""«Дефициты»: heat map element × organization with words, and the lists of gaps with their evidence."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from msoko.foundation.access.api import Permission
from msoko.web.office.analysis.books import workbook
from msoko.web.office.analysis.desk import Desk, desk_of, view_of_results
from msoko.web.office.analysis.elements import KINDS, element_url
from msoko.web.office.analysis.gap_lists import GapList, gap_lists
from msoko.web.office.analysis.readings import Word, element_word
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table
from qualimetry.recipes.contracts import ElementResult, GroupResult, Reading

_MAPPED = ("content_element", "skill", "section")


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Facility of an element in a group: number, word, colour, where it leads."""

    found: ElementResult | None
    word: Word
    url: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    name: str
    url: str
    n: int
    cells: tuple[HeatCell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows are groups, columns elements of one kind."""

    kind: str
    elements: tuple[ElementResult, ...]
    rows: tuple[HeatRow, ...]


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def gap_map(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The heat map of the chosen kind of elements and the gaps."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("gaps"))
    if desk.rows:
        view_of_results(desk, "дефициты")
    kinds = kinds_known(desk)
    kind = request.GET.get("kind", "")
    chosen = kind if kind in kinds else next(iter(kinds), "")
    context = desk.context(
        "gaps",
        map=heat_map(desk, chosen) if chosen else None,
        kinds=[(key, KINDS[key]) for key in kinds],
        kind=chosen,
        lists=gap_lists(desk, desk.gaps),
    )
    return render(request, "office/analysis/gaps.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def gap_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Gaps and heat maps as Excel."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("gaps"), status=403)
    tables = [("Дефициты", gaps_table(gap_lists(desk, desk.gaps)))]
    tables += [(KINDS[kind], _map_table(heat_map(desk, kind))) for kind in kinds_known(desk)]
    return workbook(desk, "Дефициты", tables)


def kinds_known(desk: Desk) -> list[str]:
    """Kinds of elements that the work has, content elements first."""
    present = {element.kind for element in desk.result.whole.elements}
    return [kind for kind in _MAPPED if kind in present]


def heat_map(desk: Desk, kind: str) -> HeatMap:
    """The municipality and the organizations that the person sees."""
    whole = desk.result.whole
    elements = [(place, one) for place, one in enumerate(whole.elements, start=1) if one.kind == kind]
    rows = [_row(desk, desk.owner_name, whole, elements, None)]
    rows += [
        _row(desk, row.organization.short_name, result, elements, row.organization_id) for row, result in desk.full_rows
    ]
    return HeatMap(kind, tuple(one for _, one in elements), tuple(rows))


def _row(
    desk: Desk, name: str, group: GroupResult, elements: list[tuple[int, ElementResult]], organization: int | None
) -> HeatRow:
    own = {(one.kind, one.code): one for one in group.elements}
    cells = []
    for place, element in elements:
        found = own.get((element.kind, element.code))
        word = element_word(found.reading if found else Reading.NOT_ENOUGH_DATA)
        cells.append(HeatCell(found, word, element_url(desk, place, organization)))
    url = ""
    if organization is not None:
        url = reverse("office:analysis:organization", args=[desk.campaign.pk, organization])
    return HeatRow(name, url, group.participants, tuple(cells), organization is None)


def _map_table(found: HeatMap) -> Table:
    columns = (
        Column("Группа", width=3),
        Column("Участников", "integer"),
        *(
            column
            for element in found.elements
            for column in (Column(element.name, "percent"), Column(f"{element.name}: оценка"))
        ),
    )
    rows = tuple(
        (row.name, row.n, *(v for cell in row.cells
                            for v in (cell.found.facility.value if cell.found else None, cell.word.text)))
        for row in found.rows
    )  # fmt: skip
    return Table(f"map.{found.kind}", KINDS[found.kind], columns, rows)


def gaps_table(lists: list[GapList]) -> Table:
    """Gaps with their evidence."""
    columns = (
        Column("Характер", width=3),
        Column("Где", width=3),
        Column("Тема", width=5),
        Column("Задания", width=2),
        Column("Участников", "integer"),
        Column("Выполнение", "percent"),
        Column("Ожидалось", "percent"),
        Column("Для сравнения", "percent"),
        Column("p", "decimal", places=4),
        Column("q (с поправкой на множественность)", "decimal", places=4),
    )
    rows = tuple(
        (
            found.title, told.where, told.topic, ", ".join(told.gap.labels), told.gap.facility.n,
            told.gap.facility.value, told.gap.expected, told.gap.reference, told.gap.p_value, told.gap.q_value,
        )
        for found in lists
        for told in found.gaps
    )  # fmt: skip
    return Table("gaps", "Дефициты", columns, rows)
