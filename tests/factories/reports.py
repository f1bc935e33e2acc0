"""Contexts and findings for reports made by hand, and the plain text of a document."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from qualimetry.narrative.blocks import BulletList, Chart, Heading, Paragraph, ReportDocument, Table
from qualimetry.narrative.context import OrganizationName, ReportContext
from qualimetry.recipes.contracts import Finding, Group, GroupKind


def context(**changes: object) -> ReportContext:
    base = ReportContext(
        authority="Управление образования администрации Заречного муниципального округа",
        municipality="Заречный муниципальный округ",
        school_year="2025/2026",
        period="с 20 апреля по 20 мая 2026 года",
        organizations={n: OrganizationName(f"СОШ № {n}", f"МБОУ «СОШ № {n}» г. Заречного") for n in range(1, 61)},
        basis=("приказ Рособрнадзора от 07.05.2025 № 991",),
        place="Заречный",
        data_time=dt.datetime(2026, 5, 22, 14, 10),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


#: figures as `qualimetry.recipes.findings` documents them
FIGURES: dict[str, dict[str, float | int | str | None]] = {
    "few_participants": {"participants": 9, "threshold": 10},
    "low_share_two": {"share": 0.02, "low": 0.0, "high": 0.08, "municipality": 0.362},
    "high_quality": {"quality": 0.8, "low": 0.71, "high": 0.9, "municipality": 0.34, "threshold": 0.7},
    "low_results_school": {
        "indicator": "share_two", "share": 0.6875, "mean_percent": 0.277, "municipality_mean_percent": 0.442,
    },
    "item_insufficient": {
        "label": "3", "level": "Б", "facility": 0.441, "high": 0.51, "sufficient": 0.6, "insufficient": 0.57,
    },
    "gap": {
        "element": "1.2", "kind": "content_element", "name": "Обыкновенные дроби", "labels": "3, 4",
        "facility": 0.31, "reference": 0.47, "expected": 0.44, "p_value": 0.002, "q_value": 0.01,
    },
    "journal": {"share": 0.42, "low": 0.34, "high": 0.5, "same": 0.5, "differs_by_two": 0.03, "threshold": 0.3},
    "peak_at_cut": {"cut": 6, "mark": 4, "observed": 29, "expected": 14.2, "p_value": 0.0004},
    "dynamics": {"year": 2025, "before": 0.21, "now": 0.36, "difference": 0.15, "low": 0.06, "high": 0.24},
    "low_reliability": {"alpha": 0.61, "low": 0.55, "high": 0.66, "threshold": 0.7},
}  # fmt: skip


def finding(
    rule: str,
    organization: int | None = None,
    *,
    severity: str = "concern",
    class_group: str | None = None,
    n: int = 48,
    **figures: float | int | str | None,
) -> Finding:
    kind = GroupKind.WHOLE if organization is None else GroupKind.ORGANIZATION
    subject = Group(GroupKind.CLASS if class_group is not None else kind, organization, class_group)
    usual = FIGURES.get(rule) or FIGURES[rule.split("_")[0]]
    return Finding(rule, severity, subject, {**usual, **figures}, n)


def plain_text(document: ReportDocument) -> str:
    """Everything a reader reads, in order; tables and charts as one line each."""
    lines = [document.title_page.kind, document.title_page.title]
    for block in (*document.blocks, *document.annexes):
        match block:
            case Heading():
                lines.append(f"\n{'#' * block.level} {block.text}")
            case Paragraph():
                lines.append(block.text)
            case BulletList():
                lines += [f"- {entry}" for entry in block.entries]
            case Table():
                lines.append(f"[таблица: {block.caption}; {len(block.rows)} × {len(block.columns)}]")
            case Chart():
                lines.append(f"[график: {block.caption}]")
    return "\n".join(lines)
