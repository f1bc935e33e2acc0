"""Terms without dates of their own, limits of a rule, and small notes."""

from __future__ import annotations

import re
from typing import Final

from intake.terms.grammar import Grammar, Match
from intake.terms.nodes import Limits, Node, Note, Undated
from intake.terms.values import Status

_SCHEDULE: Final = r"(?:<график>|<план>|<документ>)(?:<->(?:<график>|<план>))?"


def add_undated(grammar: Grammar[Node]) -> None:
    """Register the recognisers of undated terms and notes."""
    _add_occasions(grammar)
    _add_outside(grammar)
    _add_states(grammar)
    _add_limits(grammar)
    _add_notes(grammar)


def _add_outside(grammar: Grammar[Node]) -> None:
    reference = r"(?:<от>{DAY})?(?:<\?№>(?:<[^>,;()]+>){1,4})?"
    grammar.rule(
        rf"(?P<x>(?:<в>|<с>)?(?:<согласно>(?:<с>)?|<по>|<на><основание>)?)(?P<a>{{TAIL}}<документ>{{TAIL}}){reference}(?P<r>){{TAIL}}"
    )(_by_document)
    grammar.rule(
        r"(?:<в>)?<согласно>(?:<с>)?(?P<a>(?:<срок>)?{EVENT}(?:(?:<,>)<установленный>{TAIL})?)?",
        r"(?:<в>)?<согласно>(?:<с>)?(?P<a><срок>(?:<,>)?(?:<установленный>)?{TAIL})",
        rf"<по>(?P<a>(?:(?:{{TAIL}})(?:{_SCHEDULE})){{TAIL}}(?:(?:<,>)<установленный>{{TAIL}})?)",
        r"<по>(?P<a><срок>{EVENT})",
        rf"(?P<a>(?:<отдельный>)?(?:{_SCHEDULE}){{TAIL}})",
        rf"<на><основание>(?P<a>(?:{_SCHEDULE}){{TAIL}})",
    )(_by_schedule)
    grammar.rule(
        r"(?:<в>)?<срок>(?:<,>)?<установленный>(?:<в>(?=<согласно>))?(?:<согласно>)?(?P<a>{TAIL})",
        r"(?:<в>)?<установленный>(?:<\?[^>]+>|<документ>|<план>|<график>)*<срок>(?:<,>)?(?P<a>{TAIL})",
        r"<в><документ>(?:<,>)?<установленный>(?P<a>{TAIL})",
        r"<в><установленный>(?P<a><документ>{TAIL})",
        r"(?:<в>)<срок>(?P<a>{EVENT})",
        r"(?:<в>)<срок>(?:<,>)?<установленный>?<для>(?P<a>{EVENT})",
    )(_in_set_time)


def _add_occasions(grammar: Grammar[Node]) -> None:
    grammar.rule(
        r"<по>(?:<\?[^>]+>|<отдельный>|<документ>|<примерно>){0,2}<запрос>(?P<a>{TAIL})",
        r"(?:<при>|<после>|<в><случай>|<по><мера>|<по>)(?:<поступление>|<наличие>)?<запрос>(?P<a>{TAIL})",
        r"<на><основание>(?:<\?[^>]+>)?<запрос>(?P<a>{TAIL})",
    )(_on_request)
    grammar.rule(
        r"(?:<по>|<при>)(?:<мера>)?<необходимость>(?P<a>{TAIL})",
        r"<по><мера>(?P<a>{EVENT})",
        r"(?:<в><случай>|<при>|<по><факт>)(?P<a>{TAIL})",
        r"<\?если>(?P<a>{TAIL})",
    )(_as_needed)
    grammar.rule(r"<по>(?:<\?[^>]+>|<отдельный>)?<согласование>(?P<a>{TAIL})", r"<в><рабочий><документ>")(_by_agreement)


def _add_states(grammar: Grammar[Node]) -> None:
    grammar.rule(r"<постоянно>", r"(?:<на>|<в>)<постоянно>(?:<основа>|<режим>)", r"<постоянно><год>")(_permanent)
    grammar.rule(
        r"<регулярно>",
        r"<на><регулярно><основа>",
        r"(?:<в>|<на>)<течение><весь>(?:<период>|<срок>)(?P<a>{TAIL})",
        r"<весь><период>(?P<a>{TAIL})",
    )(_vaguely_permanent)
    grammar.rule(
        r"(?:<на>|<в>)?(?:<срок>|<дата>|<период>)?(?:<неопределенно>)+", r"(?:<срок>|<дата>)?<не><установленный>",
        r"(?:<в>)?<немедленно>(?:<срок>|<время>)?", r"(?:<срок>|<дата>)(?:<:>|<->)?$", r"<\?[хx]>$",
    )(_unknown)  # fmt: skip
    grammar.rule(r"(?:<в>)?(?:<то>|<те>)<же>(?:<срок>|<период>|<время>|<дата>|<день>)?", r"<то>$")(_same)
    grammar.rule(r"<не><чаще>(?P<a>(?:<[^>;]+>)+)")(_at_most)


