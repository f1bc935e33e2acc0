"""One document → the plan that it holds. Nothing here raises on bad input."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from intake.contracts import Problem, Severity
from intake.grids.contracts import Document, Paragraph
from intake.grids.language import is_foreign
from intake.grids.reading import read_document, read_pasted_document
from intake.plans.abbreviations import GENERAL, Abbreviations, Dictionary, own_abbreviations
from intake.plans.building import PlanBuilder
from intake.plans.contracts import PlanColumn, PlanReading, Remark
from intake.plans.headline import period_of, title_of, years_of
from intake.plans.joining import join_tails, words_of
from intake.plans.lines import with_lines_as_table
from intake.plans.tables import PlanTable, plan_tables, rows_of
from intake.plans.terms import TermReader, unread_term
from intake.plans.vocabulary import Vocabulary
from intake.terms import PlanYear

Known = Mapping[str, Mapping[str, str | Sequence[str]]]


def read_plan(
    name: str,
    data: bytes,
    *,
    vocabulary: Vocabulary,
    terms: TermReader = unread_term,
    known: Known | None = None,
    year: PlanYear | None = None,
) -> PlanReading:
    """Read the plan of a file.

    `year`: year of the plan that the caller has chosen, for a warning when the title names another one.

    `vocabulary`: words of `definitions/plans`. `terms`: engine of terms for the chosen year. `known`: dictionaries of
    abbreviations by name in order of trust («municipality» first), asked after the document's own list and before the
    general dictionary of the vocabulary; a meaning is a text or several.
    """
    try:
        document = read_document(name, data)
    except Exception as error:  # a defect of one reader must not lose the request
        return PlanReading(name, hashlib.sha256(data).hexdigest(), problems=[_defect(name, error)])
    reading = _read(document, hashlib.sha256(data).hexdigest(), vocabulary, terms, known)
    return _compared_with(year, reading)


def read_pasted_plan(
    text: str,
    *,
    vocabulary: Vocabulary,
    terms: TermReader = unread_term,
    known: Known | None = None,
    year: PlanYear | None = None,
    name: str = "Вставленный текст",
) -> PlanReading:
    """Read a plan pasted as text with tabs or as HTML of the clipboard."""
    document = read_pasted_document(text, name)
    reading = _read(document, hashlib.sha256(text.encode()).hexdigest(), vocabulary, terms, known)
    return _compared_with(year, reading)


def _compared_with(year: PlanYear | None, reading: PlanReading) -> PlanReading:
    """The reading with a warning when its title names a period that the chosen year does not touch."""
    years = years_of(reading.period)
    if year is not None and years and not (min(years) <= year.end.year and max(years) >= year.start.year):
        message = f"План составлен {reading.period}, а выбран {year.label}."
        hint = "Проверьте выбранный год: сроки без года отнесены к нему."
        reading.remarks.append(Remark("plan_period", message, hint))
    return reading


def _read(
    document: Document, sha256: str, vocabulary: Vocabulary, terms: TermReader, known: Known | None
) -> PlanReading:
    reading = PlanReading(document.file, sha256, problems=list(document.problems))
    if not document.blocks:
        return reading
    try:
        document = with_lines_as_table(document, vocabulary)
        tables = plan_tables(document, vocabulary)
        if tables:
            _fill(reading, document, tables, vocabulary, terms, known)
        else:
            reading.problems.append(_no_plan(document))
    except Exception as error:  # a defect must not lose the request; the person is told what to do
        reading.problems.append(_defect(document.file, error))
    return reading


def _fill(
    reading: PlanReading,
    document: Document,
    tables: list[PlanTable],
    vocabulary: Vocabulary,
    terms: TermReader,
    known: Known | None,
) -> None:
    before = _texts_before(document, tables[0])
    reading.title = title_of(before)
    reading.period = period_of(reading.title)
    dictionaries = (
        *(Dictionary.of(name, meanings) for name, meanings in (known or {}).items()),
        Dictionary.of(GENERAL, vocabulary.abbreviations),
    )
    texts = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell for table in tables for row in table.grid.rows for cell in row.cells if cell]
    own = own_abbreviations([*texts, *cells], dictionaries)
    reading.abbreviations = dict(own)
    reading.columns = [
        PlanColumn(column.header, column.role, table.grid.number)
        for table in tables
        for column in table.header.columns
        if table.first > 0
    ]
    words = words_of([*texts, *cells])
    rows = join_tails((row for table in tables for row in rows_of(table, vocabulary)), words)
    headers = {id(table.grid): table.header for table in tables}
    PlanBuilder(reading, vocabulary, terms, Abbreviations(own, dictionaries), words).build(rows, headers)


def _texts_before(document: Document, table: PlanTable) -> list[str]:
    """Texts above the table: paragraphs, and rows of a sheet above the header."""
    texts: list[str] = []
    named = {one.line for one in table.headings}
    for block in document.blocks:
        if not isinstance(block, Paragraph) and (block.number, block.sheet) == (table.grid.number, table.grid.sheet):
            break
        if isinstance(block, Paragraph):
            texts += [block.text] if block.line not in named else []
        else:
            texts += [cell for row in block.rows for cell in row.cells if cell]
    texts += [cell for row in table.grid.rows[: table.header.first] for cell in row.cells if cell]
    return texts


def _no_plan(document: Document) -> Problem:
    has_tables = bool(document.grids)
    message = (
        "В таблицах файла не найдены столбцы плана: нужны мероприятие и срок или ответственные."
        if has_tables
        else "В файле нет таблицы плана."
    )
    hint = (
        "Проверьте, что у таблицы есть строка заголовков: «Мероприятие», «Срок», «Ответственные»."
        if has_tables
        else "Загрузите файл, в котором план оформлен таблицей с заголовками столбцов."
    )
    if is_foreign(document):
        return Problem(
            Severity.ERROR,
            "plan.other_language",
            "Текст файла не на русском языке: план не распознан.",
            document.file,
            hint="Загрузите план на русском языке.",
        )
    code = "plan.header_missing" if has_tables else "plan.no_table"
    return Problem(Severity.ERROR, code, message, document.file, hint=hint)


def _defect(file: str, error: Exception) -> Problem:
    return Problem(
        Severity.ERROR,
        "plan.reading_failed",
        f"План не прочитан из-за внутренней ошибки ({type(error).__name__}).",
        file,
        hint="Сохраните файл заново в формате DOCX или XLSX; если ошибка повторится, сообщите о ней администратору.",
    )
