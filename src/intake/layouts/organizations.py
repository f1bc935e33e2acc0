"""List of organizations from Excel: names, kind, codes, address, place, founder, coordinator, e-mail.

Columns in any order, found by header words. The coordinator is a member of staff: name and post are kept; other
personal columns (the director's phone and so on) are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.contracts import Problem, Severity
from intake.fields.text import clean, header_key
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.organization_values import Fault, kind_of, place_of, valid_email, valid_inn, valid_ogrn
from intake.layouts.remarks import Remarks

_OF = r"(?: (?:оо|оу|организации|образовательной организации|учреждения))?"
_ROLES = {
    "full_name": re.compile(
        rf"полное (?:наименование|название)(?: .*)?|(?:наименование|название){_OF}(?: полное)?|организация|оо"
    ),
    "short_name": re.compile(
        r"(?:кратк|сокращенн)\w+ (?:наименование|название)(?: .*)?|(?:наименование|название) (?:кратк|сокращ)\w+"
    ),
    "kind": re.compile(rf"(?:тип|вид|тип вид){_OF}"),
    "code": re.compile(r"(?:код логин|логин|код)(?: (?:оо|оу|организации|школы))?(?: в (?:фис око|системе))?"),
    "inn": re.compile(r"инн(?: .*)?"),
    "ogrn": re.compile(r"огрн(?: .*)?"),
    "address": re.compile(r"(?:юридический |фактический |почтовый )?адрес(?: (?:оо|организации|места нахождения))?"),
    "place": re.compile(r"населенный пункт|наименование населенного пункта"),
    "place_kind": re.compile(r"(?:тип|вид) (?:населенного пункта|местности|поселения)|местность"),
    "founder": re.compile(r"учредитель"),
    "coordinator": re.compile(
        r"(?:фио )?(?:школьн\w+ )?координатор\w*(?: фио| в оо)?|ответственный(?: за оценку качества)?"
    ),
    "coordinator_post": re.compile(r"должность(?: (?:школьного )?координатора| ответственного)?"),
    "email": re.compile(rf"(?:{header_key('e-mail')}|email)(?: оо)?|(?:адрес )?электронн\w+ почт\w+|эл почта"),
}
_DEPTH = 30


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """One organization of the list. `kind` is one of KINDS («school», «kindergarten», …) or ""; `place_kind` one of
    «city», «settlement», «village» or "". `row` counts from 1."""

    full_name: str
    short_name: str = ""
    kind: str = ""
    code: str = ""
    inn: str = ""
    ogrn: str = ""
    address: str = ""
    place: str = ""
    place_kind: str = ""
    founder: str = ""
    coordinator: str = ""
    coordinator_post: str = ""
    email: str = ""
    row: int = 0


@dataclass(slots=True)
class OrganizationList:
    """Organizations in file order and what was wrong, by cell."""

    file: str
    rows: list[OrganizationRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def organization_list_headers() -> tuple[str, ...]:
    """Headers of the blank list that a newcomer fills in."""
    return (
        "Полное наименование", "Краткое наименование", "Тип организации", "Код (логин)", "ИНН", "ОГРН", "Адрес",
        "Населённый пункт", "Тип населённого пункта", "Учредитель", "Школьный координатор", "Должность координатора",
        "E-mail",
    )  # fmt: skip


def read_organizations(book: Book) -> OrganizationList:
    """Read the first visible sheet that has a table of organizations; an ERROR problem when none has."""
    result = OrganizationList(book.file)
    for sheet in book.sheets:
        header = None if sheet.is_hidden else _header(sheet)
        if header is not None:
            _read(result, sheet, *header)
            return result
    message = "В файле не найдена таблица организаций: нужна строка заголовков со столбцом «Наименование»."
    hint = "Возьмите образец списка организаций и заполните его."
    result.problems.append(Problem(Severity.ERROR, "organizations.header_missing", message, book.file, hint=hint))
    return result


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(sheet.rows[:_DEPTH]):
        columns = _columns(row)
        if {"full_name", "short_name"} & columns.keys() and len(columns) >= 2:
            return index, columns
    return None


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        key = header_key(cell) if isinstance(cell, str) else ""
        role = next((role for role, pattern in _ROLES.items() if key and pattern.fullmatch(key)), None)
        if role:
            found.setdefault(role, place)
    return found


def _read(result: OrganizationList, sheet: Sheet, header: int, columns: dict[str, int]) -> None:
    remarks = Remarks(result.file, sheet.name)
    seen: dict[tuple[str, str], int] = {}
    for index in range(header + 1, len(sheet.rows)):
        texts = {role: _text(sheet.rows[index], place) for role, place in columns.items()}
        if not any(texts.values()) or _is_total(texts):
            continue
        if not (texts.get("full_name") or texts.get("short_name")):
            message = "Нет наименования организации: строка не использована."
            remarks.add(Severity.ERROR, "organizations.name_missing", message, row=index)
            continue
        row = _organization(texts, index, columns, remarks)
        _check_repeats(row, seen, columns, remarks)
        result.rows.append(row)
    result.problems.extend(remarks.finished())


def _text(row: Sequence[Cell], place: int) -> str:
    return clean(row[place]) if place < len(row) else ""


def _is_total(texts: dict[str, str]) -> bool:
    names = (header_key(texts.get(role, "")) for role in ("full_name", "short_name"))
    return any(re.fullmatch(r"(?:итого|всего)\b.*", name) for name in names)


def _organization(texts: dict[str, str], index: int, columns: dict[str, int], remarks: Remarks) -> OrganizationRow:
    def checked(role: str, value: str | Fault) -> str:
        if isinstance(value, Fault):
            remarks.add(Severity.WARNING, f"organizations.{role}", value.message, row=index, column=columns[role])
            return value.kept
        return value

    full, short = texts.get("full_name", ""), texts.get("short_name", "")
    place, place_kind = place_of(texts.get("place", ""), texts.get("place_kind", ""))
    return OrganizationRow(
        full_name=full or short,
        short_name=short,
        kind=checked("kind", kind_of(texts.get("kind", ""), f"{short} {full}")),
        code=texts.get("code", ""),
        inn=checked("inn", valid_inn(texts.get("inn", ""))),
        ogrn=checked("ogrn", valid_ogrn(texts.get("ogrn", ""))),
        address=texts.get("address", ""),
        place=place,
        place_kind=checked("place_kind", place_kind),
        founder=texts.get("founder", ""),
        coordinator=texts.get("coordinator", ""),
        coordinator_post=texts.get("coordinator_post", ""),
        email=checked("email", valid_email(texts.get("email", ""))),
        row=index + 1,
    )


def _check_repeats(
    row: OrganizationRow, seen: dict[tuple[str, str], int], columns: dict[str, int], remarks: Remarks
) -> None:
    for role, value in (("code", row.code), ("inn", row.inn), ("ogrn", row.ogrn)):
        first = seen.setdefault((role, value.casefold()), row.row) if value else row.row
        if first != row.row:
            message = f"Значение «{value}» уже стоит в строке {first}."
            remarks.add(
                Severity.WARNING, f"organizations.{role}_repeated", message, row=row.row - 1, column=columns[role]
            )
