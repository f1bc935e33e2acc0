"""How campaigns and specifications are called on screen and in documents."""

from __future__ import annotations

from msoko.cycle.procedures.models import BlueprintVersion, Campaign
from msoko.foundation.catalog.procedures import procedure


def procedure_short(procedure_id: str) -> str:
    """«ВПР»; the id itself when the catalogue has no such procedure."""
    definition = procedure(procedure_id)
    return definition.names.short if definition else procedure_id


def campaign_title(campaign: Campaign) -> str:
    """«ВПР 2026, Математика, 5 класс»."""
    return _title(campaign.procedure, campaign.year, campaign.subject, campaign.grade_level, campaign.label)


def blueprint_title(version: BlueprintVersion) -> str:
    """«ВПР 2026, Математика, 5 класс, версия 2»."""
    base = _title(version.procedure, version.year, version.subject, version.grade_level, "")
    return f"{base}, версия {version.version}"


def _title(procedure_id: str, year: int | None, subject: str, grade_level: int | None, label: str) -> str:
    head = f"{procedure_short(procedure_id)} {year}" if year else procedure_short(procedure_id)
    level = f"{grade_level} класс" if grade_level else ""
    return ", ".join(part for part in (head, subject, level, label) if part)
