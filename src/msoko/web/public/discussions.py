"""Open discussions: the list, the text by clauses, the form of a remark.

Pages without a form are the same for everybody and may be kept by proxies; the form stands on a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from msoko.cycle.publication.api import VISITOR, PortalPage, VisitorEntry, portal_page, portal_rows, send_remark
from msoko.foundation.catalog.portal import portal_rules
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.public.limits import count_one, is_too_many
from msoko.web.ui.numbers import whole_number

Parameters = ParamSpec("Parameters")
_TOO_MANY = RefusedError("С вашего адреса сегодня поступило много замечаний.", "Повторите позже: ничего не записано.")


def kept_by_anyone(
    view: Callable[Concatenate[HttpRequest, Parameters], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponse]:
    """The page is the same for everybody: browsers and proxies may keep it for a while."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = f"public, max-age={portal_rules().keep_seconds}"
        return response

    return cast(Callable[Concatenate[HttpRequest, Parameters], HttpResponse], wrapper)


class RemarkForm(forms.Form):
    """A remark; `site` is a trap for machines and stays empty."""

    text = forms.CharField(label="Замечание", max_length=portal_rules().max_text, strip=True,
                           widget=forms.Textarea(attrs={"rows": 5}),
                           help_text="Что и почему следует изменить. Не пишите сведений о людях.")  # fmt: skip
    proposal = forms.CharField(label="Предлагаемая редакция", max_length=portal_rules().max_text, required=False,
                               widget=forms.Textarea(attrs={"rows": 3}),
                               help_text="Как, по-вашему, должен звучать пункт.")  # fmt: skip
    name = forms.CharField(label="Как к вам обращаться", max_length=portal_rules().max_name, required=False,
                           widget=forms.TextInput(attrs={"autocomplete": "name"}),
                           help_text="Не обязательно. На портале не показывается.")  # fmt: skip
    email = forms.EmailField(label="Электронная почта", max_length=254, required=False,
                             widget=forms.EmailInput(attrs={"autocomplete": "email"}),
                             help_text="Не обязательно. Если организатору понадобится уточнить.")  # fmt: skip
    consent = forms.BooleanField(label=portal_rules().consent, required=False)
    site = forms.CharField(label="Не заполняйте это поле", required=False, max_length=200,
                           widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))  # fmt: skip

    @property
    def entry(self) -> VisitorEntry:
        values = self.cleaned_data
        return VisitorEntry(values["text"], values["proposal"], values["name"], values["email"])


@require_safe
@kept_by_anyone
def discussion_list(request: HttpRequest) -> HttpResponse:
    """Discussions on the portal: those that take remarks, those that are over."""
    rows = portal_rows(timezone.localdate())
    context = {"going": [one for one in rows if one.is_open], "over": [one for one in rows if not one.is_open]}
    return render(request, "public/discussions.html", context)


@require_safe
@kept_by_anyone
def discussion_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The text by clauses with shown remarks and answers."""
    return render(request, "public/discussion.html", {"page": _page(pk)})


@require_safe
@kept_by_anyone
def remark_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens with a remark that was sent."""
    return render(request, "public/thanks.html", {"page": _page(pk)})


@never_cache
@require_http_methods(["GET", "POST"])
def remark_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a remark to a clause or to the whole."""
    page = _page(pk)
    asked = whole_number(request.POST.get("clause") or request.GET.get("clause") or "")
    clause = next((one for one in page.clauses if one.pk == asked), None)
    if (asked and clause is None) or not page.row.is_open:
        return render(request, "public/remark_closed.html", {"page": page}, status=404 if page.row.is_open else 409)
    form = RemarkForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _sent(request, pk, asked, form):
            return redirect("public:thanks", pk)
        status = 400
    context: dict[str, Any] = {"page": page, "clause": clause, "form": form}
    return render(request, "public/remark.html", context, status=status)


def _sent(request: HttpRequest, pk: int, clause: int, form: RemarkForm) -> bool:
    """Whether the visitor is thanked. A machine that fills the trap is thanked as well, and nothing is kept."""
    if form.cleaned_data["site"]:
        return True
    act = Act(VISITOR, timezone.now())
    try:
        if is_too_many(request):
            raise RefusedError(_TOO_MANY.message, _TOO_MANY.hint)
        send_remark(act, published=pk, clause=clause, entry=form.entry, has_consent=form.cleaned_data["consent"])
    except RefusedError as refusal:
        form.add_error(None, f"{refusal.message} {refusal.hint}".strip())
        return False
    count_one(request)
    return True


def _page(pk: int) -> PortalPage:
    found = portal_page(pk, timezone.localdate())
    if found is None:
        raise Http404
    return found
