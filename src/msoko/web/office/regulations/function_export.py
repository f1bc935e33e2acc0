"""Pages of functions as Excel and Word: the rows that are on screen, with its filters and order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.regulations.api import board_of_functions, gap_rows, groups_of
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.functions import power_title
from msoko.foundation.documents.files import file_name
from msoko.foundation.documents.official_table import Cells, FullRow, HeadRow, OfficialTable, official_docx
from msoko.web.office.regulations.function_rows import chosen_gaps, chosen_groups, people_rows, what_of
from msoko.web.office.regulations.functions import matrix_of, overview_of
from msoko.web.ui.downloads import download
from msoko.web.ui.exports import export_tables
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

#: title, columns with shares of the width, rows
Sheet = tuple[str, Sequence[tuple[str, float]], list[tuple[str | int, ...]]]


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_export(request: WorkplaceRequest, page: str, kind: str) -> HttpResponse:
    """`page`: matrix, people, gaps, overview; `kind`: xlsx, docx."""
    pages: dict[str, Callable[[WorkplaceRequest], Sheet]] = {
        "matrix": _matrix, "people": _people, "gaps": _gaps, "overview": _overview,
    }  # fmt: skip
    if page not in pages or kind not in {"xlsx", "docx"}:
        raise Http404
    title, columns, rows = pages[page](request)
    if kind == "xlsx":
        table = Table(page, title, tuple(Column(name) for name, _ in columns), tuple(rows))
        return export_tables(request, title, [(title[:31], table)])
    heading = f"{title} на {timezone.localdate():%d.%m.%Y}"
    is_grouped = page == "matrix"
    paper = OfficialTable(
        heading, tuple(columns[1:] if is_grouped else columns), tuple(_grouped(rows) if is_grouped else _texts(rows)),
        is_compact=True,
    )  # fmt: skip
    record(act_of(request), "regulations.functions.downloaded", kind="table", label=title,
           details={"rows": len(rows), "as": kind})  # fmt: skip
    return download(file_name(title, ".docx"), official_docx(paper))


def _texts(rows: Sequence[tuple[str | int, ...]]) -> list[Cells]:
    return [tuple(map(str, row)) for row in rows]


def _grouped(rows: Sequence[tuple[str | int, ...]]) -> list[FullRow | HeadRow | Cells]:
    """The first column as headings; what stays the same from row to row stands in one cell."""
    found: list[FullRow | HeadRow | Cells] = []
    above: Cells = ()
    for group, *cells in _texts(rows):
        if not above or above[0] != group:
            found.append(FullRow(group or ""))
            above = ()
        same = above[1:] or ("",) * len(cells)
        found.append(
            (cells[0], *(None if one and one == old else one for one, old in zip(cells[1:], same[1:], strict=True)))
        )
        above = (group, *cells)
    return found


def _matrix(request: WorkplaceRequest) -> Sheet:
    _, _, matrix = matrix_of(request)
    board = board_of_functions(groups_of(matrix) if matrix else [], timezone.localdate())
    columns = (("Группа", 0.10), ("Функция", 0.25), ("Полномочие", 0.13), ("Должности, органы", 0.17),
               ("Ответственные", 0.13), ("Документы и пробелы", 0.22))  # fmt: skip
    rows: list[tuple[str | int, ...]] = []
    for group in chosen_groups(board, request.GET):
        for one in group.functions:
            people = [f"{who.person.full_name}{f', {who.post}' if who.post else ''}" for who in one.people]
            papers = [f"{need.required.title}{f' – {need.gap_title.lower()}' if need.gap else ''}"
                      for need in one.requirements]  # fmt: skip
            rows.append((f"{group.group.number} {group.group.title}".strip(), one.function.text,
                         power_title(one.function.power), "; ".join(one.function.posts),
                         "; ".join(people) or one.people_gap, "; ".join(papers)))  # fmt: skip
    return "Функции и ответственные", columns, rows


def _people(request: WorkplaceRequest) -> Sheet:
    _, _, matrix = matrix_of(request)
    columns = (("Сотрудник", 0.18), ("Должность", 0.2), ("Функций", 0.08), ("Функции", 0.54))
    rows: list[tuple[str | int, ...]] = [
        (
            row.person.person.full_name + (" (назначение закончилось)" if row.is_left else ""),
            row.person.post or row.person.get_kind_display(), len(row.functions),
            "\n".join(f"{group.number} {one.text}".strip() for group, one in row.functions),
        )
        for row in people_rows(groups_of(matrix) if matrix else [], request.GET, timezone.localdate())
    ]  # fmt: skip
    return "Кто за что отвечает", columns, rows


def _gaps(request: WorkplaceRequest) -> Sheet:
    _, _, matrix = matrix_of(request)
    board = board_of_functions(groups_of(matrix) if matrix else [], timezone.localdate())
    columns = (("Пробел", 0.15), ("Чего не хватает", 0.33), ("Группы", 0.08), ("Функций", 0.08), ("Почему", 0.36))
    rows: list[tuple[str | int, ...]] = [
        (row.title, what_of(row), ", ".join(group.number for group in row.groups), len(row.functions), row.note)
        for row in chosen_gaps(gap_rows(board), request.GET)
    ]
    return "Пробелы в функциях", columns, rows


def _overview(request: WorkplaceRequest) -> Sheet:
    columns = (("Организация", 0.25), ("Матрица", 0.17), ("Функций", 0.09), ("Без ответственного", 0.16),
               ("Документов нет", 0.12), ("Документы не в порядке", 0.12), ("Всего пробелов", 0.11))  # fmt: skip
    rows: list[tuple[str | int, ...]] = [
        (
            row.organization.short_name,
            f"принята {timezone.localdate(row.matrix.adopted_at):%d.%m.%Y}" if row.matrix else "нет",
            *((row.functions, row.people, row.absent, row.unfit, row.gaps) if row.matrix else ("", "", "", "", "")),
        )
        for row in overview_of(request)[0]
    ]  # fmt: skip
    return "Функции организаций", columns, rows
