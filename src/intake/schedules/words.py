"""Words of schedules: months, levels, classes, subjects, kinds of works."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from intake.fields.classes import class_letter
from intake.fields.subjects import subject_named, subject_spellings
from intake.fields.text import clean_text, header_key
from intake.schedules.definitions import schedule_words, short_key

_MONTH_FORMS: Final = (
    "январ[ьяе]", "феврал[ьяе]", "март[ае]?", "апрел[ьяе]", "ма[йяе]", "июн[ьяе]", "июл[ьяе]", "август[ае]?",
    "сентябр[ьяе]", "октябр[ьяе]", "ноябр[ьяе]", "декабр[ьяе]",
)  # fmt: skip
_MONTH_SHORT: Final = {
    "янв": 1, "фев": 2, "февр": 2, "мар": 3, "апр": 4, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "ноя": 11, "нояб": 11,
    "дек": 12,
}  # fmt: skip
_MONTH = re.compile(rf"(?<!\w)(?:{'|'.join(_MONTH_FORMS)})(?!\w)")
_FORMS: Final = tuple(re.compile(form) for form in _MONTH_FORMS)
_LEVEL_WORDS: Final = (
    ("federal", ("федеральн", "впр", "нико", "всероссийск")),
    ("regional", ("региональн", "рдр", "ркр", "краев", "областн", "республиканск")),
    ("municipal", ("муниципальн", "мдр", "мкр", "городск", "районн")),
    ("school", ("инициатив", "школьн", "внутренн", "по инициативе", "учрежденч", "оо", "шк")),
)
#: stems so long are found in words that a narrow column has torn
_LONG: Final = 8
_LEVEL_MARKS: Final = {"ф": "federal", "р": "regional", "м": "municipal", "ш": "school"}
MARK = re.compile(r"\(\s*([фрмш])\s*\)", re.IGNORECASE)
_LETTER = "[А-ЕЖЗИКЛМа-ежзиклмA-Za-z]"
_CLASS = re.compile(
    rf"(?<![\d.])0?(1[01]|[1-9])\s*[-–—]?\s*(?:(?:е|х|ые|ых|й|ый)\s*)?[\"«]?({_LETTER})?[\"»]?"
    r"\s*(?:класс[а-яё]*|кл\.?|параллель)?"
)
_GRADES = re.compile(r"0?(1[01]|[1-9])\s*[-–—]\s*(1[01]|[1-9])(?:-?(?:е|х|ые))?\s*(?:класс[а-яё]*|кл\.?)")
_ABOVE = re.compile(r"(?<![\d.])((?:1[01]|[1-9])\s*[\"«]?[А-Яа-я]?[\"»]?\s*класс[а-я]*)", re.IGNORECASE)
_SCHOOL = re.compile(
    r"(?<!\w)(?:М[БАК]?ОУ|ГБОУ|СОШ|ООШ|НОШ|школ[аы]|гимнази[яи]|лице[йя]|центр образования)(?!\w)", re.IGNORECASE
)
_NO_SCHOOL = ("инициатив", "процедур", "график", "работ")
_ORDER: Final = "АБВГДЕЖЗИК"
#: letters of several classes together: «5абв», «5А-В»
_LETTERS = re.compile(
    rf"0?(1[01]|[1-9])\s*((?=[а-ж]{{2}})а?б?в?г?д?е?ж?|[{_ORDER}]\s*[-–—]\s*[{_ORDER}])(?:\s*кл\w*\.?)?", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"«“]([А-Яа-я])[\"»”]")
Known = tuple[int, str]


def month_in(text: str) -> int | None:
    """The month that a header names («Сентябрь», «сент.», «сентябрь 2026»); None when it names none or several."""
    key = header_key(text)
    if short := _MONTH_SHORT.get(key) or month_number(key.replace(" ", "")):
        return short  # also a word that a narrow column has torn: «Сентяб рь»
    found: set[int | None] = {month_number(match[0]) for match in _MONTH.finditer(key)}
    return found.pop() if len(found) == 1 else None


def month_number(word: str) -> int | None:
    """«сентября», «сент» → 9; a word that only begins so («математика») is no month."""
    number = next((number for number, form in enumerate(_FORMS, 1) if form.fullmatch(word)), None)
    return number or _MONTH_SHORT.get(word)


def level_in(text: str) -> str:
    """The level that a text names, "" when none."""
    key = f" {header_key(text)}"
    whole = key.replace(" ", "")
    return next(
        (
            level
            for level, stems in _LEVEL_WORDS
            if any(f" {stem}" in key or (len(stem) >= _LONG and stem in whole) for stem in stems)
        ),
        "",
    )


def level_of_mark(mark: str) -> str:
    """«Ф» → federal."""
    return _LEVEL_MARKS[mark.lower()]


def class_in(text: str) -> Known | None:
    """Grade and letter of a text that is a class and nothing else: «5А», «5 «б» класс», «5-е классы», «5»."""
    known = clean_text(text)
    match = _CLASS.fullmatch(known)
    if match is None:
        return None
    letter = match[2] or ""
    if letter and re.fullmatch(r"[ехй]", letter) and re.search(r"-\s*[ехй]", known):
        letter = ""
    grade = int(match[1])
    return grade, class_letter(letter, grade) if letter else ""


def classes_of(text: str) -> Sequence[str]:
    """«5А, 5Б» → two classes; «5А,Б,В» → three of the same grade; «5–7 классы» → three grades."""
    grades = _GRADES.fullmatch(clean_text(text))
    if grades and int(grades[1]) < int(grades[2]):
        return [str(grade) for grade in range(int(grades[1]), int(grades[2]) + 1)]
    found: list[str] = []
    if letters := _LETTERS.fullmatch(clean_text(text)):
        return [f"{letters[1]}{letter}" for letter in _spread(letters[2])]
    for piece in re.split(r"[,;/\n]+|(?<=\w)\s+и\s+", text):
        known = clean_text(piece)
        if not known:
            continue
        known = _QUOTED.sub(r"\1", known)
        if re.fullmatch(r"[А-Яа-я]", known) and found and (grade := re.match(r"\d+", found[-1])):
            known = f"{grade[0]}{known}"
        found.append(known)
    return found


def _spread(letters: str) -> list[str]:
    """«абв» → А, Б, В; «А-В» → А, Б, В."""
    known = letters.upper()
    if match := re.fullmatch(r"(\w)\s*[-–—]\s*(\w)", known):
        first, last = (_ORDER.index(one) for one in match.groups())
        return list(_ORDER[first : last + 1])
    return list(known)


def classes_in(text: str) -> list[Known]:
    """Classes of a text that names classes and nothing else; empty when it has anything besides."""
    found = [class_in(one) for one in classes_of(text)]
    return [one for one in found if one] if found and all(found) else []


def school_in(text: str) -> str:
    """The organization that a heading names («МБОУ «СОШ № 1»»), "" when it names none."""
    known = clean_text(text)
    is_other = any(word in known.casefold() for word in _NO_SCHOOL) or classes_in(known)
    return known[:300] if _SCHOOL.search(known) and not is_other else ""


def classes_above(text: str) -> list[Known]:
    """The class that a title names («График 5А класса»); empty when it names none or several."""
    found = _ABOVE.findall(text)
    return classes_in(text) if not found else classes_in(found[0]) if len(found) == 1 else []


def subject_in(text: str, known_words: Mapping[str, str] | None = None) -> tuple[str, bool]:
    """Canonical name when the subject is known, else the text; whether it is known.

    `known_words`: what people have said of short forms, by `short_key`; it wins over the definitions.
    """
    known = clean_text(text)
    key = short_key(known)
    told = (
        (known_words or {}).get(key) or subject_named(known) or schedule_words().subjects.get(key) or _torn().get(key)
    )
    return (told, True) if told else (known[:100], False)


@lru_cache(maxsize=1)
def _torn() -> dict[str, str]:
    """Spellings of subjects without spaces: a narrow column tears words («Математи ка»)."""
    return {key.replace(" ", ""): name for key, name in subject_spellings().items() if len(key) >= _LONG}


def kind_of(word: str) -> tuple[str, str]:
    """Title and level of a short form of a kind of work: «КР» → «Контрольная работа», ""; empty when it is none."""
    words, key = schedule_words(), short_key(word)
    return words.kinds.get(key, ""), words.kind_levels.get(key, "")
