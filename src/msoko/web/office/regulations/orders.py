"""Orders as assignments: read, accepted, followed on a board, reported on."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.regulations.api import (
    CIRCLES,
    OrderImport,
    OrderPoint,
    PointEntry,
    PointState,
    PointTask,
    RegisteredDocument,
    accept_order,
    add_days,
    discard_order,
    late,
    open_order,
    order_imports_visible,
    point_tasks_visible,
    progress_by_point,
    progress_of,
    report_point,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.files import file_name
from msoko.foundation.documents.official_table import OfficialTable, official_docx
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.procedures.owners import members_of, owners_with
from msoko.web.ui.downloads import download
from msoko.web.ui.exports import export_tables
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import page_of, say, say_refusal, signed_in
from qualimetry.narrative.blocks import Column, Table

_COLUMNS = ("Пункт", "Поручение", "Кому", "Срок", "Организация", "Состояние", "Исполнено", "Чем подтверждено")
_EXTRACT = (("№", 0.08), ("Поручение", 0.44), ("Срок", 0.16), ("Состояние", 0.14), ("Чем подтверждено", 0.18))


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def order_list(request: WorkplaceRequest) -> HttpResponse:
    """Orders with assignments, and those that wait to be accepted."""
    today = timezone.localdate()
    tasks = point_tasks_visible(request.scope)
    documents = RegisteredDocument.objects.filter(pk__in=tasks.order_by().values("point__document"))
    page = page_of(request, documents.select_related("owner").defer("text", "search_key"), 30)
    progress = progress_of(tasks.filter(point__document__in=[one.pk for one in page.object_list]), today)
    context = {
        "page": page, "rows": [(one, progress.get(one.pk)) for one in page.object_list],
        "waiting": list(order_imports_visible(request.scope).filter(document=None).defer("text", "reading")[:20]),
        "may_edit": bool(owners_with(request.scope, Permission.EDIT_DOCUMENTS)),
    }  # fmt: skip
    return render(request, "office/regulations/orders.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def order_open(request: WorkplaceRequest) -> HttpResponse:
    """Upload a file or paste the text of an order."""
    owners = owners_with(request.scope, Permission.EDIT_DOCUMENTS)
    if not owners:
        raise RefusedError("Приказы ведут муниципалитет и организации.", "Обратитесь к администратору.")
    asked = whole_number(request.POST.get("owner", ""))
    owner = next((one for one in owners if one.pk == asked), owners[0])
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            made = open_order(
                act_of(request), owner=owner, name=(upload.name or "") if upload else "",
                data=upload.read() if upload else b"", pasted=request.POST.get("pasted", ""),
            )  # fmt: skip
        except RefusedError as refusal:
            error = f"{refusal.message} {refusal.hint}".strip()
        else:
            return redirect("office:regulations:order_check", made.pk)
    context = {"owners": owners, "owner": owner, "error": error, "pasted": request.POST.get("pasted", "")}
    return render(request, "office/regulations/order_open.html", context, status=400 if error else 200)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def order_check(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What was understood of an order, to be corrected and accepted."""
    order = get_object_or_404(order_imports_visible(request.scope), pk=pk)
    if order.document_id:
        return redirect("office:regulations:order", order.document_id)
    values, error = dict(order.reading), ""
    if request.method == "POST":
        values |= _posted(request.POST)
        try:
            if request.POST.get("discard"):
                discard_order(act_of(request), order=order)
                say(request, "Приказ не принят, загрузка удалена.")
                return redirect("office:regulations:orders")
            document = _accept(request, order, values)
        except RefusedError as refusal:
            error = f"{refusal.message} {refusal.hint}".strip()
        else:
            say(request, "Приказ принят: он в реестре, поручения розданы организациям.")
            return redirect("office:regulations:order", document.pk)
    context = {
        "order": order, "values": values, "error": error, "circles": CIRCLES.items(),
        "points": [point | {"days_text": _days_text(point["days"])} for point in values["points"]],
        "blank": len(values["points"]),
        "members": list(members_of(order.owner).order_by("sort_key")),
        "may_approve": request.scope.may(Permission.APPROVE_DOCUMENTS, order.owner),
    }  # fmt: skip
    return render(request, "office/regulations/order_check.html", context, status=400 if error else 200)


