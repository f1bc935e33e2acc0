"""Roll-over twice equals two years; what is over stays over; years of a phrase never move by themselves."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from intake.terms import PlanYear
from msoko.cycle.planning.rollover_rules import Fate, Outlook, Years, outlook_of

MONTHS = st.sampled_from(["сентябрь", "октябрь", "декабрь", "январь", "март", "май", "июль", "август"])
YEARS = st.integers(2019, 2032)
PHRASES = st.one_of(
    MONTHS,
    st.builds("{}, ежегодно".format, MONTHS),
    st.builds("{} {} г.".format, MONTHS, YEARS),
    st.builds("до {} {} года".format, st.sampled_from(["1 марта", "15 мая", "20 сентября"]), YEARS),
    st.builds(lambda first, count: f"{first}-{first + count} гг.", YEARS, st.integers(1, 4)),
    st.builds("раз в {} года, {}".format, st.sampled_from(["два", "три", "четыре"]), MONTHS),
    st.builds("раз в три года, {}, последний раз – {} {} г.".format, MONTHS, MONTHS, st.integers(2019, 2027)),
    st.builds("{} {} года, ежегодно".format, MONTHS, YEARS),
    st.builds("15 мая ежегодно до {} года".format, YEARS),
    st.sampled_from([
        "ежеквартально", "ежемесячно до 5 числа", "в течение учебного года", "по запросу", "по графику", "постоянно",
        "осенние каникулы", "до 20 сентября, до 20 января", "по мере необходимости", "", "когда-нибудь",
    ]),
)  # fmt: skip
KINDS = st.sampled_from(["school", "calendar"])
LAST = st.none() | st.dates(dt.date(2019, 1, 1), dt.date(2027, 8, 31))


def _dates(*outlooks: Outlook) -> set[tuple[dt.date | None, dt.date | None, str]]:
    return {slot.key for one in outlooks for slot in one.slots}


@given(phrase=PHRASES, kind=KINDS, last=LAST)
def test_twice_one_year_equals_two_years(phrase: str, kind: str, last: dt.date | None) -> None:
    first, second = PlanYear(2027, kind), PlanYear(2028, kind)  # type: ignore[arg-type]
    once = outlook_of(phrase, Years([first], {}), last)
    again = outlook_of(once.phrase, Years([second], {}), last)
    together = outlook_of(phrase, Years([first, second], {}), last)
    carried = [one for one in (once, again) if one.fate != Fate.ENDED]
    assert _dates(*carried) == _dates(together)
    assert again.phrase == once.phrase == together.phrase
    if once.fate == Fate.ENDED:
        assert again.fate == Fate.ENDED
    assert (together.fate == Fate.ENDED) == (once.fate == Fate.ENDED)


@given(phrase=PHRASES, last=LAST)
def test_named_years_stay_as_they_are(phrase: str, last: dt.date | None) -> None:
    found = outlook_of(phrase, Years([PlanYear(2027)], {}), last)
    kept = re.split(r", последний раз", phrase)[0]
    assert found.phrase.startswith(kept)


@given(phrase=PHRASES)
def test_what_ends_has_a_reason_and_no_dates(phrase: str) -> None:
    found = outlook_of(phrase, Years([PlanYear(2027)], {}))
    if found.fate == Fate.ENDED:
        assert (found.slots, found.reason[:16]) == ((), "Срок закончился ")
    if found.fate == Fate.CARRIED:
        assert found.questions == ()
