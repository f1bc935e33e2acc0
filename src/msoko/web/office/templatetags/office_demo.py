"""Cards of the demonstration on the sign-in page."""

from __future__ import annotations

from django import template
from django.conf import settings

from msoko.web.office.entrance.cards import Card, cards

register = template.Library()


@register.simple_tag
def demo_cards() -> list[Card]:
    """`{% demo_cards as cards %}`; empty outside the demonstration."""
    return cards() if settings.IS_DEMO else []
