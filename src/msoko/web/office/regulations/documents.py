"""Documents: the list, a new one, changing, the page of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from msoko.cycle.regulations.api import (
    OPEN,
    TROUBLE_TITLES,
    DocumentEntry,
    DocumentLevel,
    DocumentStatus,
    RegisteredDocument,
    add_document,
    attach_file,
    change_document,
    default_level,
    documents_visible,
    history_of,
    list_rows,
    trouble_counts,
    warnings_of,
    with_bases,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import event_title
from msoko.foundation.catalog.documents import document_kinds, file_rules, kind_of_title
from msoko.foundation.catalog.norms import norms
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.procedures.owners import owners_with
from msoko.web.office.regulations.chain import chain_of, editions_of
from msoko.web.office.regulations.forms import DocumentForm, RegistrationForm, RepealForm, kind_choices
from msoko.web.office.regulations.listing import filtered, rows_of
from msoko.web.office.regulations.used import uses_of
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, page_of, refuse, say, signed_in

_PAGE = 30


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def document_list(request: WorkplaceRequest) -> HttpResponse:
    """The register with filters, search, order and pages in the address."""
    today, asked = timezone.localdate(), request.GET.get("q", "")
    visible = documents_visible(request.scope)
    found = filtered(visible, request.GET, today)
    shown = with_bases(found.defer("search_key")) if asked else list_rows(found)
    page = page_of(request, shown, _PAGE)
    owners = Organization.objects.filter(pk__in=visible.order_by().values("owner")).order_by("sort_key")
    context = {
        "page": page,
        "rows": rows_of(page.object_list, today, asked),
        "kinds": kind_choices(),
        "levels": DocumentLevel.choices,
        "statuses": DocumentStatus.choices,
        "owners": list(owners),
        "troubles": [(one.value, TROUBLE_TITLES[one], n) for one, n in trouble_counts(visible, today).items()],
        "may_edit": bool(owners_with(request.scope, Permission.EDIT_DOCUMENTS)),
    }
    return render(request, "office/regulations/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def document_add(request: WorkplaceRequest) -> HttpResponse:
    """A draft of a document, with its file when it is at hand."""
    owners = owners_with(request.scope, Permission.EDIT_DOCUMENTS)
    if not owners:
        raise RefusedError("Документы ведут муниципалитет и организации.", "Обратитесь к администратору.")
    asked = whole_number(request.POST.get("owner") or request.GET.get("owner") or "")
    owner = next((one for one in owners if one.pk == asked), owners[0])
    form = DocumentForm(request.POST or None, initial=_initial(request, owner))
    if request.method == "POST" and form.is_valid():
        try:
            document = add_document(act_of(request), owner=owner, entry=DocumentEntry(**form.cleaned_data))
            upload = request.FILES.get("file")
            if upload is not None:
                attach_file(act_of(request), document=document, name=upload.name or "", data=upload.read())
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Проект документа внесён в реестр. Укажите основания и зарегистрируйте после подписания.")
            return redirect("office:regulations:document", document.pk)
    context = {"owner": owner, "owners": owners, "suffixes": file_rules().document_suffixes}
    return form_page(request, "office/regulations/form.html", form, context)


def _initial(request: WorkplaceRequest, owner: Organization) -> dict[str, Any]:
    title = request.GET.get("title", "")[:500]
    kind = request.GET.get("kind", "")
    return {
        "title": title,
        "kind": kind if kind in document_kinds() else (kind_of_title(title) if title else ""),
        "level": default_level(owner.kind),
    }


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def document_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Change the requisites of a document."""
    document = get_object_or_404(_editable(request), pk=pk)
    names = tuple(DocumentForm.base_fields)
    form = DocumentForm(request.POST or None, initial={name: getattr(document, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            change_document(act_of(request), document=document, values=form.cleaned_data)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Сведения о документе изменены.")
            return redirect("office:regulations:document", pk)
    return form_page(request, "office/regulations/form.html", form, {"document": document, "owner": document.owner})


def _editable(request: WorkplaceRequest) -> Any:
    scope = request.scope
    return documents_visible(scope).filter(scope.filter(Permission.EDIT_DOCUMENTS, "owner__"))


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def document_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The page of a document: state, warnings, chain of bases, editions, where it is used, history."""
    visible = documents_visible(request.scope)
    document = get_object_or_404(with_bases(visible), pk=pk)
    today = timezone.localdate()
    may_edit = request.scope.may(Permission.EDIT_DOCUMENTS, document.owner)
    may_see_history = request.scope.may(Permission.SEE_DOCUMENTS, document.owner)
    context = {
        "document": document,
        "kind": document_kinds().get(document.kind),
        "warnings": warnings_of(document, today),
        "chain": chain_of(document, visible, today),
        "derived": list(visible.filter(bases__base=document).order_by("title")),
        "editions": editions_of(document, visible),
        "used": uses_of(request, document),
        "history": _history(document) if may_see_history else [],
        "may_edit": may_edit,
        "is_open": document.status in OPEN,
        "may_approve": request.scope.may(Permission.APPROVE_DOCUMENTS, document.owner),
        "registration": RegistrationForm(initial=_registration(document)),
        "repeal": RepealForm(initial={"on": today}),
        **(_base_choices(document, visible) if may_edit else {}),
    }
    return render(request, "office/regulations/document.html", context)


def _registration(document: RegisteredDocument) -> dict[str, str | dt.date | None]:
    return {"number": document.number, "signed_on": document.signed_on, "in_force_from": document.in_force_from}


def _history(document: RegisteredDocument) -> list[tuple[Any, str]]:
    return [(event, event_title(event.event)) for event in history_of(document)[:30]]


def _base_choices(document: RegisteredDocument, visible: Any) -> dict[str, Any]:
    taken = {row.base_id for row in document.bases.all()}
    rows = visible.filter(status__in=[DocumentStatus.IN_FORCE, DocumentStatus.APPROVED]).exclude(pk=document.pk)
    known = {row.norm for row in document.bases.all()}
    return {
        "base_choices": [one for one in rows.defer("text", "search_key").order_by("title")[:500]
                         if one.pk not in taken],
        "norm_choices": [one for one in norms().values() if one.id not in known],
    }  # fmt: skip
