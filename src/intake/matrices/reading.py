"""One document → the matrix of functions that it holds. Nothing here raises on bad input."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.contracts import Problem, Severity
from intake.fields.text import clean_text
from intake.grids.contracts import Document, Grid, GridRow, Paragraph
from intake.grids.language import is_foreign
from intake.grids.reading import read_document, read_pasted_document
from intake.matrices.building import MatrixBuilder
from intake.matrices.contracts import MatrixReading
from intake.matrices.vocabulary import DOCUMENTS, FUNCTION, RESPONSIBLE, MatrixWords

_SEARCHED = 40


@dataclass(slots=True)
class _Columns:
    """Places of the three columns; by position when the file lost its header."""

    places: dict[str, int] = field(default_factory=dict)
    header: tuple[str, ...] = ()


def read_functions(name: str, data: bytes, *, words: MatrixWords) -> MatrixReading:
    """Read the matrix of functions of a file."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = read_document(name, data)
    except Exception as error:  # a defect of one reader must not lose the request
        return MatrixReading(name, sha256, problems=[_defect(name, error)])
    return _read(document, sha256, words)


def read_pasted_functions(text: str, *, words: MatrixWords, name: str = "Вставленный текст") -> MatrixReading:
    """Read a matrix pasted as text with tabs or as HTML of the clipboard."""
    return _read(read_pasted_document(text, name), hashlib.sha256(text.encode()).hexdigest(), words)


def _read(document: Document, sha256: str, words: MatrixWords) -> MatrixReading:
    reading = MatrixReading(document.file, sha256, problems=list(document.problems))
    if not document.blocks:
        return reading
    try:
        columns = _columns(document, words)
        if columns is None or is_foreign(document):
            reading.problems.append(_no_matrix(document))
            return reading
        builder = MatrixBuilder(reading, words)
        for grid, row in _rows(document, columns, words):
            cells = {role: row.cells[place] if place < len(row.cells) else "" for role, place in columns.places.items()}
            merged = {role for role, place in columns.places.items() if place in row.above or not grid.knows_spans}
            builder.add(cells, row, grid, merged)
        builder.finish()
        reading.title = _title(document)
    except Exception as error:  # a defect must not lose the request; the person is told what to do
        reading.problems.append(_defect(document.file, error))
    return reading


def _columns(document: Document, words: MatrixWords) -> _Columns | None:
    for grid in document.grids:
        for row in grid.rows[:_SEARCHED]:
            places = _places(row, words)
            if len(places) == 3:
                return _Columns(places, tuple(clean_text(cell) for cell in row.cells))
    three = next((grid for grid in document.grids if grid.width == 3 and len(grid.rows) > 2), None)
    return _Columns({FUNCTION: 0, RESPONSIBLE: 1, DOCUMENTS: 2}) if three is not None else None


def _places(row: GridRow, words: MatrixWords) -> dict[str, int]:
    places: dict[str, int] = {}
    for place in row.filled:
        role = words.role_of(row.cells[place]) if len(row.cells[place]) < 160 else ""
        if role:
            places.setdefault(role, place)
    return places


def _rows(document: Document, columns: _Columns, words: MatrixWords) -> Iterator[tuple[Grid, GridRow]]:
    for grid in document.grids:
        if grid.width < max(columns.places.values()) + 1:
            continue
        is_after_break = False
        for row in grid.rows:
            if not row.filled:
                continue
            if len(_places(row, words)) == 3:
                is_after_break = True
                continue
            if is_after_break:
                row = GridRow(row.cells, row.number, row.spans, row.above, row.page, True)
                is_after_break = False
            yield grid, row


def _title(document: Document) -> str:
    texts: list[str] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            break
        texts.append(block.text)
    return texts[-1] if texts and len(texts[-1]) < 300 else ""


def _no_matrix(document: Document) -> Problem:
    if is_foreign(document):
        message = "Текст файла не на русском языке: таблица функций не распознана."
        hint = "Загрузите таблицу на русском языке."
        return Problem(Severity.ERROR, "functions.other_language", message, document.file, hint=hint)
    message = "В файле не найдена таблица функций: нужны столбцы функций, должностей и документов."
    hint = "Проверьте, что функции оформлены таблицей из трёх столбцов с заголовками."
    return Problem(Severity.ERROR, "functions.no_table", message, document.file, hint=hint)


def _defect(file: str, error: Exception) -> Problem:
    message = f"Таблица функций не прочитана из-за внутренней ошибки ({type(error).__name__})."
    hint = "Сохраните файл заново в формате DOCX или XLSX; если ошибка повторится, сообщите о ней администратору."
    return Problem(Severity.ERROR, "functions.reading_failed", message, file, hint=hint)
