"""A file of an import: what was understood, remarks, the copy without personal data."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.collection.api import ImportFile, exclude_file, sessions_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.storage import default_storage
from msoko.web.office.collection.session_page import Remark, file_rows, remarks_of
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table


def _visible(request: WorkplaceRequest) -> QuerySet[ImportFile]:
    return ImportFile.objects.filter(session__in=sessions_visible(request.scope)).select_related(
        "session__organization"
    )


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def file_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One file: digest, layout, what it says, remarks with places."""
    file = get_object_or_404(_visible(request), pk=pk)
    context = {
        "file": file,
        "session": file.session,
        "row": file_rows(file.session, [file])[0],
        "remarks": remarks_of([file]),
        "is_open": not file.session.accepted_at and not file.session.discarded_at,
    }
    return render(request, "office/collection/file.html", context)


@require_POST
@signed_in(Permission.IMPORT_RESULTS)
def file_exclude(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Leave the file out, or take it back."""
    file = get_object_or_404(_visible(request), pk=pk)
    exclude_file(
        act_of(request), session=file.session, file=file, version=whole_number(request.POST.get("version", "")),
        is_excluded=request.POST.get("exclude") == "1",
    )  # fmt: skip
    return redirect(reverse("office:collection:session", args=[file.session_id]) + "?tab=files")


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def file_copy(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The stored copy; every download stands in the journal."""
    file = get_object_or_404(_visible(request), pk=pk)
    storage = default_storage()
    if not file.stored_name or not storage.exists(file.stored_name):
        raise Http404
    record(
        act_of(request), "collection.file.downloaded", kind="file", object_id=file.pk, label=file.name,
        organization=file.session.organization, details={"sha256": file.sha256},
    )  # fmt: skip
    stem = file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return download(f"{stem} (без имён).xlsx", storage.read(file.stored_name))


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def remarks_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """All remarks of an import as a workbook, to send to those who mend the files."""
    session = get_object_or_404(sessions_visible(request.scope), pk=pk)
    record(
        act_of(request),
        "collection.problems.downloaded",
        kind="import",
        object_id=pk,
        organization=session.organization,
    )
    return download(f"Замечания, загрузка № {pk}.xlsx", remarks_workbook(remarks_of(session.files.all()), pk))


def remarks_workbook(remarks: list[Remark], number: int) -> bytes:
    """Remarks as a table with a filter."""
    titles = ("Важность", "Файл", "Лист", "Строка", "Столбец", "Замечание", "Что сделать")
    rows = tuple(
        (one.severity_title, one.file.name, one.sheet, one.row, one.column, one.message, one.hint) for one in remarks
    )
    columns = tuple(Column(title, kind="integer" if title == "Строка" else "text") for title in titles)
    table = Table("remarks", f"Замечания к файлам загрузки № {number}", columns, rows)
    return tables_bytes([SheetSpec("Замечания", table, as_of=timezone.localdate())], title="Замечания к файлам")