def _posted(posted: Any) -> dict[str, Any]:
    points = []
    for place in range(min(whole_number(posted.get("count", "")), 300)):
        found = {
            name: posted.get(f"{name}-{place}", "").strip()
            for name in ("number", "text", "addressee", "term", "days", "circle")
        }
        found["days"] = _split(found["days"])
        found["chosen"] = [whole_number(one) for one in posted.getlist(f"chosen-{place}")]
        if found["text"] and not posted.get(f"remove-{place}"):
            points.append(found)
    return {name: posted.get(name, "").strip() for name in ("title", "number", "signed_on", "controller")} | {
        "points": points
    }


def _accept(request: WorkplaceRequest, order: OrderImport, values: dict[str, Any]) -> RegisteredDocument:
    signed_on = _day(values["signed_on"], "Дата приказа")
    if signed_on is None:
        raise RefusedError("Дата приказа не указана.", "Впишите дату подписания.")
    points = [
        PointEntry(
            number=one["number"], text=one["text"], addressee=one["addressee"], term=one["term"],
            days=tuple(_written_day(day, one["number"]) for day in one["days"]), circle=one["circle"],
            chosen=tuple(one.get("chosen", ())),
        )
        for one in values["points"]
    ]  # fmt: skip
    return accept_order(
        act_of(request), order=order, title=values["title"], number=values["number"], signed_on=signed_on,
        controller=values["controller"], points=points,
    )  # fmt: skip


def _split(text: str) -> list[str]:
    return [day for day in re.split(r"[\s;,]+", text) if day]


def _days_text(days: list[str]) -> str:
    """Days as the form shows them; what cannot be read stays as it was typed."""
    found = []
    for day in days:
        try:
            found.append(f"{dt.date.fromisoformat(day):%d.%m.%Y}")
        except ValueError:
            found.append(day)
    return ", ".join(found)


def _written_day(text: str, number: str) -> dt.date:
    """«15.09.2026», «2026-09-15»."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise RefusedError(f"Срок пункта {number}: «{text[:30]}» – такой даты нет.", "Впишите дни так: 15.09.2026.")


def _day(text: str, what: str) -> dt.date | None:
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise RefusedError(f"{what}: такой даты нет.", "Выберите день в календаре.")
    return found


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def order_board(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Who has done what: points × organizations."""
    document, tasks = _order(request, pk)
    today = timezone.localdate()
    counts = progress_of(tasks, today).get(document.pk)
    shown = _filtered(tasks, request, today)
    page = page_of(request, shown, 60)
    names = Organization.objects.filter(pk__in=tasks.order_by().values("organization")).order_by("sort_key")
    context = {
        "document": document, "page": page, "counts": counts, "today": today, "states": PointState.choices,
        "progress": progress_by_point(tasks, today),
        "points": list(OrderPoint.objects.filter(document=document).values_list("pk", "number", "text", "due_on")),
        "organizations": list(names), "controller": _controller(document),
        "may": {task.pk for task in page.object_list if _may_report(request, task)},
        "query": request.GET.urlencode(),
        "may_add_days": request.scope.may(Permission.APPROVE_DOCUMENTS, document.owner),
    }  # fmt: skip
    return render(request, "office/regulations/order_board.html", context)


def _order(request: WorkplaceRequest, pk: int) -> tuple[RegisteredDocument, Any]:
    tasks = point_tasks_visible(request.scope).filter(point__document=pk)
    document = RegisteredDocument.objects.filter(pk=pk).select_related("owner").defer("text", "search_key").first()
    is_own = document is not None and request.scope.may(Permission.SEE_DOCUMENTS, document.owner)
    if document is None or not (tasks.exists() or (is_own and OrderPoint.objects.filter(document=document).exists())):
        raise Http404
    return document, tasks.order_by("point__position", "due_on", "organization__sort_key", "pk")


