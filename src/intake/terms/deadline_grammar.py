"""Deadlines and open windows: «до 25 декабря», «к концу мая», «начиная с октября»."""

from __future__ import annotations

import re
from dataclasses import replace

from intake.terms.grammar import Grammar, Match
from intake.terms.nodes import Node, Window, Windows
from intake.terms.piece_grammar import day_pattern, piece_of
from intake.terms.pieces import CalendarYear, Day, Edge, Month, MonthPart, Piece, SchoolYear, Week
from intake.terms.window_grammar import one, piece_in


def add_deadlines(grammar: Grammar[Node]) -> None:
    """Register the recognisers of deadlines and open windows."""
    grammar.rule(r"(?P<k>{BY})(?P<l>(?:(?:{NUM}|{DAY})(?:{AND}))+)(?P<b>{DAY})")(_list_of_deadlines)
    grammar.rule(r"(?:{BY})<новгод>")(_to_year_end)
    grammar.rule(r"(?:{BY})(?:<конец>|<окончание>)(?:<текущий>)?(?:<год>|<калгод>)")(_to_year_end)
    grammar.rule(r"(?P<k>{BY})(?P<p>{PIECE})(?:<включительно>)?", r"(?P<k><по>)(?P<p>{DAY})(?:<включительно>)?")(
        _deadline
    )
    grammar.rule(r"(?:{BY})(?:<окончание>|<конец>)(?:<текущий>)?(?P<p>{PIECE})")(_deadline_at_end)
    grammar.rule(r"(?:{BY})(?:<начало>)(?:<текущий>)?(?P<p>{PIECE})")(_deadline_before)
    grammar.rule(r"(?:(?:<начиная>)?<с>|<от>|<не><ранее>(?:<чем>)?(?:<с>)?)(?P<p>{PIECE})")(_open)
    grammar.rule(r"(?:<\?сразу>)?<после>(?:<окончание>)?(?P<p>{PIECE})")(_after)
    grammar.rule(
        r"(?:<с>)(?P<a>{PIECE})(?:<и>|<,>)?(?:<в><течение>|<до><конец>)?(?:<весь>)<учгод>",
        r"<с>(?P<a>{PIECE})(?:<и>|<,>)?<до><(?:конец|окончание)><учгод>",
    )(_to_school_year_end)


def _list_of_deadlines(match: Match) -> Node:
    last = piece_in(match, "b")
    assert isinstance(last, Day)
    days: list[Piece] = []
    for text in re.findall(rf"{day_pattern()}|<[NRO]\d+>", match.text("l")):
        number = re.fullmatch(r"<[NRO](\d+)>", text)
        days.append(replace(last, day=int(number.group(1))) if number else piece_of(text))
    return Windows(tuple(Window(None, day) for day in [*days, last]))


def _to_year_end(match: Match) -> Node:
    return one(Window(None, CalendarYear()))


def _deadline(match: Match) -> Node:
    piece = piece_in(match, "p")
    is_towards = match.text("k") == "<к>"
    if isinstance(piece, Day):
        return one(Window(None, piece))
    if isinstance(piece, CalendarYear):
        return one(Window(None, piece, is_before=is_towards, is_doubtful=is_towards))
    if isinstance(piece, MonthPart | Edge | Week):
        return _deadline_at_part(piece)
    return one(Window(None, piece, is_before=True, is_doubtful=not isinstance(piece, Month) or is_towards))


def _deadline_at_part(piece: Piece) -> Node:
    """«До конца декабря» – to its last day; «до начала четверти» – the day before."""
    place = piece.place if isinstance(piece, Edge) else ""
    is_start = place == "начало" or (isinstance(piece, MonthPart) and piece.of == "decade" and piece.number == 1)
    whole = piece.whole if isinstance(piece, Edge) else piece
    named = replace(whole, year=piece.year, school_year=piece.school_year)
    if place in ("начало", "конец"):
        return one(Window(None, named, is_before=is_start, is_doubtful=is_start or not piece.is_explicit))
    return one(Window(None, piece, is_before=is_start, is_doubtful=is_start or bool(place)))


def _deadline_at_end(match: Match) -> Node:
    piece = piece_in(match, "p")
    return one(Window(None, piece, is_doubtful=not isinstance(piece, Month)))


def _deadline_before(match: Match) -> Node:
    return one(Window(None, piece_in(match, "p"), is_before=True, is_doubtful=True))


def _open(match: Match) -> Node:
    return one(Window(piece_in(match, "p"), None, is_doubtful=True))


def _after(match: Match) -> Node | None:
    piece = piece_in(match, "p")
    if isinstance(piece, SchoolYear):
        return None  # the end of a school year proposes June, see the grammar of events
    return one(Window(piece, None, is_before=True, is_doubtful=True))


def _to_school_year_end(match: Match) -> Node:
    piece = piece_in(match, "a")
    return one(Window(piece, SchoolYear(), is_doubtful=True))
