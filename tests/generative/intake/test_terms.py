"""Terms never fail, keep their order, follow their rules, and move with the year of the plan."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable

from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from intake.terms import PlanYear, Status, Term, parse_term, term_of_dates
from tests.spec.terms.test_phrases import own_phrases

_WORDS = (
    "до|с|по|к|не позднее|в течение|ежегодно|ежемесячно|ежеквартально|раз в|квартал|неделя|первая|последний"
    "|понедельник|года|учебного года|2026|2027 г.|15|31|числа|III|каждый|по запросу|кроме|и|,|;|-|(|)|01.09|05.10.2026"
    "|за|дней|после|проведения|ОО|октября|мая|каникулы|осенние|четверть|полугодие|декада|конец|начало|10:00"
    "|январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь"
)
WORDS = _WORDS.split("|")
QUICK = settings(max_examples=100, deadline=None)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
years = st.builds(PlanYear, st.integers(2000, 2090), st.sampled_from(["school", "calendar"]))
own = st.sampled_from([phrase for phrase, _ in own_phrases()])


@QUICK
@given(st.text(max_size=200), years)
def test_any_text_gives_a_term(text: str, year: PlanYear) -> None:
    _check(parse_term(text, year))


@settings(max_examples=400, deadline=None)
@given(phrases, years)
def test_any_words_of_terms_give_a_term(text: str, year: PlanYear) -> None:
    _check(parse_term(text, year))


@QUICK
@given(own, years)
def test_known_phrases_hold_in_any_year(phrase: str, year: PlanYear) -> None:
    _check(parse_term(phrase, year))


_LOOKALIKES = str.maketrans("аеорсух", "aeopcyx")
#: what a keyboard, a word processor and a converter do to a cell without changing what it says
NOISES: tuple[Callable[[str], str], ...] = (
    str.upper,
    lambda text: re.sub(r"[а-яё]{3,}", lambda word: word.group().translate(_LOOKALIKES), text),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\n", 1),
    lambda text: text.replace("-", "–") if "-" in text else text.replace("–", "-"),
    lambda text: re.sub(r"([а-я]{3})([а-я]{3})", "\\1\u00ad\\2", text, count=1),
    lambda text: re.sub(r"([а-я]{3})([а-я]{3})", "\\1\u200b\\2", text, count=1),
    lambda text: text if set("()") & set(text) else f"({text})",
    lambda text: f"{text}," if text[-1:].isalnum() else text,
    lambda text: f"{text}." if text[-1:].isalnum() else text,
)


@settings(max_examples=400, deadline=None)
@given(own, st.lists(st.sampled_from(NOISES), min_size=1, max_size=3, unique=True), years)
def test_noise_changes_no_term(phrase: str, noises: list[Callable[[str], str]], year: PlanYear) -> None:
    noisy = phrase
    for noise in noises:
        noisy = noise(noisy)
    clean, read = parse_term(phrase, year), parse_term(noisy, year)
    assert (read.status, set(read.intervals), read.rrule) == (clean.status, set(clean.intervals), clean.rrule), noisy


@QUICK
@given(own | phrases, st.integers(2000, 2090))
def test_a_term_without_a_year_moves_with_the_plan(phrase: str, start: int) -> None:
    assume(not any(mark in phrase for mark in ("20", "19", "/", "29 февраля", "27")))
    assume(not re.search(r"\d\d г|\d\.\d{1,2}\.\d", phrase))  # «до 15 года», «1.10.26» name a year
    one, next_one = parse_term(phrase, PlanYear(start)), parse_term(phrase, PlanYear(start + 1))
    assert len(one.intervals) == len(next_one.intervals) or "31" in phrase
    for before, after in zip(one.intervals, next_one.intervals, strict=False):
        for first, second in zip(before, after, strict=True):
            assert (first is None) == (second is None)
            if first and second:
                assert 355 <= (second - first).days <= 376
    assert one.rrule == next_one.rrule


@QUICK
@given(own | phrases, st.integers(2000, 2090))
def test_rules_give_the_starts_of_the_intervals(phrase: str, start: int) -> None:
    _check_rules(parse_term(phrase, PlanYear(start)))


@QUICK
@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_two_columns_of_dates(start: dt.date, end: dt.date) -> None:
    serial = (start - dt.date(1899, 12, 30)).days
    term = term_of_dates(start, end, PlanYear(2026))
    if start > end:
        assert term.status is Status.INVALID
        assert term.intervals == ()
    else:
        assert term.intervals == ((start, end),)
        assert term_of_dates(serial, end.strftime("%d.%m.%Y"), PlanYear(2026)).intervals == ((start, end),)


def test_rules_of_known_phrases() -> None:
    for phrase, _ in own_phrases():
        for year in (2027, 2028):
            _check_rules(parse_term(phrase, PlanYear(year)))


def _check(term: Term) -> None:
    assert json.dumps(term.to_json(), allow_nan=False)
    assert term.explanation.endswith(".")
    for start, end in term.intervals:
        assert start or end
        assert not (start and end) or start <= end
    if term.status in (Status.UNSPECIFIED, Status.INVALID):
        assert term.review
    if term.status in (Status.ON_REQUEST, Status.AS_NEEDED, Status.EXTERNAL_SCHEDULE, Status.INVALID):
        assert term.intervals == ()
    if term.status is Status.RELATIVE and term.intervals:
        assert term.review
    if term.review:
        assert term.questions


def _check_rules(term: Term) -> None:
    """A single rule from the first start gives every start and nothing between them."""
    for rule in [rule for one in term.rules for rule in (one.rrule, one.rrule_end) if rule]:
        rrulestr(rule, dtstart=dt.datetime(2026, 9, 1))
    if term.rrule is None:
        return
    if term.exdate_years or not term.intervals or term.rdate:
        rrulestr(term.rrule, dtstart=dt.datetime(2026, 9, 1))
        return
    starts = sorted({start or end for start, end in term.intervals if start or end})
    first, last = (dt.datetime.combine(day, dt.time()) for day in (starts[0], starts[-1]))
    assert [moment.date() for moment in rrulestr(term.rrule, dtstart=first).between(first, last, inc=True)] == starts, (
        term
    )
