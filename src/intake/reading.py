"""One file → everything that it says. Nothing here raises on bad input."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from intake.contracts import (
    ColumnMapping,
    FileReading,
    Problem,
    Severity,
    Specification,
    Summary,
    UnknownTable,
    Work,
)
from intake.layouts import LAYOUTS
from intake.layouts.base import Book, Layout, Recognised
from intake.layouts.participant_list import ParticipantList
from intake.layouts.unknown import unknown_tables
from intake.tables import is_archive, read_archive, read_book
from intake.tables import read_pasted as book_of_text

#: layouts that read a sheet or two and leave the others
_SHARING = frozenset({"mapped_table", "specification", "generic_summary", "participant_list"})
#: a smaller table beside results is a note
_FEWEST_ROWS = 3


def read_file(name: str, data: bytes, *, mappings: Iterable[ColumnMapping] = ()) -> FileReading:
    """Recognise and read one file; of an archive, all its members together.

    `name` may have folders («11/География.xlsx»): they help to tell the campaign. `mappings`: remembered roles of
    columns of tables that no layout knows.
    """
    known = tuple(mappings)
    reading = FileReading(name, hashlib.sha256(data).hexdigest())
    if is_archive(data):
        members, reading.problems = read_archive(name, data)
        for path, content in members:
            _merge(reading, read_file(path, content, mappings=known))
        return reading
    book, reading.problems = read_book(name, data)
    _recognise(Book(book.file, book.sheets, known), reading)
    return reading


def read_pasted(text: str, *, name: str = "Вставленная таблица", mappings: Iterable[ColumnMapping] = ()) -> FileReading:
    """Recognise and read a table pasted as text."""
    book = book_of_text(text, name)
    reading = FileReading(name, hashlib.sha256(text.encode()).hexdigest())
    _recognise(Book(book.file, book.sheets, tuple(mappings)), reading)
    return reading


def _merge(whole: FileReading, part: FileReading) -> None:
    whole.works += part.works
    whole.summaries += part.summaries
    whole.specifications += part.specifications
    whole.unknown_tables += part.unknown_tables
    whole.problems += part.problems


def _recognise(book: Book, reading: FileReading) -> None:
    if not any(sheet.rows for sheet in book.sheets):
        return
    if not _read_by(LAYOUTS, book, reading):
        _look_for_unknown(book, reading)


def _read_by(layouts: Sequence[Layout], book: Book, reading: FileReading) -> bool:
    """Read by the first layout that recognises the book. What generic layouts leave goes to those after them: pupils
    stand beside «Свод», results beside a specification."""
    for place, layout in enumerate(layouts):
        try:
            found = layout.read(book)
        except Exception as error:  # a defect of one layout must not lose the rest of the batch
            reading.problems.append(_defect(book, layout.id, error))
            continue
        if found:
            _sort_out(found, reading)
            if layout.id in _SHARING:
                _read_rest(layouts[place + 1 :], _rest(book, found), reading)
            return True
    return False


def _rest(book: Book, found: Sequence[Recognised]) -> Book:
    """The visible sheets that nothing was found on; a specification may stand on several, so all are looked at."""
    taken = {one.sheet for one in found if not isinstance(one, Specification)}
    sheets = tuple(sheet for sheet in book.sheets if not sheet.is_hidden and sheet.name not in taken)
    return Book(book.file, sheets, book.mappings)


def _read_rest(layouts: Sequence[Layout], rest: Book, reading: FileReading) -> None:
    if not any(sheet.rows for sheet in rest.sheets):
        return
    if reading.specifications:
        lists = (work for work in ParticipantList().read(rest) or () if _names_people(work))
        _sort_out(lists, reading)
    elif not _read_by(layouts, rest, reading):
        for table in unknown_tables(rest):
            if table.row_count >= _FEWEST_ROWS:
                reading.problems.append(_unread(table))


def _names_people(work: Work) -> bool:
    return bool(work.dropped_columns) or any(work.participants.participant)


def _unread(table: UnknownTable) -> Problem:
    return Problem(
        Severity.WARNING,
        "sheet.not_recognised",
        f"Таблица листа «{table.sheet}» не распознана и не учтена: строк — {table.row_count}.",
        table.file,
        table.sheet,
        table.header_row,
        hint="Если на листе есть результаты, загрузите его отдельным файлом: система предложит назначить столбцы.",
    )


def _sort_out(found: Iterable[Recognised], reading: FileReading) -> None:
    for one in found:
        if isinstance(one, Work):
            reading.works.append(one)
        elif isinstance(one, Summary):
            reading.summaries.append(one)
        elif isinstance(one, Specification):
            reading.specifications.append(one)


def _look_for_unknown(book: Book, reading: FileReading) -> None:
    reading.unknown_tables = unknown_tables(book)
    if reading.unknown_tables:
        return
    if not any(problem.severity is not Severity.INFO for problem in reading.problems):
        reading.problems.append(
            Problem(
                Severity.WARNING,
                "file.not_recognised",
                "В файле не найдено таблицы с результатами.",
                book.file,
                hint="Проверьте, тот ли файл загружен: нужна таблица с заголовками столбцов и строкой на участника.",
            )
        )


def _defect(book: Book, layout: str, error: Exception) -> Problem:
    return Problem(
        Severity.ERROR,
        "file.reading_failed",
        f"Файл не прочитан из-за внутренней ошибки ({layout}: {type(error).__name__}).",
        book.file,
        hint="Сохраните файл заново в формате XLSX; если ошибка повторится, сообщите о ней администратору.",
    )
