"""`msoko plan parse` and `msoko functions parse`: what was understood in a document, nothing stored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from intake.contracts import Problem, Severity
from intake.matrices import matrix_document, read_functions
from intake.plans import PlanReading, Remark, plan_document, read_plan, unread_term
from msoko.cli.screen import complain, say, to_json
from msoko.foundation.catalog.plans import matrix_words, plan_vocabulary


def parse_plan(file: Path, *, school_year: int, is_json: bool) -> int:
    """Show the plan of the file; status 0 when there is at least one activity."""
    data = _bytes(file)
    if data is None:
        return 1
    reading = read_plan(file.name, data, vocabulary=plan_vocabulary(), terms=unread_term)
    if is_json:
        say(to_json(plan_document(reading)))
    else:
        _show_plan(reading)
    return 0 if reading.activities else 1


def parse_functions(file: Path, *, is_json: bool) -> int:
    """Show the matrix of functions of the file; status 0 when there is at least one function."""
    data = _bytes(file)
    if data is None:
        return 1
    reading = read_functions(file.name, data, words=matrix_words())
    if is_json:
        say(to_json(matrix_document(reading)))
    else:
        for group in reading.groups:
            say(f"{group.number} {group.title}: функций – {len(group.functions)}".strip())
        _show_remarks(reading.problems, reading.remarks)
    return 0 if reading.functions else 1


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except IsADirectoryError:
        complain(f"«{file}» – это папка. Укажите файл.")
    except FileNotFoundError:
        complain(f"Файл «{file}» не найден. Проверьте путь.")
    return None


def _show_plan(reading: PlanReading) -> None:
    say(f"{reading.title or reading.file}: разделов – {len(reading.sections)}, мероприятий – {len(reading.activities)}")
    counts = Counter(activity.section_path for activity in reading.activities)
    for path, count in counts.items():
        say(f"  {' / '.join(f'{number} {title}'.strip() for number, title in path) or 'Без раздела'}: {count}")
    _show_remarks(reading.problems, reading.remarks)
    for activity in reading.activities:
        _show_remarks((), activity.remarks)


def _show_remarks(problems: list[Problem] | tuple[()], remarks: list[Remark] | tuple[Remark, ...]) -> None:
    for one in (*problems, *remarks):
        if one.severity is not Severity.INFO:
            place = f" ({one.place})" if isinstance(one, Remark) and one.place is not None else ""
            say(f"[{one.severity.value}]{place} {one.message} {one.hint}".rstrip())
