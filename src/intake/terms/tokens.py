"""Words, numbers and dates of a folded phrase as coded tokens, `<M9>`, `<N5>`, `<D1.9.2026>`, `<до>`, `<?слово>`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from intake.terms.lexicon import lexicon

ROMAN: Final = {
    text: number
    for number, text in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_EXCEL_EPOCH: Final = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Token:
    """A piece of the phrase: its code, its text, and whether it was read with doubt."""

    code: str
    raw: str
    is_doubtful: bool = False

    @property
    def mark(self) -> str:
        return f"<{self.code}>"


Reader = Callable[[re.Match[str]], list[Token]]


def _one(code: str, match: re.Match[str], doubt: bool = False) -> list[Token]:
    return [Token(code, match.group().strip(), doubt)]


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(match: re.Match[str]) -> list[Token]:
    day, month, year = match.group("d"), match.group("m"), match.group("y")
    return _one(f"D{int(day)}.{int(month)}.{_full_year(year)}", match)


def _odd_date(match: re.Match[str]) -> list[Token]:
    """15/09, 15 09 2026: probably a date."""
    year = match.groupdict().get("y")
    return _one(f"D{int(match.group('d'))}.{int(match.group('m'))}" + (f".{year}" if year else ""), match, doubt=True)


def _holiday(match: re.Match[str]) -> list[Token]:
    return _one(f"D{lexicon().days[match.group('n')]}", match, doubt=True)


def _iso(match: re.Match[str]) -> list[Token]:
    return _one(f"D{int(match.group('d'))}.{int(match.group('m'))}.{match.group('y')}", match)


def _slashed(match: re.Match[str]) -> list[Token]:
    """8/28/2025 is American; with both parts up to 12 either order is possible."""
    first, second, year = int(match.group("a")), int(match.group("b")), _full_year(match.group("y"))
    day, month = (second, first) if second > 12 else (first, second)
    return _one(f"D{day}.{month}.{year}", match, second > 12 or (first <= 12 and first != second))


def _short_date(match: re.Match[str]) -> list[Token]:
    day, month = int(match.group("d")), int(match.group("m"))
    minutes = match.group("m")
    if len(minutes) == 2 and (month == 0 or month > 12) and day < 24 and month < 60:
        return _one(f"T{day:02d}:{minutes}", match)
    return _one(f"D{day}.{month}", match, len(minutes) == 1 and len(match.group("d")) == 1)


def _days_of_month(match: re.Match[str]) -> list[Token]:
    """05-10.09.2026, 05-10.09."""
    year = f".{_full_year(match.group('y'))}" if match.group("y") else ""
    month = int(match.group("m"))
    first, last = int(match.group("a")), int(match.group("b"))
    return [Token(f"N{first}", match.group("a")), Token("-", "-"), Token(f"D{last}.{month}{year}", match.group("b"))]


def _months_of_year(match: re.Match[str]) -> list[Token]:
    """09-10.2026: months, not days."""
    first, last = int(match.group("a")), int(match.group("b"))
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return _one(f"?{match.group()}", match)
    return [Token(f"M{first}", match.group("a"), True), Token("-", "-"), Token(f"M{last}", match.group("b"), True),
            Token(f"Y{match.group('y')}", match.group("y"))]  # fmt: skip


def _month_of_year(match: re.Match[str]) -> list[Token]:
    month = int(match.group("m"))
    if not 1 <= month <= 12:
        return _one(f"?{match.group()}", match)
    return [Token(f"M{month}", match.group("m")), Token(f"Y{match.group('y')}", match.group("y"))]


def _years(match: re.Match[str]) -> list[Token]:
    first, text = int(match.group("a")), match.group("b")
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    return _one(f"{'YS' if match.group('s') == '/' else 'YD'}{first}-{last}", match, last <= first)


def _short_year(match: re.Match[str]) -> list[Token]:
    """«Сентябрь 26 г.»: a year only after a word."""
    return [Token(f"Y20{match.group('y')}", match.group("y"), True), Token("год", "г")]


def _time(match: re.Match[str]) -> list[Token]:
    return _one(f"T{int(match.group('h')):02d}:{match.group('n') or '00'}", match)


def _number(match: re.Match[str]) -> list[Token]:
    text = match.group("n")
    if len(text) == 5 and 36000 <= int(text) <= 62000:
        day = _EXCEL_EPOCH + dt.timedelta(days=int(text))
        return _one(f"D{day.day}.{day.month}.{day.year}", match, doubt=True)
    return _one(f"N{int(text)}" if len(text) <= 3 else f"?{text}", match)


def _decimal(match: re.Match[str]) -> list[Token]:
    return _one(f"F{match.group('n').replace(',', '.')}", match)


def _word(match: re.Match[str]) -> list[Token]:
    word = match.group()
    if word in ROMAN:
        return [Token(f"R{ROMAN[word]}", word)]
    known = lexicon()
    code = known.code(word)
    if code:
        return [Token(code, word)]
    fused = known.fused.fullmatch(word)
    if fused:
        unit = {"дневн": "дневный", "недельн": "недельный", "месячн": "месячный"}[fused.group(2)]
        return [Token(f"N{known.numbers[fused.group(1)]}", fused.group(1)), Token(unit, word)]
    return [Token(f"?{word}", word)]


_MARKS: Final = {
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    ",": ",",
    ";": ";",
    ":": ":",
    "/": "/",
    "\\": "/",
    "-": "-",
    "+": "и",
    "&": "и",
    "~": "примерно",
    "%": "?%",
    "№": "?№",
}


def _mark(match: re.Match[str]) -> list[Token]:
    code = _MARKS.get(match.group(), "")
    return [Token(code, match.group())] if code else []


_CLOCK: Final = (
    r"(?:(?<=в )|(?<=к )|(?<=с )|(?<=до ))(?P<h>[01]?\d|2[0-4]) ?(?:часов|часа|час|ч)\b\.?"
    r"(?: ?(?P<n>[0-5]\d) ?(?:минут|мин)\b\.?)?"
)
_Y4: Final = r"(?:19|20)\d\d"
#: «2026 года – 16 октября» goes on with a day, not with another year
_MONTH_STEM: Final = r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|числ)"
_SHAPES: Final[tuple[tuple[str, Reader], ...]] = (
    (rf"(?P<y>{_Y4})-(?P<m>\d\d?)-(?P<d>\d\d?)(?: 00:00(?::00)?)?(?!\d)", _iso),
    (rf"(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>{_Y4}|\d\d)(?!\d)", _slashed),
    (rf"(?P<d>\d\d?) ?\. ?(?P<m>\d\d?)(?: ?\. ?| )(?P<y>{_Y4})(?!\d)(?: 00:00(?::00)?)?(?! ?[-/] ?{_Y4})", _date),
    (r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d\d)(?!\d|[.:]\d)", _date),
    (rf"(?P<d>\d\d?)-(?P<m>\d\d?)-(?P<y>{_Y4})(?!\d)", _date),
    (rf"(?P<d>\d\d)[ ,] ?(?P<m>0\d|1[012])[ ,] ?(?P<y>{_Y4})(?!\d)", _odd_date),
    (r"(?P<d>\d\d)/(?P<m>0\d|1[012])(?![\d/])", _odd_date),
    (rf"(?P<a>\d\d?) ?- ?(?P<b>\d\d?)\.(?P<m>\d\d)(?:\.(?P<y>{_Y4}|\d\d))?(?![\d])", _days_of_month),
    (rf"(?P<a>\d\d?) ?- ?(?P<b>\d\d?)\.(?P<y>{_Y4})(?!\d)", _months_of_year),
    (rf"(?P<m>\d\d?)\.(?P<y>{_Y4})(?!\d)", _month_of_year),
    (rf"(?P<a>{_Y4})(?: ?г\.?| год[а-я]*)? ?(?P<s>[-/]) ?(?P<b>{_Y4}|\d\d)(?!\d|[.-]\d| ?{_MONTH_STEM})", _years),
    (rf"(?P<y>{_Y4})\*?(?:-(?:й|м|го|ом)\b)?(?!\d)", lambda match: _one(f"Y{match.group('y')}", match)),
    (r"(?<=[а-я] )(?P<y>[123]\d) ?(?:г\b\.?|год[а-я]*)", _short_year),
    (r"(?P<h>[01]?\d|2[0-4]):(?P<n>[0-5]\d)(?!\d)", _time),
    (r"(?P<h>[01]?\d|2[0-4])-(?P<n>00)(?!\d)", _time),
    (_CLOCK, _time),
    (r"(?P<n>\d+[.,]\d) ?(?=недел|мес|год|лет)", _decimal),
    (r"(?P<d>\d\d?)\.(?P<m>\d\d?)(?!\d)", _short_date),
    (r"(?P<n>\d{1,2}) ?-? ?(?:ого|его|го|ое|ая|ый|ой|ий|ые|ых|му|ю|я|й|е|х|м)(?![а-я])", _number),
    (r"(?P<n>\d+)", _number),
    (r"[а-яa-z]+", _word),
    (r".", _mark),
)  # fmt: skip
_PATTERNS: Final = tuple((re.compile(pattern), reader) for pattern, reader in _SHAPES)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """The shapes, with named days before all words."""
    names = "|".join(map(re.escape, sorted(lexicon().days, key=len, reverse=True)))
    return ((re.compile(rf"(?:день|дня|дню|днем|дне) (?P<n>{names})(?![а-я])"), _holiday), *_PATTERNS)


def tokens_of(text: str) -> list[Token]:
    """Tokens of a folded phrase in order; nothing of the text is lost except spaces and full stops."""
    found = [token for token in _scan(text) if token.code]
    return joined(found)


def _scan(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        for pattern, reader in _patterns():
            match = pattern.match(text, place)
            if match:
                yield from reader(match)
                place = match.end()
                break
        else:
            place += 1


def joined(tokens: Sequence[Token]) -> list[Token]:
    """Two tokens that are one thing: «уч. г.», «двадцать пятого», «рабочий день»."""
    done: list[Token] = []
    for token in tokens:
        before = done[-1] if done else None
        while before and (merged := _pair_code(before.code, token.code) or _days_about(before, token)):
            token = replace(before, code=merged, raw=f"{before.raw} {token.raw}")
            done.pop()
            before = done[-1] if done else None
        done.append(token)
    return done


def _pair_code(first: str, second: str) -> str:
    if first == "учебный" and second == "год":
        return "учгод"
    if first == "календарный" and second == "год":
        return "калгод"
    if (first == "рабочий" or first == "учебный") and second == "день":
        return "рабдень"
    if first == "учебный" and second in ("четверть", "полугодие"):
        return second
    if first == "новый" and second == "учгод":
        return "учгод"
    if first == "новый" and second == "год":
        return "новгод"
    if first == "календарный" and second == "день":
        return "день"
    if first in ("N20", "N30") and re.fullmatch(r"O[1-9]", second):
        return f"O{int(first[1:]) + int(second[1:])}"
    if first == "M5" and second == "M5":
        return "M5"
    return ""


def _days_about(first: Token, second: Token) -> str:
    """«Первых числах», «20-х числах», «последние числа»: a decade, `<C1>` … `<C3>`."""
    if second.code != "число" or second.raw == "число" or not re.search(r"(?:ые|ых|-х|ие|их)$", first.raw):
        return ""
    return {"O1": "C1", "N10": "C2", "N20": "C3", "последний": "C3"}.get(first.code, "")


def encoded(tokens: list[Token]) -> str:
    return "".join(token.mark for token in tokens)
