"""A schedule as tables: class and subject by months, subject by classes, the load of classes by month."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msoko.cycle.procedures.models import WorkLevel
from msoko.cycle.procedures.schedule_rules import Surroundings, works_by_class
from msoko.cycle.procedures.schedule_works import Checked, Entry
from msoko.foundation.catalog.load import Span, load_policy
from qualimetry.narrative.russian import month_name

Month = tuple[int, int]
#: How a level is marked in a cell; works of the school have no mark.
MARKS = {WorkLevel.FEDERAL: "Ф", WorkLevel.REGIONAL: "Р", WorkLevel.MUNICIPAL: "М"}
_LAST_MONTH_OF_LESSONS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A work in a table: its day, the mark of its level, whether it takes part in a clash."""

    entry: Entry
    is_clashing: bool = False

    @property
    def day(self) -> str:
        return day_text(self.entry.work.first, self.entry.work.last)

    @property
    def mark(self) -> str:
        return MARKS.get(WorkLevel(self.entry.level), "")

    @property
    def text(self) -> str:
        """«11.09», «12.04–16.04 (Ф)»."""
        return f"{self.day} ({self.mark})" if self.mark else self.day


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject of a class: cells by month, works and lessons of the year, hours of the curriculum if known."""

    subject: str
    cells: list[list[Cell]]
    count: int
    hours: int | None
    share: float | None

    @property
    def is_too_much(self) -> bool:
        return self.share is not None and self.share > load_policy().largest_share


@dataclass(frozen=True, slots=True)
class ClassBlock:
    """Rows of a class, or of a whole grade («5-е классы»)."""

    title: str
    rows: list[SubjectRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LoadRow:
    """Works that a class writes by month, `total` of them all."""

    title: str
    counts: list[int]
    total: int


def day_text(first: dt.date, last: dt.date) -> str:
    """«11.09» or «12.04–16.04»."""
    return f"{first:%d.%m}" if first == last else f"{first:%d.%m}–{last:%d.%m}"


def months_of(span: Span, entries: Iterable[Entry]) -> list[Month]:
    """Months of lessons inside the period, and those in which works stand outside of them."""
    first, last = span
    found = {
        (year, month)
        for year in (first.year, last.year)
        for month in range(1, 13)
        if (first.year, first.month) <= (year, month) <= (last.year, last.month)
        and (month <= _LAST_MONTH_OF_LESSONS or month >= first.month == 9 or (year == first.year and month >= 9))
    }
    found |= {(entry.work.first.year, entry.work.first.month) for entry in entries}
    return sorted(found)


def by_class(state: Checked, entries: Sequence[Entry], months: Sequence[Month]) -> list[ClassBlock]:
    """Blocks in the order of classes, subjects by name inside; `entries` are those that are shown."""
    clashing = {key for clash in state.clashes for key in clash.works}
    groups: dict[tuple[int, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        groups[entry.work.grade_level, entry.work.letter][entry.work.subject].append(entry)
    blocks = []
    for (_, _), subjects in sorted(groups.items()):
        first = next(iter(subjects.values()))[0].work
        rows = [_row(subject, group, months, clashing, state.around) for subject, group in sorted(subjects.items())]
        blocks.append(ClassBlock(first.class_title, rows))
    return blocks


def _row(
    subject: str, group: list[Entry], months: Sequence[Month], clashing: set[str], around: Surroundings
) -> SubjectRow:
    cells: dict[Month, list[Cell]] = defaultdict(list)
    for entry in sorted(group, key=lambda one: one.work.first):
        cells[entry.work.first.year, entry.work.first.month].append(Cell(entry, entry.work.key in clashing))
    work = group[0].work
    hours = around.hours_of(work.grade_level, work.letter, subject)
    lessons = sum(load_policy().lessons(entry.work.minutes) for entry in group)
    return SubjectRow(
        subject, [cells[month] for month in months], len(group), hours, lessons / hours if hours else None
    )


def by_subject(state: Checked, entries: Sequence[Entry]) -> tuple[list[str], list[tuple[str, list[list[Cell]]]]]:
    """Titles of classes, and for each subject the cells of each class."""
    clashing = {key for clash in state.clashes for key in clash.works}
    columns = sorted({(entry.work.grade_level, entry.work.letter, entry.work.class_title) for entry in entries})
    rows: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=lambda one: one.work.first):
        rows[entry.work.subject][entry.work.class_title].append(Cell(entry, entry.work.key in clashing))
    titles = [title for _, _, title in columns]
    return titles, [(subject, [cells[title] for title in titles]) for subject, cells in sorted(rows.items())]


def load_by_month(
    entries: Sequence[Entry], months: Sequence[Month], classes: Iterable[tuple[int, str]]
) -> list[LoadRow]:
    """How many works each class writes in each month: works of the whole grade count in each of its classes."""
    found: dict[tuple[int, str], Counter[Month]] = defaultdict(Counter)
    for (grade, letter, _), group in works_by_class([entry.work for entry in entries], classes).items():
        found[grade, letter].update((work.first.year, work.first.month) for work in group)
    return [
        LoadRow(f"{grade}{letter}" if letter else f"{grade}-е классы", [counts[month] for month in months],
                sum(counts.values()))
        for (grade, letter), counts in sorted(found.items())
    ]  # fmt: skip


def shown_entries(
    entries: Iterable[Entry], *, grade: str = "", subject: str = "", level: str = "", month: str = ""
) -> list[Entry]:
    """Entries that filters let through; empty filters let everything through."""
    return [entry for entry in entries if _is_shown(entry, grade, subject, level, month)]


def _is_shown(entry: Entry, grade: str, subject: str, level: str, month: str) -> bool:
    work = entry.work
    return (
        grade in ("", str(work.grade_level), f"{work.grade_level}{work.letter}")
        and subject in ("", work.subject)
        and level in ("", entry.level)
        and (not month or f"{work.first:%m}" <= month.zfill(2) <= f"{work.last:%m}" or month == str(work.first.month))
    )


def month_title(month: Month) -> str:
    """«сентябрь»."""
    return month_name(month[1])


def heat(count: int, most: int) -> int:
    """Step of colour from 0 (none) to 4 (most)."""
    return 0 if not count or not most else max(1, round(4 * count / most))


def legend() -> Iterator[tuple[str, str]]:
    """Marks of levels with their words."""
    titles = load_policy().levels
    return ((mark, titles[level.value].lower()) for level, mark in MARKS.items())
