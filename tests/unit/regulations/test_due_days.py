"""Days of the term of an order: within the horizon, in order, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.cycle.regulations.api import due_days
from msoko.foundation.catalog.documents import order_rules

SINCE = dt.date(2026, 10, 12)
PIECES = (
    "ежеквартально", "ежемесячно", "ежегодно", "до 5 числа", "до 1 октября", "не позднее 20.12.2026", "в срок до",
    "с 1 по 15 ноября", "постоянно", "в течение 3 рабочих дней", "по итогам четверти", "раз в полугодие", "и", ",",
)  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("до 20 октября 2026 года", ["2026-10-20"]),
        ("ежеквартально до 5 числа месяца, следующего за отчётным",
         ["2027-01-05", "2027-04-05", "2027-07-05", "2027-10-05"]),
        ("до 15 ноября и до 15 января", ["2026-11-15", "2027-01-15"]),
        ("до 1 октября", ["2027-10-01"]),
        ("до 12 октября", ["2026-10-12"]),
        ("постоянно", []),
        ("до 01.09.2020 года", []),
        ("", []),
    ],
)  # fmt: skip
def test_days(phrase: str, days: list[str]) -> None:
    assert [day.isoformat() for day in due_days(phrase, SINCE)[0]] == days


def test_words_without_a_date_are_asked() -> None:
    assert due_days("в течение 3 рабочих дней", SINCE)[0] == []
    assert "От какого события" in due_days("в течение 3 рабочих дней", SINCE)[1][0]
    days, asked = due_days("ежеквартально до 5 числа", SINCE)
    assert len(days) == 4
    assert "месяца квартала" in asked[0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join),
    st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)),
)
def test_days_stay_within_the_horizon(phrase: str, since: dt.date) -> None:
    rules = order_rules()
    days, asked = due_days(phrase, since)
    assert days == sorted(set(days))
    assert len(days) <= rules.max_days
    assert all(since <= day <= since + relativedelta(months=rules.horizon_months) for day in days)
    assert all(isinstance(words, str) and words for words in asked)
