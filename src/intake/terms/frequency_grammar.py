"""How often: yearly, quarterly, N times a year, every N years, by weekdays; days of an unnamed month."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from intake.terms.grammar import Grammar, Match
from intake.terms.nodes import DayOf, Frequency, Node, Unit

_UNITS: Final[dict[str, Unit]] = {
    "<год>": "year", "<учгод>": "year", "<калгод>": "year", "<полугодие>": "half_year", "<квартал>": "quarter",
    "<четверть>": "academic_quarter", "<месяц>": "month", "<неделя>": "week",
    "<день>": "day", "<рабдень>": "working_day",
}  # fmt: skip
_EVERY: Final[dict[str, Unit]] = {
    "<ежегодно>": "year", "<ежеквартально>": "quarter", "<ежемесячно>": "month", "<еженедельно>": "week",
    "<ежедневно>": "day", "<полугодовой>": "half_year",
}  # fmt: skip
_EVERY_WORD: Final = "(?P<e>" + "|".join(_EVERY) + ")"
_WORKING: Final = (1, 2, 3, 4, 5)
#: quarters first: the first branch that fits wins
_MONTH_TAIL: Final = (
    r"(?P<t>(?:<,>)?(?:"
    r"(?:<месяц>)?(?:<,>)?<следующий><за>(?:<отчетный>|<окончание>|<каждый>|<прошлый>)*(?P<aq><квартал>)"
    r"|<месяц>(?:<,>)?<после>(?:<отчетный>|<окончание>)*(?P<bq><квартал>)"
    r"|(?:<первый>|<O1>)<месяц>(?:<,>)?(?:<следующий>(?:<за>(?:<отчетный>)?)?|<каждый>)?(?P<cq><квартал>)"
    r"|(?:<последний>|<[NO]3>)<месяц>(?:<каждый>|<отчетный>)?(?P<lq><квартал>)"
    r"|(?:<в>)?(?:<каждый>|<ежемесячно>)(?:<отчетный>|<текущий>)?<месяц>"
    r"(?:(?:<,>)?<следующий><за><отчетный>(?:<месяц>|<период>)?)?"
    r"|(?:<отчетный>|<текущий>)?<месяц>(?:(?:<,>)?<следующий><за><отчетный>(?:<месяц>|<период>)?)?"
    r"|(?:<месяц>)?(?:<,>)?<следующий>(?:<за>(?:<отчетный>)?)?(?:<месяц>|<период>)))"
)


def add_frequencies(grammar: Grammar[Node]) -> None:
    """Register the recognisers of frequencies and of days of unnamed months."""
    bound = r"(?P<b><не>(?:<реже>|<чаще>)(?:<,>)?(?:<чем>)?)?"
    grammar.rule(
        bound + r"(?P<n><[NO]\d+>)?(?:(?:<->|<или>|<и>)<N\d+>)?<раз>(?:<->)?"
        r"(?:<в>|<на>|<за>|<в><течение>)?(?:<каждый>)?(?P<i>{NUM}|<F[\d.]+>)?(?P<u>{UNIT})",
        bound + r"(?P<o><однократно>)<в>(?P<u>{UNIT})",
        bound + r"(?P<n><N\d+>)(?:<в>|<за>)(?P<u><год>|<учгод>|<полугодие>|<квартал>|<четверть>|<месяц>|<неделя>)",
        bound + r"(?P<n><[NO]\d+>)<раз>(?P<u><ежегодно>)",
        bound + r"<ежегодно>(?:<,>|<->|<:>|<\(>)?(?P<n><[NO]\d+>)<раз>(?!<в>)",
    )(_times)
    grammar.rule(bound + _EVERY_WORD)(_every)
    grammar.rule(r"(?:<в>)?<каждый>(?P<i>{NUM})?(?P<u>{UNIT})", r"<по>(?P<u>{TERM})", r"<на>(?P<u><месяц>)(?=$)")(_each)
    grammar.rule(r"<через>(?P<u><год>)")(_every_other)
    grammar.rule(
        r"(?:<в>|<на>|<во>)?(?:<период>|<время>|<течение>|<день>)?(?:<учебный>|<\?школьн[^>]*>)?<каникулы>(?:<период>|<время>|<день>)?",
        r"<по><каникулы>",
    )(_breaks)
    grammar.rule(r"<в><течение>(?:<каждый>)?(?P<u><четверть>|<полугодие>)")(_whole_terms)
    grammar.rule(
        r"(?:<в>|<по>)(?:<рабдень>)", r"<ежедневно>(?:<,>)?(?:<\(>)?<кроме>(?:<выходной>|<и>|<день>)+(?:<\)>)?"
    )(_working_days)
    grammar.rule(
        r"(?:<еженедельно>|<раз><в><неделя>|<N1><раз><в><неделя>)(?:<,>|<->|<:>|<\(>)?(?:<по>|<в>|<каждый>)(?P<w>{WEEKDAYS})(?:<\)>)?",
        r"(?:<по>|(?:<в>)?<каждый>)(?P<w>{WEEKDAYS})",
        r"<еженедельно>(?:<,>|<->|<:>|<\(>)?(?:<по>|<в>)?(?P<w>{WEEKDAYS})(?:<\)>)?",
        r"(?P<w>{WEEKDAYS})(?P<e>(?:<,>)?<еженедельно>|<каждый><неделя>)",
    )(_weekly)
    grammar.rule(r"(?:<в>|<с>)?(?P<w><W\d><по><W\d>|{WEEKDAYS})")(_weekdays_alone)
    grammar.rule(
        r"(?:<в>)?(?P<c><каждый>)?(?P<n>{NTH}(?:(?:{AND}){NTH})*)<W(?P<w>\d)>(?P<m>(?:<каждый>|<ежемесячно>)?<месяц>)?"
    )(_nth_weekday)
    grammar.rule(
        rf"(?P<k>{{BY}}|<по>)(?P<n>{{NUM}}(?:(?:{{AND}}){{NUM}})*)(?:<число>)?{_MONTH_TAIL}",
        r"(?P<k>{BY}|<по>)(?P<n>{NUM})<число>",
        rf"(?:<в>|<с>)?(?P<c><каждый>)?(?P<n>{{NUM}}(?:(?P<r><->|<по>|<до>){{NUM}}|(?:(?:{{AND}}){{NUM}})+)?)<число>{_MONTH_TAIL}?",
        rf"(?:<с>)(?P<n>{{NUM}}(?P<r><по>|<до>){{NUM}})(?:<число>)?{_MONTH_TAIL}",
    )(_day_of_month)
    grammar.rule(
        r"(?:<в>|<на>|<за>)?(?P<c><каждый>)?(?P<n>{NTH})(?:(?P<r><->|<,>|<и>|<по>)(?P<z>{NTH}))?(?P<s><неделя>|<декада>|<половина>)(?P<m>(?:<каждый>|<текущий>)?<месяц>)?"
    )(_part_of_month)
    grammar.rule(
        r"(?P<k>{BY})?(?:<в>|<на>)?(?P<e><начало>|<середина>|<конец>|<окончание>)(?P<c><каждый>|<текущий>|<отчетный>)?(?P<u><месяц>|<квартал>|<полугодие>|<четверть>)"
    )(_edge)
    grammar.rule(
        r"(?P<k>{BY})?(?:<в>|<на>)?(?P<n><O\d+>|<N1>|<последний>)(?P<w><рабдень>|<день>|<число>)(?:<каждый>)?(?P<u><месяц>|<квартал>)"
    )(_day_at_edge)


def _bound(match: Match) -> str:
    text = match.text("b")
    return "max" if "чаще" in text else "min" if "реже" in text else ""


def _times(match: Match) -> Node | None:
    interval = match.text("i")
    number = float(re.sub(r"[^\d.]", "", interval)) if interval else 1
    unit = _UNITS.get(match.text("u"), "year")
    if number == 0:
        return None
    return Frequency(unit, number, match.number("n", 1), bound=_bound(match))  # type: ignore[arg-type]


def _every(match: Match) -> Node:
    return Frequency(_EVERY[match.text("e")], bound=_bound(match))  # type: ignore[arg-type]


def _each(match: Match) -> Node | None:
    number = match.number("i", 1)
    is_nth_day = match.has("i") and match.text("u") in ("<день>", "<рабдень>")
    return Frequency(_UNITS[match.text("u")], number) if number and not is_nth_day else None


def _every_other(match: Match) -> Node:
    return Frequency("year", 2, is_doubtful=True)


def _breaks(match: Match) -> Node:
    return Frequency("break", is_doubtful=True)


def _whole_terms(match: Match) -> Node:
    return Frequency(_UNITS[match.text("u")], is_doubtful=True)


def _working_days(match: Match) -> Node:
    return Frequency("working_day", weekdays=_WORKING)


def _weekly(match: Match) -> Node:
    text = match.text("w")
    days = [int(number) for number in re.findall(r"\d", text)]
    if ("<->" in text or "<по>" in text) and len(days) == 2 and days[0] < days[1]:
        days = list(range(days[0], days[1] + 1))
    return Frequency("week", weekdays=tuple(sorted(set(days))))


def _weekdays_alone(match: Match) -> Node:
    found = _weekly(match)
    assert isinstance(found, Frequency)
    return replace(found, is_doubtful=True)


def _nths(text: str) -> tuple[int, ...]:
    found = re.findall(r"<(?:[NRO](\d+)|(последний)|(предпоследний))>", text)
    return tuple(int(number) if number else -1 if last else -2 for number, last, _ in found)


def _nth_weekday(match: Match) -> Node:
    is_each = match.has("c") or match.has("m")
    return DayOf("weekday", _nths(match.text("n")), weekday=match.number("w"), unit="month" if is_each else "")


def _day_of_month(match: Match) -> Node | None:
    numbers = _nths(match.text("n"))
    last = numbers[1] if match.has("r") and len(numbers) == 2 else 0
    if any(not 1 <= number <= 31 for number in numbers):
        return None
    is_quarterly = any(match.has(name) for name in ("aq", "bq", "cq", "lq"))
    return DayOf(
        "day",
        numbers[:1] if last else numbers,
        last=last,
        is_deadline=match.has("k"),
        unit="quarter" if is_quarterly else "month" if match.has("t") or match.has("c") else "",
        months="last" if match.has("lq") else "after" if is_quarterly else "each",
        is_doubtful="<период>" in match.text("t"),
        follows_report="<следующий>" in match.text("t"),
    )


def _part_of_month(match: Match) -> Node:
    shape = {"<неделя>": "week", "<декада>": "decade", "<половина>": "half"}[match.text("s")]
    first = _nths(match.text("n"))
    last = _nths(match.text("z"))
    is_range = match.text("r") in ("<->", "<по>")
    return DayOf(
        shape,  # type: ignore[arg-type]
        first if is_range or not last else first + last,
        last=last[0] if last and is_range else 0,
        unit="month" if match.has("m") or match.has("c") else "",
    )


def _edge(match: Match) -> Node | None:
    place = {"<окончание>": "конец"}.get(match.text("e"), match.text("e").strip("<>"))
    if match.text("e") == "<окончание>" and not match.has("k"):
        return None
    is_each = "каждый" in match.text("c")
    unit = _UNITS[match.text("u")]
    return DayOf("edge", (), place=place, unit=unit, is_deadline=match.has("k"), is_doubtful=not is_each)


def _day_at_edge(match: Match) -> Node | None:
    numbers = _nths(match.text("n"))
    if numbers not in ((1,), (-1,)):
        return None
    place = "рабдень" if "раб" in match.text("w") else "день"
    return DayOf("last_day", numbers, place=place, unit=_UNITS[match.text("u")], is_deadline=match.has("k"))
