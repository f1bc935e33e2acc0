"""Context data of organizations (formats.md 1.12): place, numbers of classes, pupils, teachers, equipment.

Names and phones of directors are never read. Numbers that the file does not give are None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from intake.contracts import Problem, Severity
from intake.fields.cells import whole
from intake.fields.names import facts_of_name, facts_of_text
from intake.fields.text import clean, header_key
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.remarks import Remarks

_TEXTS: Final = {
    "login": re.compile(r"логин(?: оо)?|код логин"),
    "name": re.compile(r"название оо|наименование оо|краткое наименование оо"),
    "inn": re.compile(r"инн(?: .*)?"),
    "oge_code": re.compile(r"код (?:оо )?огэ"),
    "ege_code": re.compile(r"код (?:оо )?егэ"),
    "municipality": re.compile(r"муниципалитет|муниципальное образование"),
    "ownership": re.compile(r"организационно правовая форма(?: оо)?"),
    "location": re.compile(r"где расположена .*"),
    "place": re.compile(r"укажите наименование населенного пункта.*|населенный пункт"),
    "place_size": re.compile(r"каков размер населенного пункта.*"),
    "internet_speed": re.compile(r"скорость интернета.*"),
}
_NUMBERS: Final = {
    "pupils": re.compile(r"укажите количество обучающихся в оо.*|(?:общее )?количество обучающихся(?: всего)?"),
    "teachers": re.compile(r"сколько всего в школе учителей.*|учителей всего"),
    "teachers_top_category": re.compile(r"сколько в школе учителей высшей категории.*"),
    "teachers_under_30": re.compile(r"сколько в школе учителей.* не старше 30.*"),
    "teachers_pension_age": re.compile(r"сколько в школе учителей.* пенсионного возраста.*"),
    "pupils_adapted_programmes": re.compile(r"из них обучаются по адаптированным.*"),
    "classrooms": re.compile(r"сколько в школе учебных классов.*"),
    "computers": re.compile(r"сколько компьютеров обучающиеся могут.*"),
    "computers_outdated": re.compile(r"сколько из этих компьютеров являются маломощными.*"),
    "computers_online": re.compile(r"сколько из этих компьютеров имеют доступ.*"),
}
_FLAGS: Final = {
    "is_correctional": re.compile(r"оо является специальной коррекционной.*"),
    "is_evening": re.compile(r"оо является вечерней.*"),
    "is_boarding": re.compile(r"оо является школой интернатом.*"),
}
_OF_GRADE = re.compile(r"(1[0-2]|[1-9]) класс (классов групп|классов|обучающихся)")
_PERSONAL = re.compile(rf"фио .*|телефон.*|.*{header_key('e-mail')}.*|.*директор.*")
#: The anonymised files say «удалено» in place of a name.
_REMOVED = frozenset({"«удалено»", "удалено"})
_LOCATIONS: Final = (
    ("village", re.compile(r"сельского типа|\bсело\b|\bдеревня\b|\bхутор\b")),
    ("settlement", re.compile(r"городского типа|\bпоселок\b")),
    ("city", re.compile(r"\bгород\b|столица субъекта|краевой центр|областной центр")),
)


@dataclass(frozen=True, slots=True)
class OrganizationContextRow:
    """Context of one organization in one school year. `classes`, `pupils_by_grade`: grade → number.

    `place_kind`: «city», «settlement», «village» or "". Texts of answers lose their numbers («4. Сельского типа»).
    `year`: year in which the school year ends, when the file says it. `row` counts from 1.
    """

    login: str
    name: str = ""
    inn: str = ""
    oge_code: str = ""
    ege_code: str = ""
    municipality: str = ""
    ownership: str = ""
    location: str = ""
    place: str = ""
    place_kind: str = ""
    place_size: str = ""
    internet_speed: str = ""
    pupils: int | None = None
    teachers: int | None = None
    teachers_top_category: int | None = None
    teachers_under_30: int | None = None
    teachers_pension_age: int | None = None
    pupils_adapted_programmes: int | None = None
    classrooms: int | None = None
    computers: int | None = None
    computers_outdated: int | None = None
    computers_online: int | None = None
    is_correctional: bool | None = None
    is_evening: bool | None = None
    is_boarding: bool | None = None
    classes: dict[int, int] = field(default_factory=dict)
    pupils_by_grade: dict[int, int] = field(default_factory=dict)
    year: int | None = None
    row: int = 0


@dataclass(slots=True)
class ContextList:
    """Context rows of all sheets, what was dropped and what was wrong."""

    file: str
    rows: list[OrganizationContextRow] = field(default_factory=list)
    dropped_columns: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_contexts(book: Book) -> ContextList:
    """Read every visible sheet with a login column and numbers of classes, pupils, teachers or the place."""
    result = ContextList(book.file)
    for sheet in book.sheets:
        header = None if sheet.is_hidden else _header(sheet)
        if header is not None:
            _read(result, book, sheet, header)
    if not result.rows and not result.problems:
        message = "В файле не найдены контекстные данные: нужны столбец «логин» и столбцы с числом обучающихся."
        result.problems.append(Problem(Severity.ERROR, "contexts.header_missing", message, book.file))
    return result


def _header(sheet: Sheet) -> int | None:
    for index, row in enumerate(sheet.rows[:30]):
        columns = _columns(row)
        if {"login", "inn", "ege_code"} & columns.keys() and len(columns) >= 4:
            return index
    return None


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    """Field (or «classes 5», «pupils 5») → column."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        key = header_key(cell) if isinstance(cell, str) else ""
        if not key:
            continue
        if grade := _OF_GRADE.fullmatch(key):
            what = "pupils" if grade[2] == "обучающихся" else "classes"
            found.setdefault(f"{what} {grade[1]}", place)
            continue
        patterns = {**_TEXTS, **_NUMBERS, **_FLAGS}
        name = next((name for name, pattern in patterns.items() if pattern.fullmatch(key)), None)
        if name:
            found.setdefault(name, place)
    return found


