"""The school's table of codes: columns of code, number, medal. Everything else in it is dropped at reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.fields.text import clean, header_key
from intake.layouts.base import Cell
from intake.tables import read_book, read_pasted
from msoko.foundation.kernel.errors import RefusedError

MAX_ROWS = 5000
_HEADER_DEPTH = 10
_TITLES = {
    "row_code": re.compile(r"код строки(?: участник\w*| протокола)?"),
    "code": re.compile(r"(?:логин|код|шифр)(?: участник\w*| обучающ\w+| учени\w+)?|участник"),
    "number": re.compile(
        r"(?:постоянный |личный |табельный )?(?:номер|№)(?: обучающ\w+| учени\w+| личного дела| в школе)?|личное дело"
    ),
    "medal": re.compile(r"медаль(?: степень)?|степень медали|претендент(?:ы)?(?: на медаль)?"),
}
_PERSON = re.compile(r"[А-ЯЁа-яё]{2,}[\s-]+[А-ЯЁа-яё]")
_NOT_A_CANDIDATE = {"", "0", "-", "—", "–", "нет"}
_DEGREES = (
    (re.compile(r"(?:1|i|да|\+|первая|золотая)(?:[ -]?(?:я|й))?(?: степен\w+| ст\.?)?"), 1),
    (re.compile(r"(?:2|ii|вторая|серебряная)(?:[ -]?(?:я|й))?(?: степен\w+| ст\.?)?"), 2),
)


@dataclass(frozen=True, slots=True)
class CodePair:
    """`row` counts from 1 as in Excel. `is_row_code`: the code is that of a row of results («A3F-9C2»), for files
    without participant codes. `degree` of the medal: None where the table has no such column, 0 for no candidate."""

    code: str
    number: str
    row: int
    is_row_code: bool = False
    degree: int | None = None


def pairs_of_file(name: str, data: bytes) -> list[CodePair]:
    """The known columns of the file; all others are dropped here.

    Raises:
        RefusedError: when the file cannot be read or has no such columns.
    """
    book, problems = read_book(name, data)
    for sheet in book.sheets:
        if sheet.rows:
            return read_pairs(sheet.rows)
    message = problems[0].message if problems else "Файл пуст."
    raise RefusedError(f"{name}: {message}", "Сохраните список в Excel или CSV с двумя столбцами: код и номер.")


def pairs_of_text(text: str) -> list[CodePair]:
    """Known columns of a pasted table.

    Raises:
        RefusedError: when there are no such columns.
    """
    return read_pairs(read_pasted(text).sheets[0].rows)


def read_pairs(rows: Sequence[Sequence[Cell]]) -> list[CodePair]:
    """Pairs under the headers «Код участника» (or «Код строки») and «Номер обучающегося», with «Медаль» where it
    stands; or the only two columns of a bare table.

    Raises:
        RefusedError: with the row where something is wrong.
    """
    places, start = _columns(rows)
    found = (_pair(row, index + 1, places) for index, row in enumerate(rows) if index >= start)
    pairs = [pair for pair in found if pair is not None]
    if not pairs:
        raise RefusedError("В списке нет ни одной строки с кодом и номером.", "Нужны два столбца: код и номер.")
    if len(pairs) > MAX_ROWS:
        raise RefusedError(f"В списке больше {MAX_ROWS} строк.", "Загрузите список одной процедуры своей школы.")
    _check(pairs)
    return pairs


def degree_of(text: str, row: int) -> int:
    """Degree of the medal in a cell: «I степени» → 1, «2» → 2, «да» → 1, «нет» → 0.

    Raises:
        RefusedError: when it is something else.
    """
    word = clean(text).casefold()
    if word in _NOT_A_CANDIDATE:
        return 0
    degree = next((degree for pattern, degree in _DEGREES if pattern.fullmatch(word)), None)
    if degree is None:
        raise RefusedError(
            f"Строка {row}: степень медали «{clean(text)[:20]}» непонятна. Ничего не записано.",
            "Напишите «I» или «II»; у остальных оставьте ячейку пустой.",
        )
    return degree


def _columns(rows: Sequence[Sequence[Cell]]) -> tuple[dict[str, int], int]:
    for index, row in enumerate(rows[:_HEADER_DEPTH]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            key = header_key(cell) if isinstance(cell, str) else ""
            role = next((role for role, title in _TITLES.items() if key and title.fullmatch(key)), "")
            if role:
                places.setdefault(role, place)
        if "number" in places and ("code" in places or "row_code" in places):
            return places, index + 1
    if rows and max(len(row) for row in rows) == 2:
        return {"code": 0, "number": 1}, 0
    raise RefusedError(
        "Не найдены столбцы «Код участника» и «Номер обучающегося».", "Подпишите столбцы так или оставьте только их."
    )


def _pair(row: Sequence[Cell], number_of_row: int, places: dict[str, int]) -> CodePair | None:
    def cell(role: str) -> str:
        place = places.get(role, -1)
        return clean(row[place]) if 0 <= place < len(row) else ""

    code, number = cell("code") or cell("row_code"), cell("number")
    if not (code and number):
        return None
    degree = degree_of(cell("medal"), number_of_row) if "medal" in places else None
    return CodePair(code, number, number_of_row, is_row_code=not cell("code"), degree=degree)


def _check(pairs: Sequence[CodePair]) -> None:
    codes: dict[str, CodePair] = {}
    numbers: dict[str, CodePair] = {}
    for pair in pairs:
        refuse_names(pair.row, pair.code, pair.number)
        _check_once(codes, pair.code, pair, "Код")
        _check_once(numbers, pair.number.casefold(), pair, "Номер")


def refuse_names(row: int, *texts: str) -> None:
    """A name where a code or number belongs is not taken in.

    Raises:
        RefusedError: with the row.
    """
    if any(_PERSON.search(text) for text in texts):
        raise RefusedError(
            f"Строка {row}: вместо кода или номера стоит имя. Ничего не записано.",
            "Система не хранит имён: пришлите только код участника и номер обучающегося.",
        )


def _check_once(met: dict[str, CodePair], value: str, pair: CodePair, word: str) -> None:
    earlier = met.setdefault(value, pair)
    if earlier is not pair:
        raise RefusedError(
            f"{word} повторяется в строках {earlier.row} и {pair.row}. Ничего не записано.",
            "Оставьте по одной строке на обучающегося.",
        )
