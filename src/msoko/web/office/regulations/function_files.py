"""The matrix as a file: the official three columns, the extract of a person; and a matrix read from a file."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from intake.matrices import MatrixReading, read_functions, read_pasted_functions
from msoko.cycle.regulations.api import FunctionMatrix, MatrixFunction, adopt_reading, groups_of, matrices_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.functions import power_title
from msoko.foundation.catalog.plans import matrix_words
from msoko.foundation.documents.official_table import FullRow, OfficialTable, official_docx, official_xlsx
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.roster.api import Appointment
from msoko.web.office.regulations.functions import matrix_of
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in

_THREE = (("Функция. Содержание деятельности", 0.36), ("Должности, органы", 0.28), ("Документы", 0.36))
_EXTRACT = (("№", 0.06), ("Функция", 0.48), ("Вид полномочия", 0.16), ("Документы", 0.30))
_MAX_BYTES = 50 * 1024 * 1024
_SALT = "regulations.matrix"
_HOUR = 3600


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def matrix_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """Word or Excel in three columns; the product reads it back to the same functions."""
    matrix = get_object_or_404(matrices_visible(request.scope), pk=pk)
    if kind not in {"docx", "xlsx"}:
        raise Http404
    paper = _paper(matrix, with_people=request.GET.get("people") == "1")
    _note(request, matrix, kind)
    data = official_docx(paper) if kind == "docx" else official_xlsx(paper, "Функции")
    return download(f"Распределение функций.{kind}", data)


def _paper(matrix: FunctionMatrix, *, with_people: bool) -> OfficialTable:
    rows: list[FullRow | tuple[str, ...]] = []
    for group in groups_of(matrix):
        title = f"{group.number}. {group.title}" if group.number else group.title
        posts, documents = "\n".join(group.posts), "\n".join(one.title for one in group.required.all())
        rows.append((title, posts, documents) if posts or documents else FullRow(title))
        rows += [_cells(one, with_people=with_people) for one in group.functions.all()]
    return OfficialTable(matrix.title, _THREE, tuple(rows))


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
    rows: list[FullRow | tuple[str, ...]] = []
    for group in groups_of(matrix):
        own = [one for one in group.functions.all() if appointment in one.people.all()]
        if own:
            rows.append(FullRow(f"{group.number}. {group.title}"))
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


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def matrix_import(request: WorkplaceRequest) -> HttpResponse:
    """Read a file, show what was understood, make it the matrix after a word of the person."""
    owners, owner, matrix = matrix_of(request)
    if owner is None or not request.scope.may(Permission.EDIT_DOCUMENTS, owner):
        raise ForbiddenError
    context: dict[str, Any] = {"owners": owners, "owner": owner, "matrix": matrix}
    if request.method == "POST":
        try:
            name, key, data = _file(request, owner.pk)
            reading = _read(name, data)
            if request.POST.get("accept") == "1":
                adopt_reading(act_of(request), owner=owner, reading=reading)
                say(request, "Матрица принята из файла. Назначьте ответственных и укажите документы.")
                return redirect(f"{reverse('office:regulations:functions')}?organization={owner.pk}")
            context |= {"reading": reading, "ticket": signing.dumps([owner.pk, name, key], salt=_SALT)}
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            context["refusal"] = refusal
    status = 400 if context.get("refusal") else 200
    return render(request, "office/regulations/function_import.html", context, status=status)


def _file(request: WorkplaceRequest, owner: int) -> tuple[str, str, bytes]:
    """Name, place and content of the file: uploaded now, or kept by the preview before."""
    ticket = request.POST.get("ticket", "")
    if ticket:
        try:
            of, name, key = signing.loads(ticket, salt=_SALT, max_age=_HOUR)
        except signing.BadSignature:
            raise RefusedError("Просмотр устарел.", "Загрузите файл ещё раз.") from None
        if of != owner:
            raise ForbiddenError
        return name, key, default_storage().read(key)
    upload, pasted = request.FILES.get("file"), request.POST.get("table", "").strip()
    if upload is None and not pasted:
        raise RefusedError("Файл не выбран.", "Перетащите файл с таблицей функций или вставьте таблицу из Word.")
    name, data = (upload.name or "файл", upload.read()) if upload else ("Вставленная таблица", pasted.encode())
    if not data or len(data) > _MAX_BYTES:
        raise RefusedError("Файл пуст или больше 50 МБ.", "Оставьте в файле только таблицу функций.")
    return name, default_storage().write("plans", data, ".upload"), data


def _read(name: str, data: bytes) -> MatrixReading:
    words = matrix_words()
    if name == "Вставленная таблица":
        return read_pasted_functions(data.decode("utf-8", "replace"), words=words)
    return read_functions(name, data, words=words)


def _note(request: WorkplaceRequest, matrix: FunctionMatrix, kind: str) -> None:
    record(
        act_of(request), "regulations.matrix.downloaded", kind="matrix", object_id=matrix.pk, label=matrix.title[:200],
        organization=matrix.owner, details={"as": kind},
    )  # fmt: skip