def _filtered(tasks: Any, request: WorkplaceRequest, today: dt.date) -> Any:
    asked = request.GET
    if asked.get("state") == "late":
        tasks = tasks.filter(late(today))
    elif asked.get("state") in PointState.values:
        tasks = tasks.filter(state=asked["state"])
    point, organization = whole_number(asked.get("point", "")), whole_number(asked.get("organization", ""))
    found = Q(point=point) if point else Q()
    return tasks.filter(found & (Q(organization=organization) if organization else Q()))


def _controller(document: RegisteredDocument) -> str:
    return OrderImport.objects.filter(document=document).values_list("controller", flat=True).first() or ""


def _may_report(request: WorkplaceRequest, task: PointTask) -> bool:
    return request.scope.may(Permission.EXECUTE_TASKS, task.organization) or request.scope.may(
        Permission.EDIT_DOCUMENTS, task.point.document.owner
    )


@require_POST
@signed_in(Permission.SEE_DOCUMENTS)
def order_report(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Note the state of one assignment; the page comes back with its filters."""
    task = get_object_or_404(point_tasks_visible(request.scope), pk=pk)
    try:
        report_point(
            act_of(request), task=task, state=request.POST.get("state", ""), proof=request.POST.get("proof", ""),
            done_on=_day(request.POST.get("done_on", ""), "Дата исполнения"),
        )  # fmt: skip
    except RefusedError as refusal:
        say_refusal(request, refusal)
    else:
        say(request, f"Отмечено: пункт {task.point.number}, {task.organization.short_name}.")
    return redirect("office:regulations:order", task.point.document_id)


@require_POST
@signed_in(Permission.APPROVE_DOCUMENTS)
def order_days(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Further days of a point."""
    document, _ = _order(request, pk)
    rows = OrderPoint.objects.filter(document=document).select_related("document__owner")
    point = get_object_or_404(rows, pk=whole_number(request.POST.get("point", "")))
    try:
        days = [_written_day(day, point.number) for day in _split(request.POST.get("days", ""))]
        count = add_days(act_of(request), point=point, days=days)
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
    else:
        say(request, f"Пункт {point.number}: добавлено поручений – {count}.")
    return redirect("office:regulations:order", pk)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def order_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """The board as Excel; an extract for one organization as Word."""
    document, tasks = _order(request, pk)
    today = timezone.localdate()
    if kind == "xlsx":
        rows = tuple(_cells(task, today) for task in _filtered(tasks, request, today))
        table = Table("order", "Исполнение приказа", tuple(Column(title) for title in _COLUMNS), rows)
        return export_tables(request, f"Исполнение приказа № {document.number}", [("Поручения", table)])
    asked = whole_number(request.GET.get("organization", ""))
    own = list(tasks.filter(organization=asked) if asked else tasks)
    if kind != "docx" or not own:
        raise Http404
    organization = own[0].organization
    lines = tuple((one[0], one[1], one[3], one[5], one[7]) for one in
                  (_cells(task, today) for task in own if task.organization_id == organization.pk))  # fmt: skip
    title = f"Выписка из приказа от {document.signed_on:%d.%m.%Y} № {document.number} «{document.title}»"
    record(act_of(request), "regulations.order.extracted", kind="document", object_id=document.pk,
           label=document.title[:200], organization=organization)  # fmt: skip
    notes = (f"Организация: {organization.full_name or organization.short_name}",)
    data = official_docx(OfficialTable(title, _EXTRACT, lines, notes=notes))
    return download(file_name(f"Выписка {organization.short_name}", ".docx"), data)


def _cells(task: PointTask, today: dt.date) -> tuple[str, ...]:
    point = task.point
    is_late = task.state != PointState.DONE and task.due_on is not None and task.due_on < today
    due = f"{task.due_on:%d.%m.%Y}" if task.due_on else point.term
    return (
        point.number, point.text, point.addressee, due, task.organization.short_name,
        f"{task.get_state_display()}{', просрочено' if is_late else ''}",
        f"{task.done_on:%d.%m.%Y}" if task.done_on else "", task.proof,
    )  # fmt: skip
