"""What every page needs to know: who acts, when, from where, and what they may see; and pages for refusals."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from msoko.foundation.access.api import Scope, User, scope_of
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.ui.errors import refusal_page
from msoko.web.ui.flash import say

_OPEN_WITH_ONE_TIME_PASSWORD = {"account_change_password", "account_logout", "account_reauthenticate"}

_PORTAL = "public"


class WorkplaceRequest(HttpRequest):
    """A request as views of a signed-in person see it: `scope` is loaded once, on first use."""

    user: User
    scope: Scope


def _has_nul(request: HttpRequest, kwargs: dict[str, object]) -> bool:
    """Whether any text of the request holds U+0000, which PostgreSQL cannot store."""
    sent = [value for values in (request.GET, request.POST) for _, entries in values.lists() for value in entries]
    names = [file.name or "" for _, files in request.FILES.lists() for file in files]
    return any("\x00" in text for text in (*map(str, sent), *names, *map(str, kwargs.values())))


def act_of(request: WorkplaceRequest) -> Act:
    """The act of this request, at this moment."""
    return Act(actor=request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR", ""))


class WorkplaceMiddleware:
    """Gives the request its `scope`; turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.scope = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: scope_of(user, timezone.localdate()) if isinstance(user, User) else Scope()
        )
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Text that no database keeps is refused. A one-time password opens one page only: that where it is changed."""
        if _has_nul(request, kwargs):
            return refusal_page(
                request, RefusedError("В запросе недопустимый знак (код 0).", "Наберите текст заново."), 400
            )
        match = request.resolver_match
        if match is not None and match.namespace == _PORTAL:  # who is signed in plays no part: the page may be kept
            return None
        is_free = match is not None and match.view_name in _OPEN_WITH_ONE_TIME_PASSWORD
        if isinstance(request.user, User) and request.user.must_change_password and not is_free:
            say(request, "Вы вошли с одноразовым паролем. Придумайте свой, чтобы продолжить.", "info")
            return redirect("account_change_password")
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal that no form caught: 403 when forbidden, else 400 with what to do."""
        if isinstance(error, RefusedError):
            return refusal_page(request, error, 403 if isinstance(error, ForbiddenError) else 400)
        return None
