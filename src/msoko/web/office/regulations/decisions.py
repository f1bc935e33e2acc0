"""What is done with a document: bases, files, registration, force, repeal, the next edition, removal."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.regulations.api import (
    BasisEntry,
    RegisteredDocument,
    attach_file,
    attach_scan,
    documents_visible,
    mark_public,
    put_in_force,
    register_document,
    remove_draft,
    repeal_document,
    restore_document,
    return_to_draft,
    send_to_discussion,
    set_bases,
    start_edition,
    take_back_force,
    with_bases,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.web.office.regulations.forms import RegistrationForm, RepealForm
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, say_refusal, signed_in

#: what was said and the document to show next; None is the list
Outcome = tuple[str, RegisteredDocument | None]
Decision = Callable[[WorkplaceRequest, RegisteredDocument], Outcome]


@require_POST
@signed_in(Permission.EDIT_DOCUMENTS)
def document_decide(request: WorkplaceRequest, pk: int, what: str) -> HttpResponse:
    """Do one thing with a document; a refusal is said on its page."""
    decide = _DECISIONS.get(what)
    if decide is None:
        raise Http404
    document = get_object_or_404(with_bases(documents_visible(request.scope)), pk=pk)
    if not request.scope.may(Permission.EDIT_DOCUMENTS, document.owner):
        raise ForbiddenError
    try:
        words, shown = decide(request, document)
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return redirect("office:regulations:document", pk)
    say(request, words)
    return redirect("office:regulations:document", shown.pk) if shown else redirect("office:regulations:list")


def _discuss(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    return "Документ вынесен на обсуждение.", send_to_discussion(act_of(request), document=document)


def _draft(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    reason = request.POST.get("reason", "")
    return "Документ снова проект.", return_to_draft(act_of(request), document=document, reason=reason)


def _register(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        raise RefusedError("Номер и дата документа не указаны.", "Впишите реквизиты подписанного документа.")
    document = register_document(act_of(request), document=document, **form.cleaned_data)
    state = document.get_status_display().lower()
    return f"Документ зарегистрирован: № {document.number}, {state}.", document


def _force(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    return "Документ действует.", put_in_force(act_of(request), document=document)


def _unforce(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    reason = request.POST.get("reason", "")
    return "Вступление в силу отменено.", take_back_force(act_of(request), document=document, reason=reason)


def _repeal(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    form = RepealForm(request.POST)
    if not form.is_valid():
        raise RefusedError("Дата или основание отмены не указаны.", "Впишите, чем и с какого дня отменён документ.")
    document = repeal_document(act_of(request), document=document, **form.cleaned_data)
    return "Документ отменён. Документы, которые на нём основаны, отмечены предупреждением.", document


def _restore(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    reason = request.POST.get("reason", "")
    return "Документ снова действует.", restore_document(act_of(request), document=document, reason=reason)


def _edition(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    draft = start_edition(act_of(request), document=document)
    return f"Создан проект редакции № {draft.edition}: основания и текст взяты из прежней.", draft


def _remove(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    remove_draft(act_of(request), document=document)
    return "Проект удалён.", None


def _public(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    is_public = request.POST.get("public") == "1"
    mark_public(act_of(request), document=document, is_public=is_public)
    return ("Документ предназначен для сайта." if is_public else "Документ убран из перечня для сайта."), document


def _basis_add(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    pk = whole_number(request.POST.get("base", ""))
    base = documents_visible(request.scope).filter(pk=pk).first() if pk else None
    entry = BasisEntry(base=base, norm=request.POST.get("norm", "")[:40] if not base else "")
    if entry.base is None and not entry.norm:
        entry = BasisEntry(words=request.POST.get("words", ""))
    if entry == BasisEntry():
        raise RefusedError("Основание не выбрано.", "Выберите документ или федеральный акт либо впишите акт словами.")
    set_bases(act_of(request), document=document, bases=[*_entries(document), entry])
    return "Основание добавлено.", document


def _basis_remove(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    gone = whole_number(request.POST.get("basis", ""))
    set_bases(act_of(request), document=document, bases=_entries(document, without=gone))
    return "Основание убрано.", document


def _entries(document: RegisteredDocument, without: int = 0) -> list[BasisEntry]:
    rows = (row for row in document.bases.all() if row.pk != without)
    return [BasisEntry(row.base, row.norm, row.words) for row in rows]


def _file(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    name, data = _upload(request)
    return "Файл загружен. Текст читается для поиска.", attach_file(
        act_of(request), document=document, name=name, data=data
    )


def _scan(request: WorkplaceRequest, document: RegisteredDocument) -> Outcome:
    name, data = _upload(request)
    return "Скан подписанного документа загружен.", attach_scan(
        act_of(request), document=document, name=name, data=data
    )


def _upload(request: WorkplaceRequest) -> tuple[str, bytes]:
    upload = request.FILES.get("file")
    if upload is None:
        raise RefusedError("Файл не выбран.", "Перетащите файл или выберите его.")
    return upload.name or "файл", upload.read()


_DECISIONS: dict[str, Decision] = {
    "discuss": _discuss, "draft": _draft, "register": _register, "force": _force, "unforce": _unforce,
    "repeal": _repeal, "restore": _restore, "edition": _edition, "remove": _remove, "public": _public,
    "basis-add": _basis_add, "basis-remove": _basis_remove, "file": _file, "scan": _scan,
}  # fmt: skip


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def document_download(request: WorkplaceRequest, pk: int, what: str) -> HttpResponse:
    """The file or the signed scan of a document."""
    document = get_object_or_404(documents_visible(request.scope), pk=pk)
    found = {"file": (document.file_key, document.file_name), "scan": (document.scan_key, document.scan_name)}
    key, name = found.get(what, ("", ""))
    if not key:
        raise Http404
    record(
        act_of(request), "regulations.document.downloaded", kind="document", object_id=document.pk,
        label=document.title[:200], organization=document.owner,
        details={"what": what, "on": timezone.localdate().isoformat()},
    )  # fmt: skip
    return download(name, default_storage().read(key))
