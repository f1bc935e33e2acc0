"""Events of the journal in words."""

from __future__ import annotations

from django import template

from msoko.foundation.audit.api import event_title

register = template.Library()
register.filter("event_title", event_title)
