"""Remarks from the open portal: taken from a visitor, looked at by a moderator. Who may send one is decided by
publication, which is the only caller of `take_portal_remark`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from msoko.cycle.regulations.discussion_rules import record_discussion, require_going, require_open
from msoko.cycle.regulations.enums import RemarkModeration
from msoko.cycle.regulations.models import Discussion, DiscussionClause, Remark
from msoko.foundation.access.api import Permission, require
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError

#: remarks that an answer is owed to
UNANSWERED = Q(decision="") & ~Q(moderation=RemarkModeration.HIDDEN)
#: remarks that may be read outside and stand in the minutes
COUNTED = ~Q(moderation__in=[RemarkModeration.WAITING, RemarkModeration.HIDDEN])


@dataclass(frozen=True, slots=True)
class VisitorEntry:
    """What a visitor sends; name and address may be empty."""

    text: str
    proposal: str = ""
    name: str = ""
    email: str = ""


@transaction.atomic
def take_portal_remark(
    act: Act, *, discussion: Discussion, entry: VisitorEntry, clause: DiscussionClause | None
) -> Remark:
    """Keep a remark of a visitor; nobody outside reads it before a moderator has shown it."""
    require_open(act, discussion)
    if clause is not None and clause.discussion_id != discussion.pk:
        raise ForbiddenError
    made = Remark.objects.create(
        discussion=discussion, clause=clause, author=entry.name, email=entry.email, text=entry.text,
        proposal=entry.proposal, made_at=act.at, moderation=RemarkModeration.WAITING,
    )  # fmt: skip
    record_discussion(act, "regulations.remark.sent", discussion)
    return made


@transaction.atomic
def moderate_remark(act: Act, *, remark: Remark, is_shown: bool, shown_text: str = "", reason: str = "") -> Remark:
    """Show a remark on the portal, with words that name people left out, or keep it back with a reason.

    Raises:
        RefusedError: a remark of an organization, a summed-up discussion, no reason for keeping back.
    """
    require(act, Permission.EDIT_DOCUMENTS, remark.discussion.owner)
    require_going(remark.discussion)
    if not remark.is_from_portal:
        raise RefusedError("Это замечание внесено не с портала.", "Его проверять не нужно: ответьте на него.")
    reason = " ".join(reason.split())[:500]
    if not is_shown and not reason:
        raise RefusedError("Причина не указана.", "Напишите, почему замечание не показывается на портале.")
    if is_shown and not shown_text.strip():
        raise RefusedError("Текст для портала пуст.", "Оставьте слова замечания без сведений о людях.")
    remark.moderation = RemarkModeration.SHOWN if is_shown else RemarkModeration.HIDDEN
    remark.shown_text = shown_text.strip()[:10000] if is_shown else ""
    remark.moderation_reason = "" if is_shown else reason
    remark.moderated_at, remark.moderated_by = act.at, act.actor.actor_label
    remark.save(
        update_fields=["moderation", "shown_text", "moderation_reason", "moderated_at", "moderated_by"]
    )  # fmt: skip
    record_discussion(act, "regulations.remark.moderated", remark.discussion)
    return remark


def forget_visitors(discussion: Discussion) -> None:
    """Names and addresses of visitors are kept no longer than the discussion lasts."""
    discussion.remarks.exclude(moderation="").update(author="", email="")
