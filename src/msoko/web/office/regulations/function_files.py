"""The matrix as a file: the official three columns, and the extract of a person."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from msoko.cycle.regulations.api import FunctionMatrix, MatrixFunction, editions_of_matrix, groups_of, matrices_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.functions import power_title
from msoko.foundation.documents.official_table import (
    Cells,
    FullRow,
    HeadRow,
    OfficialTable,
    official_docx,
    official_pdf,
    official_xlsx,
)
from msoko.foundation.roster.api import Appointment
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in

_THREE = (("Функция. Содержание деятельности", 0.34), ("Должности, органы", 0.28), ("Документы", 0.38))
_EXTRACT = (("№", 0.06), ("Функция", 0.48), ("Вид полномочия", 0.16), ("Документы", 0.30))


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def matrix_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """Word, PDF or Excel in three columns; Word and Excel are read back to the same functions. Of any edition."""
    matrix = get_object_or_404(FunctionMatrix.objects.select_related("owner"), pk=pk)
    if (
        kind not in {"docx", "xlsx", "pdf"}
        or not editions_of_matrix(request.scope, matrix.owner).filter(pk=pk).exists()
    ):
        raise Http404
    paper = _paper(matrix, with_people=request.GET.get("people") == "1")
    _note(request, matrix, kind)
    if kind == "xlsx":
        data = official_xlsx(paper, "Функции")
    else:
        data = official_docx(paper) if kind == "docx" else official_pdf(paper)
    return download(f"Распределение функций.{kind}", data)


def _paper(matrix: FunctionMatrix, *, with_people: bool) -> OfficialTable:
    rows: list[FullRow | HeadRow | Cells] = []
    for group in groups_of(matrix):
        title = f"{group.number}. {group.title}" if group.number else group.title
        posts, documents = "\n".join(group.posts), "\n".join(one.title for one in group.required.all())
        rows.append(HeadRow((title, posts, documents)) if posts or documents else FullRow(title))
        rows += _merged([_cells(one, with_people=with_people) for one in group.functions.all()])
    return OfficialTable(matrix.title, _THREE, tuple(rows), is_compact=True)


def _merged(rows: list[tuple[str, str, str]]) -> list[Cells]:
    """Posts and documents that stay the same from row to row stand in one cell, as in the published tables."""
    found: list[Cells] = []
    for number, (text, *others) in enumerate(rows):
        above = rows[number - 1][1:] if number else ("", "")
        found.append(
            (text, *(None if one and one == before else one for one, before in zip(others, above, strict=True)))
        )
    return found


def _cells(one: MatrixFunction, *, with_people: bool) -> tuple[str, str, str]:
    posts = list(one.posts)
    if with_people:
        posts += [
            f"{row.person.full_name} ({row.post})" if row.post else row.person.full_name for row in one.people.all()
        ]
    return one.text, "\n".join(posts), "\n".join(row.title for row in one.required.all())


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_extract(request: WorkplaceRequest, pk: int, person: int) -> HttpResponse:
    """Functions of a post for its job description, as Word."""
    matrix = get_object_or_404(matrices_visible(request.scope), pk=pk)
    appointment = get_object_or_404(Appointment.objects.select_related("person"), pk=person)
    rows: list[FullRow | HeadRow | Cells] = []
    for group in groups_of(matrix):
        own = [one for one in group.functions.all() if appointment in one.people.all()]
        if own:
            rows.append(FullRow(f"{group.number}. {group.title}" if group.number else group.title))
        rows += [
            (str(number), one.text, power_title(one.power), "\n".join(row.title for row in one.required.all()))
            for number, one in enumerate(own, 1)
        ]
    if not rows:
        raise Http404
    post = appointment.post or appointment.get_kind_display()
    title = f"Выписка из распределения функций для должностной инструкции: {post}"
    paper = OfficialTable(title, _EXTRACT, tuple(rows), notes=(f"Исполнитель: {appointment.person.full_name}",))
    _note(request, matrix, "extract")
    return download("Выписка функций.docx", official_docx(paper))


def _note(request: WorkplaceRequest, matrix: FunctionMatrix, kind: str) -> None:
    record(
        act_of(request), "regulations.matrix.downloaded", kind="matrix", object_id=matrix.pk, label=matrix.title[:200],
        organization=matrix.owner, details={"as": kind},
    )  # fmt: skip
