"""Acts of openness: a discussion put on the portal, taken back; a remark of a visitor taken in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from msoko.cycle.publication.models import PublishedDiscussion
from msoko.cycle.publication.queries import open_rows
from msoko.cycle.regulations.api import Discussion, RemarkModeration, VisitorEntry, take_portal_remark
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.portal import portal_rules
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.kernel.errors import RefusedError

#: who acts when nobody is signed in
VISITOR = SystemActor("visitor", "Посетитель портала", is_system=False)


@transaction.atomic
def publish_discussion(
    act: Act, *, discussion: Discussion, summary: str = "", contact: str = ""
) -> PublishedDiscussion:
    """Put a discussion on the portal: its text, term and shown remarks are open to everybody.

    Raises:
        RefusedError: it is summed up, has no text, or is on the portal already.
    """
    require(act, Permission.APPROVE_DOCUMENTS, discussion.owner)
    if discussion.result:
        raise RefusedError("Итог обсуждения уже подведён.", "Откройте новое обсуждение.")
    if not discussion.clauses.exists():
        raise RefusedError("У обсуждения нет текста: на портале показывать нечего.", "Откройте обсуждение с текстом.")
    found = PublishedDiscussion.objects.select_for_update(of=("self",)).filter(discussion=discussion).first()
    if found is not None and found.withdrawn_at is None:
        raise RefusedError("Обсуждение уже на портале.", "Обновите страницу.")
    found = found or PublishedDiscussion(discussion=discussion)
    found.summary, found.contact = summary.strip()[:3000], " ".join(contact.split())[:300]
    found.published_at, found.published_by = act.at, act.actor.actor_label
    found.withdrawn_at, found.withdrawn_by, found.withdrawal_reason = None, "", ""
    found.save()
    _record(act, "publication.discussion.published", discussion)
    return found


@transaction.atomic
def withdraw_discussion(act: Act, *, discussion: Discussion, reason: str) -> PublishedDiscussion:
    """Take a discussion off the portal; remarks that were sent stay with its organizer."""
    require(act, Permission.APPROVE_DOCUMENTS, discussion.owner)
    rows = PublishedDiscussion.objects.select_for_update(of=("self",))
    found = rows.filter(discussion=discussion, withdrawn_at__isnull=True).first()
    if found is None:
        raise RefusedError("Обсуждения на портале нет.", "Обновите страницу.")
    if not reason.strip():
        raise RefusedError("Причина не указана.", "Напишите, почему обсуждение снимается с портала.")
    found.withdrawn_at, found.withdrawn_by = act.at, act.actor.actor_label
    found.withdrawal_reason = reason.strip()[:500]
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    _record(act, "publication.discussion.withdrawn", discussion)
    return found


@transaction.atomic
def send_remark(act: Act, *, published: int, clause: int, entry: VisitorEntry, has_consent: bool) -> None:
    """Take a remark of a visitor to a clause (0: to the whole). It waits for a moderator.

    Raises:
        RefusedError: not on the portal, out of the period, empty, too long, a wrong address, no consent to what names
            a person, too many remarks wait.
    """
    found = open_rows(timezone.localdate(act.at)).filter(pk=published).first()
    if found is None:
        raise RefusedError("Этого обсуждения на портале нет.", "Вернитесь к списку обсуждений.")
    discussion = found.discussion
    chosen = discussion.clauses.filter(pk=clause).first() if clause else None
    if clause and chosen is None:
        raise RefusedError("Такого пункта в тексте нет.", "Вернитесь к тексту и выберите пункт.")
    waiting = discussion.remarks.filter(moderation=RemarkModeration.WAITING).count()
    if waiting >= portal_rules().max_waiting:
        raise RefusedError("Замечаний на проверке слишком много.", "Повторите завтра или напишите организатору.")
    take_portal_remark(act, discussion=discussion, entry=_checked(entry, has_consent=has_consent), clause=chosen)


def _checked(entry: VisitorEntry, *, has_consent: bool) -> VisitorEntry:
    rules = portal_rules()
    text, proposal = entry.text.strip(), entry.proposal.strip()
    name, email = " ".join(entry.name.split()), entry.email.strip()
    if not text:
        raise RefusedError("Замечание пустое.", "Напишите, что и почему следует изменить.")
    if max(len(text), len(proposal)) > rules.max_text:
        raise RefusedError(f"Замечание длиннее {rules.max_text} знаков.", "Разделите его на несколько.")
    if len(name) > rules.max_name:
        raise RefusedError(f"Имя длиннее {rules.max_name} знаков.", "Сократите его или оставьте поле пустым.")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise RefusedError("Адрес электронной почты написан с ошибкой.", "Исправьте или оставьте пустым.") from None
    if (name or email) and not has_consent:
        raise RefusedError("Нет согласия на обработку имени и адреса.", "Отметьте согласие или сотрите имя и адрес.")
    return VisitorEntry(text, proposal, name, email[:254])


def _record(act: Act, event: str, discussion: Discussion) -> None:
    record(act, event, kind="discussion", object_id=discussion.pk, label=discussion.title[:200],
           organization=discussion.owner)  # fmt: skip