def _read(result: ContextList, book: Book, sheet: Sheet, header: int) -> None:
    columns = _columns(sheet.rows[header])
    headers = [clean(cell).strip('"') for cell in sheet.rows[header]]
    result.dropped_columns.extend(text for text in headers if _PERSONAL.fullmatch(header_key(text)))
    year = _year(book, headers)
    remarks = Remarks(book.file, sheet.name)
    seen: dict[str, int] = {}
    for index in range(header + 1, len(sheet.rows)):
        row = _row(sheet.rows[index], index, columns, year, remarks)
        if row is None:
            continue
        first = seen.setdefault(row.login or row.inn, row.row)
        if first != row.row:
            message = f"Организация «{row.login or row.inn}» уже стоит в строке {first}."
            remarks.add(Severity.WARNING, "contexts.repeated", message, row=index)
        result.rows.append(row)
    result.problems.extend(remarks.finished())


def _year(book: Book, headers: Sequence[str]) -> int | None:
    """School year named in a question («в 2020/2021 учебном году»), else the year of the file name."""
    named = (facts_of_text(text).year for text in headers if "учебном году" in text.casefold())
    return next((year for year in named if year), facts_of_name(book.file).year)


def _row(
    row: Sequence[Cell], index: int, columns: dict[str, int], year: int | None, remarks: Remarks
) -> OrganizationContextRow | None:
    cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
    texts = {name: _answer(cells[name]) for name in _TEXTS if name in cells}
    if not (texts.get("login") or texts.get("inn") or texts.get("ege_code")):
        return None
    numbers = {name: _count(name, cell, index, columns, remarks) for name, cell in cells.items() if _is_count(name)}
    by_grade = {name: value for name, value in numbers.items() if " " in name and value is not None}
    login = texts.pop("login", "")
    values: dict[str, Any] = {
        **texts,
        **{name: value for name, value in numbers.items() if " " not in name},
        **{name: _flag(cells[name]) for name in _FLAGS if name in cells},
    }
    return OrganizationContextRow(
        login=login.lower(),
        **values,
        place_kind=_place_kind(texts.get("location", "")),
        classes={int(name[8:]): value for name, value in by_grade.items() if name.startswith("classes ")},
        pupils_by_grade={int(name[7:]): value for name, value in by_grade.items() if name.startswith("pupils ")},
        year=year,
        row=index + 1,
    )


def _is_count(name: str) -> bool:
    return name in _NUMBERS or " " in name


def _answer(cell: Cell) -> str:
    text = re.sub(r"^\d{1,2}\s*[.)]\s*", "", clean(cell))
    return "" if text.casefold() in _REMOVED else text


def _count(name: str, cell: Cell, index: int, columns: dict[str, int], remarks: Remarks) -> int | None:
    if not clean(cell):
        return None
    value = whole(cell)
    if value is None or value < 0:
        message = f"«{clean(cell)[:30]}» — не число: значение не использовано."
        remarks.add(Severity.WARNING, "contexts.not_a_number", message, row=index, column=columns[name])
        return None
    return value


def _flag(cell: Cell) -> bool | None:
    return {"да": True, "нет": False}.get(header_key(_answer(cell)))


def _place_kind(location: str) -> str:
    key = header_key(location)
    return next((kind for kind, pattern in _LOCATIONS if key and pattern.search(key)), "")
