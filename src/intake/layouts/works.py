"""A recognised table → a work: campaign from the name of the file, items, participants, problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intake.contracts import CampaignClaim, OrganizationClaim, Procedure, Severity, Work
from intake.fields.names import NameFacts, facts_of_name, facts_of_text
from intake.fields.organizations import organization_of_path
from intake.layouts.base import Book, Sheet
from intake.layouts.participants import read_participants
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import ReadingRules, TableColumns


def vpr_campaign(book: Book, sheet: Sheet) -> CampaignClaim:
    """What the file name, and where it is silent the sheet name, says about a VPR work."""
    named = facts_of_name(book.file)
    titled = facts_of_text(sheet.name)
    return campaign_of(named, titled, procedure=Procedure.VPR)


def campaign_of(*facts: NameFacts, procedure: Procedure | None = None) -> CampaignClaim:
    """Claim of the facts, the first that speaks wins."""

    def first(name: str) -> object:
        return next((value for one in facts if (value := getattr(one, name))), None)

    return CampaignClaim(
        procedure=procedure or first("procedure"),  # type: ignore[arg-type]
        subject=first("subject"),  # type: ignore[arg-type]
        grade_level=first("grade_level"),  # type: ignore[arg-type]
        year=first("year"),  # type: ignore[arg-type]
        raw_subject=first("raw_subject") or "",  # type: ignore[arg-type]
    )


def build_work(
    book: Book,
    sheet: Sheet,
    layout: str,
    *,
    campaign: CampaignClaim,
    columns: TableColumns,
    first: int,
    rules: ReadingRules,
    declared_max_score: int | None = None,
    numbers: Sequence[int] | None = None,
) -> Work:
    """Read the rows of `sheet` from `first` on, or just the rows `numbers`, into a work."""
    remarks = Remarks(book.file, sheet.name)
    if "organization_code" not in columns.roles and "organization_name" not in columns.roles:
        rules = replace(rules, organization=_organization(rules.organization, book.file))
    participants = read_participants(sheet.rows, first, columns, rules, remarks, numbers=numbers)
    if not len(participants):
        remarks.add(
            Severity.INFO,
            "work.no_participants",
            "Форма не заполнена: в таблице нет ни одного участника.",
            row=first,
            hint="Заполните форму или не загружайте её.",
        )
    if columns.dropped:
        remarks.add(
            Severity.INFO,
            "columns.personal_dropped",
            f"Столбцы с персональными данными отброшены при чтении: {', '.join(columns.dropped)}.",
        )
    return Work(
        file=book.file,
        sheet=sheet.name,
        layout=layout,
        campaign=campaign,
        items=columns.claims,
        participants=participants,
        declared_max_score=declared_max_score,
        dropped_columns=list(columns.dropped),
        problems=remarks.finished(),
    )


def _organization(titled: OrganizationClaim, file: str) -> OrganizationClaim:
    return titled if titled.code or titled.name else organization_of_path(file)
