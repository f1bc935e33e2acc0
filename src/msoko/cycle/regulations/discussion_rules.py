"""Who may speak in a discussion and when; its events in the journal."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from msoko.cycle.regulations.models import Discussion
from msoko.foundation.access.api import Permission, Scope, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.models import Organization


def is_open(discussion: Discussion, today: dt.date) -> bool:
    """Whether remarks are taken."""
    return not discussion.result and discussion.opens_on <= today <= discussion.closes_on


def places_of(scope: Scope, discussion: Discussion) -> list[Organization]:
    """Organizations for which the person may speak here: participants, or the owner itself."""
    rows = [*discussion.participants.all(), discussion.owner]
    return [one for one in rows if scope.may(Permission.SEE_DOCUMENTS, one)]


def require_open(act: Act, discussion: Discussion) -> None:
    """Refuse out of the period."""
    if not is_open(discussion, timezone.localdate(act.at)):
        raise RefusedError(
            f"Замечания принимались с {discussion.opens_on:%d.%m.%Y} по {discussion.closes_on:%d.%m.%Y}.",
            "Обратитесь к тому, кто ведёт обсуждение.",
        )


def require_voice(act: Act, discussion: Discussion, organization: Organization) -> None:
    """Refuse those who speak for another organization, and everybody out of the period."""
    if organization.pk not in {one.pk for one in places_of(scope_for(act), discussion)}:
        raise ForbiddenError
    require_open(act, discussion)


def require_going(discussion: Discussion) -> None:
    """Refuse to change what is summed up."""
    if discussion.result:
        raise RefusedError("Итог обсуждения подведён: оно доступно только для чтения.", "Откройте новое обсуждение.")


def record_discussion(act: Act, event: str, discussion: Discussion, organization: Organization | None = None) -> None:
    """Write an event of a discussion to the journal."""
    record(act, event, kind="discussion", object_id=discussion.pk, label=discussion.title[:200],
           organization=organization or discussion.owner)  # fmt: skip
