"""Summary reports of the federal system: «Статистика по отметкам» and «Сравнение отметок с отметками по журналу»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msoko.foundation.documents.result_files.federal import report_heading
from msoko.foundation.documents.result_files.printed import Cell, PrintedRow, PrintedWork
from msoko.foundation.documents.result_files.sheets import write_table

MARKS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A group of the report: counts of marks 2…5. `organization_count` None for an organization itself."""

    name: str
    organization_count: int | None
    counts: tuple[int, ...]

    @property
    def participants(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A group of the report: how many marks of the work are lower than, equal to, higher than the journal's."""

    name: str
    lower: int
    same: int
    higher: int

    @property
    def participants(self) -> int:
        return self.lower + self.same + self.higher


def mark_line(name: str, organization_count: int | None, rows: Iterable[PrintedRow]) -> MarkLine:
    """Counts of the marks of those present."""
    marks = [row.mark for row in rows if row.present]
    return MarkLine(name, organization_count, tuple(marks.count(mark) for mark in MARKS))


def journal_line(name: str, rows: Iterable[PrintedRow]) -> JournalLine:
    """Comparison of those present who have a mark in the journal."""
    pairs = [(row.mark, row.journal_mark) for row in rows if row.present and row.mark and row.journal_mark]
    lower = sum(mark < journal for mark, journal in pairs)
    same = sum(mark == journal for mark, journal in pairs)
    return JournalLine(name, lower, same, len(pairs) - lower - same)


def write_mark_statistics(path: Path, work: PrintedWork, lines: Sequence[MarkLine]) -> None:
    """«Ф3 Статистика по отметкам»: percents with two decimals; headers of marks are numbers."""
    name = "Статистика по отметкам"
    write_table(path, f"{work.subject_code} {work.grade_level} {name}", _mark_rows(name, work, lines))


def _mark_rows(name: str, work: PrintedWork, lines: Sequence[MarkLine]) -> Iterator[list[Cell]]:
    yield from report_heading(name, work)
    yield []
    yield ["Группы участников", "Кол-во ОО", "Кол-во участников", *MARKS]
    for line in lines:
        shares = [_percent(count, line.participants) for count in line.counts]
        yield [line.name, line.organization_count, line.participants, *shares]


def write_journal_comparison(path: Path, work: PrintedWork, lines: Sequence[JournalLine]) -> None:
    """«Сравнение отметок с отметками по журналу»: percent and count of each outcome."""
    name = "Сравнение отметок с отметками по журналу"
    write_table(path, f"{work.subject_code} {work.grade_level} {name}", _journal_rows(name, work, lines))


def _journal_rows(name: str, work: PrintedWork, lines: Sequence[JournalLine]) -> Iterator[list[Cell]]:
    outcomes = (
        "Понизили (Отметка < Отметка по журналу)",
        "Подтвердили (Отметка = Отметке по журналу)",
        "Повысили (Отметка > Отметка по журналу)",
    )
    yield from report_heading(name, work)
    yield []
    headers = [f"{outcome} {unit}" for outcome in outcomes for unit in ("%", "Кол-во участников")]
    yield ["Группы участников", "Кол-во участников(всего)", *headers]
    for line in lines:
        counts = (line.lower, line.same, line.higher)
        cells = [cell for count in counts for cell in (_percent(count, line.participants), count)]
        yield [line.name, line.participants, *cells]


def _percent(count: int, whole: int) -> float:
    return round(100 * count / whole, 2) if whole else 0.0
