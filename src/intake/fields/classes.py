"""Class of a pupil in its 238 spellings → the normal letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.fields.text import LOOKALIKES, clean

_NONE = frozenset({"НЕТ", "-", "–", "—", "0", ".", "Б/Б", "НЕТ БУКВЫ", "БЕЗ БУКВЫ", "ОДИН", "Н"})
_DROPPED = re.compile(r"[\"'«»“”„`№*]|\bКЛАСС[А-Я]*\b\.?|\bКЛ\b\.?")
_SPLIT = re.compile(r"0*(\d{1,2})?[\s\-–—_./\\|]*(.*)")
_FOLDED = re.compile(r"[\s\-–—_./\\|()\[\],]+")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]0+)?")
_LETTER_OF_GRADE = re.compile(r"\s*0?(1[01]|[1-9])[\s\-–—_.]*[\"«]?([A-Za-zА-Яа-яЁё])[\"»]?\b")
_CLASS = r"(?:1[01]|[1-9])[ \xa0-]?[\"«]?[А-ЕЖИКЛМа-ежиклм][\"»]?"
#: «5А», «5 «Б» класс» and nothing else
CLASS_ALONE = re.compile(rf"({_CLASS})(?: кл(?:асс)?\.?)?")
_CLASS_TITLE = re.compile(rf"(?<!\w)(?:[Кк]ласс|КЛАСС)\s*[:–—-]?\s*({_CLASS})(?!\w)|(?<!\w)({_CLASS})\s*(?:класс|кл\.)")


def class_title(text: str) -> str:
    """Class that a line or the name of a sheet names («Класс: 5А», «5 «Б»»), as it is written there."""
    found = _CLASS_TITLE.search(text) or CLASS_ALONE.fullmatch(text.strip())
    return next(filter(None, found.groups())) if found else ""


def class_letter(value: object, grade_level: int | None = None, *, is_ordinal: bool = False) -> str:
    """Normal letter of the class: «5 А», «5а», «05А», «"А"» → «А»; «а(2)» → «А2»; «нет», blank, 10.0 → "".

    `is_ordinal`: the column holds ordinal numbers of classes («Порядковый номер класса», 1…50): they are kept.
    Otherwise a lone number equal to `grade_level` is the grade itself, that is a class without a letter.
    """
    text = clean(value).upper().replace("Ё", "Е")
    if _NUMBER.fullmatch(text):
        return _of_number(int(re.split("[.,]", text)[0]), grade_level, is_ordinal=is_ordinal)
    text = _DROPPED.sub(" ", text).strip()
    if not text or text in _NONE:
        return ""
    return _letter(text, grade_level)


def _of_number(number: int, grade_level: int | None, *, is_ordinal: bool) -> str:
    if number == 0 or (number == grade_level and not is_ordinal):
        return ""
    return str(number)


def _letter(text: str, grade_level: int | None) -> str:
    match = _SPLIT.fullmatch(text)
    rest = match.group(2).strip() if match else text
    grade = int(match.group(1)) if match and match.group(1) else None
    if grade is not None and not rest:
        return _of_number(grade, grade_level, is_ordinal=False)
    if rest in _NONE:
        return ""
    if grade is not None and grade > 11:
        rest = text
    return _FOLDED.sub("", rest).translate(LOOKALIKES)


def class_letters(column: Sequence[object], grade_level: int | None = None, *, is_ordinal: bool = False) -> list[str]:
    """Letters of a whole column. A column of nothing but small numbers other than the grade is one of ordinals."""
    distinct = set(column)
    numbers = {_whole(value) for value in distinct} - {""}
    is_ordinal = is_ordinal or (bool(numbers) and None not in numbers and numbers != {str(grade_level)})
    letters = {value: class_letter(value, grade_level, is_ordinal=is_ordinal) for value in distinct}
    return [letters[value] for value in column]


def _whole(value: object) -> str | None:
    text = clean(value)
    if not text:
        return ""
    return text.split(".")[0] if _NUMBER.fullmatch(text) else None


def grade_in_class(value: object) -> int | None:
    """Grade that a class names («5 А» → 5), None when it names only a letter or a number."""
    match = _LETTER_OF_GRADE.match(clean(value))
    return int(match.group(1)) if match else None


def grade_of_column(column: Sequence[object]) -> int | None:
    """The grade that all classes of the column agree upon, None when they do not or do not say."""
    grades = {grade for value in set(column) if (grade := grade_in_class(value)) is not None}
    return grades.pop() if len(grades) == 1 else None
