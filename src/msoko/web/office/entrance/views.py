"""One-click sign-in of the demonstration."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from msoko.foundation.access.api import demo_accounts


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a person of the demonstration; outside it this address does not exist."""
    if not settings.IS_DEMO:
        raise Http404
    chosen = request.POST.get("user", "")
    user = get_object_or_404(demo_accounts(), pk=chosen if chosen.isdecimal() else 0)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("office:home")
