"""A decision about a plan that is made on one of its pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from msoko.cycle.planning.api import Plan, plans_visible
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import say, say_refusal


def decided(request: WorkplaceRequest, pk: int, decide: Callable[[Plan], str], page: str) -> HttpResponse:
    """Decide and go back to the page of the plan, which says what was done or why nothing was."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    try:
        say(request, decide(plan))
    except RefusedError as refusal:
        say_refusal(request, refusal)
    return redirect(f"office:planning:{page}", pk)
