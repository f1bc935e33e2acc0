"""Matching of functions: what is the same pairs with itself, whatever the order, the letters and the signs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.matrices import FunctionText, match_functions, same_words

WORDS = ["организация", "учёт", "приём", "анализ", "процедуры", "школы", "отчёты", "кадры", "сайт", "итоги", "план"]
_COUNT = len(WORDS)


def _text(number: int) -> str:
    """Three words; another number gives other words or another order of them."""
    return " ".join(WORDS[number // _COUNT**place % _COUNT] for place in range(3))


TEXTS = st.lists(st.integers(0, _COUNT**3 - 1), unique=True, min_size=1, max_size=12).map(
    lambda numbers: [_text(number) for number in numbers]
)


def _otherwise(text: str) -> str:
    return f"«{text.upper().replace('Ё', 'Е')}»;"


@given(TEXTS, st.data())
def test_the_same_functions_pair_for_certain_in_any_order(texts: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(texts))))
    new = [FunctionText(_otherwise(texts[place])) for place in order]
    match = match_functions([FunctionText(text) for text in texts], new)
    assert {(pair.old, pair.new) for pair in match.pairs} == {(place, number) for number, place in enumerate(order)}
    assert all(pair.is_certain for pair in match.pairs)


@given(TEXTS, TEXTS)
def test_every_function_stands_in_one_place(old: list[str], new: list[str]) -> None:
    match = match_functions([FunctionText(one) for one in old], [FunctionText(one) for one in new])
    assert sorted([*(pair.old for pair in match.pairs), *match.removed]) == list(range(len(old)))
    assert sorted([*(pair.new for pair in match.pairs), *match.added]) == list(range(len(new)))
    certain = {(same_words(old[pair.old]), same_words(new[pair.new])) for pair in match.pairs if pair.is_certain}
    assert all(one == other for one, other in certain)


@given(TEXTS, st.data())
def test_what_a_person_decided_stands(texts: list[str], data: st.DataObject) -> None:
    new = data.draw(st.integers(0, len(texts) - 1))
    old = data.draw(st.one_of(st.none(), st.integers(0, len(texts) - 1)))
    rows = [FunctionText(one) for one in texts]
    match = match_functions(rows, rows, {new: old})
    pairs = {pair.new: pair for pair in match.pairs}
    if old is None:
        assert new in match.added
    else:
        assert (pairs[new].old, pairs[new].is_certain) == (old, True)


def test_a_code_is_stronger_than_words() -> None:
    old = [FunctionText("Учёт кадров", code="a"), FunctionText("Сайт", code="b")]
    new = [FunctionText("Сайт", code="a"), FunctionText("Учёт кадров", code="b")]
    assert [(pair.old, pair.new) for pair in match_functions(old, new).pairs] == [(0, 0), (1, 1)]


def test_what_a_person_said_is_not_the_same_never_pairs() -> None:
    rows = [FunctionText("Учёт кадров")]
    assert match_functions(rows, rows, unlike=frozenset({(0, 0)})).pairs == ()
