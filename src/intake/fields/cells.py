"""Values of cells: scores of items, totals, marks, variants, presence, sex, pass.

Every function is total: a cell that cannot be understood yields None (the caller reports it), a blank yields the
absent value. Spellings are learnt once and looked up afterwards.
"""

from __future__ import annotations

import re
from typing import Final

from intake.contracts import MISSING, NO_VALUE, NOT_ATTEMPTED
from intake.fields.text import clean

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,9})?")
#: МЦКО marks a score with a sign: «3+» all points, «1-» some
_SIGNED_SCORE = re.compile(r"(\d{1,2})[+-]")
#: a score with its unit («2 б.», «1 балл») or with the guard that makes a spreadsheet keep it as text («'2»)
_WRITTEN_SCORE = re.compile(r"['’`]?(\d{1,2})(?: ?(?:б|балл|балла|баллов)\.?)?")
#: «1/2», «1 из 2»
_SCORE_OF = re.compile(r"(\d{1,2}) ?(?:/|из) ?\d{1,2}")
#: «20 баллов», «12 б.», «15 из 20», «15/20»
_WRITTEN_TOTAL = re.compile(r"(\d{1,3}) ?(?:(?:б|балл|балла|баллов)\.?|(?:из|/) ?\d{1,3})")
_NOT_ATTEMPTED: Final = frozenset(
    {"х", "x", "-", "–", "—", "н", "n", "не приступил", "не приступила", "не приступал", "не выполнял", "нет ответа"}
)
_NOT_TAUGHT = re.compile(
    r"n/?a|#?н/д|не ?(?:пройд|изуч|проход)\w*\.?(?: тема)?|тема не (?:пройден|изучен)\w*|н/?п|н/?и"
)
_ABSENT = re.compile(
    r"отс(?:ут(?:ств\w*)?)?\.?|отсутств\w*\.?(?: .*)?|неявка|н/?б\.?|н/?я|абс|absent|бол(?:ел|ела|ен|ьна|ьна|езнь|еет)"
    r"|не ?(?:был|была|явил(?:ся|ась)|явка|писал|писала|участвовал|участвовала|присутствовал\w*)"
)
_PRESENT = re.compile(r"присут\w*\.?|был|была|писал|писала|участвовал|участвовала|явка|явил(?:ся|ась)|present|п")
_YES: Final = frozenset({"да", "+", "1", "yes", "истина", "true", "v", "есть"})
_NO: Final = frozenset({"нет", "-", "–", "—", "0", "no", "ложь", "false", "н"})
_FEMALE = re.compile(r"ж(?:ен\w*)?\.?|девочка|девушка|f(?:emale)?")
_MALE = re.compile(r"м(?:уж\w*)?\.?|m(?:ale)?|мальчик|юноша")
_MARK_WORDS: Final = {
    "пять": 5,
    "четыре": 4,
    "три": 3,
    "два": 2,
    **dict.fromkeys(("отлично", "отл"), 5),
    **dict.fromkeys(("хорошо", "хор"), 4),
    **dict.fromkeys(("удовлетворительно", "удовл", "уд"), 3),
    **dict.fromkeys(("неудовлетворительно", "неудовл", "неуд"), 2),
}
_QUOTED_MARK = re.compile(r"[«\"'’`“]{1,2}([2-5])[»\"'’`”]{0,2}")
_NO_MARK = re.compile(
    r"нет(?: отметки| оценки)?|-|–|—|н/?а|не ?аттест\w*\.?|осв(?:об\w*)?\.?|н/?о|без отметки|зач(?:ет|тено)?\.?|х|н"
)
_PASSED = re.compile(r"зач(?:ет|тено)?\.?|сдал\w*|сдано|прош(?:ел|ла)|преодолел\w*|выполнил\w*|pass(?:ed)?|достиг\w*")
_FAILED = re.compile(
    r"не ?(?:зач(?:ет|тено)?|сдал\w*|сдано|прош(?:ел|ла)|преодолел\w*|выполнил\w*|достиг\w*)\.?|н/?з|fail(?:ed)?"
)
_LONGEST_VALUE = 60


def _spelling(cell: object) -> str:
    return clean(cell).casefold().replace("ё", "е")


def number(cell: object) -> float | None:
    """Number of the cell, with a decimal comma or point; None when it is not a number."""
    if isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, int | float):
        return float(cell)
    text = clean(cell).replace(" ", "").replace("\u2212", "-")
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def whole(cell: object) -> int | None:
    """Whole number of the cell («3», 3.0, «2,0»), None otherwise."""
    value = number(cell)
    return int(value) if value is not None and value.is_integer() else None


#: what `ITEM_VALUES` gives for a cell that is not a score
JUNK: Final = -127


class _ItemValues(dict[object, int]):
    """Cell → score, NOT_ATTEMPTED, MISSING or JUNK. Learns every spelling once."""

    def __missing__(self, cell: object) -> int:
        value = _item_value(cell)
        found = JUNK if value is None else value
        if len(self) < 100_000:
            self[cell] = found
        return found


