"""Values of a list of organizations: kind, place, ИНН and ОГРН with their control digits, e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from intake.fields.text import header_key

#: Kind → words by which it is recognised in the column or, failing that, in the name; the order matters.
_KINDS: Final = (
    ("kindergarten", re.compile(r"детск\w+ сад|\bд с\b|дошкольн|\b[а-я]*доу\b|\bдоо\b|ясли|развития ребенка")),
    ("vocational", re.compile(r"колледж|техникум|училищ|\bспо\b|профессиональн|\b[а-я]*поу\b")),
    (
        "supplementary",
        re.compile(
            r"дополнительн|\b[а-я]*удо\b|\b[а-я]{2,4}у до\b|\b[цд]дт\b|\bцдо\b|\bдюсш\b|\bдши\b|дом детск|станция юн"
            r"|школа искусств|(?:спортивн|музыкальн|художественн)\w+ школа|(?:дворец|центр) (?:детск\w+ )?творчества"
        ),
    ),
    ("boarding", re.compile(r"интернат|кадетск")),
    ("correctional", re.compile(r"коррекционн|\bовз\b")),
    ("gymnasium", re.compile(r"гимнази")),
    ("lyceum", re.compile(r"лице[йи]")),
    ("school", re.compile(r"школ|\b(?:с|о|н|в|но|со|оо)ш\b|\b[мгч][а-я]{0,3}оу\b|общеобразовательн")),
    ("authority", re.compile(r"(?:управление|комитет|отдел|департамент)\w*(?: по)? образован|методическ")),
)
KINDS: Final = tuple(kind for kind, _ in _KINDS)
_PLACES: Final = (
    (
        "settlement",
        re.compile(r"городского типа|\bпгт\b|\bр ?п\b|\bпоселок\b|\bпоселка\b|\bпос\b|\bп\b"),
    ),
    (
        "village",
        re.compile(r"\bсел[оа]\b|\b[сдх]\b|\bдеревн|\bстаниц|\bст ца\b|\bхутор|\bаул\b|\bсельск|\bразъезд|\bслобода"),
    ),
    ("city", re.compile(r"\bгород|\bг\b")),
)
_PLACE_ABBREVIATIONS = r"г|с|д|п|х|пгт|пос|рп|р\.\s?п|ст-ца|аул|город|село|деревня|посёлок|поселок|станица|хутор"
_PLACE = re.compile(rf"(?P<kind>(?:{_PLACE_ABBREVIATIONS})(?:\.\s*|\s+))(?P<name>\S.*)", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")


@dataclass(frozen=True, slots=True)
class Fault:
    """A value with something wrong: the message and what is kept in its place."""

    message: str
    kept: str = ""


def kind_of(printed: str, name: str) -> str | Fault:
    """Kind by the column «Тип», else by the name; unknown words of the column are a fault."""
    for text in (printed, name):
        key = header_key(text)
        found = next((kind for kind, pattern in _KINDS if pattern.search(key)), "")
        if found:
            return found
    return Fault(f"Тип организации «{printed[:40]}» не известен.") if printed else ""


def place_of(place: str, kind: str) -> tuple[str, str | Fault]:
    """Name of the place without «г.», «с.», and its kind: from the own column or from that abbreviation."""
    match = _PLACE.fullmatch(place)
    name = match["name"] if match else place
    printed = kind or (match["kind"] if match else "")
    key = header_key(printed)
    found = next((value for value, pattern in _PLACES if pattern.search(key)), "") if key else ""
    if kind and not found:
        return name, Fault(f"Тип населённого пункта «{kind[:40]}» не известен: ожидались город, посёлок, село.")
    return name, found


def valid_inn(text: str) -> str | Fault:
    """ИНН of 10 or 12 digits with right control digits (order of the Federal Tax Service, annex on the structure)."""
    digits = _digits(text)
    if not digits:
        return Fault(f"ИНН «{text[:20]}» — не число.") if text else ""
    if len(digits) in (9, 11):
        digits = "0" + digits
    if len(digits) == 10:
        is_right = _control(digits[:9], (2, 4, 10, 3, 5, 9, 4, 6, 8)) == digits[9]
    elif len(digits) == 12:
        first = _control(digits[:10], (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        is_right = first + _control(digits[:11], (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) == digits[10:]
    else:
        return Fault(f"ИНН «{text[:20]}»: нужно 10 цифр.")
    return digits if is_right else Fault(f"ИНН «{digits}»: не сходится контрольная цифра.", digits)


def valid_ogrn(text: str) -> str | Fault:
    """ОГРН of 13 digits; the last one is the remainder of the first twelve by 11 (its last digit)."""
    digits = _digits(text)
    if not digits:
        return Fault(f"ОГРН «{text[:20]}» — не число.") if text else ""
    if len(digits) != 13:
        return Fault(f"ОГРН «{text[:20]}»: нужно 13 цифр.")
    is_right = int(digits[:12]) % 11 % 10 == int(digits[12])
    return digits if is_right else Fault(f"ОГРН «{digits}»: не сходится контрольная цифра.", digits)


def valid_email(text: str) -> str | Fault:
    """E-mail in lower case."""
    return text.lower() if not text or _EMAIL.fullmatch(text) else Fault(f"Адрес «{text[:60]}» не похож на e-mail.")


def _digits(text: str) -> str:
    compact = "".join(text.split())
    return compact if compact.isdecimal() else ""


def _control(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10)
