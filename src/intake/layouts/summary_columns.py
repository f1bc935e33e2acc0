"""Columns of free summary tables (one row an organization) by header words, one or two header rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from intake.fields.items import parse_item_header
from intake.fields.text import clean, header_key
from intake.layouts.base import Cell

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("year", r"(?:учебный )?год"),
        ("grade", r"класс|параллель|уровень обучения"),
        ("subject", r"предмет|учебный предмет|наименование предмета"),
        ("municipality", r"муниципалитет|мо|район|муниципальное образование|наименование (?:мсу|мо)|округ"),
        ("code", r"логин(?: оо| школы)?|код (?:оо|оу|школы|организации)|id оо"),
        (
            "name",
            r"оо|оу|школа|организация|учреждение"
            r"|(?:краткое |полное )?(?:наименование|название)(?: (?:оо|оу|школы|организации))?"
            r"|(?:обще)?образовательн(?:ая|ое) (?:организация|учреждение)|наименование образовательной организации",
        ),
        (
            "participants",
            r"(?:(?:кол во|количество|число|всего) )?(?:участников|писавших|писали|выполнял[аи]|приняли участие"
            r"|обучающихся писавших|участвовало|сдавали|сдававших|обследован\w*)(?: всего| чел| работы| работу)?",
        ),
        ("absent", r"отсутствовал[ио]?|(?:кол во|количество) отсутств\w+"),
        ("mean_mark", r"средн(?:яя|ий|ее) (?:отметка|оценка|балл по отметкам)"),
        ("mean_raw_score", r"средний (?:первичный балл|балл первичный)"),
        ("mean_test_score", r"средний (?:тестовый балл|балл тестовый)|средний балл егэ"),
        # a test score in ЕГЭ, else a mark or a raw score: the values tell
        ("mean_score", r"(?:средний|ср) балл(?: по (?:оо|оу|школе|предмету))?"),
        (
            "below_minimum",
            r"(?:(?:кол во|количество|число|доля|процент) )?(?:участников )?"
            r"(?:ниже|не (?:преодолел|набрал|достигл)\w*) (?:минимальн\w+ )?(?:минимума|порога?|границы?|балла?)"
            r"(?: чел| человек)?",
        ),
        (
            "pass_rate_percent",
            r"(?:доля |процент )?(?:успеваемост\w+|справившихся)|процент успеваемости|абсолютная успеваемость",
        ),
        (
            "quality_rate_percent",
            r"(?:доля )?качеств\w+(?: знаний| обученности| обучения)?|процент качества(?: знаний)?",
        ),
        ("sou_percent", r"соу|степень обученности(?: учащихся)?"),
    )
)
_PERSONAL = re.compile(
    r"код участника|участник|фамилия|имя|отчество|фио|вариант|пол|код обучающегося|номер обучающегося"
)
_LEVEL = re.compile(
    r"(?:(?:кол во|количество|число|доля|процент) )?"
    r"(ниже базового|недостаточный|пониженный|базовый|повышенный|высокий|критический|низкий|ниже среднего|средний"
    r"|выше среднего|недопустимый|допустимый|оптимальный|не готовы?|условно готовы?|готовы?|не сформирован[ыо]?"
    r"|частично сформирован[ыо]?|сформирован[ыо]?)(?: уровень)?(?: (?:чел|человек|кол во|количество|доля))?"
)
_MARK_WORDS = re.compile(
    r"(?:отмет\w*|оцен\w*|на|кол|во|количество|доля|процент|получил\w*|получивш\w*|чел\w*|число|учащихся|участник\w*"
    r"|обучающихся|работ|балл\w*|с|в)"
)


@dataclass(frozen=True, slots=True)
class FreeColumns:
    """`roles`: role → column. `marks`: (mark, printed as a share) → column. `numbers`: whole-number header → column.
    `items`: item label → column. `others`: printed header → column."""

    roles: dict[str, int]
    marks: dict[tuple[str, bool], int]
    numbers: dict[int, int]
    items: dict[str, int]
    others: dict[str, int]
    header_rows: int
    #: (word of a level, printed as a share) → column
    levels: dict[tuple[str, bool], int] = field(default_factory=dict)
    #: roles whose header says «%», «доля»
    shares: set[str] = field(default_factory=set)

    @property
    def names_organizations(self) -> bool:
        return "code" in self.roles or "name" in self.roles


def read_columns(rows: Sequence[Sequence[Cell]], index: int) -> FreeColumns | None:
    """Columns when the row with this index is the header of a table with one row an organization."""
    keys = [header_key(cell) if cell != "" else "" for cell in rows[index]]
    if sum(map(bool, keys)) < 3 or any(_PERSONAL.fullmatch(key) for key in keys):
        return None
    names_organizations = any(_role(key) in ("code", "name") for key in keys)
    if not names_organizations and not any(_role(key) == "grade" for key in keys):
        return None
    headers, height = _headers(rows, index)
    columns = _sorted_out(headers, height)
    is_summary = _has_figures(columns) if names_organizations else _is_of_classes(columns)
    return columns if is_summary else None


def _is_of_classes(columns: FreeColumns) -> bool:
    """A report of one school, a row a class: «Класс | Писали | 5 | 4 | 3 | 2»."""
    return {"grade", "participants"} <= columns.roles.keys() and len({mark for mark, _ in columns.marks}) >= 3


def _has_figures(columns: FreeColumns) -> bool:
    """Numbers of participants, or columns of marks that are not items 1, 2, 3… of an anonymous list of pupils."""
    if "participants" in columns.roles or len({word for word, _ in columns.levels}) >= 2:
        return True
    return (
        len({mark for mark, _ in columns.marks}) >= 3 and columns.numbers.keys() <= {2, 3, 4, 5} and not columns.items
    )


def _headers(rows: Sequence[Sequence[Cell]], index: int) -> tuple[list[str], int]:
    """Header texts; a second row is joined when it fills in under headers that span several columns."""
    upper = [clean(cell) for cell in rows[index]]
    lower = [clean(cell) for cell in rows[index + 1]] if index + 1 < len(rows) else []
    first = next((place for place, text in enumerate(upper) if _role(header_key(text)) in ("code", "name", "grade")), 0)
    if sum(map(bool, lower)) < 2 or (first < len(lower) and lower[first]):
        return upper, 1
    width, spanning, joined = max(len(upper), len(lower)), "", []
    for place in range(width):
        top = upper[place] if place < len(upper) else ""
        bottom = lower[place] if place < len(lower) else ""
        spanning = top or spanning
        joined.append(f"{spanning} {bottom}".strip() if bottom else top)
    return joined, 2


def _sorted_out(headers: Sequence[str], height: int) -> FreeColumns:
    columns = FreeColumns({}, {}, {}, {}, {}, height)
    for place, text in enumerate(headers):
        key = header_key(text)
        if not key:
            continue
        role, mark, level = _role(key), _mark(text, key), _LEVEL.fullmatch(key)
        if level and not role:
            columns.levels.setdefault((level.group(1).capitalize(), _is_share(text, key)), place)
        elif role:
            columns.roles.setdefault(role, place)
            if _is_share(text, key):
                columns.shares.add(role)
        elif mark is not None:
            columns.marks.setdefault(mark, place)
        if key.isdigit():
            columns.numbers.setdefault(int(key), place)
        elif not role and mark is None and level is None:
            item = parse_item_header(text)
            target, name = (columns.items, item.label) if item else (columns.others, text)
            target.setdefault(name, place)
    return columns


def _is_share(text: str, key: str) -> bool:
    return "%" in text or bool({"доля", "процент"} & set(key.split()))


@lru_cache(maxsize=8192)
def _role(key: str) -> str:
    return next((role for role, pattern in _ROLES if pattern.fullmatch(key)), "")


def _mark(text: str, key: str) -> tuple[str, bool] | None:
    words = key.split()
    digits = [word for word in words if word[0].isdigit()]
    if len(digits) != 1 or digits[0] not in ("2", "3", "4", "5"):
        return None
    if not all(_MARK_WORDS.fullmatch(word) for word in words if word is not digits[0]):
        return None
    return digits[0], "%" in text or "доля" in words or "процент" in words
