"""Opinions of experts: kept as drafts, signed, opened again by their authors until the summing up."""

from __future__ import annotations

from django.db import transaction

from msoko.cycle.regulations.discussion_rules import record_discussion, require_voice
from msoko.cycle.regulations.enums import DiscussionResult
from msoko.cycle.regulations.models import Discussion, ExpertOpinion
from msoko.foundation.catalog.documents import expert_criteria
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization

ANSWERS = {"yes": "да", "partly": "частично", "no": "нет"}
_LONGEST = 5000


@transaction.atomic
def give_opinion(
    act: Act, *, discussion: Discussion, organization: Organization, post: str, answers: dict[str, str],
    recommendation: str, conclusion: str, is_signed: bool = True,
) -> ExpertOpinion:  # fmt: skip
    """Keep an opinion; signed it must be whole, as a draft it may have gaps. A signed one is opened again first.

    Raises:
        RefusedError: out of the period, signed with gaps, or signed already.
    """
    require_voice(act, discussion, organization)
    known = {code: value for code, value in answers.items() if code in expert_criteria() and value in ANSWERS}
    recommendation = recommendation if recommendation in DiscussionResult.values else ""
    conclusion = conclusion.strip()[:_LONGEST]
    if is_signed and set(known) != set(expert_criteria()):
        raise RefusedError("Ответили не на все вопросы.", "Выберите «да», «частично» или «нет» в каждой строке.")
    if is_signed and not (recommendation and conclusion):
        raise RefusedError("Нет заключения.", "Выберите рекомендацию и напишите заключение.")
    if (own := _own(act, discussion)) is not None and own.signed_at:
        raise RefusedError("Ваше заключение подписано.", "Откройте его для правки: ответы сохранятся.")
    values = {
        "organization": organization, "expert": act.actor.actor_label, "post": " ".join(post.split())[:200],
        "answers": known, "recommendation": recommendation, "conclusion": conclusion, "made_at": act.at,
        "signed_at": act.at if is_signed else None,
    }  # fmt: skip
    made, _ = ExpertOpinion.objects.update_or_create(
        discussion=discussion, expert_id=str(act.actor.actor_id or ""), defaults=values
    )
    event = "regulations.opinion.given" if is_signed else "regulations.opinion.drafted"
    record_discussion(act, event, discussion, organization)
    return made


@transaction.atomic
def reopen_opinion(act: Act, *, discussion: Discussion) -> ExpertOpinion:
    """Open one's signed opinion again, with all its answers."""
    own = _own(act, discussion)
    if own is None or own.signed_at is None:
        raise RefusedError("Подписанного заключения у вас нет.", "Обновите страницу.")
    require_voice(act, discussion, own.organization)
    own.signed_at = None
    own.save(update_fields=["signed_at"])
    record_discussion(act, "regulations.opinion.reopened", discussion, own.organization)
    return own


def _own(act: Act, discussion: Discussion) -> ExpertOpinion | None:
    rows = discussion.opinions.select_related("organization")
    return rows.filter(expert_id=str(act.actor.actor_id or "")).first()
