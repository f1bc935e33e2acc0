"""Messages on the next page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from msoko.foundation.kernel.errors import RefusedError

_LEVELS = {"good": messages.SUCCESS, "warn": messages.WARNING, "bad": messages.ERROR, "info": messages.INFO}


def say(request: HttpRequest, text: str, tone: str = "good") -> None:
    """Tell the person something on the next page. Tones: good, warn, bad, info."""
    messages.add_message(request, _LEVELS[tone], text)


def say_refusal(request: HttpRequest, refusal: RefusedError, tone: str = "bad") -> None:
    """Tell the person on the next page why nothing was done and how to mend it."""
    say(request, f"{refusal.message} {refusal.hint}".strip(), tone)
