"""Rows that are no participants: blanks, groups, totals, repeated headers; cells that are names of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from intake.fields.text import clean, header_key
from intake.layouts.base import Cell

_TOTALS = re.compile(
    r"(?:итого?|всего|средн(?:ие|ее|ий)|максимум|минимум|сумма|процент|доля|справил(?:ись|ось)|выполнил[ио]|писал[ио]|"
    r"успеваемост[ьи]|качеств[оа]|решаемост[ьи]|статистика|подпись|учитель|директор|примечание|эксперт|медиана|"
    r"исполнитель|руководитель|председатель|проверила?|получили|коэффициент|(?:степень )?обученност[ьи])(?: .*)?"
    r"|средн\w+ (?:балл|процент|значен|показат|отметк|оценк|по |арифм)\w*.*|в среднем(?: .*)?"
    r"|(?:макс|мин)(?:имальн\w+)?(?: \w+)? ?(?:балл|первичн|границ|возможн|кол)\w*.*"
    r"|макс|мах|мин|min|проверяем\w+ .*|умени[ея](?: .*)?|кэс|элемент\w* содержания(?: .*)?"
    r"|(?:тип|содержание) задани\w+"
    r"|(?:кол во|количество|число) (?!балл).*|ср (?:балл|процент|знач)\w*.*|уровень сложности.*|выполнени[ея].*|вып"
    r"|не (?:справились|приступ(?:а?ли|или)|выполнили)(?: .*)?|верно (?:выполнили|решили)(?: .*)?"
    r"|общ(?:ий|ее|ая) (?:итог|процент|количество|число|кол во|средн\w+)(?: .*)?|стандартное отклонение"
    r"|по (?:классу|школе|параллели|району|округу|городу|муниципалитету|региону)(?: .*)?|по (?:оо|оу|мо)|соу"
)
_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?"
_PERSON = re.compile(
    rf"{_WORD}(?: {_WORD}){{1,2}}(?: (?:оглы|кызы))?|{_WORD},? [А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\. ?[А-ЯЁ]\. ?{_WORD}"
    r"|[А-ЯЁ][а-яё]{3,}|[А-ЯЁ]{2,}(?:-[А-ЯЁ]+)?(?: [А-ЯЁ]{2,}){1,2}"
)
_ORGANIZATION_ROLES = ("organization_code", "organization_name", "municipality")
#: how far a title of totals may stand from the left edge
_LEFT_PART = 8


def is_person_name(text: str) -> bool:
    """Whether the text reads as a name of a person: «Иванов Иван», «Иванов И. И.», «Иванов»."""
    return not text.isascii() and _PERSON.fullmatch(text) is not None


def holds_person_names(cells: Sequence[Cell]) -> bool:
    """Whether most of the filled cells of a column are names of people."""
    texts = [clean(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    return bool(texts) and 2 * sum(map(_is_full_name, texts)) > len(texts)


def _is_full_name(text: str) -> bool:
    return (" " in text or "." in text) and is_person_name(text)


@lru_cache(maxsize=8192)
def is_totals_title(text: str) -> bool:
    """Whether a row that begins so holds totals, statistics or signatures («Итого», «Средний балл»)."""
    return _TOTALS.fullmatch(header_key(text)) is not None


def row_filter(
    rows: Sequence[Sequence[Cell]], first: int, roles: dict[str, int], items: Sequence[int], *, needs_code: bool
) -> list[int]:
    """Indices of the rows from `first` on that are participants."""
    code = roles.get("participant")
    if needs_code and code is not None:
        return [
            number
            for number in range(first, len(rows))
            if code < len(row := rows[number])
            and row[code] != ""
            and _is_code(row[code])
            and not _is_totals(row, code + 1)
        ]
    own = sorted({index for role, index in roles.items() if role not in _ORGANIZATION_ROLES} | set(items))
    left = max(min(items, default=_LEFT_PART), 1)
    header = tuple(rows[first - 1]) if first else ()
    return [
        number
        for number in range(first, len(rows))
        if _has_values(row := rows[number], own)
        and not _is_totals(row, min(left, _titles_end(row, roles)))
        and tuple(row) != header
    ]


def _titles_end(row: Sequence[Cell], roles: dict[str, int]) -> int:
    """Where a title of totals may stand: right of the code or the number of a pupil «средний» is a level."""
    code = roles.get("participant", len(row))
    if code < len(row) and row[code] != "" and _is_code(row[code]):
        return code + 1
    number = next((place for place, cell in enumerate(row) if cell != ""), 0)
    return number + 2 if number < len(row) and isinstance(row[number], int | float) else len(row)


def _is_code(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(clean(cell))


def _has_values(row: Sequence[Cell], places: Sequence[int]) -> bool:
    width = len(row)
    for index in places:
        if index < width:
            cell = row[index]
            if cell != "" and not (isinstance(cell, str) and not cell.strip()):
                return True
    return False


def _is_totals(row: Sequence[Cell], left: int) -> bool:
    return any(isinstance(cell, str) and len(cell) > 2 and is_totals_title(cell) for cell in row[:left])
