"""One document or pasted text → the schedule that it holds."""

from __future__ import annotations

from intake.contracts import Problem, Severity
from intake.grids import Document, read_document, read_pasted_document
from intake.schedules.contracts import ScheduleReading
from intake.schedules.lists import list_columns, list_works
from intake.schedules.matrices import matrix_head, matrix_works

#: more works than the schedule of the largest school has
MAX_WORKS = 5000


def read_schedule(name: str, data: bytes, *, start_year: int) -> ScheduleReading:
    """Works of a file. Days without a year belong to the school year that starts in `start_year`."""
    try:
        document = read_document(name, data)
    except Exception as error:  # a defect of one reader must not lose the request
        return ScheduleReading(name, problems=[_defect(name, error)])
    return _read(document, start_year)


def read_pasted_schedule(text: str, *, start_year: int, name: str = "Вставленная таблица") -> ScheduleReading:
    """Works of a table pasted from Word or Excel."""
    return _read(read_pasted_document(text, name), start_year)


def _read(document: Document, start_year: int) -> ScheduleReading:
    reading = ScheduleReading(document.file, problems=list(document.problems))
    try:
        for grid in document.grids:
            columns, head = list_columns(grid), matrix_head(grid)
            if columns is not None:
                reading.layout = "list"
                reading.works += list_works(grid, *columns, start_year)
            elif head is not None:
                reading.layout = head.kind
                reading.works += matrix_works(grid, head, start_year)
    except Exception as error:  # a defect must not lose the request; the person is told what to do
        reading.problems.append(_defect(document.file, error))
    if not reading.works and not any(one.severity is Severity.ERROR for one in reading.problems):
        reading.problems.append(_nothing(document.file))
    if len(reading.works) > MAX_WORKS:
        reading.problems.append(_too_many(document.file))
        del reading.works[MAX_WORKS:]
    return reading


def _defect(name: str, error: Exception) -> Problem:
    return Problem(
        Severity.ERROR, "schedule.defect", "Файл прочитать не удалось: его устройство системе незнакомо.", name,
        hint=f"Сохраните таблицу файлом XLSX и загрузите снова. Сведения для поддержки: {type(error).__name__}.",
    )  # fmt: skip


def _nothing(name: str) -> Problem:
    return Problem(
        Severity.ERROR, "schedule.none", "Графика в файле не найдено.", name,
        hint="Нужна таблица со столбцами «Класс», «Предмет», «Дата» либо с месяцами или классами в заголовке.",
    )  # fmt: skip


def _too_many(name: str) -> Problem:
    return Problem(
        Severity.WARNING, "schedule.too_many", f"Прочитаны первые {MAX_WORKS} работ.", name,
        hint="Загрузите график по частям.",
    )  # fmt: skip
