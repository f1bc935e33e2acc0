"""Limits and words of the open discussion on the portal (`definitions/documents/portal.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class PortalRules:
    """Sizes in characters, counts of remarks, seconds; `consent` is what a visitor agrees to."""

    max_text: int
    max_name: int
    per_hour: int
    per_day: int
    max_waiting: int
    keep_seconds: int
    consent: str


@cache
def portal_rules() -> PortalRules:
    """What a visitor may send, and what he agrees to."""
    table = tables("documents")["portal"]
    values = {name: value for name, value in table.items() if name not in {"source", "consent"}}
    return PortalRules(**values, consent=table["consent"]["text"])
