"""`msoko plan parse` and `msoko functions parse`: what was understood in a document, nothing stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from intake.contracts import Problem, Severity
from intake.matrices import matrix_document, read_functions
from intake.plans import PlanReading, Remark, plan_document, read_plan, term_reader
from intake.terms import CalendarError, PlanYear, SchoolCalendar, load_calendar
from msoko.cli.screen import complain, say, to_json
from msoko.foundation.catalog.plans import matrix_words, plan_vocabulary


@dataclass(frozen=True)
class PlanRequest:
    """What the command line asks for. `start_year` is the year in which the plan year begins."""

    file: Path
    start_year: int
    year_kind: str
    calendar: Path | None
    is_json: bool


def parse_plan(request: PlanRequest) -> int:
    """Show the plan of the file; status 0 when there is at least one activity, 2 when the request is wrong."""
    if request.year_kind not in ("school", "calendar") or not 1990 <= request.start_year <= 2100:
        complain("Год плана указывается от 1990 до 2100, вид года – school (учебный) или calendar (календарный).")
        return 2
    try:
        calendar: SchoolCalendar | None = load_calendar(request.calendar) if request.calendar else None
    except CalendarError as error:
        complain(str(error))
        return 2
    data = _bytes(request.file)
    if data is None:
        return 1
    year = PlanYear(request.start_year, "school" if request.year_kind == "school" else "calendar")
    terms = term_reader(year, calendar)
    reading = read_plan(request.file.name, data, vocabulary=plan_vocabulary(), terms=terms, year=year)
    return _report(reading, is_json=request.is_json)


def _report(reading: PlanReading, *, is_json: bool) -> int:
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
