"""Windows with dates: single pieces, ranges, edges of years."""

from __future__ import annotations

from dataclasses import replace

from intake.terms.grammar import Grammar, Match
from intake.terms.nodes import Node, Window, Windows
from intake.terms.piece_grammar import piece_of
from intake.terms.pieces import (
    Calendars,
    CalendarYear,
    Day,
    Edge,
    Month,
    MonthPart,
    NoSuchDay,
    Piece,
    PlanWindow,
    SchoolYear,
)


def add_windows(grammar: Grammar[Node]) -> None:
    """Register the recognisers of single windows and ranges."""
    grammar.rule(r"(?:{IN})?(?P<p>{PIECE})", r"<от>(?P<p>{DAY})")(_single)
    grammar.rule(
        r"(?:<в><течение>|<на><течение>|<течение>|<за>|<на>|<в><период>|<в><ход>)(?:<весь>|<текущий>|<отчетный>)*<год>",
        r"(?:<в><течение>)?<весь><год>", r"(?:<в>)?<текущий><год>",
    )(_plan_year)  # fmt: skip
    grammar.rule(r"<с>(?P<p>(?:{NTH})<по>(?:{NTH})<неделя>(?:<месяц>)?{MONTH})")(_single)
    grammar.rule(r"<W(?P<w>\d)>(?:<,>|<\(>)?(?P<p>{DAY})", r"(?P<p>{DAY})(?:<,>|<\(>)?<W(?P<w>\d)>(?:<\)>)?")(
        _day_with_weekday
    )
    grammar.rule(r"(?:{IN})?(?P<e><начало>|<середина>|<конец>)(?:<текущий>)?(?:<год>|<калгод>)")(_edge_of_year)
    grammar.rule(
        r"(?:{IN})?(?:(?:<начиная>)?<с>|<от>)?(?P<a>{PIECE})(?:<,>)?(?P<j><->|<по>|<до>|<-><по>|<но>|<и><по>|<и><до>)(?P<b>{PIECE})(?:<включительно>)?"
    )(_range)
    grammar.rule(r"(?:{IN})?(?P<a><начало>|<середина>)(?:<->|<и>)(?P<b>(?:<середина>|<конец>)<M\d+>(?:{YEAR})?)")(
        _thirds
    )
    grammar.rule(r"(?P<a>{MONTH})(?P<j><-><до>)(?P<b>{DAY})(?:<включительно>)?")(_range)
    grammar.rule(
        r"(?:{IN})?(?:<с>|<от>)?(?P<a>{NUM})(?:<число>)?(?P<j><->|<по>|<до>|<-><по>|<но>)(?P<b>{DAY})(?:<включительно>)?"
    )(_days_of_month)
    grammar.rule(r"(?:{IN})?<начало>(?:{AND})(?:{IN})?(?P<p><конец>(?:<текущий>)?(?:<год>|<калгод>|{PIECE}))")(
        _both_edges
    )
    grammar.rule(
        r"(?:{IN})?<Y[SD](?P<a>\d+)-(?P<b>\d+)>(?P<g><год>)?",
        r"(?:{IN})?(?:<с>)?<Y(?P<a>\d+)>(?:<год>)?(?:<->|<по>)<Y(?P<b>\d+)>(?P<g><год>)?",
    )(_years)


def piece_in(match: Match, name: str) -> Piece:
    """The piece that a group of the match names."""
    return piece_of(match.text(name))


def one(window: Window) -> Windows:
    return Windows((window,))


def _single(match: Match) -> Node:
    piece = piece_in(match, "p")
    text = match.text("p")
    is_bare_year = isinstance(piece, CalendarYear) and "год>" not in text
    is_vague = isinstance(piece, Edge) or is_bare_year or "<половина><год>" in text
    return one(Window(piece, piece, is_doubtful=is_vague))


def _plan_year(match: Match) -> Node:
    return one(Window(PlanWindow(), PlanWindow()))


def _day_with_weekday(match: Match) -> Node:
    piece = piece_in(match, "p")
    return one(Window(piece, piece, weekday=match.number("w")))


def _edge_of_year(match: Match) -> Node:
    place = match.text("e").strip("<>")
    piece = Edge(CalendarYear(), place)  # type: ignore[arg-type]
    return one(Window(piece, piece, is_doubtful=True))


def _range(match: Match) -> Node | None:
    first, last = piece_in(match, "a"), piece_in(match, "b")
    if isinstance(last, SchoolYear | CalendarYear) != isinstance(first, SchoolYear | CalendarYear):
        return None
    if isinstance(last, Day) and last.day <= 31 and isinstance(first, Month) and match.text("j") == "<->":
        return None  # «май - 15 июня» is no usual range, let the list be read
    if match.text("j") == "<->" and type(first) is not type(last) and _holds(first, last):
        return one(Window(last, last, is_doubtful=True))
    return one(Window(first, last, is_doubtful="но" in match.text("j") or isinstance(last, Edge)))


def _thirds(match: Match) -> Node:
    last = piece_in(match, "b")
    assert isinstance(last, MonthPart)
    return one(Window(replace(last, number=1 if "начало" in match.text("a") else 2), last))


def _holds(whole: Piece, part: Piece) -> bool:
    """«I полугодие – декабрь»: the second piece makes the first more precise."""
    try:
        outer, inner = (replace(piece, year=None, school_year=None).span(2001, Calendars()) for piece in (whole, part))
    except NoSuchDay:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _days_of_month(match: Match) -> Node:
    last = piece_in(match, "b")
    assert isinstance(last, Day)
    return one(Window(replace(last, day=match.number("a")), last, is_doubtful="но" in match.text("j")))


def _both_edges(match: Match) -> Node:
    text = match.text("p")
    is_year = "<год>" in text or "<калгод>" in text
    last = Edge(CalendarYear(), "конец") if is_year and "<Y" not in text else piece_in(match, "p")
    if isinstance(last, MonthPart):
        first: Piece = replace(last, number=1)
    else:
        assert isinstance(last, Edge)
        first = replace(last, place="начало")
    return Windows((Window(first, first, is_doubtful=True), Window(last, last, is_doubtful=True)))


def _years(match: Match) -> Node | None:
    first, last = match.number("a"), match.number("b")
    if last <= first:
        return None
    is_bare = last == first + 1 and not match.has("g")
    return one(Window(CalendarYear(year=first), CalendarYear(year=last), is_doubtful=is_bare))
