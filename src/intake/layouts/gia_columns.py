"""What the columns of state-examination protocols mean, by the words of their headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from intake.fields.masks import clean_mask, looks_like_mask
from intake.fields.text import header_key
from intake.layouts.base import Cell

_ANSWERS = r"(?:задания|ответы|часть|результаты?(?: заданий)?)"
#: Header words (as `header_key` gives them) by role; names of report controls stand beside the printed ones.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("organization_code", r"код (?:оо|оу|школы|образовательной организации)|schoolcode"),
    (
        "organization_name",
        r"(?:краткое |полное )?(?:наименование|название) (?:оо|оу|школы)|оо|оу|школа|(?:образовательная )?организация",
    ),
    ("municipality", r"код (?:мсу|мо|ате)|governmentcell|governmentcode|мсу"),
    ("class", r"класс|classcode"),
    ("participant", r"код участника|participantcode"),
    ("variant", r"(?:номер )?варианта?|variantcode"),
    ("sex", r"пол"),
    ("surname", r"фамилия|surnamecell|surname|фио(?: участника)?|фамилия имя отчество|фамилия и о|ф и о"),
    ("first_name", r"имя|namecell|name"),
    ("patronymic", r"отчество(?: при наличии)?|secondnamecell|secondname"),
    ("document_series", r"серия(?: документа)?|documentseriescode|documentseries"),
    ("document_number", r"номер(?: документа)?|documentnumbercode|documentnumber"),
    ("document", r"документ|серия и номер(?: документа)?|паспорт"),
    ("short", rf"{_ANSWERS} (?:с |в )?кратк(?:им|ой|ими) (?:ответом|форме|ответами)|testresultbcell"),
    ("long", rf"{_ANSWERS} (?:с |в )?развернут(?:ым|ой|ыми) (?:ответом|форме|ответами)|testresultccell"),
    ("oral", rf"устная часть|{_ANSWERS} устной части|ответы в устной форме|testresultdcell"),
    ("answers", r"(?:результаты? |баллы за )?(?:выполнения )?задани[яй]|маска ответов|результаты ответов"),
    ("total", r"первичный балл(?: итого| всего)?|primarymark|сумма (?:первичных )?баллов"),
    ("test_score", r"балл|тестовый балл|итоговый балл|mark100|балл по 100 ?балльной шкале"),
    ("mark", r"оценка|отметка|mark5"),
    ("passed", r"зачет|результат|зачет незачет"),
    ("exam", r"экзамен|предмет|код и наименование экзамена"),
    ("appeal_state", r"состояние(?: апелляции)?"),
    ("appeal_kind", r"тип апелляции(?: перепроверки)?"),
    ("current", r"текущие(?: значения)?"),
)
_ROLES = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)
#: Columns with names and identity documents: read only to make an opaque key, then dropped.
PERSONAL_ROLES = frozenset({"surname", "first_name", "patronymic", "document_series", "document_number", "document"})
_RESULTS = frozenset({"short", "long", "oral", "total", "mark", "test_score", "passed", "current"})


@lru_cache(maxsize=4096)
def role_of(header: str) -> str:
    """Role of a column by its header text; "" when the column is of no use here."""
    words = header_key(header)
    if not words or len(words) > 60:
        return ""
    return next((role for role, pattern in _ROLES if pattern.fullmatch(words)), "")


def column_roles(row: Sequence[Cell]) -> dict[str, int]:
    """Roles found in a row of headers → index of the first column with the role."""
    roles: dict[str, int] = {}
    for index, cell in enumerate(row):
        if isinstance(cell, str) and cell and (role := role_of(cell)):
            roles.setdefault(role, index)
    return roles


def is_protocol_header(roles: dict[str, int], following: Sequence[Sequence[Cell]] = ()) -> bool:
    """A header of a protocol names the organization, a result, and the answers or the appeal.

    A column of answers under another name is found by its cells: `following` are the rows under the header, and the
    column gets the role «answers» in `roles`.
    """
    if "organization_code" not in roles and "organization_name" not in roles:
        return False
    if not _RESULTS & roles.keys() or len(roles) < 3:
        return False
    strings = [role for role in ("short", "long", "answers") if role in roles]
    if strings and all(_holds_scores(following, roles[role]) for role in strings):
        for role in strings:
            del roles[role]
    if {"short", "long", "answers", "appeal_state", "appeal_kind"} & roles.keys():
        return True
    column = _answers_column(following, set(roles.values()))
    if column is not None:
        roles["answers"] = column
    return column is not None


def _holds_scores(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    """Whether a title such as «Задания» is merged over columns of scores: its own cells hold a score each."""
    cells = [clean_mask(row[column]) for row in rows if column < len(row) and row[column] not in ("", None)]
    scores = sum(cell.isalnum() and len(cell) <= 2 for cell in cells)
    return bool(cells) and 2 * scores > len(cells)


def _answers_column(rows: Sequence[Sequence[Cell]], known: set[int]) -> int | None:
    """The first column without a role, most filled cells of which look like masks."""
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        cells = [row[column] for row in rows if column < len(row) and row[column] not in ("", None)]
        if cells and column not in known and sum(map(looks_like_mask, cells)) > len(cells) / 2:
            return column
    return None
