"""CSV, TSV, plain text and pasted tables."""

from __future__ import annotations

import csv
import io

from intake.contracts import Problem
from intake.layouts.base import Book, Sheet
from intake.tables.encodings import decode
from intake.tables.remarks import file_problem

#: name of the only sheet of a text file
TEXT_SHEET = ""
_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_LINES = 50


def read_delimited(name: str, data: bytes) -> tuple[Book, list[Problem]]:
    """Book of one sheet from a text file in UTF-8, UTF-16, cp1251 or cp866 with any usual delimiter."""
    text, is_certain = decode(data)
    problems = [] if is_certain else [file_problem("text.encoding_guessed", name)]
    return _book(name, text), problems


def read_pasted(text: str, name: str = "Вставленная таблица") -> Book:
    """Book of one sheet from text pasted from a spreadsheet (tabs) or typed with delimiters."""
    return _book(name, text)


def _book(name: str, text: str) -> Book:
    return Book(name, (Sheet(TEXT_SHEET, split_rows(text)),))


def split_rows(text: str) -> list[list[str]]:
    """Rows of cells; the delimiter is the one that splits the lines most evenly."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    first_line = text[:100].split("\n", 1)[0].strip()
    delimiter = first_line[4] if first_line.lower().startswith("sep=") and len(first_line) == 5 else _delimiter(text)
    if first_line.lower().startswith("sep="):
        text = text.split("\n", 1)[1] if "\n" in text else ""
    # an unclosed quote must not swallow the rest of the file
    is_quoted = text.count('"') % 2 == 0
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
    )
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error:
        return [line.split(delimiter) for line in text.splitlines()]
    return rows


def _delimiter(text: str) -> str:
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    """Share of lines with the commonest positive count of the delimiter, weighted by the count."""
    counts = [_outside_quotes(line).count(delimiter) for line in lines]
    positive = [count for count in counts if count]
    if not positive:
        return (0.0, 0)
    commonest = max(sorted(set(positive)), key=positive.count)
    share = positive.count(commonest) / len(lines)
    # decimal commas and commas in names are few and uneven, semicolons and tabs are many
    return (share * min(commonest, 5), commonest)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
