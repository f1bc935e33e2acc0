"""Opinions of experts on the page of a discussion: the form with what was kept, signing, opening again."""

from __future__ import annotations

from typing import Any

from msoko.cycle.regulations.api import ANSWERS, Discussion, ExpertOpinion, give_opinion, places_of, reopen_opinion
from msoko.foundation.catalog.documents import expert_criteria
from msoko.foundation.kernel.errors import ForbiddenError
from msoko.foundation.orgs.api import Organization
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number


def shown(request: WorkplaceRequest, discussion: Discussion, *, is_host: bool) -> dict[str, Any]:
    """Signed opinions for the organizer, for everybody after the summing up; one's own always, with its answers."""
    mine = str(act_of(request).actor.actor_id)
    rows = list(discussion.opinions.select_related("organization").order_by("made_at"))
    own = next((one for one in rows if one.expert_id == mine), None)
    return {
        "opinions": [one for one in rows if one.signed_at and (is_host or discussion.result or one.expert_id == mine)],
        "own": own, "answers": ANSWERS.items(), "criteria": _criteria(own),
    }  # fmt: skip


def _criteria(own: ExpertOpinion | None) -> list[tuple[str, str, str]]:
    kept = own.answers if own else {}
    return [(code, title, kept.get(code, "")) for code, title in expert_criteria().items()]


def place_of(request: WorkplaceRequest, discussion: Discussion) -> Organization:
    """The organization that the person speaks for: the one chosen, else the first."""
    asked = whole_number(request.POST.get("organization", ""))
    places = places_of(request.scope, discussion)
    found = next((one for one in places if one.pk == asked), places[0] if places and not asked else None)
    if found is None:
        raise ForbiddenError
    return found


def _give(request: WorkplaceRequest, discussion: Discussion) -> str:
    posted = request.POST
    is_signed = posted.get("sign") == "1"
    give_opinion(
        act_of(request), discussion=discussion, organization=place_of(request, discussion), post=posted.get("post", ""),
        answers={code: posted.get(f"criterion-{code}", "") for code in expert_criteria()}, is_signed=is_signed,
        recommendation=posted.get("recommendation", ""), conclusion=posted.get("conclusion", ""),
    )  # fmt: skip
    return "Экспертное заключение подписано." if is_signed else "Черновик заключения сохранён: его видите только вы."


def _reopen(request: WorkplaceRequest, discussion: Discussion) -> str:
    reopen_opinion(act_of(request), discussion=discussion)
    return "Заключение открыто для правки, ответы сохранены."


DEEDS: dict[str, Any] = {"opinion": _give, "opinion-reopen": _reopen}
