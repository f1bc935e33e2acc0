"""Windows with dates: ranges, lists, deadlines, open starts."""

from __future__ import annotations

import re
from dataclasses import replace

from intake.terms.grammar import Grammar, Match
from intake.terms.nodes import Node, Window, Windows
from intake.terms.piece_grammar import BREAKS, day_pattern, numbered, piece_of
from intake.terms.pieces import (
    Break,
    CalendarYear,
    Day,
    Edge,
    Month,
    MonthPart,
    Piece,
    PlanWindow,
    SchoolYear,
    Week,
)


def add_windows(grammar: Grammar[Node]) -> None:
    """Register the recognisers of windows."""
    grammar.rule(r"(?:{IN})?(?P<l>(?:<Y[SD]\d+-\d+>(?:{AND}|<->))*<Y[SD]\d+-\d+>)<учгод>")(_school_years)
    grammar.rule(r"(?:{IN})?(?P<p>{PIECE})", r"<от>(?P<p>{DAY})")(_single)
    grammar.rule(
        r"(?:<в><течение>|<на><течение>|<течение>|<за>|<на>|<в><период>|<в><ход>)(?:<весь>|<текущий>|<отчетный>)*<год>",
        r"(?:<в><течение>)?<весь><год>", r"(?:<в>)?<текущий><год>",
    )(_plan_year)  # fmt: skip
    grammar.rule(
        r"(?:{IN})?(?P<l>(?:(?:{NTH})(?:{AND}))+)(?P<b>(?:{NTH})(?:<неделя>|<декада>|<половина>)(?:<месяц>)?{MONTH})"
    )(_list_of_parts)
    grammar.rule(r"<с>(?P<p>(?:{NTH})<по>(?:{NTH})<неделя>(?:<месяц>)?{MONTH})")(_single)
    grammar.rule(r"<W(?P<w>\d)>(?:<,>|<\(>)?(?P<p>{DAY})", r"(?P<p>{DAY})(?:<,>|<\(>)?<W(?P<w>\d)>(?:<\)>)?")(
        _day_with_weekday
    )
    grammar.rule(r"(?P<k>{BY})(?P<l>(?:(?:{NUM}|{DAY})(?:{AND}))+)(?P<b>{DAY})")(_list_of_deadlines)
    grammar.rule(r"(?:{BY})<новгод>")(_to_year_end)
    grammar.rule(r"(?:{BY})(?:<конец>|<окончание>)(?:<текущий>)?(?:<год>|<калгод>)")(_to_year_end)
    grammar.rule(r"(?:{IN})?(?P<e><начало>|<середина>|<конец>)(?:<текущий>)?(?:<год>|<калгод>)")(_edge_of_year)
    grammar.rule(r"(?:{IN})?(?P<l>(?:<S\d>(?:{AND}))+<S\d>)<каникулы>")(_list_of_breaks)
    grammar.rule(
        r"(?:{IN})?(?:(?:<начиная>)?<с>|<от>)?(?P<a>{PIECE})(?:<,>)?(?P<j><->|<по>|<до>|<-><по>|<но>|<и><по>|<и><до>)(?P<b>{PIECE})(?:<включительно>)?"
    )(_range)
    grammar.rule(
        r"(?:{IN})?(?:<с>|<от>)?(?P<a>{NUM})(?:<число>)?(?P<j><->|<по>|<до>|<-><по>|<но>)(?P<b>{DAY})(?:<включительно>)?"
    )(_days_of_month)
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
    grammar.rule(r"(?:{IN})?<начало>(?:{AND})(?:{IN})?(?P<p><конец>(?:<текущий>)?(?:<год>|<калгод>|{PIECE}))")(
        _both_edges
    )
    grammar.rule(
        r"(?P<l>(?:<M\d+>(?:{AND}|</>))+)<M(?P<m>\d+)><YD(?P<a>\d+)-(?P<z>\d+)><год>",
        r"(?:{IN})?<M(?P<m>\d+)><YD(?P<a>\d+)-(?P<z>\d+)>(?:<год>)?",
    )(_month_of_years)
    grammar.rule(
        r"(?:{IN})?<Y[SD](?P<a>\d+)-(?P<b>\d+)>(?P<g><год>)?",
        r"(?:{IN})?(?:<с>)?<Y(?P<a>\d+)>(?:<год>)?(?:<->|<по>)<Y(?P<b>\d+)>(?P<g><год>)?",
    )(_years)
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


def _piece(match: Match, name: str) -> Piece:
    return piece_of(match.text(name))


def _one(window: Window) -> Windows:
    return Windows((window,))


def _single(match: Match) -> Node:
    piece = _piece(match, "p")
    is_bare_year = isinstance(piece, CalendarYear) and "год>" not in match.text("p")
    return _one(Window(piece, piece, is_doubtful=isinstance(piece, Edge) or is_bare_year))


def _list_of_parts(match: Match) -> Node:
    last = _piece(match, "b")
    numbers = _nths(match.text("l"))
    if isinstance(last, Week):
        pieces: list[Piece] = [replace(last, first=number, last=number) for number in numbers]
    else:
        pieces = [replace(last, number=number) for number in numbers]  # type: ignore[call-arg]
    return Windows(tuple(Window(piece, piece) for piece in [*pieces, last]))


def _nths(text: str) -> list[int]:
    found = re.findall(r"<(?:[NRO](\d+)|(последний))>", text)
    return [int(number) if number else -1 for number, _ in found]


