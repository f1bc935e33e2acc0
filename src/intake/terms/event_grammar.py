"""Terms that hang on an event: so many days before or after it, on its eve, when it is over."""

from __future__ import annotations

import re
from typing import Final

from intake.terms.grammar import Grammar, Match
from intake.terms.nodes import Node, Relative

_UNITS: Final = {
    "<день>": "calendar_day", "<рабдень>": "working_day", "<неделя>": "week", "<месяц>": "month", "<год>": "year",
    "<час>": "hour", "<квартал>": "quarter", "<дневный>": "calendar_day", "<недельный>": "week", "<месячный>": "month",
    "<T": "hour",
}  # fmt: skip
_KNOWN: Final = {
    "<учгод>": "school_year_end", "<год>": "year_end", "<калгод>": "calendar_year_end", "<квартал>": "quarter_end",
    "<четверть>": "academic_quarter_end", "<полугодие>": "half_year_end",
    "<месяц>": "month_end",
}  # fmt: skip
_OFFSET: Final = (
    r"(?P<m>{NUM}<->)?(?P<n>{NUM}|<F[\d.]+>)?(?:<->)?(?P<u><день>|<рабдень>|<неделя>|<месяц>|<год>|<час>|<квартал>)"
)
_FUSED: Final = r"(?P<n>{NUM})?(?:<->)?(?P<u><дневный>|<недельный>|<месячный>)<срок>"
_AFTER: Final = (
    r"(?:<после>|<с><день>|<с><момент>|<от><момент>|<от><день>|<с><дата>"
    r"|<от><дата>|<по>(?=<окончание>)|<с>(?=<\?|<поступление>|<окончание>))"
)
_TERM: Final = (
    r"(?:<окончание>|<конец>)?(?:<каждый>|<отчетный>|<текущий>|<учебный>)?"
    r"(?P<q>{NUM}(?:(?:{AND}|<->){NUM})*)?(?P<k>{TERM})"
)


def add_events(grammar: Grammar[Node]) -> None:
    """Register the recognisers of terms that hang on an event."""
    lead = r"(?P<x><не>(?:<позднее>|<ранее>|<реже>)(?:<,>)?(?:<чем>)?)?"
    grammar.rule(
        rf"{lead}(?:<за>|<через>)?(?:<не><чаще>)?{_OFFSET}<до>(?P<a>{{EVENT}})",
        rf"{lead}<за>{_OFFSET}(?:<до>)?",
        rf"{lead}<за>{_OFFSET}<до>(?P<a>(?:<начало>|<окончание>|<конец>)(?:{{PIECE}}|{{TAIL}}))",
    )(_before)
    until = r"(?:<до>|<в><течение>|<в>|<на>|<через>|<по>|<по><истечение>)?"
    grammar.rule(
        rf"{lead}{until}{_OFFSET}{_AFTER}(?P<a>{{EVENT}})?",
        rf"{lead}(?:<в>)?{_FUSED}(?:{_AFTER}(?P<a>{{EVENT}})?)?",
        rf"{lead}(?:<через>|<в><течение>|<по><истечение>){_OFFSET}",
        rf"{lead}<следующий>(?P<u><рабдень>|<день>)(?:{_AFTER}(?P<a>{{EVENT}}))?",
        r"(?:<на>|<в>)?(?:<следующий>|<[NO]\d+>)(?P<u><день>|<рабдень>|<неделя>)<после>(?P<a>{EVENT})",
    )(_after)
    grammar.rule(rf"{lead}<за>{_OFFSET}<до>(?:<окончание>|<конец>){_TERM}")(_before_known)
    grammar.rule(rf"{lead}{until}{_OFFSET}{_AFTER}{_TERM}", rf"{lead}(?:<в>)?{_FUSED}{_AFTER}{_TERM}")(_after_known)
    grammar.rule(r"<накануне>(?P<a>{EVENT})?")(_eve)
    grammar.rule(
        r"(?:<перед>|<до>|<к>|<в><срок><до>)(?P<a>{EVENT})",
        r"<перед>(?P<a>(?:<начало>|<конец>|<окончание>)?(?:{PIECE}))",
    )(_towards)
    grammar.rule(
        r"(?:<после>|<по>(?=<окончание>)|<с><момент>|<с><день>|<с><дата>|<от><дата>|<по><итог>|<на><основание><итог>)(?P<a>{EVENT})",
        r"(?:<\?сразу>)?<после>(?P<a><[^>]+>)(?=$)",
    )(_following)
    grammar.rule(rf"(?:<по><итог>|<после>|<по>(?=<окончание>)){_TERM}")(_known_end)
    grammar.rule(r"(?:<по><итог>|<по>(?=<окончание>))(?P<a>(?:<окончание>)?(?:{PIECE}))")(_following)
    grammar.rule(r"(?:{BY})(?P<a>(?:<конец>|<окончание>)(?:<текущий>)?<неделя>)")(_towards)
    grammar.rule(
        r"(?:<в>|<на>)(?P<d><день>|<период>|<ход>|<время>|<течение>|<момент>)(?!<весь>)(?P<a>{EVENT})",
        r"<с>(?P<a>{EVENT})",
        r"(?:<в>|<на>)(?P<a>(?:<\?[^>]+>|<отдельный>)<период>{TAIL})",
        r"(?P<d><день>)(?P<a>{EVENT})",
    )(_during)


def _unit(match: Match) -> str:
    return _UNITS[match.text("u")]


def _offset(match: Match) -> int:
    return match.number("n", 1)


def _before(match: Match) -> Node:
    anchor = match.said("a")
    is_doubtful = not anchor or match.has("m") or "<ранее>" in match.text("x")
    return Relative(anchor or "unknown", -_offset(match), _unit(match), is_doubtful=is_doubtful)


def _after(match: Match) -> Node:
    anchor = match.said("a")
    is_doubtful = not anchor or match.has("m") or "<ранее>" in match.text("x")
    return Relative(anchor or "unknown", _offset(match), _unit(match), is_doubtful=is_doubtful)


def _before_known(match: Match) -> Node:
    known = _KNOWN[match.text("k")]
    return Relative(known, -_offset(match), _unit(match), known=known, is_doubtful=True)


def _after_known(match: Match) -> Node:
    known = _KNOWN[match.text("k")]
    return Relative(known, _offset(match), _unit(match), known=known, is_doubtful=True)


def _eve(match: Match) -> Node:
    anchor = match.said("a")
    return Relative(anchor or "unknown", -1, "calendar_day", is_doubtful=not anchor)


def _towards(match: Match) -> Node:
    return Relative(match.said("a"), is_doubtful=True)


def _following(match: Match) -> Node:
    return Relative(match.said("a"), is_doubtful=True)


def _known_end(match: Match) -> Node:
    known = _KNOWN[match.text("k")]
    numbers = [int(number) for number in re.findall(r"\d+", match.text("q"))]
    if "<->" in match.text("q") and len(numbers) == 2:
        numbers = list(range(numbers[0], numbers[1] + 1))
    chosen = ",".join(map(str, numbers))
    return Relative(known, known=f"{known}:{chosen}" if chosen else known, is_doubtful=True)


def _during(match: Match) -> Node:
    is_day = "день" in match.text("d")
    return Relative(match.said("a"), 0 if is_day else None, "calendar_day" if is_day else "", is_doubtful=not is_day)
