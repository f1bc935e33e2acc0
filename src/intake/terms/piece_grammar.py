"""How pieces of a year are written: months, days, quarters, weeks of a month, breaks, years."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from intake.terms.grammar import expand
from intake.terms.pieces import (
    LAST,
    AcademicQuarter,
    Break,
    CalendarYear,
    Day,
    Edge,
    HalfYear,
    LastDay,
    Month,
    MonthPart,
    NthWeekday,
    Piece,
    Quarter,
    SchoolYear,
    Season,
    Week,
)

Groups = dict[str, str | None]

_YEAR: Final = (
    r"(?:<,>)?(?:<\(>)?(?:<в>)? (?:<Y(?P<y>\d+)>(?:<год>)?"
    r"| <Y[SD](?P<sy>\d+)-\d+>(?:<учгод>) | <YS(?P<ss>\d+)-\d+>(?:<год>)?) (?:<\)>)?"
    r"| <текущий>(?:<год>|<учгод>) | <учгод> | <год>(?!<\?)"
)
_MACROS: Final = {
    "YEAR": _YEAR,
    "MONTH": rf"(?:<месяц>)?<M\d+>(?:<месяц>)?(?:{_YEAR})?",
    "NTH": r"<[NRO]\d+>(?:<я>)?|<последний>|<предпоследний>",
}
BREAKS: Final = {"1": "winter", "2": "spring", "3": "summer", "4": "autumn"}

_RULES: list[tuple[str, re.Pattern[str], Callable[[Groups], Piece]]] = []


def _rule(pattern: str) -> Callable[[Callable[[Groups], Piece]], Callable[[Groups], Piece]]:
    def register(make: Callable[[Groups], Piece]) -> Callable[[Groups], Piece]:
        year = re.sub(r"\s+", "", _YEAR)
        named = re.sub(r"\s+", "", pattern).replace("{SUFFIX}", f"(?:{year})?")
        expanded = expand(named, {name: re.sub(r"\s+", "", text) for name, text in _MACROS.items()})
        _RULES.append((expanded, re.compile(expanded), make))
        return make

    return register


def _int(groups: Groups, name: str) -> int:
    found = re.search(r"\d+", groups.get(name) or "")
    return int(found.group()) if found else 0


def _nth(groups: Groups, name: str = "n") -> int:
    text = groups.get(name) or ""
    return LAST - 1 if "предпоследний" in text else LAST if "последний" in text else _int(groups, name)


def _dated(piece: Piece, groups: Groups) -> Piece:
    school = groups.get("sy") or groups.get("ss")
    return replace(piece, year=_int(groups, "y") or None, school_year=int(school) if school else None)


@_rule(r"<[NO](?P<d>\d+)>(?:<число>)?<M(?P<m>\d+)>(?:<месяц>)?{SUFFIX}")
def _day(groups: Groups) -> Piece:
    return _dated(Day(_int(groups, "d"), _int(groups, "m")), groups)


@_rule(r"<D(?P<d>\d+)\.(?P<m>\d+)\.(?P<y>\d+)>(?:<год>)?")
def _full_date(groups: Groups) -> Piece:
    return _dated(Day(_int(groups, "d"), _int(groups, "m")), groups)


@_rule(r"<D(?P<d>\d+)\.(?P<m>\d+)>{SUFFIX}")
def _short_date(groups: Groups) -> Piece:
    return _dated(Day(_int(groups, "d"), _int(groups, "m")), groups)


@_rule(r"(?P<n>{NTH})(?:(?:<->|<по>)(?P<k>{NTH}))?<неделя>(?:<месяц>)?<M(?P<m>\d+)>{SUFFIX}")
def _week(groups: Groups) -> Piece:
    return _dated(Week(_nth(groups), _nth(groups, "k") or _nth(groups), _int(groups, "m")), groups)


@_rule(r"<M(?P<m>\d+)>(?:<->|<,>|<\(>)?(?P<n>{NTH})(?:(?:<->|<,>|<и>)(?P<k>{NTH}))?<неделя>(?:<\)>)?{SUFFIX}")
def _week_after(groups: Groups) -> Piece:
    return _week(groups)


@_rule(r"(?P<n>{NTH})<W(?P<w>\d)>(?:<месяц>)?<M(?P<m>\d+)>{SUFFIX}")
def _weekday(groups: Groups) -> Piece:
    return _dated(NthWeekday(_nth(groups), _int(groups, "w"), _int(groups, "m")), groups)


@_rule(r"<последний>(?P<k><рабдень>|<день>)<M(?P<m>\d+)>{SUFFIX}")
def _last_day(groups: Groups) -> Piece:
    return _dated(LastDay(_int(groups, "m"), "раб" in (groups.get("k") or "")), groups)


@_rule(r"(?P<n>{NTH})(?P<of><декада>|<половина>)<M(?P<m>\d+)>{SUFFIX}")
def _part(groups: Groups) -> Piece:
    of = "decade" if "декада" in (groups.get("of") or "") else "half"
    return _dated(MonthPart(_nth(groups), _int(groups, "m"), "decade" if of == "decade" else "half"), groups)


@_rule(r"<M(?P<m>\d+)>(?:<->|<,>|<\(>)?(?P<n>{NTH})(?P<of><декада>|<половина>)(?:<\)>)?{SUFFIX}")
def _part_after(groups: Groups) -> Piece:
    return _part(groups)


@_rule(r"<C(?P<n>\d)>(?:<месяц>)?<M(?P<m>\d+)>{SUFFIX}")
def _about(groups: Groups) -> Piece:
    return _dated(MonthPart(_int(groups, "n"), _int(groups, "m")), groups)


@_rule(r"(?P<e><начало>|<середина>|<конец>)<M(?P<m>\d+)>{SUFFIX}")
def _third(groups: Groups) -> Piece:
    number = {"<начало>": 1, "<середина>": 2, "<конец>": 3}[groups.get("e") or ""]
    return _dated(MonthPart(number, _int(groups, "m")), groups)


_NUMBERED: Final = r"(?P<n><[NRO]\d+>)(?P<u><квартал>|<четверть>|<полугодие>)"


@_rule(rf"{_NUMBERED}{{SUFFIX}}")
def _numbered(groups: Groups) -> Piece:
    return numbered(groups.get("u") or "", _int(groups, "n"), groups)


@_rule(r"(?P<n>{NTH})<половина>(?:(?P<s><учгод>)|<год>|<Y(?P<y>\d+)><год>|<Y[SD](?P<sy>\d+)-\d+><учгод>)")
def _half_of_year(groups: Groups) -> Piece:
    is_school = bool(groups.get("s") or groups.get("sy"))
    return _dated(
        HalfYear(2 if _nth(groups) == LAST else _nth(groups), is_school=is_school or not groups.get("y")), groups
    )


def numbered(unit: str, number: int, groups: Groups) -> Piece:
    """The n-th quarter, academic quarter or half-year; a half of a named calendar year is a calendar one."""
    if "четверть" in unit:
        return _dated(AcademicQuarter(number), groups)
    if "квартал" in unit:
        return _dated(Quarter(number), groups)
    return _dated(HalfYear(number, is_school=not groups.get("y")), groups)


@_rule(r"<S(?P<s>\d)>(?:<каникулы>|<период><каникулы>|<каникулы><период>){SUFFIX}")
def _break(groups: Groups) -> Piece:
    return _dated(Break(BREAKS[groups.get("s") or "1"]), groups)


@_rule(r"<отдельный><каникулы>{SUFFIX}")
def _extra_break(groups: Groups) -> Piece:
    return _dated(Break("first_grade"), groups)


@_rule(r"<S(?P<s>1)>(?:<период>|<время>)?<YD(?P<sy>\d+)-\d+>(?:<год>)?")
def _winter(groups: Groups) -> Piece:
    return _dated(Season(1), groups)


@_rule(r"<S(?P<s>\d)>(?:<период>|<время>)?{SUFFIX}")
def _season(groups: Groups) -> Piece:
    return _dated(Season(_int(groups, "s")), groups)


@_rule(
    rf"(?P<e><начало>|<середина>|<конец>)(?:<текущий>)?(?:{_NUMBERED}{{SUFFIX}}|<Y[SD](?P<sa>\d+)-\d+>(?P<t><учгод>)|(?P<q><учгод>)|<Y(?P<yy>\d+)><год>)"
)
def _edge(groups: Groups) -> Piece:
    place = re.sub(r"[<>]", "", groups.get("e") or "")
    if groups.get("u"):
        whole = _numbered(groups)
    elif groups.get("yy"):
        whole = CalendarYear(year=_int(groups, "yy"))
    else:
        whole = SchoolYear(school_year=_int(groups, "sa") or None)
    return Edge(replace(whole), place, year=whole.year, school_year=whole.school_year)  # type: ignore[arg-type]


@_rule(r"(?:<текущий>)?<Y[SD](?P<sy>\d+)-\d+><учгод>")
def _named_school_year(groups: Groups) -> Piece:
    return _dated(SchoolYear(), groups)


@_rule(r"<YS(?P<ss>\d+)-\d+>(?:<год>)?")
def _slashed_school_year(groups: Groups) -> Piece:
    return _dated(SchoolYear(), groups)


@_rule(r"<учгод>(?:<,>)?<Y[SD](?P<sy>\d+)-\d+>(?:<год>)?")
def _school_year_then_years(groups: Groups) -> Piece:
    return _dated(SchoolYear(), groups)


@_rule(r"(?:<текущий>)?<учгод>")
def _school_year(groups: Groups) -> Piece:
    return SchoolYear()


@_rule(r"<Y(?P<y>\d+)><учгод>")
def _short_school_year(groups: Groups) -> Piece:
    return SchoolYear(school_year=_int(groups, "y"))


@_rule(r"<Y(?P<y>\d+)>(?:<год>|<калгод>)?")
def _year(groups: Groups) -> Piece:
    return CalendarYear(year=_int(groups, "y"))


@_rule(r"(?:<текущий>)?<калгод>")
def _calendar_year(groups: Groups) -> Piece:
    return CalendarYear()


@_rule(r"<месяц><M(?P<m>\d+)>{SUFFIX}")
def _month_named(groups: Groups) -> Piece:
    return _dated(Month(_int(groups, "m")), groups)


@_rule(r"<M(?P<m>\d+)>(?:<месяц>)?{SUFFIX}")
def _month(groups: Groups) -> Piece:
    return _dated(Month(_int(groups, "m")), groups)


YEAR: Final = re.sub(r"\s+", "", _YEAR)
PIECE: Final = "|".join(pattern for pattern, _, _ in _RULES)
DAY: Final = "|".join(pattern for pattern, _, make in _RULES if make in (_day, _full_date, _short_date))
MONTH: Final = "|".join(pattern for pattern, _, make in _RULES if make in (_month, _month_named))


def day_pattern() -> str:
    """Pattern of one day, without names of groups."""
    return re.sub(r"\(\?P<\w+>", "(?:", f"(?:{DAY})")


def piece_of(text: str) -> Piece:
    """The piece that the codes describe; the text matched `PIECE` before."""
    for _, pattern, make in _RULES:
        found = pattern.fullmatch(text)
        if found:
            return make(found.groupdict())
    raise AssertionError(f"not a piece: {text}")
