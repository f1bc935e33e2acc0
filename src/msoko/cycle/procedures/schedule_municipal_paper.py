"""The municipal table on paper: grades by months, schools by classes, a list; forms that schools publish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msoko.cycle.procedures.schedule_municipal import SchoolWork, by_grade, by_school
from msoko.cycle.procedures.schedule_paper import LIST_COLUMNS, list_day
from msoko.cycle.procedures.schedule_tables import Cell, Month, legend, month_title, months_of
from msoko.foundation.catalog.load import load_policy
from msoko.foundation.documents.official_table import FullRow, OfficialTable
from msoko.foundation.orgs.models import SchoolYear

Row = FullRow | tuple[str, ...]


def months_of_works(works: Sequence[SchoolWork], year: SchoolYear) -> list[Month]:
    """Months of the columns: those of lessons and those in which works stand."""
    return months_of(load_policy().span("year", year.start_year), [one.entry for one in works])


def grades_paper(works: Sequence[SchoolWork], year: SchoolYear, owner: str) -> OfficialTable:
    """Subjects of each grade by months with the schools that write."""
    months = months_of_works(works, year)
    rows: list[Row] = []
    grade = 0
    for row in by_grade(works, months):
        if row.grade_level != grade:
            grade = row.grade_level
            rows.append(FullRow(f"{grade}-е классы"))
        cells = ("\n".join(f"{day.text} – {day.who}" for day in cell) for cell in row.cells)
        rows.append((row.subject, *cells, str(row.works)))
    return _by_months(_title(year, owner), months, rows)


def schools_paper(works: Sequence[SchoolWork], year: SchoolYear, owner: str) -> OfficialTable:
    """Subjects of each class of each school by months: the form that schools publish, a school after another."""
    months = months_of_works(works, year)
    rows: list[Row] = []
    for school, group in by_school(works).items():
        rows.append(FullRow(school.full_name or school.short_name))
        rows += _classes(group, months)
    return _by_months(_title(year, owner), months, rows)


def _classes(works: Sequence[SchoolWork], months: Sequence[Month]) -> list[Row]:
    rows: list[Row] = []
    found: dict[tuple[int, str], dict[str, list[SchoolWork]]] = defaultdict(lambda: defaultdict(list))
    for one in works:
        work = one.entry.work
        found[work.grade_level, work.letter][work.subject].append(one)
    for (grade, letter), subjects in sorted(found.items()):
        rows.append(FullRow(f"{grade}{letter} класс" if letter else f"{grade}-е классы"))
        for subject, group in sorted(subjects.items()):
            cells: dict[Month, list[str]] = defaultdict(list)
            for one in sorted(group, key=lambda each: each.entry.work.first):
                first = one.entry.work.first
                cells[first.year, first.month].append(Cell(one.entry).text)
            rows.append((subject, *("\n".join(cells[month]) for month in months), str(len(group))))
    return rows


def municipal_list_paper(works: Sequence[SchoolWork], year: SchoolYear, owner: str) -> OfficialTable:
    """A row a work, with its school."""
    levels = load_policy().levels
    columns = (("Школа", 0.2), *((title, share * 0.8) for title, share in LIST_COLUMNS))
    rows = tuple(
        (one.school.full_name or one.school.short_name, one.entry.work.class_title, one.entry.work.subject,
         one.entry.work.title, list_day(one.entry), levels[one.entry.level], str(one.entry.work.lesson or ""),
         str(one.entry.work.minutes or ""))
        for one in works
    )  # fmt: skip
    return OfficialTable(_title(year, owner), columns, rows, (), _notes(), is_dense=True)


def _by_months(title: str, months: Sequence[Month], rows: Sequence[Row]) -> OfficialTable:
    share = 0.74 / max(1, len(months))
    columns = (
        ("Предмет", 0.19), *((month_title(month).capitalize(), share) for month in months), ("Всего работ", 0.07),
    )  # fmt: skip
    return OfficialTable(title, columns, tuple(rows), (), _notes(), is_dense=True)


def _title(year: SchoolYear, owner: str) -> str:
    start = year.start_year
    return f"График оценочных процедур на {start}/{start + 1} учебный год. {owner}"


def _notes() -> tuple[str, ...]:
    marks = "; ".join(f"{mark} – {words}" for mark, words in legend())
    return (f"Уровень работы: {marks}; без отметки – по инициативе школы.",)