def _day_with_weekday(match: Match) -> Node:
    piece = _piece(match, "p")
    return _one(Window(piece, piece, weekday=match.number("w")))


def _list_of_deadlines(match: Match) -> Node:
    last = _piece(match, "b")
    assert isinstance(last, Day)
    days: list[Piece] = []
    for text in re.findall(rf"{day_pattern()}|<[NRO]\d+>", match.text("l")):
        number = re.fullmatch(r"<[NRO](\d+)>", text)
        days.append(replace(last, day=int(number.group(1))) if number else piece_of(text))
    return Windows(tuple(Window(None, day) for day in [*days, last]))


def _to_year_end(match: Match) -> Node:
    return _one(Window(None, CalendarYear()))


def _edge_of_year(match: Match) -> Node:
    place = match.text("e").strip("<>")
    piece = Edge(CalendarYear(), place)  # type: ignore[arg-type]
    return _one(Window(piece, piece, is_doubtful=True))


def _list_of_breaks(match: Match) -> Node:
    pieces = [Break(BREAKS[number]) for number in re.findall(r"<S(\d)>", match.text("l"))]
    return Windows(tuple(Window(piece, piece) for piece in pieces))


def _plan_year(match: Match) -> Node:
    return _one(Window(PlanWindow(), PlanWindow()))


def _range(match: Match) -> Node | None:
    first, last = _piece(match, "a"), _piece(match, "b")
    if isinstance(last, SchoolYear | CalendarYear) != isinstance(first, SchoolYear | CalendarYear):
        return None
    if isinstance(last, Day) and last.day <= 31 and isinstance(first, Month) and match.text("j") == "<->":
        return None  # «май - 15 июня» is no usual range, let the list be read
    return _one(Window(first, last, is_doubtful="но" in match.text("j") or isinstance(last, Edge)))


def _days_of_month(match: Match) -> Node:
    last = _piece(match, "b")
    assert isinstance(last, Day)
    return _one(Window(replace(last, day=match.number("a")), last, is_doubtful="но" in match.text("j")))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"<[NRO](\d+)>", text)]


def _list_of_days(match: Match) -> Node:
    last = _piece(match, "b")
    assert isinstance(last, Day)
    days = [replace(last, day=number) for number in _numbers(match.text("l"))] + [last]
    return Windows(tuple(Window(day, day) for day in days))


def _list_of_ranges(match: Match) -> Node:
    last = _piece(match, "b")
    assert isinstance(last, Day)
    numbers = [*_numbers(match.text("l")), match.number("a"), last.day]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return Windows(tuple(Window(replace(last, day=a), replace(last, day=b)) for a, b in pairs))


def _numbered_list(match: Match) -> Node:
    last = _piece(match, "b")
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
        return _one(Window(pieces[0], pieces[1]))
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
    return _one(Window(Month(match.number("a"), year=first), Month(match.number("b"), year=last)))


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


def _both_edges(match: Match) -> Node:
    text = match.text("p")
    is_year = "<год>" in text or "<калгод>" in text
    last = Edge(CalendarYear(), "конец") if is_year and "<Y" not in text else _piece(match, "p")
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
    return _one(Window(CalendarYear(year=first), CalendarYear(year=last), is_doubtful=is_bare))


def _deadline(match: Match) -> Node:
    piece = _piece(match, "p")
    is_towards = match.text("k") == "<к>"
    if isinstance(piece, Day):
        return _one(Window(None, piece))
    if isinstance(piece, CalendarYear):
        return _one(Window(None, piece, is_before=is_towards, is_doubtful=is_towards))
    if isinstance(piece, MonthPart | Edge | Week):
        return _deadline_at_part(piece)
    return _one(Window(None, piece, is_before=True, is_doubtful=not isinstance(piece, Month) or is_towards))


def _deadline_at_part(piece: Piece) -> Node:
    """«До конца декабря» – to its last day; «до начала четверти» – the day before."""
    place = piece.place if isinstance(piece, Edge) else ""
    is_start = place == "начало" or (isinstance(piece, MonthPart) and piece.of == "decade" and piece.number == 1)
    whole = piece.whole if isinstance(piece, Edge) else piece
    named = replace(whole, year=piece.year, school_year=piece.school_year)
    if place in ("начало", "конец"):
        return _one(Window(None, named, is_before=is_start, is_doubtful=is_start or not piece.is_explicit))
    return _one(Window(None, piece, is_before=is_start, is_doubtful=is_start))


def _deadline_at_end(match: Match) -> Node:
    piece = _piece(match, "p")
    return _one(Window(None, piece, is_doubtful=not isinstance(piece, Month)))


def _deadline_before(match: Match) -> Node:
    return _one(Window(None, _piece(match, "p"), is_before=True, is_doubtful=True))


def _open(match: Match) -> Node:
    return _one(Window(_piece(match, "p"), None, is_doubtful=True))


def _after(match: Match) -> Node | None:
    piece = _piece(match, "p")
    if isinstance(piece, SchoolYear):
        return None  # the end of a school year proposes June, see the grammar of events
    return _one(Window(piece, None, is_before=True, is_doubtful=True))


def _to_school_year_end(match: Match) -> Node:
    piece = _piece(match, "a")
    return _one(Window(piece, SchoolYear(), is_doubtful=True))
