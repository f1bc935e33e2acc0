"""Rules of views: who may come in, what a refusal looks like. Every view of the office wears `@signed_in`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.ui.flash import say, say_refusal
from msoko.web.ui.middleware import WorkplaceRequest

__all__ = ["form_page", "page_of", "refuse", "say", "say_refusal", "signed_in"]

Parameters = ParamSpec("Parameters")
Row = TypeVar("Row", bound=Model)
WorkplaceView = Callable[Concatenate[WorkplaceRequest, Parameters], HttpResponse]
PAGE_SIZE = 50


def signed_in(
    *anyone_with: Permission,
) -> Callable[[WorkplaceView[Parameters]], Callable[Concatenate[HttpRequest, Parameters], HttpResponse]]:
    """Let in signed-in people who have any of the permissions somewhere (none named: everybody signed in).

    What exactly they see is decided by queries: an object outside their scope is «not found».
    """

    def decorate(view: WorkplaceView[Parameters]) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponse]:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            place = cast(WorkplaceRequest, request)
            if anyone_with and not any(place.scope.may_anywhere(permission) for permission in anyone_with):
                raise ForbiddenError("Этот раздел не входит в вашу роль.")
            response = view(place, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                response["Cache-Control"] = "private, no-cache"  # a shared PC shows nothing after signing out
            return response

        wrapper.is_signed_in = True  # type: ignore[attr-defined]  # read by an architecture test
        return cast(Callable[Concatenate[HttpRequest, Parameters], HttpResponse], wrapper)

    return decorate


def page_of(request: HttpRequest, rows: QuerySet[Row], size: int = PAGE_SIZE) -> Page[Row]:
    """The page named in the address; a wrong number gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def refuse(form: forms.BaseForm, refusal: RefusedError) -> None:
    """Show a refusal of an act at the form that asked for it."""
    form.add_error(None, " ".join(part for part in (refusal.message, refusal.hint) if part))


def form_page(request: HttpRequest, template: str, form: forms.BaseForm, context: dict[str, Any]) -> HttpResponse:
    """A page with a form; 400 when the form has errors."""
    return render(request, template, context | {"form": form}, status=400 if form.errors else 200)
