"""Laws of Russian numbers that hold for every number."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from msoko.foundation.documents.language import bind, clean
from qualimetry.narrative import russian
from qualimetry.narrative.nouns import CASES, nouns

numbers = st.floats(-1e9, 1e9, allow_nan=False)
counts = st.integers(0, 10**7)
any_noun = st.sampled_from(sorted(nouns()))
any_case = st.sampled_from(CASES)


def value(text: str) -> float:
    return float(text.replace("\u00a0", "").replace(",", ".").replace("−", "-"))


@given(numbers, st.integers(0, 4))
def test_decimal_reads_back(x: float, places: int) -> None:
    text = russian.decimal(x, places)
    assert re.fullmatch(r"−?\d{1,3}(\u00a0\d{3})*(,\d+)?", text)
    assert abs(value(text) - x) <= 0.5 * 10**-places + abs(x) * 1e-11
    assert not re.fullmatch(r"−[0,]+", text)


@given(st.integers(-(10**15), 10**15))
def test_integer_is_exact(n: int) -> None:
    assert int(value(russian.integer(n))) == n


@given(st.floats(0, 1), st.integers(0, 10_000))
def test_percent_has_the_decimals_its_participants_justify(share: float, n: int) -> None:
    text = russian.percent(share, n)
    assert text.endswith("\u00a0%")
    assert ("," in text) == (n >= 100)


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_interval_ends_are_the_percents(share: float, n: int) -> None:
    low, high = share / 2, (share + 1) / 2
    ends = [russian.percent(end, n).removesuffix("\u00a0%") for end in (low, high)]
    assert russian.percent_interval(low, high, n) == f"{ends[0]}–{ends[1]}\u00a0%"


@given(counts, any_noun, any_case)
def test_form_depends_on_the_last_two_digits(n: int, noun: str, case: str) -> None:
    same = n + 1_000_000
    if n % 1000 and not (case == "accs" and n < 5):
        assert russian.noun_after(n, noun, case) == russian.noun_after(same, noun, case)


@given(counts, any_noun)
def test_oblique_cases_are_singular_after_one_only(n: int, noun: str) -> None:
    forms = nouns()[noun]
    ends_in_one = n % 10 == 1 and n % 100 != 11
    for case in ("datv", "ablt", "loct"):
        expected = forms.one(case) if ends_in_one else forms.many("gent" if n % 1000 == 0 else case)
        assert russian.noun_after(n, noun, case) == expected


@given(numbers, any_noun, any_case)
def test_fractions_govern_the_genitive(x: float, noun: str, case: str) -> None:
    assert russian.noun_after(x, noun, case) == nouns()[noun].one("gent")


@given(st.text())
def test_quote_is_idempotent_and_balanced(text: str) -> None:
    once = russian.quote(text)
    assert once.startswith("«")
    assert once.endswith("»")
    if "«" not in once[1:] and "»" not in once[:-1]:
        assert russian.quote(once) == once


@given(st.text())
def test_sentence_begins_large_and_ends(text: str) -> None:
    made = russian.sentence(text)
    assert made == "" or made[-1] in ".!?…:;»“)"
    assert russian.sentence(made) == made


@given(st.text())
def test_binding_changes_spaces_only_and_once(text: str) -> None:
    bound = bind(clean(text))
    assert re.sub(r"[ \u00a0]", "", bound) == re.sub(r"[ \u00a0]", "", clean(text))
    assert bind(bound) == bound
