"""What may not be parted at the end of a line, and what may not stand in a document at all."""

from __future__ import annotations

import re

NBSP = "\u00a0"
#: characters that XML 1.0 forbids, lone surrogates and marks that turn the direction of text
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")

_UNITS = "класс|балл|чел|руб|тыс|млн|млрд|мин|час|шт|мм|см|год|г\\."
_PAIRS = (
    # «№ 5», «§ 3»; the space is put where it was forgotten
    (re.compile(r"([№§])[ \u00a0]*(?=[\w])"), rf"\1{NBSP}"),
    # «5 %»
    (re.compile(r"(?<=\d)[ \u00a0]*(?=%)"), NBSP),
    # «5 класс», «12 баллов», «2026 год»
    (re.compile(rf"(?<=\d) (?=(?:{_UNITS}))"), NBSP),
    # «1 сентября»
    (re.compile(r"(?<=\d) (?=(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))"), NBSP),
    # «И. И. Иванов», «Иванов И. И.»
    (re.compile(r"\b([А-ЯЁ]\.) ?(?=[А-ЯЁ](?:\.|[а-яё]))"), rf"\1{NBSP}"),
    (re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.)"), NBSP),
    # «г. Заречный», «ст. 28», «п. 3», «т. е.»
    (re.compile(r"\b(г|гг|ст|п|пп|с|пос|ул|д|т|см|рис|табл) ?\. (?=[\w«])"), rf"\1.{NBSP}"),
    # a dash never begins a line
    (re.compile(r" (?=[—–] )"), NBSP),
)


def clean(text: str) -> str:
    """The text without characters that a document cannot hold."""
    return _FORBIDDEN.sub("", text)


def bind(text: str) -> str:
    """No-break spaces where a line must not end: «№ 5», «5 класс», «И. И. Иванов», « — »."""
    for pattern, replacement in _PAIRS:
        text = pattern.sub(replacement, text)
    return text
