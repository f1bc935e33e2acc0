"""Regional forms «Формы для внесения результатов», grades 1–3 (4.1): sheet «РЕЗУЛЬТАТЫ», one or two subjects.

Grade 1: two header rows, one work. Grades 2–3: three header rows, two subjects side by side → two works. Item headers
carry the maximum after a line break («9.1⏎2б»). The organization stands on the sheet «АНКЕТА ШКОЛЫ».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from intake.contracts import MISSING, CampaignClaim, Int8, ItemClaim, OrganizationClaim, Procedure, Severity, Work
from intake.fields.cells import presence_value, variant_value
from intake.fields.classes import class_letter
from intake.fields.items import distinct_labels, parse_item_header
from intake.fields.names import facts_of_name, facts_of_text
from intake.fields.text import clean, header_key
from intake.layouts.assembly import ParticipantRow, participant_columns
from intake.layouts.base import Book, Cell, Recognised, Sheet
from intake.layouts.regional_items import read_item_rows
from intake.layouts.remarks import Remarks

_PERSONAL = ("фамилия", "имя", "отчество")
_LOGIN = re.compile(r"логин.*")
_NAME = re.compile(r"(?:краткое )?наименование (?:оо|образовательной организации)")


@dataclass(slots=True)
class _Block:
    """Columns of one subject: [first, last)."""

    subject: str
    first: int
    last: int
    presence: int | None = None
    variant: int | None = None
    items: list[tuple[int, ItemClaim]] = field(default_factory=list)


class RegionalForm:
    """Layout of formats.md 4.1."""

    id = "regional_form"

    def read(self, book: Book) -> list[Recognised] | None:
        found: list[Recognised] = []
        for sheet in book.sheets:
            header = None if sheet.is_hidden else _header_row(sheet)
            if header is not None:
                found.extend(_works(book, sheet, header))
        return found or None


def _header_row(sheet: Sheet) -> int | None:
    """The row with «Фамилия», «Имя», «Класс» over or beside «Присутствие» and «Баллы за задания»."""
    for index, row in enumerate(sheet.rows[:10]):
        keys = [header_key(cell) for cell in row]
        if "фамилия" not in keys or "класс" not in keys:
            continue
        below = [header_key(cell) for line in sheet.rows[index : index + 2] for cell in line]
        if "баллы за задания" in below and any(key.startswith("присутствие") for key in below):
            return index
    return None


def _works(book: Book, sheet: Sheet, header: int) -> list[Work]:
    title = " ".join(clean(cell) for row in sheet.rows[:header] for cell in row if clean(cell))
    blocks, first = _blocks(sheet, header)
    keys = [header_key(cell) for cell in sheet.rows[header]]
    dropped = [clean(cell) for cell in sheet.rows[header] if header_key(cell).startswith(_PERSONAL)]
    organization = _organization(book)
    rows = _pupils(sheet, first, keys, blocks)
    return [_work(book, sheet, block, rows, organization, (title, keys.index("класс"), dropped)) for block in blocks]


def _blocks(sheet: Sheet, header: int) -> tuple[list[_Block], int]:
    """Subjects of the form and the first row of data."""
    top = sheet.rows[header]
    level = next(i for i in (header, header + 1) if any(header_key(c) == "баллы за задания" for c in sheet.rows[i]))
    starts = [place for place, cell in enumerate(sheet.rows[level]) if header_key(cell).startswith("присутствие")]
    helper = next((place for place, cell in enumerate(top) if header_key(cell) == "schoolid"), len(top))
    blocks = []
    for start, end in zip(starts, [*starts[1:], helper], strict=True):
        subject = clean(top[start]) if level > header else ""
        blocks.append(_block(sheet, level, _Block(subject, start, end)))
    return blocks, level + 2


def _block(sheet: Sheet, level: int, block: _Block) -> _Block:
    labels = sheet.rows[level + 1] if level + 1 < len(sheet.rows) else ()
    for place in range(block.first, min(block.last, len(sheet.rows[level]))):
        key = header_key(sheet.rows[level][place])
        if key.startswith("присутствие"):
            block.presence = place
        elif key.startswith("вариант"):
            block.variant = place
        item = parse_item_header(labels[place]) if place < len(labels) and clean(labels[place]) else None
        if item is not None:
            block.items.append((place, item))
    named = distinct_labels([item for _, item in block.items])
    block.items = [(place, item) for (place, _), item in zip(block.items, named, strict=True)]
    return block


def _pupils(sheet: Sheet, first: int, keys: Sequence[str], blocks: Sequence[_Block]) -> list[int]:
    """Indices of rows where a pupil was entered; formulas leave numbers in names and zeros in the last row."""
    names = [place for place, key in enumerate(keys) if key.startswith(_PERSONAL)]
    filled = [keys.index("класс"), *(place for block in blocks for place in range(block.first, block.last))]
    found = []
    for index in range(first, len(sheet.rows)):
        row = sheet.rows[index]
        if any(not isinstance(row[place], str) and row[place] is not None for place in names if place < len(row)):
            continue
        if any(clean(row[place]) for place in (*names, *filled) if place < len(row)):
            found.append(index)
    return found


def _organization(book: Book) -> OrganizationClaim:
    """Login and name from the questionnaire of the school, each in a cell to the right of its label."""
    found = {"code": "", "name": ""}
    for sheet in book.sheets:
        if header_key(sheet.name) != "анкета школы":
            continue
        for row in sheet.rows[:20]:
            for place, cell in enumerate(row):
                key = header_key(cell) if isinstance(cell, str) else ""
                role = "code" if _LOGIN.fullmatch(key) else "name" if _NAME.fullmatch(key) else ""
                if role and place + 1 < len(row):
                    found[role] = found[role] or clean(row[place + 1])
    return OrganizationClaim(code=found["code"], name=found["name"])


def _work(
    book: Book,
    sheet: Sheet,
    block: _Block,
    rows: Sequence[int],
    organization: OrganizationClaim,
    about: tuple[str, int, list[str]],
) -> Work:
    title, class_column, dropped = about
    campaign = _campaign(title, block.subject, book.file)
    remarks = Remarks(book.file, sheet.name)
    participants = [_participant(sheet, index, block, class_column, campaign, organization, remarks) for index in rows]
    present = np.array([one.present for one in participants], dtype=np.bool_)
    items = read_item_rows([sheet.rows[index] for index in rows], rows, block.items, present, remarks)
    _settle_presence(participants, items, remarks)
    if not rows:
        message = "Форма не заполнена: в ней нет ни одного обучающегося."
        remarks.add(Severity.WARNING, "form.empty", message, hint="Заполните форму и загрузите её снова.")
    if not organization.code and not organization.name:
        message = "На листе «АНКЕТА ШКОЛЫ» не указаны логин и наименование организации."
        remarks.add(Severity.WARNING, "form.organization_missing", message, hint="Укажите организацию при загрузке.")
    return Work(
        file=book.file,
        sheet=sheet.name,
        layout="regional_form",
        campaign=campaign,
        items=[item for _, item in block.items],
        participants=participant_columns(participants, items),
        declared_max_score=_declared(block.items),
        dropped_columns=dropped,
        problems=remarks.finished(),
    )


def _settle_presence(participants: Sequence[ParticipantRow], items: Int8, remarks: Remarks) -> None:
    """A pupil without a single score did not write; «ДА» beside empty cells is named."""
    for one, scores in zip(participants, items, strict=True):
        if one.present and not (scores != MISSING).any():
            one.present = False
            message = "Баллы не внесены: обучающийся учтён как отсутствовавший."
            remarks.add(Severity.WARNING, "form.scores_missing", message, row=one.row - 1)


def _campaign(title: str, subject: str, file: str) -> CampaignClaim:
    facts, named, own = facts_of_text(title), facts_of_text(subject), facts_of_name(file)
    return CampaignClaim(
        procedure=Procedure.REGIONAL_DIAGNOSTIC,
        subject=named.subject if subject else facts.subject,
        grade_level=facts.grade_level or own.grade_level,
        year=facts.year or own.year,
        raw_subject=subject or title,
    )


def _declared(items: Sequence[tuple[int, ItemClaim]]) -> int | None:
    maxima = [item.max_score for _, item in items]
    return sum(maximum or 0 for maximum in maxima) if maxima and None not in maxima else None


def _participant(
    sheet: Sheet,
    index: int,
    block: _Block,
    class_column: int,
    campaign: CampaignClaim,
    organization: OrganizationClaim,
    remarks: Remarks,
) -> ParticipantRow:
    row = sheet.rows[index]
    variant = variant_value(_cell(row, block.variant))
    if variant is None:
        message = f"Вариант «{clean(_cell(row, block.variant))[:20]}» не понят."
        remarks.add(Severity.WARNING, "form.variant", message, row=index, column=block.variant)
    return ParticipantRow(
        row=index + 1,
        organization=organization,
        class_group=class_letter(_cell(row, class_column), campaign.grade_level),
        variant=max(variant or 0, 0),
        present=presence_value(_cell(row, block.presence)) is not False,
    )


def _cell(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else ""
