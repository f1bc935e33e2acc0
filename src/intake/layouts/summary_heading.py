"""The block R1–R7 above the table of a federal summary report: its name, work, maximum, date, header row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.contracts import CampaignClaim, SummaryKind
from intake.fields.cells import whole
from intake.fields.names import facts_of_text
from intake.fields.subjects import subject_named
from intake.fields.text import clean, header_key
from intake.layouts.base import Cell, Sheet

_KINDS = {
    "статистика по отметкам": SummaryKind.MARKS,
    "сравнение отметок с отметками по журналу": SummaryKind.JOURNAL,
    "распределение первичных баллов": SummaryKind.SCORES,
    "выполнение заданий": SummaryKind.ITEMS,
    "выполнение заданий группами участников": SummaryKind.ITEMS_BY_MARK,
    "достижение планируемых результатов": SummaryKind.OUTCOMES,
}
_FIRST_HEADERS = re.compile(r"группы участников|блоки пооп.*|проверяемые требования.*|планируемые результаты.*")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(20\d\d)")
_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the table. `header_row` is the row of the column headers, from 0."""

    kind: SummaryKind
    campaign: CampaignClaim
    max_score: int | None
    header_row: int


def read_heading(sheet: Sheet) -> Heading | None:
    """Heading of a federal report; None when the first rows do not name one or no header row follows."""
    kind_row = next(((i, k) for i, row in enumerate(sheet.rows[:10]) if (k := _kind(row)) is not None), None)
    if kind_row is None:
        return None
    start, kind = kind_row
    header = next((i for i, row in enumerate(sheet.rows[:_DEPTH]) if i > start and _is_header(row)), None)
    if header is None:
        return None
    block = sheet.rows[start + 1 : header]
    return Heading(kind, _campaign(block), _labelled_whole(block, "максимальный первичный балл"), header)


def _kind(row: Sequence[Cell]) -> SummaryKind | None:
    return next((_KINDS[key] for cell in row if isinstance(cell, str) and (key := header_key(cell)) in _KINDS), None)


def _is_header(row: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) and _FIRST_HEADERS.fullmatch(header_key(cell)) for cell in row)


def _campaign(block: Sequence[Sequence[Cell]]) -> CampaignClaim:
    lines = [clean(row[0]) for row in block if row and clean(row[0])]
    facts = [facts_of_text(line) for line in lines if ":" not in line]
    printed = clean(_labelled(block, "предмет"))
    held_on = _date(clean(_labelled(block, "дата")))
    subject = subject_named(printed) if printed else None
    return CampaignClaim(
        procedure=next((fact.procedure for fact in facts if fact.procedure), None),
        subject=subject or next((fact.subject for fact in facts if fact.subject), None),
        grade_level=next((fact.grade_level for fact in facts if fact.grade_level), None),
        year=next((fact.year for fact in facts if fact.year), held_on.year if held_on else None),
        held_on=held_on,
        raw_subject=printed or next((fact.raw_subject for fact in facts if fact.raw_subject), ""),
    )


def _labelled(block: Sequence[Sequence[Cell]], label: str) -> Cell:
    """The first filled cell to the right of the label."""
    for row in block:
        for place, cell in enumerate(row):
            if isinstance(cell, str) and header_key(cell) == label:
                return next((value for value in row[place + 1 :] if clean(value)), "")
    return ""


def _labelled_whole(block: Sequence[Sequence[Cell]], label: str) -> int | None:
    return whole(_labelled(block, label))


def _date(text: str) -> dt.date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
