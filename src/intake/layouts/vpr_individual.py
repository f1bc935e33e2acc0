"""«Ф1 Индивидуальные результаты» of VPR (formats.md 1.6), of one school or many.

Above the header stand the title, «Предмет:», «Максимальный первичный балл:», «Дата:» and levels of difficulty by item;
before the pupils of each school stands a group row «МБОУ «…»(edu…) | Кол-во участников: 89».
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from intake.contracts import CampaignClaim, ItemClaim, OrganizationClaim, Procedure, Severity, Work
from intake.fields.cells import whole
from intake.fields.names import facts_of_name, facts_of_text
from intake.fields.organizations import organization_claim
from intake.fields.subjects import subject_named
from intake.fields.text import clean, column_letters, header_key
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.headers import header_rows, readable_sheets, table_columns
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import ReadingRules
from intake.layouts.works import build_work, campaign_of

_REQUIRED = frozenset({"код участника", "название оо", "первичный балл"})
_GROUP = re.compile(r"^(?P<name>.+?)\s*\|\s*кол-?\s?во участников:?\s*(?P<count>\d+)", re.IGNORECASE)
_ROLES = {"оо": "organization_code"}
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class IndividualResults:
    """Form Ф1: a work with levels of items, its date and control counts by school."""

    id = "vpr_individual"

    def read(self, book: Book) -> list[Work] | None:
        works = [work for sheet in readable_sheets(book) if (work := self._work(book, sheet)) is not None]
        return works or None

    def _work(self, book: Book, sheet: Sheet) -> Work | None:
        for index, keys in header_rows(sheet):
            if not set(keys) >= _REQUIRED:
                continue
            head = _Head(book, sheet, index)
            columns = table_columns(sheet.rows[index], roles=_ROLES)
            columns.items = [(column, _with_level(claim, column, head.levels)) for column, claim in columns.items]
            rules = ReadingRules(needs_code=True, grade_level=head.campaign.grade_level)
            work = build_work(
                book,
                sheet,
                self.id,
                campaign=head.campaign,
                columns=columns,
                first=index + 1,
                rules=rules,
                declared_max_score=head.max_score,
            )
            _check_counts(work, sheet, index + 1)
            return work
        return None


class _Head:
    """The block above the header."""

    def __init__(self, book: Book, sheet: Sheet, header: int) -> None:
        self.levels: Sequence[Cell] = ()
        named: dict[str, Cell] = {}
        title = ""
        for row in sheet.rows[:header]:
            first = header_key(row[0]) if row else ""
            if any(header_key(cell) == "уровень сложности задания" for cell in row if isinstance(cell, str) and cell):
                self.levels = row
            elif first in ("предмет", "максимальный первичный балл", "дата"):
                named[first] = next((cell for cell in row[1:] if cell != ""), "")
            elif facts_of_text(clean(row[0]) if row else "").grade_level:
                title = clean(row[0])
        self.max_score = whole(named.get("максимальный первичный балл", ""))
        self.campaign = _campaign(book, sheet, title, clean(named.get("предмет", "")), _date(named.get("дата", "")))


def _campaign(book: Book, sheet: Sheet, title: str, subject: str, held_on: dt.date | None) -> CampaignClaim:
    facts = campaign_of(
        facts_of_text(title), facts_of_text(sheet.name), facts_of_name(book.file), procedure=Procedure.VPR
    )
    return replace(
        facts,
        subject=subject_named(subject) or facts.subject,
        raw_subject=subject or facts.raw_subject,
        held_on=held_on,
        year=facts.year or (held_on.year if held_on else None),
    )


def _date(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    found = _DATE.search(clean(cell))
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _with_level(claim: ItemClaim, column: int, levels: Sequence[Cell]) -> ItemClaim:
    level = clean(levels[column]).upper() if column < len(levels) else ""
    level = {"B": "В", "Б": "Б", "П": "П", "В": "В"}.get(level, "")
    return replace(claim, level=level) if level else claim


def _check_counts(work: Work, sheet: Sheet, first: int) -> None:
    """Compare «Кол-во участников» of the group rows with the rows that follow; write them as control values."""
    counted = _counted(work)
    remarks = Remarks(work.file, work.sheet)
    for index in range(first, len(sheet.rows)):
        row = sheet.rows[index]
        found = _GROUP.match(clean(row[0])) if row and isinstance(row[0], str) and "|" in row[0] else None
        if found is None:
            continue
        claim = organization_claim("", found["name"])
        declared = int(found["count"])
        work.declared[f"participants:{claim.code or claim.name}"] = declared
        actual = counted.get(_key(claim), 0)
        if actual != declared:
            remarks.add(
                Severity.WARNING,
                "group.count_differs",
                f"Заявлено участников: {declared}, фактически строк: {actual}.",
                row=index,
                column=0,
                hint=f"Проверьте, полностью ли выгружен отчёт ({column_letters(0)}{index + 1}).",
            )
    work.problems.extend(remarks.finished())


def _key(claim: OrganizationClaim) -> str:
    return claim.code or header_key(claim.name)


def _counted(work: Work) -> Counter[str]:
    keys = [_key(claim) for claim in work.participants.organizations]
    return Counter(keys[place] for place in work.participants.organization.tolist())
