"""The passport of an organization as tables for Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msoko.foundation.roster.api import Appointment
from msoko.web.office.analysis.passport import WorkResults
from msoko.web.office.organizations.passport import ContextTable, Grade
from qualimetry.narrative.blocks import Column, Table


def passport_tables(
    context: ContextTable, grades: Sequence[Grade], results: Sequence[WorkResults], people: Iterable[Appointment]
) -> list[tuple[str, Table]]:
    """Sheets of what is known; sections without rows stay as empty sheets, so that a reader sees there is nothing."""
    return [
        ("Контекст", _context(context)),
        ("Классы", _classes(grades)),
        ("Результаты", _results(results)),
        ("Люди", _people(people)),
    ]


def _context(found: ContextTable) -> Table:
    columns = (Column("Показатель", width=3.0), *(Column(label, "integer") for label in found.years))
    rows = tuple((row.title, *row.values) for row in found.rows)
    note = f"Источник: {'; '.join(found.sources)}" if found.sources else ""
    return Table("context", "Контекстные данные по учебным годам", columns, rows, note=note)


def _classes(grades: Sequence[Grade]) -> Table:
    columns = (Column("Параллель", "integer"), Column("Литера"), Column("Обучающихся", "integer"))
    rows = tuple((grade.level, one.letter, one.enrolment) for grade in grades for one in grade.classes)
    return Table("classes", "Классы", columns, rows)


def _results(results: Sequence[WorkResults]) -> Table:
    columns = (
        Column("Работа", width=3.0), Column("Год"), Column("Участников", "integer"),
        Column("Показатель", width=2.0), Column("Значение"), Column("Интервал"), Column("Относительно остальных"),
    )  # fmt: skip
    rows = tuple(
        (work.title, str(year.year), year.participants, title, cell.value, cell.interval, year.band)
        for work in results
        for year in work.years
        for title, cell in year.cells
    )
    return Table("results", "Результаты по годам", columns, rows)


def _people(people: Iterable[Appointment]) -> Table:
    titles = ("Фамилия, имя, отчество", "Должность", "Участие", "Предмет", "Телефон", "Электронная почта")
    rows = tuple(
        (one.person.full_name, one.post, one.get_kind_display(), one.subject, one.person.phone, one.person.email)
        for one in people
    )
    return Table("people", "Люди", tuple(Column(title, width=2.0) for title in titles), rows)
