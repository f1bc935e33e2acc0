"""Numbers, numerals with nouns, dates and lists as an official Russian text prints them.

Spaces inside numbers and between a number and its word are no-break (U+00A0), minus is U+2212, ranges take an en dash.
Halves are rounded away from zero as a reader with a calculator expects (22,5 → 23). An undefined figure is «—».
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from numbers import Integral

from qualimetry.narrative.nouns import Noun, nouns

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "—"
#: from how many participants a share is printed with one decimal
DECIMAL_SHARES_FROM = 100

_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря")  # fmt: skip

_MONTH_NAMES = ("январь", "февраль", "март", "апрель", "май", "июнь",
                "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")  # fmt: skip


def month_name(number: int) -> str:
    """«сентябрь» of 9."""
    return _MONTH_NAMES[number - 1]


def decimal(x: float | None, places: int = 1) -> str:
    """«1 234,5», «−0,3»; «—» for None and NaN. Never «−0,0»."""
    if x is None or not math.isfinite(x):
        return DASH
    return _grouped(_rounded(x, places), places)


def integer(n: float | None) -> str:
    """«1 234»; a fractional number is rounded."""
    return decimal(n, places=0)


def signed(x: float | None, places: int = 1) -> str:
    """A difference with its sign: «+3,2», «−3,2», «0,0»."""
    text = decimal(x, places)
    return f"+{text}" if x is not None and math.isfinite(x) and _rounded(x, places) > 0 else text


def share_places(n: int | None) -> int:
    """Decimals of a percent that N participants justify: one from 100, none below; one where N is not given."""
    return 1 if n is None or n >= DECIMAL_SHARES_FROM else 0


def percent(fraction: float | None, n: int | None = None, places: int | None = None) -> str:
    """«54,2 %» of a fraction 0–1; `n` decides the decimals unless `places` does."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    return f"{_hundredths(fraction, share_places(n) if places is None else places)}{NBSP}%"


def percent_interval(low: float | None, high: float | None, n: int | None = None) -> str:
    """«48,1–60,2 %»."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return DASH
    places = share_places(n)
    return f"{_hundredths(low, places)}–{_hundredths(high, places)}{NBSP}%"


def percentage_points(difference: float | None, n: int | None = None) -> str:
    """A difference of two fractions: «+3,2 п. п.», «−5 п. п.»."""
    if difference is None or not math.isfinite(difference):
        return DASH
    return f"{signed(difference * 100, share_places(n))}{NBSP}п.{NBSP}п."


def counted(n: float, noun: str, case: str = "nomn", places: int = 1) -> str:
    """The number with its noun in the case of the phrase: «21 участник», «(у) 21 участника», «(в) 1 школе».

    An integer is counted; a `float` is printed with `places` decimals and governs the genitive singular («2,5 балла»).
    `noun` is a nominative singular of `nouns()`; KeyError names an unknown one.
    """
    number = integer(n) if isinstance(n, Integral) else decimal(n, places)
    return f"{number}{NBSP}{noun_after(n, noun, case)}"


def noun_after(n: float, noun: str, case: str = "nomn") -> str:
    """The form of the noun that the number `n` asks for, without the number."""
    forms = nouns()[noun]
    if not isinstance(n, Integral):
        return forms.one("gent")
    return _agreed(abs(int(n)), forms, case)


def form(noun: str, case: str = "nomn", *, is_plural: bool = False) -> str:
    """A form of a known noun without a number: «школах»."""
    forms = nouns()[noun]
    return forms.many(case) if is_plural else forms.one(case)


def date_digits(day: dt.date) -> str:
    """«01.09.2026»."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def date_words(day: dt.date) -> str:
    """«1 сентября 2026 года»."""
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1]} {day.year}{NBSP}года"


def period_words(first: dt.date, last: dt.date) -> str:
    """«с 12 по 25 апреля 2026 года», «с 30 апреля по 4 мая 2026 года»; one day is «1 сентября 2026 года»."""
    if first == last:
        return date_words(first)
    if first.year != last.year:
        return f"с{NBSP}{date_words(first)} по{NBSP}{date_words(last)}"
    month = "" if first.month == last.month else f"{NBSP}{_MONTHS[first.month - 1]}"
    return f"с{NBSP}{first.day}{month} по{NBSP}{date_words(last)}"


def in_grade(level: int, *, is_plural: bool = False) -> str:
    """«в 5 классе», «во 2 классах»."""
    preposition = "во" if level == 2 else "в"
    return f"{preposition} {level}{NBSP}{form('класс', 'loct', is_plural=is_plural)}"


def enumerate_words(words: Sequence[str]) -> str:
    """«а, б и в»; entries that hold commas themselves are divided by semicolons."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return "; ".join(words)
    return f"{', '.join(words[:-1])} и {words[-1]}"


def quote(text: str) -> str:
    """The text in «…», quotes inside it become „…“; a text already in «…» is returned as it is."""
    if _is_quoted(text.strip()) or _is_quoted(text := typographic_quotes(text.strip())):
        return text.strip()
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def typographic_quotes(text: str) -> str:
    """Straight and English quotes as «…», nested ones as „…“: МБОУ "СОШ № 5" → МБОУ «СОШ № 5»."""
    text = re.sub(r'(^|[\s(\[«„—–-])["“”]', r"\1«", text)
    text = re.sub(r'["”]', "»", text)
    if "«" not in text:
        return text
    return _nested(text)


def sentence(text: str) -> str:
    """One sentence: spaces collapsed, first letter capital, a full stop at the end unless it ends by itself."""
    text = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    if not text:
        return ""
    end = "" if re.search(r"[.!?…:;][»“)]?$", text) else "."
    return f"{text[0].upper()}{text[1:]}{end}"


def _rounded(x: float, places: int) -> Decimal:
    # 12 digits drop the noise of binary floats: 0.575 * 100 is 57.49999999999999
    exact = Decimal(int(x)) if isinstance(x, Integral) else Decimal(f"{float(x):.12g}")
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _grouped(value: Decimal, places: int) -> str:
    digits = f"{abs(value):,.{places}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if value < 0 else digits


def _hundredths(fraction: float, places: int) -> str:
    return decimal(fraction * 100, places)


def _agreed(n: int, noun: Noun, case: str) -> str:
    if n % 1000 == 0:  # «тысяча», «миллион», «ноль» are nouns themselves
        return noun.many("gent")
    is_teen = n % 100 in range(11, 15)
    if n % 10 == 1 and not is_teen:
        return noun.one(case)
    if case == "accs" and noun.is_animate and n in (2, 3, 4):
        return noun.many("gent")  # «(вижу) двух участников», but «двадцать два участника»
    if case in ("nomn", "accs"):
        return noun.paucal if n % 10 in (2, 3, 4) and not is_teen else noun.many("gent")
    return noun.many(case)


def _is_quoted(text: str) -> bool:
    return text.startswith("«") and text.endswith("»") and "«" not in text[1:] and "»" not in text[:-1]


def _nested(text: str) -> str:
    depth, out = 0, []
    for character in text:
        if character == "«":
            depth += 1
            out.append("«" if depth == 1 else "„")
        elif character == "»" and depth:
            out.append("»" if depth == 1 else "“")
            depth -= 1
        else:
            out.append(character)
    return "".join(out)
