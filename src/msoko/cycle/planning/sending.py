"""The job that sends letters. A letter is marked before it is handed to the server: none goes twice by itself."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone

from msoko.cycle.planning.letters import waiting_letters
from msoko.cycle.planning.models import Letter
from msoko.foundation.jobs.api import JobContext
from msoko.foundation.kernel.errors import RefusedError


def send_letters_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Send what waits; a failure of one letter stops none of the others.

    Raises:
        RefusedError: when some did not go; they are tried again by the next job.
    """
    letters = list(waiting_letters().order_by("id"))
    failures: list[str] = []
    for number, letter in enumerate(letters, start=1):
        if failure := _sent(letter):
            failures.append(failure)
        context.progress(number, len(letters), f"Отправлено {number - len(failures)} из {len(letters)}")
    if failures:
        raise RefusedError(f"Не отправлено писем: {len(failures)}. {failures[0]}", "Отправка будет повторена.")
    return {"sent": len(letters)}


def _sent(letter: Letter) -> str:
    """Send one letter; what went wrong, empty when nothing did or when another worker has it."""
    is_ours = Letter.objects.filter(pk=letter.pk, sending_at__isnull=True, sent_at__isnull=True).update(
        sending_at=timezone.now(), attempts=F("attempts") + 1
    )
    if not is_ours:
        return ""
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.address], connection=get_connection()).send()
    except (smtplib.SMTPException, OSError) as error:
        words = f"{type(error).__name__}: {error}"[:500]
        Letter.objects.filter(pk=letter.pk).update(sending_at=None, error=words)
        return words
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), error="")
    return ""
