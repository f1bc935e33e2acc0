"""Expressions of orders: the word of command, numbers of points, addressees, terms, control, signatures."""

from __future__ import annotations

import datetime as dt
import re

from intake.orders.terms import term_place

_SPACED = r"п\s*р\s*и\s*к\s*а\s*з\s*ы\s*в\s*а\s*ю"
COMMAND = re.compile(rf"(?:^|[\s,])({_SPACED}|распоряжаюсь|обязываю|постановля(?:ет|ю))\s*:?\s*$", re.IGNORECASE)
POINT = re.compile(r"^[\s\-–—•*]*(\d{1,2}(?:\.\d{1,2})*)[.)]\s*(?=\D)(\S.*)$", re.DOTALL)
DASHED = re.compile(r"^\s*[-–—•*]\s+(\S.*)$", re.DOTALL)
PREAMBLE = re.compile(
    r"^(в соответствии|на основании|в целях|с целью|во исполнение|руководствуясь|по итогам|в рамках|в связи)",
    re.IGNORECASE,
)
TITLE = re.compile(r"^(о|об|обо)\s", re.IGNORECASE)
SIGNER_NAME = re.compile(r"([А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s*$")
END = re.compile(r"^(приложение|с приказом ознакомлен|исп\.|исполнитель:|разослано|согласовано)", re.IGNORECASE)
_POST = re.compile(
    r"^(и\.\s?о\.\s|врио\s)?(начальник|директор|заведующ|руководител[ья]\b|глава|председатель|заместитель)", re.I
)
CONTROL = re.compile(
    r"контроль\s+(?:за\s+)?(?:исполнени\w+|выполнени\w+|реализаци\w+)[^.]*?"
    r"(?:возложить\s+на\s+(?P<who>.+)|(?P<self>оставляю\s+за\s+собой|оставить\s+за\s+собой))",
    re.IGNORECASE | re.DOTALL,
)
_INFINITIVE = re.compile(r"(?<![\w-])[а-яё]{2,}(?:ать|ять|еть|ить|ыть|уть|оть|ти|чь)(?:ся|сь)?(?![\w-])", re.IGNORECASE)
#: infinitive look-alikes that are nouns
_NOUNS = {
    "сети",
    "части",
    "области",
    "печати",
    "сеть",
    "часть",
    "область",
    "деятельность",
    "память",
    "кровать",
    "печать",
    "путь",
    "ночь",
    "помощь",
    "речь",
}
#: the first word of an addressee; that of a thing («Состав группы …») ends otherwise
_DATIVE = re.compile(r"[А-ЯЁ][А-ЯЁа-яё-]*(?:ам|ям|у|ю|ой|ей|ии|ым|им)\b")
_LONGEST_ADDRESSEE = 300
_LONGEST_POST = 160
STATEMENT = re.compile(
    r"^(утвердить|признать|считать|ввести|внести изменени|отменить|продлить|создать|назначить|настоящий|приказ)",
    re.IGNORECASE,
)
_MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_WORDED_DAY = re.compile(r"«?\s*(\d{1,2})\s*»?\s+([а-яё]{3,9})\s+(\d{4})", re.IGNORECASE)
_DIGIT_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_NUMBER = re.compile(r"№\s*([\w/.\-–]+)")


def day_in(text: str) -> dt.date | None:
    """The first real day that the text names in full."""
    for match in sorted([*_WORDED_DAY.finditer(text), *_DIGIT_DAY.finditer(text)], key=lambda one: one.start()):
        day, month, year = match.groups()
        number = int(month) if month.isdecimal() else _month(month.casefold())
        try:
            return dt.date(int(year), number, int(day))
        except ValueError:
            continue
    return None


def _month(word: str) -> int:
    found = [place for place, stem in enumerate(_MONTHS, 1) if word.startswith(stem)]
    return max(found) if found and not word.startswith("март") else 3 if word.startswith("март") else 0


def number_in(text: str) -> str:
    found = _NUMBER.search(text)
    return found.group(1).rstrip(".") if found else ""


def addressee_in(text: str) -> str:
    """The words before the first infinitive: «Руководителям организаций обеспечить …»; all of «Руководителям:»."""
    if text.rstrip().endswith(":"):
        head = text.rstrip().rstrip(":").strip()
        place = _first_infinitive(head)
        head = "" if place == 0 else head[: place or len(head)].strip(" ,(")
        return head if _DATIVE.match(head) else ""
    place = _first_infinitive(text)
    head = text[: min(place, term_place(text))].strip(" ,:–-(") if place else ""
    return head if _DATIVE.match(head) and len(head) < _LONGEST_ADDRESSEE else ""


def _first_infinitive(text: str) -> int | None:
    for match in _INFINITIVE.finditer(text):
        word = match.group().casefold()
        if word not in _NOUNS and not word.endswith(("ость", "ости")):
            return match.start()
    return None


def is_signature(line: str) -> bool:
    """«Начальник управления», «В.М. Фамилия», both in a line."""
    text = line.strip()
    has_name = SIGNER_NAME.search(text)
    is_post = _POST.match(text) and len(text) < _LONGEST_POST
    return bool((has_name and (is_post or has_name.start() == 0)) or (is_post and not text.endswith((".", ":", ";"))))
