"""The raw term of a row: from its cell, a merged cell, a pair of dates, columns of periods or a heading."""

from __future__ import annotations

import re

from intake.plans.headers import Header
from intake.plans.rows import PlanRow
from intake.plans.vocabulary import Vocabulary, folded_text

_DAY = re.compile(r"^(?:до\s+)?\d{1,2}(?:\s*[-–—,]\s*\d{1,2})*$")
#: a number under a period that is neither a day nor a mark is an amount of something
_AMOUNT = re.compile(r"^[\d\s.,%]+$")
_EDGES = re.compile(r"^(?:с|по|до|начало|окончание)\s+(?=\S)", re.IGNORECASE)


def term_of(row: PlanRow, header: Header, vocabulary: Vocabulary) -> tuple[str, str]:
    """Raw term and its source («cell», «merged», «columns»), both "" when the row itself says nothing."""
    if text := row.text("term"):
        return text, "cell"
    if dates := _pair(row):
        return dates, "columns"
    if periods := _periods(row, header, vocabulary):
        return periods, "columns"
    merged = "\n".join(row.merged.get("term", ()))
    if merged:
        return merged, "merged"
    return "", ""


def _pair(row: PlanRow) -> str:
    start, end = (_date(row, role) for role in ("term_start", "term_end"))
    if start and end:
        return start if start == end else f"с {start} по {end}"
    if start:
        return f"с {start}"
    return f"до {end}" if end else ""


def _date(row: PlanRow, role: str) -> str:
    text = row.text(role) or "\n".join(row.merged.get(role, ()))
    text = text.replace("\n", " ").strip(" -–—")
    return _EDGES.sub("", text)


def _periods(row: PlanRow, header: Header, vocabulary: Vocabulary) -> str:
    """Headers of the marked columns; a text in the cell goes with its header («15» under «сентябрь»)."""
    parts: list[str] = []
    for column in header.columns:
        if column.role != "period" or column.place >= len(row.row.cells):
            continue
        text = row.row.cells[column.place].replace("\n", " ").strip()
        mark = text.casefold().strip(" .")
        if not mark or mark in vocabulary.period_blanks:
            continue
        parts += _spanned(row, header, column.place, column.header, text, mark, vocabulary)
    return ", ".join(dict.fromkeys(parts))


def _spanned(
    row: PlanRow, header: Header, place: int, label: str, text: str, mark: str, vocabulary: Vocabulary
) -> list[str]:
    if mark in vocabulary.period_marks:
        last = place + max(1, row.row.span(place))
        return [one.header for one in header.columns if place <= one.place < last and one.role == "period"]
    if _DAY.match(text):
        month = vocabulary.genitive.get(folded_text(label).split()[0])
        return [f"{text} {month}"] if month else []
    return [] if _AMOUNT.match(text) else [text]
