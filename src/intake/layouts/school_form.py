"""Form of a school's own work (4.3): sheets «Информация» (about the work) and «Сбор информации» (scores)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from intake.contracts import NO_VALUE, CampaignClaim, ItemClaim, OrganizationClaim, Procedure, Severity, Work
from intake.fields.cells import presence_value, total_value, variant_value
from intake.fields.classes import class_letter, grade_in_class
from intake.fields.exams import first_date
from intake.fields.items import distinct_labels, parse_item_header
from intake.fields.names import facts_of_text
from intake.fields.subjects import subject_named
from intake.fields.text import clean, header_key
from intake.layouts.assembly import ParticipantRow, participant_columns
from intake.layouts.base import Book, Cell, Recognised, Sheet
from intake.layouts.regional_items import read_item_rows
from intake.layouts.remarks import Remarks

#: Rows of column B of «Информация», in order.
_FACTS = ("teacher", "date", "subject", "class", "kind", "maxima", "comment", "school", "year")
_NAME, _PRESENCE, _VARIANT, _FIRST_ITEM, _NUMBERS_ROW, _FIRST_ROW = 1, 2, 3, 4, 1, 3
_MAXIMUM = re.compile(r"([\d.]+(?:[КK]\d+)?)\s*=\s*(\d{1,2})")


class SchoolForm:
    """Layout of formats.md 4.3."""

    id = "school_form"

    def read(self, book: Book) -> list[Recognised] | None:
        sheets = {header_key(sheet.name): sheet for sheet in book.sheets}
        about, scores = sheets.get("информация"), sheets.get("сбор информации")
        if about is None or scores is None or len(scores.rows) <= _NUMBERS_ROW:
            return None
        facts = {name: clean(_cell(row, 1)) for name, row in zip(_FACTS, about.rows, strict=False)}
        items, total = _items(scores, facts.get("maxima", ""))
        return [_work(book, scores, facts, items, total)] if items else None


def _items(sheet: Sheet, maxima: str) -> tuple[list[tuple[int, ItemClaim]], int | None]:
    """Item columns up to «Итог», and the column of the total."""
    total = next(
        (place for row in sheet.rows[:_FIRST_ROW] for place, cell in enumerate(row) if header_key(cell) == "итог"), None
    )
    known = {label: int(points) for label, points in _MAXIMUM.findall(maxima)}
    numbers = sheet.rows[_NUMBERS_ROW]
    found: list[tuple[int, ItemClaim]] = []
    for place in range(_FIRST_ITEM, len(numbers) if total is None else min(total, len(numbers))):
        claim = parse_item_header(numbers[place]) if clean(numbers[place]) else None
        if claim is not None:
            found.append((place, ItemClaim(claim.label, known.get(claim.label, claim.max_score))))
    labels = distinct_labels([claim for _, claim in found])
    return [(place, claim) for (place, _), claim in zip(found, labels, strict=True)], total


def _work(
    book: Book, sheet: Sheet, facts: dict[str, str], items: list[tuple[int, ItemClaim]], total: int | None
) -> Work:
    remarks = Remarks(book.file, sheet.name)
    grade = grade_in_class(facts.get("class", "")) or facts_of_text(facts.get("class", "")).grade_level
    rows = [index for index in range(_FIRST_ROW, len(sheet.rows)) if _is_pupil(sheet.rows[index], items)]
    organization = OrganizationClaim(name=facts.get("school", ""))
    group = class_letter(facts.get("class", ""), grade)
    participants = [_participant(sheet.rows[i], i, organization, group, total, remarks) for i in rows]
    present = np.array([one.present for one in participants], dtype=np.bool_)
    matrix = read_item_rows([sheet.rows[index] for index in rows], rows, items, present, remarks)
    if not rows:
        remarks.add(Severity.WARNING, "form.empty", "Форма не заполнена: в ней нет ни одного обучающегося.")
    return Work(
        file=book.file,
        sheet=sheet.name,
        layout="school_form",
        campaign=_campaign(facts, grade),
        items=[claim for _, claim in items],
        participants=participant_columns(participants, matrix),
        dropped_columns=["ФИО"],
        problems=remarks.finished(),
    )


def _campaign(facts: dict[str, str], grade: int | None) -> CampaignClaim:
    held_on = first_date(facts.get("date", ""))
    year = facts_of_text(facts.get("year", "")).year
    return CampaignClaim(
        procedure=Procedure.SCHOOL_DIAGNOSTIC,
        subject=subject_named(facts.get("subject", "")),
        grade_level=grade,
        year=held_on.year if held_on else year,
        held_on=held_on,
        raw_subject=facts.get("subject", ""),
    )


def _is_pupil(row: Sequence[Cell], items: Sequence[tuple[int, ItemClaim]]) -> bool:
    name = clean(_cell(row, _NAME))
    if re.match(r"(?:итого|всего|средн)", header_key(name)):
        return False
    return bool(name) or any(clean(_cell(row, place)) for place, _ in items)


def _participant(
    row: Sequence[Cell],
    index: int,
    organization: OrganizationClaim,
    group: str,
    total: int | None,
    remarks: Remarks,
) -> ParticipantRow:
    value = NO_VALUE if total is None else total_value(_cell(row, total))
    if value is None:
        message = f"Итог «{clean(_cell(row, total or 0))[:20]}» не прочитан."
        remarks.add(Severity.WARNING, "total.not_a_number", message, row=index, column=total)
    return ParticipantRow(
        row=index + 1,
        organization=organization,
        class_group=group,
        variant=max(variant_value(_cell(row, _VARIANT)) or 0, 0),
        present=presence_value(_cell(row, _PRESENCE)) is not False,
        file_total=NO_VALUE if value is None else value,
    )


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""