def _add_limits(grammar: Grammar[Node]) -> None:
    except_ = r"(?:<кроме>|<за><исключение>)"
    grammar.rule(
        rf"{except_}(?P<m><M\d+>(?:(?:{{AND}}|<->)<M\d+>)*)",
        rf"{except_}(?P<s><S\d>)(?:<период>|<месяц>|<время>|<каникулы>)*",
    )(_except_months)
    grammar.rule(rf"{except_}(?P<y>(?:<Y\d+>(?:<год>)?(?:{{AND}})?)+)")(_except_years)
    grammar.rule(rf"{except_}(?:<выходной>|<и>|<день>|<каникулы>|<период>|<время>)+")(_except_weekends)
    grammar.rule(
        r"(?:<\(>)?(?:<последний>|<прошлый>)(?:<раз>|<\?[^>]+>)?(?:<->|<:>|<в>)*(?:<M(?P<m>\d+)>)?<Y(?P<y>\d+)>(?:<год>)?(?:<\)>)?"
    )(_last_done)


def _add_notes(grammar: Grammar[Node]) -> None:
    grammar.rule(
        r"(?:<в>|<с>|<к>|<до>|<начало><в>)?<T(?P<t>[\d:]+)>(?:(?:<->|<до>|<по>)<T[\d:]+>)?",
        r"(?:<в>|<с>)?<N(?P<t>\d+)>(?:<->|<до>)<T[\d:]+>",
    )(_time)
    grammar.rule(r"(?:<\(>)?<примерно>(?:<срок>|<дата>)?(?:<\)>)?")(_tentative)
    grammar.rule(
        r"(?:<для>|<в>)?(?P<l>(?:<[NR]\d+>(?:<->|<,>|<и>)?)+<класс>(?:<\?[^>]+>)*)",
        r"(?P<l><за>(?:{PIECE}))(?:<->|<:>)(?=<до>|<не>)",
        r"(?P<l><за>(?:{TERM}))(?:<->|<:>)?(?=<до><[NOD]|<не>)",
        r"(?P<l>{NUM}<этап>(?:<\?[^>]+>)*(?:<\(>(?:<\?[^>]+>|<этап>)+<\)>)?)",
        r"(?P<l>(?:<\?[^>]+>)*<этап>(?:<[NR]\d+>)?(?:<\?[^>]+>)*)",
    )(_label)
    grammar.rule(
        r"(?:<год>)?(?:<,>)?<следующий><за><отчетный>(?:<период>|<год>|<учгод>)?",
        r"(?:<в>)?{NUM}<половина><день>",
        r"<срок>(?:<\?[^>]+>)?(?:<->|<:>)",
        r"<в><срок>",
        r"<отчетный>(?:<период>|<год>)",
        r"<включительно>",
        r"<N1><раз>(?!<в>)",
        r"<однократно>",
    )(_filler)
    grammar.rule(r"<D0\.\d+>|<D\d+\.0(?:\.\d+)?>")(_impossible)


def _by_schedule(match: Match) -> Node:
    return Undated(Status.EXTERNAL_SCHEDULE, anchor=match.said("a") or "график")


def _by_document(match: Match) -> Node | None:
    """A document with its date and number: the date is not a term; without «по» the cell may be a result."""
    if not match.has("x"):
        question = "Это документ со сроком или результат из соседней графы?"
        return Undated(Status.EXTERNAL_SCHEDULE, anchor=match.said("a"), review=True, question=question)
    return Undated(Status.EXTERNAL_SCHEDULE, anchor=match.said("a"))


def _in_set_time(match: Match) -> Node:
    return Undated(Status.EXTERNAL_SCHEDULE, anchor=match.said("a") or "установленные сроки")


def _on_request(match: Match) -> Node:
    return Undated(Status.ON_REQUEST, requester=match.said("a"))


def _as_needed(match: Match) -> Node:
    return Undated(Status.AS_NEEDED, anchor=match.said("a"))


def _by_agreement(match: Match) -> Node:
    return Undated(Status.AS_NEEDED, anchor=match.said("a"), review=True, question="О какой дате договорились?")


def _permanent(match: Match) -> Node:
    return Undated(Status.PERMANENT)


def _vaguely_permanent(match: Match) -> Node:
    return Undated(Status.PERMANENT, anchor=match.said("a"), review=True, question="Как часто нужен результат?")


def _unknown(match: Match) -> Node:
    return Undated(Status.UNSPECIFIED, review=True, question="Какой срок поставить?")


def _same(match: Match) -> Node:
    return Undated(Status.UNSPECIFIED, review=True, same_as_previous=True, question="Взять срок предыдущей строки?")


def _at_most(match: Match) -> Node:
    return Undated(Status.CONSTRAINT, max_per=match.said("a"), review=True)


def _except_months(match: Match) -> Node:
    text = match.text("m")
    months = [int(number) for number in re.findall(r"\d+", text)]
    if "<->" in text and len(months) == 2:
        first, last = months
        months = [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]
    if match.has("s"):
        months = {1: [12, 1, 2], 2: [3, 4, 5], 3: [6, 7, 8], 4: [9, 10, 11]}[match.number("s")]
    return Limits(except_months=tuple(months))


def _except_years(match: Match) -> Node:
    return Limits(except_years=tuple(int(number) for number in re.findall(r"\d{4}", match.text("y"))))


def _except_weekends(match: Match) -> Node:
    return Limits(except_weekends=True)


def _last_done(match: Match) -> Node:
    return Limits(last_done=(match.number("y"), match.number("m") or None))


def _time(match: Match) -> Node:
    text = match.text("t")
    return Note("time", text if ":" in text else f"{int(text):02d}:00")


def _tentative(match: Match) -> Node:
    return Note("tentative")


def _label(match: Match) -> Node:
    return Note("label", match.said("l"))


def _filler(match: Match) -> Node:
    return Note("filler")


def _impossible(match: Match) -> Node:
    return Note("invalid")
