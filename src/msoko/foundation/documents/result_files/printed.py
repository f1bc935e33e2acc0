"""What result files print: organizations, works and rows of participants as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from qualimetry.frames.blueprint import Item

#: A cell as written: text, number or nothing.
Cell = str | int | float | None

NOT_ATTEMPTED, MISSING = -1, -128
SHORT_ANSWERS = "Задания с кратким ответом"
_SEX = {0: "", 1: "ж", 2: "м"}


@dataclass(frozen=True, slots=True)
class PrintedOrganization:
    """`code`: login of the federal system; `exam_code`: code in examination protocols."""

    code: str
    exam_code: str
    name: str
    municipality: str
    municipality_code: str = ""


@dataclass(frozen=True, slots=True)
class PrintedWork:
    """`procedure`: word of titles («ВПР»); `subject_code`: «РУ»; `exam_code`: code of an examination («01»)."""

    procedure: str
    subject: str
    subject_code: str
    grade_level: int
    year: int
    held_on: dt.date
    items: tuple[Item, ...]
    exam_code: str = ""

    @property
    def title(self) -> str:
        """«ВПР 2026 Русский язык 4 класс»."""
        return f"{self.procedure} {self.year} {self.subject} {self.grade_level} класс"

    @property
    def max_score(self) -> int:
        return sum(item.max_score for item in self.items)

    @property
    def short_count(self) -> int:
        """Number of items with a short answer, which come first in score sheets of examinations."""
        return sum(item.section == SHORT_ANSWERS for item in self.items)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A participant of a work. `scores`: 0…max, NOT_ATTEMPTED, MISSING. `class_number`: ordinal from 1.
    `total` is what the file says. None = nothing printed. The person is invented and only examinations print it."""

    organization: PrintedOrganization
    class_group: str
    class_number: int
    participant: str
    variant: int
    sex: int
    present: bool
    scores: tuple[int, ...]
    total: int | None
    mark: int | None = None
    journal_mark: int | None = None
    test_score: int | None = None
    level: str = ""
    surname: str = ""
    first_name: str = ""
    patronymic: str = ""
    document_number: str = ""

    @property
    def sex_letter(self) -> str:
        return _SEX[self.sex]


def item_header(item: Item) -> str:
    """«9.1 (1б)»."""
    return f"{item.label} ({item.max_score}б)"


def score_cells(row: PrintedRow, crosses: Sequence[str], number: int) -> list[Cell]:
    """Item cells; the `number`-th row of a file takes its spelling of «not attempted» from `crosses` in turn."""
    if not row.present:
        return [None] * len(row.scores)
    cross = crosses[number % len(crosses)]
    return [_score_cell(score, cross) for score in row.scores]


def _score_cell(score: int, cross: str) -> Cell:
    if score == NOT_ATTEMPTED:
        return cross
    return "не пройд." if score == MISSING else score


def variant_cell(row: PrintedRow) -> Cell:
    """The variant, or the word that stands in its place for an absent pupil."""
    return row.variant if row.present else "отсутствовал"


def date_text(day: dt.date) -> str:
    """«20.04.2026»."""
    return day.strftime("%d.%m.%Y")
