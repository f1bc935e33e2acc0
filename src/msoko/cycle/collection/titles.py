"""How a campaign that is not stored yet is called."""

from __future__ import annotations

from msoko.cycle.procedures.api import procedure_short
from msoko.foundation.processing.values import CampaignKey


def key_title(key: CampaignKey) -> str:
    """«ВПР 2026, Математика, 5 класс»."""
    head = " ".join(filter(None, (procedure_short(key.procedure), str(key.year or ""))))
    return ", ".join(filter(None, (head, key.subject, f"{key.grade_level} класс" if key.grade_level else "")))
