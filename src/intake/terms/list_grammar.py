"""Lists of windows that share a month, a year or a word: «10 и 15 мая», «I и III квартал», «май 2026, 2027»."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from intake.terms.grammar import Grammar, Match
from intake.terms.nodes import Node, Window, Windows
from intake.terms.piece_grammar import BREAKS, numbered, piece_of
from intake.terms.pieces import Break, Day, Month, Piece, SchoolYear, Week
from intake.terms.window_grammar import one, piece_in


def add_lists(grammar: Grammar[Node]) -> None:
    """Register the recognisers of lists."""
    grammar.rule(
        r"(?P<k>{BY})?(?:{IN})?(?P<h>(?:{NTH})(?:<W\d>|<неделя>|<декада>|<половина>|<число>)?|<начало>|<середина>|<конец>)"
        r"(?P<l><M\d+>(?:(?:{AND})<M\d+>)+)(?P<y>(?:<Y\d+>(?:<год>)?)?)"
    )(_heads_over_months)
    grammar.rule(r"(?:{IN})?(?P<l>(?:<Y[SD]\d+-\d+>(?:{AND}|<->))*<Y[SD]\d+-\d+>)<учгод>")(_school_years)
    grammar.rule(
        r"(?:{IN})?(?P<l>(?:(?:{NTH})(?:{AND}))+)(?P<b>(?:{NTH})(?:<неделя>|<декада>|<половина>)(?:<месяц>)?{MONTH})"
    )(_list_of_parts)
    grammar.rule(r"(?:{IN})?(?P<l>(?:<S\d>(?:{AND}))+<S\d>)<каникулы>")(_list_of_breaks)
    grammar.rule(r"(?:{IN})?(?P<l>(?:{NUM}(?:<число>)?(?:{AND}))+)(?P<b>{DAY})")(_list_of_days)
    grammar.rule(
        r"(?:{IN})?(?P<l>(?:(?:<с>)?{NUM}(?:<->|<по>){NUM}(?:{AND}))+)(?:<с>)?(?P<a>{NUM})(?:<->|<по>)(?P<b>{DAY})"
    )(_list_of_ranges)
    grammar.rule(
        r"(?:{IN}|<с>)?(?P<l>(?:{NUM}(?:<->|<по>|{AND}))+)(?P<b>{NUM}(?P<u><квартал>|<четверть>|<полугодие>)(?:<Y\d+>(?:<год>)?|<Y[SD]\d+-\d+><учгод>|<YS\d+-\d+>(?:<год>)?|<учгод>|<год>)?)"
    )(_numbered_list)
    grammar.rule(r"(?:{IN})?(?:<с>)?<M(?P<a>\d+)>(?:<->|<по>)<M(?P<b>\d+)><YD(?P<y>\d+)-(?P<z>\d+)>(?:<год>)?")(
        _months_over_new_year
    )
    grammar.rule(r"(?:{IN})?(?P<l>(?:<M\d+>(?:<Y\d+>(?:{AND}))+))<Y(?P<z>\d+)>(?:<год>)?")(_month_of_listed_years)
    grammar.rule(
        r"(?P<l>(?:<M\d+>(?:{AND}|</>))+)<M(?P<m>\d+)><YD(?P<a>\d+)-(?P<z>\d+)><год>",
        r"(?:{IN})?<M(?P<m>\d+)><YD(?P<a>\d+)-(?P<z>\d+)>(?:<год>)?",
    )(_month_of_years)


def _list_of_parts(match: Match) -> Node:
    last = piece_in(match, "b")
    numbers = _nths(match.text("l"))
    if isinstance(last, Week):
        pieces: list[Piece] = [replace(last, first=number, last=number) for number in numbers]
    else:
        pieces = [replace(last, number=number) for number in numbers]  # type: ignore[call-arg]
    return Windows(tuple(Window(piece, piece) for piece in [*pieces, last]))


def _nths(text: str) -> list[int]:
    found = re.findall(r"<(?:[NRO](\d+)|(последний))>", text)
    return [int(number) if number else -1 for number, _ in found]


_GENITIVE: Final = re.compile(r"[а-я]*[ая]")


def _heads_over_months(match: Match) -> Node | None:
    """«Последний вторник октября, января», «до 15 октября, января и апреля»: the head goes to every month."""
    words = re.findall(r"[а-я]+", match.said("l"))
    if not all(_GENITIVE.fullmatch(word) for word in words if word not in ("и", "или", "а")):
        return None
    head, year = match.text("h").replace("<число>", ""), match.text("y")
    pieces = [piece_of(f"{head}<M{month}>{year}") for month in re.findall(r"<M(\d+)>", match.text("l"))]
    is_deadline = match.has("k")
    if is_deadline and not all(isinstance(piece, Day) for piece in pieces):
        return None
    return Windows(tuple(Window(None if is_deadline else piece, piece) for piece in pieces))


def _list_of_breaks(match: Match) -> Node:
    pieces = [Break(BREAKS[number]) for number in re.findall(r"<S(\d)>", match.text("l"))]
    return Windows(tuple(Window(piece, piece) for piece in pieces))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"<[NRO](\d+)>", text)]


def _list_of_days(match: Match) -> Node:
    last = piece_in(match, "b")
    assert isinstance(last, Day)
    days = [replace(last, day=number) for number in _numbers(match.text("l"))] + [last]
    return Windows(tuple(Window(day, day) for day in days))


def _list_of_ranges(match: Match) -> Node:
    last = piece_in(match, "b")
    assert isinstance(last, Day)
    numbers = [*_numbers(match.text("l")), match.number("a"), last.day]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return Windows(tuple(Window(replace(last, day=a), replace(last, day=b)) for a, b in pairs))


def _numbered_list(match: Match) -> Node:
    last = piece_in(match, "b")
    unit, text = match.text("u"), match.text("l")
    numbers = [*_numbers(text), last.number]  # type: ignore[attr-defined]
    pieces = [
        replace(
            numbered(unit, number, {"y": str(last.year) if last.year else None}),
            year=last.year,
            school_year=last.school_year,
        )
        for number in numbers
    ]
    if len(pieces) == 2 and ("<->" in text or "<по>" in text):
        return one(Window(pieces[0], pieces[1]))
    return Windows(tuple(Window(piece, piece) for piece in pieces))


def _month_of_years(match: Match) -> Node | None:
    months = [int(number) for number in re.findall(r"<M(\d+)>", match.text("l"))] + [match.number("m")]
    first, last = match.number("a"), match.number("z")
    if last <= first or last - first > 20:
        return None
    pieces = [Month(month, year=year) for year in range(first, last + 1) for month in months]
    return Windows(tuple(Window(piece, piece) for piece in pieces))


def _months_over_new_year(match: Match) -> Node | None:
    """«Сентябрь – май 2026–2027»."""
    first, last = match.number("y"), match.number("z")
    if last != first + 1 or match.number("a") <= match.number("b"):
        return None
    return one(Window(Month(match.number("a"), year=first), Month(match.number("b"), year=last)))


def _month_of_listed_years(match: Match) -> Node:
    month = match.number("l")
    years = [int(year) for year in re.findall(r"<Y(\d+)>", match.text("l"))] + [match.number("z")]
    pieces = [Month(month, year=year) for year in years]
    return Windows(tuple(Window(piece, piece) for piece in pieces))


def _school_years(match: Match) -> Node | None:
    """«2026–2029 учебные годы», «2025–2026, 2026–2027 учебные годы»."""
    spans = [(int(a), int(b)) for a, b in re.findall(r"<Y[SD](\d+)-(\d+)>", match.text("l"))]
    if len(spans) == 1 and spans[0][1] <= spans[0][0] + 1:
        return None
    pieces = [(SchoolYear(school_year=a), SchoolYear(school_year=b - 1)) for a, b in spans if b > a]
    return Windows(tuple(Window(first, first if first == last else last) for first, last in pieces)) if pieces else None
