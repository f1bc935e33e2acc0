"""The template language of sentences."""

from __future__ import annotations

import pytest

from qualimetry.narrative.conditions import parse_conditions
from qualimetry.narrative.patterns import Pattern, PatternError


def said(pattern: str, base: int | None = None, /, **figures: float | int | str | None) -> str:
    return Pattern(pattern).render(figures, n=base).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "у 1 участника принят"),
        (2, "у 2 участников приняты"),
        (11, "у 11 участников приняты"),
        (21, "у 21 участника принят"),
        (1121, "у 1 121 участника принят"),
    ],
)
def test_a_count_governs_its_noun_and_its_verb(n: int, words: str) -> None:
    assert said("у {n|counted:участник:gent} {n|choose:принят:приняты}", n=n) == words.replace("\u00a0", " ")


@pytest.mark.parametrize(("n", "words"), [(40, "23 %"), (99, "23 %"), (100, "22,5 %"), (None, "22,5 %")])
def test_percent_has_a_decimal_from_a_hundred_participants_on(n: int | None, words: str) -> None:
    assert said("{share|percent}", n, share=0.225) == words


def test_a_share_may_have_its_own_base() -> None:
    assert said("{share|percent:base}", 500, share=0.225, base=40) == "23 %"


def test_an_optional_part_disappears_with_its_figure() -> None:
    pattern = "доля {share|percent} [[(интервал {low|bare}–{high|percent})]]"
    assert said(pattern, 200, share=0.4, low=0.35, high=0.45) == "доля 40,0 % (интервал 35,0–45,0 %)"
    assert said(f"{pattern}.", 200, share=0.4, low=None, high=0.45) == "доля 40,0 %."


def test_a_missing_figure_is_an_error_never_a_blank() -> None:
    with pytest.raises(PatternError, match="share"):
        said("доля {share|percent}", share=None)


@pytest.mark.parametrize("text", ["доля {share|percents}", "доля {share", "[[доля {share|percent}", "доля ]]"])
def test_a_broken_pattern_is_refused_when_read(text: str) -> None:
    with pytest.raises(PatternError):
        Pattern(text)


def test_braces_in_a_name_are_not_read_as_a_pattern() -> None:
    assert said("[[{name}: ]]{n|integer}", name="Школа {n}", n=3) == "Школа {n}: 3"


def test_a_difference_is_said_without_its_sign() -> None:
    assert said("ниже на {d|points}", 200, d=-0.123) == "ниже на 12,3 п. п."


@pytest.mark.parametrize(("value", "words"), [(4.0, "4"), (4.5, "4,5")])
def test_a_score_is_whole_where_it_can_be(value: float, words: str) -> None:
    assert said("{score|score}", score=value) == words


def test_words_change_their_first_letter_and_get_quotes() -> None:
    assert said("{a|capital} {b|lower} {c|quote}", a="рост", b="Рост", c='СОШ "Луч"') == "Рост рост «СОШ „Луч“»"


def test_a_word_where_a_number_belongs_is_an_error() -> None:
    with pytest.raises(TypeError):
        said("{share|percent}", share="много")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", True),
        ("n >= 10", True),
        ("n < 10", False),
        ("n <= few", False),
        ("n > 11 and scope == school", True),
        ("scope != school", False),
        ("share known", False),
        ("share unknown", True),
        ("share > 0", False),
        ("n == 12", True),
        ("scope == 12", False),
        ("n == school", False),
    ],
)
def test_conditions_compare_figures(text: str, *, holds: bool) -> None:
    figures = {"n": 12, "few": 10, "scope": "school", "share": None}
    assert all(condition.holds(figures) for condition in parse_conditions(text)) is holds


@pytest.mark.parametrize("text", ["n", "n => 3", "n >= 3 or n < 1", "n is big enough"])
def test_anything_else_is_not_a_condition(text: str) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        parse_conditions(text)
