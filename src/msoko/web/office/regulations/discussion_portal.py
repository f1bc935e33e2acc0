"""The open portal on the page of a discussion: putting on, taking off, looking at remarks of visitors."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from msoko.cycle.publication.api import publication_of, publish_discussion, withdraw_discussion
from msoko.cycle.regulations.api import Discussion, Remark, RemarkModeration, moderate_remark, remarks_of
from msoko.foundation.access.api import Permission
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number


def shown(request: WorkplaceRequest, discussion: Discussion, *, is_host: bool) -> dict[str, Any]:
    """Whether the discussion is on the portal, where, and the remarks that wait for a moderator."""
    if not is_host:
        return {"waiting": []}
    found = publication_of(discussion)
    is_on = found is not None and found.withdrawn_at is None
    rows = remarks_of(request.scope, discussion).filter(moderation=RemarkModeration.WAITING)
    may_publish = request.scope.may(Permission.APPROVE_DOCUMENTS, discussion.owner)
    address = request.build_absolute_uri(reverse("public:discussion", args=[found.pk])) if found and is_on else ""
    return {
        "waiting": list(rows), "portal": found, "portal_address": address,
        "may_withdraw": may_publish and is_on, "may_publish": may_publish and not is_on and not discussion.result,
    }  # fmt: skip


def _publish(request: WorkplaceRequest, discussion: Discussion) -> str:
    posted = request.POST
    publish_discussion(
        act_of(request), discussion=discussion, summary=posted.get("summary", ""), contact=posted.get("contact", "")
    )
    return "Обсуждение на портале: адрес стоит справа."


def _withdraw(request: WorkplaceRequest, discussion: Discussion) -> str:
    withdraw_discussion(act_of(request), discussion=discussion, reason=request.POST.get("reason", ""))
    return "Обсуждение снято с портала. Поступившие замечания остались здесь."


def _moderate(request: WorkplaceRequest, discussion: Discussion) -> str:
    posted = request.POST
    rows = Remark.objects.filter(discussion=discussion).select_related("discussion__owner")
    remark = get_object_or_404(rows, pk=whole_number(posted.get("remark", "")))
    is_shown = posted.get("show") == "1"
    moderate_remark(
        act_of(request), remark=remark, is_shown=is_shown, shown_text=posted.get("shown_text", ""),
        reason=posted.get("reason", ""),
    )  # fmt: skip
    return "Замечание показано на портале без имени и адреса." if is_shown else "Замечание на портале не показано."


DEEDS: dict[str, Any] = {"publish": _publish, "withdraw": _withdraw, "moderate": _moderate}
