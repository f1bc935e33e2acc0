"""What every page needs to know: who acts, when, from where, and what they may see; and pages for refusals."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from msoko.foundation.access.api import Scope, User, scope_of
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.ui.errors import refusal_page


class WorkplaceRequest(HttpRequest):
    """A request as views of a signed-in person see it: `scope` is loaded once, on first use."""

    user: User
    scope: Scope


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

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal that no form caught: 403 when forbidden, else 400 with what to do."""
        if isinstance(error, RefusedError):
            return refusal_page(request, error, 403 if isinstance(error, ForbiddenError) else 400)
        return None
