"""What the sign-in page shows besides the form: cards of the demonstration, the way to the first run."""

from __future__ import annotations

from django import template
from django.conf import settings

from msoko.foundation.orgs.api import is_empty
from msoko.web.office.entrance.cards import Card, cards

register = template.Library()


@register.simple_tag
def demo_cards() -> list[Card]:
    """`{% demo_cards as cards %}`; empty outside the demonstration."""
    return cards() if settings.IS_DEMO else []


@register.simple_tag
def is_first_run() -> bool:
    """Whether nothing was founded yet."""
    return is_empty()
