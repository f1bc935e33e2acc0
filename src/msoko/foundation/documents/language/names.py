"""Cases of people's names by explicit rules of Russian grammar (surname, given name, patronymic).

A name is «Иванова Мария Петровна» or «Иванова М. П.». Where the gender cannot be known (initials and a surname such
as Мельник) the surname is left as it is unless `gender` is given: an undeclined name is correct more often than a
wrongly declined one.
"""

from __future__ import annotations

import re
from typing import Literal

from msoko.foundation.documents.language.posts import is_stressed_ending
from qualimetry.narrative.nouns import CASES

Gender = Literal["masc", "femn"]
NBSP = "\u00a0"

_HUSHING = "жшчщцгкх"
#: endings of the five oblique cases: gent, datv, accs, ablt, loct
_MASC_HARD = ("а", "у", "а", "ом", "е")
_MASC_SOFT = ("я", "ю", "я", "ем", "е")
_MASC_IY = ("я", "ю", "я", "ем", "и")
_POSSESSIVE_MASC = ("а", "у", "а", "ым", "е")
_POSSESSIVE_FEMN = ("ой", "ой", "у", "ой", "ой")
_ADJECTIVE_MASC = ("ого", "ому", "ого", "ым", "ом")
_ADJECTIVE_MASC_SOFT = ("его", "ему", "его", "им", "ем")
_ADJECTIVE_FEMN = ("ой", "ой", "ую", "ой", "ой")
_ADJECTIVE_FEMN_SOFT = ("ей", "ей", "юю", "ей", "ей")
_FIRST_HARD = ("ы", "е", "у", "ой", "е")
_FIRST_SOFT = ("и", "е", "ю", "ей", "е")
_FIRST_IYA = ("и", "и", "ю", "ей", "и")
_THIRD = ("и", "и", "ь", "ью", "и")
_STEMS = {"Лев": "Льв", "Павел": "Павл", "Пётр": "Петр"}
_TURKIC = {"оглы", "кызы"}
_STRESSED_PATRONYMICS = {"Ильич", "Кузьмич", "Лукич", "Фомич"}


def decline_name(name: str, case: str, gender: Gender | None = None) -> str:
    """«Иванова Мария Петровна», "datv" → «Ивановой Марии Петровне». Initials stay. Surname comes first."""
    if case == "nomn":
        return name
    words = re.split(r"(\s+)", name.strip())
    parts = [word for word in words if word.strip()]
    gender = gender or _gender(parts)
    is_turkic = parts[-1].lower() == "кызы" and len(parts) > 3
    fixed = len(parts) - 2 if is_turkic else len(parts)  # «Мамед кызы» stays as it is
    declined = iter(
        [word if place >= fixed else _decline_part(word, place, case, gender) for place, word in enumerate(parts)]
    )
    return "".join(next(declined) if word.strip() else word for word in words)


def initials(name: str) -> str:
    """«Иванова Мария Петровна» → «Иванова М. П.»."""
    surname, *rest = name.split()
    return NBSP.join([surname, *(f"{word[0]}." for word in rest)])


def _gender(parts: list[str]) -> Gender | None:
    if parts[-1].lower() in _TURKIC:
        return "femn" if parts[-1].lower() == "кызы" else "masc"
    if len(parts) > 2 and not parts[2].endswith("."):
        return "femn" if parts[2].lower().endswith(("на", "кызы")) else "masc"
    surname = parts[0].lower()
    if surname.endswith(("ова", "ева", "ёва", "ина", "ына", "ая", "яя")):
        return "femn"
    return "masc" if surname.endswith(("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ый", "ой")) else None


def _decline_part(word: str, place: int, case: str, gender: Gender | None) -> str:
    if word.endswith(".") or gender is None:
        return word
    if place == 0:
        return "-".join(_surname(part, case, gender) for part in word.split("-"))
    return _given(word, case, gender)


def _end(stem: str, endings: tuple[str, ...], case: str) -> str:
    return stem + endings[CASES.index(case) - 1]


def _surname(word: str, case: str, gender: Gender) -> str:
    lower = word.lower()
    if re.search(r"(ых|их|[оеэиыую])$", lower) or re.search(r"[иу]а$", lower):
        return word
    if gender == "femn":
        return _female_surname(word, lower, case)
    if re.search(r"([оеё]в|[иы]н)$", lower):
        return _end(word, _POSSESSIVE_MASC, case)
    if re.search(r"(ск|цк|[гкх])ий$|[ыо]й$", lower) and len(lower) > 4:
        text = _end(word[:-2], _ADJECTIVE_MASC, case)
        return re.sub(r"([гкхжшчщ])ым$", r"\1им", text)
    if re.search(r"[нжшчщ]ий$", lower):
        return _end(word[:-2], _ADJECTIVE_MASC_SOFT, case)
    return _noun(word, case)


def _female_surname(word: str, lower: str, case: str) -> str:
    if re.search(r"([оеё]в|[иы]н)а$", lower):
        return _end(word[:-1], _POSSESSIVE_FEMN, case)
    if lower.endswith("ая"):
        return _end(word[:-2], _ADJECTIVE_FEMN, case)
    if lower.endswith("яя"):
        return _end(word[:-2], _ADJECTIVE_FEMN_SOFT, case)
    return _noun(word, case) if lower.endswith(("а", "я")) else word


def _given(word: str, case: str, gender: Gender) -> str:
    if gender == "femn" and word.endswith("ь"):
        return _end(word[:-1], _THIRD, case)
    if gender == "femn" and not word.endswith(("а", "я")):
        return word
    if word in _STEMS:
        return _end(_STEMS[word], _MASC_HARD, case)
    if word in _STRESSED_PATRONYMICS:
        return _end(word, _MASC_HARD, case)
    if word.lower().endswith(("оглы", "кызы", "и", "о", "у", "е", "э", "ы", "ю")):
        return word
    if word == "Илья" and case == "ablt":
        return "Ильёй"
    return _noun(word, case)


def _noun(word: str, case: str) -> str:
    """The three declensions of nouns, as names follow them."""
    lower = word.lower()
    if lower.endswith("ия"):
        return _end(word[:-1], _FIRST_IYA, case)
    if lower.endswith("я"):
        return _end(word[:-1], _FIRST_SOFT, case)
    if lower.endswith("а"):
        return _first(word[:-1], case)
    if lower.endswith("ий"):
        return _end(word[:-1], _MASC_IY, case)
    if lower.endswith(("й", "ь")):
        return _end(word[:-1], _MASC_SOFT, case)
    if lower.endswith("ец") and len(re.findall("[аеёиоуыэюя]", lower)) > 1:
        return _end(_without_fleeting_vowel(word), _MASC_HARD, case)
    text = _end(word, _MASC_HARD, case)
    return text if is_stressed_ending(lower) else re.sub(r"([жшчщц])ом$", r"\1ем", text)


def _without_fleeting_vowel(word: str) -> str:
    """«Кравец» → «Кравц», «Стрелец» → «Стрельц», «Боец» → «Бойц»."""
    before = word[-3].lower()
    link = "ь" if before == "л" else "й" if before in "аеиоуя" else ""
    return f"{word[:-2]}{link}ц"


def _first(stem: str, case: str) -> str:
    text = _end(stem, _FIRST_HARD, case)
    if stem[-1:].lower() in _HUSHING:
        text = re.sub(r"(?<=[жшчщгкх])ы$", "и", text)
        text = re.sub(r"(?<=[жшчщц])ой$", "ей", text)
    return text
