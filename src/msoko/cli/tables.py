"""CSV tables at the command line: delimiter found by the header, decimal commas, places of what cannot be read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


class InputError(Exception):
    """The input is not what the command needs; the message is Russian."""


@dataclass(frozen=True)
class CsvTable:
    """Header and rows that are not blank, with their line numbers; every row is as long as the header."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, name: str) -> list[str]:
        """Texts of a column.

        Raises InputError when the header has no such column.
        """
        if name not in self.names:
            raise InputError(f"Столбца «{name}» нет. Есть: {', '.join(self.names)}.")
        place = self.names.index(name)
        return [row[place] for _, row in self.rows]


def read_text(file: Path) -> str:
    """The text of a file in UTF-8.

    Raises InputError.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"Файл не найден: {file}. Проверьте путь.") from None
    except (UnicodeDecodeError, IsADirectoryError):
        raise InputError(f"Файл {file} не читается как текст UTF-8. Сохраните таблицу как CSV UTF-8.") from None
    if not text.strip():
        raise InputError(f"Файл {file} пуст.")
    return text


def csv_table(text: str) -> CsvTable:
    """The table of a text.

    Raises InputError: a repeated column, no rows, a row longer than the header.
    """
    lines = text.splitlines()
    delimiter = max(";,\t", key=lines[0].count)
    rows = list(csv.reader(lines, delimiter=delimiter))
    names = tuple(name.strip() or f"столбец {place}" for place, name in enumerate(rows[0], 1))
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise InputError(f"Столбец «{twice[0]}» стоит в заголовке дважды: дайте столбцам разные названия.")
    people = tuple(_filled(names, rows[1:]))
    if not people:
        raise InputError("Под строкой заголовка нет ни одной строки.")
    return CsvTable(names, people)


def _filled(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line, row in enumerate(rows, 2):
        cells = [cell.strip() for cell in row]
        if any(cells[len(names) :]):
            raise InputError(f"Строка {line}: значений больше, чем столбцов в заголовке ({len(names)}).")
        if any(cells):
            yield line, tuple((*cells, *[""] * len(names))[: len(names)])


def number_of(text: str) -> float | None:
    """A number with a decimal point or comma; None for anything else."""
    try:
        return float(text.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return None
