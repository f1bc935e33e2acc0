"""Summary reports as stored rows, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from intake.contracts import GroupLevel, OrganizationClaim, Summary, SummaryRow


def summary_rows(summary: Summary) -> list[dict[str, Any]]:
    """Rows of a summary report for storage."""
    return [asdict(row) | {"level": row.level.value} for row in summary.rows]


def summary_items(summary: Summary) -> list[dict[str, Any]]:
    """Items of a summary report for storage."""
    return [{"label": item.label, "max_score": item.max_score} for item in summary.items]


def row_claims(summary: Summary) -> list[OrganizationClaim]:
    """Organizations that the rows of a report name."""
    rows = (row for row in summary.rows if row.level is GroupLevel.ORGANIZATION and (row.code or row.name))
    return list(dict.fromkeys(OrganizationClaim(row.code, row.name, row.municipality) for row in rows))


def stored_rows(rows: list[dict[str, Any]]) -> list[SummaryRow]:
    """Stored rows as values."""
    return [SummaryRow(**(row | {"level": GroupLevel(row["level"])})) for row in rows]
