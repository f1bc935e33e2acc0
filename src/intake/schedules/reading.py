"""One document or pasted text → the schedule that it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intake.contracts import Problem, Severity
from intake.grids import Document, Grid, GridRow, Paragraph, read_document, read_pasted_document
from intake.schedules.contracts import ReadWork, ScheduleReading
from intake.schedules.days import days_in
from intake.schedules.definitions import short_key
from intake.schedules.heads import head_at
from intake.schedules.lists import list_columns, list_works
from intake.schedules.matrices import Context, matrix_works
from intake.schedules.words import classes_above, month_in, subject_in

#: more works than the schedule of the largest school has
MAX_WORKS = 5000
_SEARCHED, _NEAR = 40, 6
_EXPLAINED = re.compile(r"(?<!\w)([А-ЯЁ][А-Яа-яЁё]{0,6})\.?\s*[-–—=:]\s*([А-Яа-яЁё][А-Яа-яЁё ]{3,40})")
_YEARS = re.compile(r"(20\d\d)\s*[-–—/]\s*(20\d\d|\d\d)(?!\d)")


def read_schedule(
    name: str, data: bytes, *, start_year: int, words: Mapping[str, str] | None = None
) -> ScheduleReading:
    """Works of a file. Days without a year belong to the school year that starts in `start_year`; `words`: short
    forms of subjects that people have explained."""
    try:
        document = read_document(name, data)
    except Exception as error:  # a defect of one reader must not lose the request
        return ScheduleReading(name, problems=[_defect(name, error)])
    return _read(document, start_year, words)


def read_pasted_schedule(
    text: str, *, start_year: int, name: str = "Вставленная таблица", words: Mapping[str, str] | None = None
) -> ScheduleReading:
    """Works of a table pasted from Word or Excel."""
    return _read(read_pasted_document(text, name), start_year, words)


def _read(document: Document, start_year: int, words: Mapping[str, str] | None) -> ScheduleReading:
    reading = ScheduleReading(document.file, problems=list(document.problems))
    folded = _explained(document) | {short_key(word): subject for word, subject in (words or {}).items()}
    try:
        for grid in document.grids:
            _read_grid(reading, grid, _context(document, grid, start_year, folded))
    except Exception as error:  # a defect must not lose the request; the person is told what to do
        reading.problems.append(_defect(document.file, error))
    if not reading.works and not any(one.severity is Severity.ERROR for one in reading.problems):
        reading.problems.append(_nothing(document))
    if reading.works and (problem := _other_year(document, start_year)):
        reading.problems.append(problem)
    if len(reading.works) > MAX_WORKS:
        reading.problems.append(_too_many(document.file))
        del reading.works[MAX_WORKS:]
    return reading


def _read_grid(reading: ScheduleReading, grid: Grid, context: Context) -> None:
    columns = list_columns(grid, has_class=bool(context.classes))
    for index in range(min(_SEARCHED, len(grid.rows))):
        if columns is not None and index >= columns[0]:
            break
        head = head_at(grid, index, context.start_year, month=context.month)
        if head is None:
            _told_by(grid.rows[index], context)
        else:
            reading.layout = head.kind
            reading.works += matrix_works(grid, head, head.last + 1, context)
            return
    if columns is not None:
        found: list[ReadWork] = list(list_works(grid, *columns, context))
        reading.layout = "list"
        reading.works += found


def _told_by(row: GridRow, context: Context) -> None:
    """A title that stands in the table over its header may name the month or the class."""
    for place in row.filled:
        if not days_in(row.cells[place], context.start_year):
            context.month = month_in(row.cells[place]) or context.month
            context.classes = classes_above(row.cells[place]) or context.classes


def _context(document: Document, grid: Grid, start_year: int, words: Mapping[str, str]) -> Context:
    """What the name of the sheet and the lines above the table say of it."""
    context = Context(start_year, words=words)
    sheet = "" if grid.sheet.strip().isdecimal() else grid.sheet
    for text in (*_lines_above(document, grid), sheet):
        if not text or days_in(text, start_year):
            continue
        context.month = month_in(text) or context.month
        context.classes = classes_above(text) or context.classes
    return context


def _lines_above(document: Document, grid: Grid) -> list[str]:
    """The last lines of text between the table and the one before it."""
    lines: list[str] = []
    for block in document.blocks:
        if block is grid:
            break
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines.clear()
    return lines[-_NEAR:]


def _texts(document: Document) -> list[str]:
    cells = [cell for grid in document.grids for row in grid.rows for cell in row.cells if cell]
    return [*(one.text for one in document.paragraphs), *cells]


def _explained(document: Document) -> dict[str, str]:
    """Short forms that the file itself explains: «МА – математика; ГЕО – география»."""
    found: dict[str, str] = {}
    for text in _texts(document):
        for word, meaning in _EXPLAINED.findall(text):
            subject, is_known = subject_in(meaning)
            if is_known and not subject_in(word)[1]:
                found[short_key(word)] = subject
    return found


def _other_year(document: Document, start_year: int) -> Problem | None:
    named = {int(match[1]) for text in _texts(document)[:60] for match in _YEARS.finditer(text)}
    if not named or start_year in named:
        return None
    year = max(named)
    return Problem(
        Severity.WARNING, "schedule.other_year",
        f"В файле назван {year}/{year + 1} учебный год, а график составляется на {start_year}/{start_year + 1}.",
        document.file, hint="Дни без года отнесены к выбранному году. Если это прошлогодний файл, загрузите новый.",
    )  # fmt: skip


def _defect(name: str, error: Exception) -> Problem:
    return Problem(
        Severity.ERROR, "schedule.defect", "Файл прочитать не удалось: его устройство системе незнакомо.", name,
        hint=f"Сохраните таблицу файлом XLSX и загрузите снова. Сведения для поддержки: {type(error).__name__}.",
    )  # fmt: skip


def _nothing(document: Document) -> Problem:
    letters = [letter for text in _texts(document)[:400] for letter in text if letter.isalpha()]
    if letters and sum("а" <= letter.lower() <= "ё" for letter in letters) * 5 < len(letters):
        return Problem(
            Severity.ERROR, "schedule.other_language", "Текст файла не на русском языке: график не распознан.",
            document.file, hint="Загрузите график на русском языке.",
        )  # fmt: skip
    if not document.grids:
        return Problem(
            Severity.ERROR, "schedule.no_table", "В файле нет таблицы графика.", document.file,
            hint="Загрузите файл, в котором график оформлен таблицей, или скопируйте таблицу и вставьте её.",
        )  # fmt: skip
    return Problem(
        Severity.ERROR, "schedule.none", "Графика в таблицах файла не найдено.", document.file,
        hint="Нужны столбцы «Класс», «Предмет», «Дата» либо месяцы, дни, классы или предметы в заголовке таблицы.",
    )  # fmt: skip


def _too_many(name: str) -> Problem:
    return Problem(
        Severity.WARNING, "schedule.too_many", f"Прочитаны первые {MAX_WORKS} работ.", name,
        hint="Загрузите график по частям.",
    )  # fmt: skip