def _item_value(cell: object) -> int | None:
    value = number(cell)
    if value is not None:
        return int(value) if value.is_integer() and 0 <= value <= 127 else None
    text = _spelling(cell)
    if not text or _NOT_TAUGHT.fullmatch(text):
        return MISSING
    if text in _NOT_ATTEMPTED:
        return NOT_ATTEMPTED
    if text == "+":
        return 1
    if re.fullmatch(r"(?:не ?)?зач(?:ет|тено)?\.?", text):  # criteria of an essay
        return int(not text.startswith("не"))
    written = _SIGNED_SCORE.fullmatch(text) or _WRITTEN_SCORE.fullmatch(text) or _SCORE_OF.fullmatch(text)
    return int(written.group(1)) if written else None


#: the table behind `item_value`, for reading whole columns
ITEM_VALUES: Final = _ItemValues()
ITEM_VALUES.update({"": MISSING})
ITEM_VALUES.update({score: score for score in range(101)})
ITEM_VALUES.update({str(score): score for score in range(101)})


def item_value(cell: object) -> int | None:
    """Score of an item cell: 0…127, NOT_ATTEMPTED («X», «-»), MISSING («не пройд.», blank), None = junk."""
    value = ITEM_VALUES[cell]
    return None if value == JUNK else value


def is_not_taught(cell: object) -> bool:
    """Whether the cell says in words that the topic was not taught (blank says nothing)."""
    return isinstance(cell, str) and _NOT_TAUGHT.fullmatch(_spelling(cell)) is not None


def total_value(cell: object) -> int | None:
    """Raw score of a row: NO_VALUE when blank or said to be absent, None = junk or a fraction."""
    value = whole(cell)
    if value is not None:
        return value if 0 <= value <= 1000 else None
    text = _spelling(cell)
    if text in ("", "-", "–", "—", "х", "x", "н") or _ABSENT.fullmatch(text):
        return NO_VALUE
    written = _WRITTEN_TOTAL.fullmatch(text)
    return int(written.group(1)) if written else None


def mark_value(cell: object) -> int | None:
    """Mark 2…5; NO_VALUE for a blank, «нет отметки», «н/а»; None = junk or another number."""
    value = whole(cell)
    if value is not None:
        return value if 2 <= value <= 5 else None
    text = _spelling(cell)
    if not text or _NO_MARK.fullmatch(text) or _ABSENT.fullmatch(text):
        return NO_VALUE
    if text.rstrip(".") in _MARK_WORDS:
        return _MARK_WORDS[text.rstrip(".")]
    if signed := re.fullmatch(r"([2-5]) ?[+-]", text):
        return int(signed.group(1))
    if quoted := _QUOTED_MARK.fullmatch(text):
        return int(quoted.group(1))
    lead = re.fullmatch(r"([2-5])[ («\"-]+([а-я]+)\.?[)»\"]*", text)
    return int(lead.group(1)) if lead and lead.group(2) in _MARK_WORDS else None


def test_score_value(cell: object) -> int | None:
    """Test score 0…100; NO_VALUE when blank, None = junk."""
    value = whole(cell)
    if value is not None:
        return value if 0 <= value <= 100 else None
    return NO_VALUE if _spelling(cell) in ("", "-", "–", "—") else None


#: variant_value of a participant who was absent
ABSENT: Final = -1


def variant_value(cell: object) -> int | None:
    """Number of the variant, 0 when blank, ABSENT when the cell says so, None = junk."""
    value = whole(cell)
    if value is not None:
        return int(value) if 0 <= value <= 32767 else None
    text = _spelling(cell)
    if not text or text in ("-", "–", "—"):
        return 0
    if text == "н" or is_absence(text):
        return ABSENT
    found = re.fullmatch(r"(?:вариант|вар|в)?\.? ?№? ?(\d{1,5}) ?(?:вариант|вар|в)?\.?", text)
    return int(found.group(1)) if found and int(found.group(1)) <= 32767 else None


def is_absence(cell: object) -> bool:
    """Whether the cell says «отсутствовал», «неявка», «н/б», «не писал» and the like."""
    return isinstance(cell, str) and len(cell) <= _LONGEST_VALUE and _ABSENT.fullmatch(_spelling(cell)) is not None


def presence_value(cell: object) -> bool | None:
    """Presence; None when the cell is blank or not understood."""
    if is_absence(cell):
        return False
    text = _spelling(cell)
    if text in _YES or _PRESENT.fullmatch(text):
        return True
    return False if text in _NO else None


def sex_value(cell: object) -> int:
    """0 unknown, 1 female, 2 male."""
    text = _spelling(cell)
    if _FEMALE.fullmatch(text):
        return 1
    return 2 if _MALE.fullmatch(text) else 0


def passed_value(cell: object) -> int | None:
    """1 pass, 0 fail, NO_VALUE when blank, None = junk."""
    text = _spelling(cell)
    if not text or is_absence(text):
        return NO_VALUE
    if text in _YES or _PASSED.fullmatch(text):
        return 1
    return 0 if text in _NO or _FAILED.fullmatch(text) else None
