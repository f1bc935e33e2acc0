"""Each rule of the load by examples: what is a clash, and what is just inside the limit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from msoko.cycle.procedures.schedule_rules import Surroundings, Work, clashes_of, works_by_class
from msoko.foundation.catalog.load import load_policy

POLICY = load_policy()
PERIOD = POLICY.span("year", 2026)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026 if month > 8 else 2027, month, number)


def work(key: str, first: dt.date, **values: Any) -> Work:
    known: dict[str, Any] = {"grade_level": 5, "letter": "А", "subject": "Математика", "last": first}
    return Work(key=key, first=first, **known | values)


def rules(*works: Work, **around: Any) -> list[str]:
    return [clash.rule for clash in clashes_of(works, Surroundings(PERIOD, **around), POLICY)]


@pytest.mark.parametrize(("second", "expected"), [(day(9, 28), ["interval"]), (day(9, 29), [])])
def test_works_of_a_subject_stand_eighteen_days_apart(second: dt.date, expected: list[str]) -> None:
    assert rules(work("a", day(9, 11)), work("b", second)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"letter": "Б"}, []),
        ({"letter": ""}, ["interval"]),
        ({"subject": "Физика"}, []),
        ({"grade_level": 6}, []),
        ({"last": day(9, 28)}, ["interval"]),
        ({"last": day(9, 30)}, []),
    ],
)
def test_the_interval_is_of_one_class_and_certain(values: dict[str, Any], expected: list[str]) -> None:
    assert rules(work("a", day(9, 11)), work("b", day(9, 15), **values)) == expected


def test_one_work_a_day_for_a_class() -> None:
    first, other = work("a", day(9, 11)), work("b", day(9, 11), subject="Физика")
    assert rules(first, other) == ["one_a_day"]
    assert rules(first, work("b", day(9, 11), subject="Физика", letter="Б")) == []
    assert rules(first, work("b", day(9, 11), subject="Физика", last=day(9, 14))) == []


def test_the_share_is_of_the_hours_of_the_class() -> None:
    works = [work(str(month), day(month, 8)) for month in (9, 10, 12, 2)]
    assert rules(*works, hours={(5, "", "Математика"): 40}) == []
    assert rules(*works, hours={(5, "", "Математика"): 39}) == ["share"]
    assert rules(*works, hours={(5, "А", "Математика"): 170, (5, "", "Математика"): 39}) == []
    long = [*works[:3], work("long", day(2, 8), minutes=90)]
    assert rules(*long, hours={(5, "", "Математика"): 40}) == ["share"]
    assert rules(*works) == []


def test_works_fall_on_days_of_lessons() -> None:
    breaks = ((day(10, 26), day(11, 4)),)
    assert rules(work("a", day(9, 13))) == ["school_day"]  # Sunday
    assert rules(work("a", day(10, 27)), breaks=breaks) == ["school_day"]
    assert rules(work("a", day(10, 23), last=day(10, 27)), breaks=breaks) == []
    assert rules(work("a", day(2, 23)), holidays=frozenset({day(2, 23)})) == ["school_day"]
    first = work("a", day(2, 16), grade_level=1)
    assert rules(first, first_grade_break=(day(2, 13), day(2, 21))) == ["school_day"]
    assert rules(work("a", day(2, 16)), first_grade_break=(day(2, 13), day(2, 21))) == []


def test_classes_and_subjects_are_known_ones() -> None:
    assert rules(work("a", day(9, 11)), classes=frozenset({(5, "Б")})) == ["known_class"]
    assert rules(work("a", day(9, 11), letter=""), classes=frozenset({(5, "Б")})) == []
    assert rules(work("a", day(9, 11)), subjects=frozenset({"Физика"})) == ["known_subject"]


def test_the_first_lesson_is_for_subjects_taught_once_a_week() -> None:
    assert rules(work("a", day(9, 11), lesson=1)) == ["first_lesson"]
    assert rules(work("a", day(9, 11), lesson=2)) == []
    assert rules(work("a", day(9, 11), lesson=1), hours={(5, "А", "Математика"): 34}) == []


def test_works_lie_inside_the_period() -> None:
    found = clashes_of([work("a", day(1, 18))], Surroundings(POLICY.span("first_half", 2026)), POLICY)
    assert [one.rule for one in found] == ["inside_period"]


def test_a_clash_says_what_collides() -> None:
    (clash,) = clashes_of([work("a", day(9, 11)), work("b", day(9, 18))], Surroundings(PERIOD), POLICY)
    assert (clash.place, clash.subject, clash.works) == ("5А", "Математика", ("a", "b"))
    assert clash.text == ("Математика, 11.09.2026 и Математика, 18.09.2026: между работами 7 дн., нужно не меньше 18.")


def test_a_work_of_the_grade_counts_in_each_class() -> None:
    works = [work("a", day(9, 11), letter=""), work("b", day(10, 12), letter="Б")]
    found = works_by_class(works, [(5, "А"), (5, "Б")])
    assert {key: [one.key for one in group] for key, group in found.items()} == {
        (5, "А", "Математика"): ["a"],
        (5, "Б", "Математика"): ["a", "b"],
    }


def test_every_rule_has_its_passport() -> None:
    assert all(rule.text and rule.how and rule.remedy and rule.source for rule in POLICY.rules.values())


@pytest.mark.parametrize(
    ("first", "second", "later", "expected"),
    [
        ("Контрольная работа № 1", "Контрольная работа № 1", day(9, 15), []),
        ("Контрольная работа № 1", "контрольная  работа № 1", day(9, 25), []),
        ("Контрольная работа № 1", "Контрольная работа № 2", day(9, 15), ["parallel"]),
        ("Контрольная работа № 1", "Контрольная работа № 2", day(9, 29), []),
        ("", "", day(9, 18), []),
        ("", "", day(9, 19), ["parallel"]),
        ("", "Диктант", day(9, 12), []),
    ],
)
def test_different_works_of_a_parallel_stand_eighteen_days_apart(
    first: str, second: str, later: dt.date, expected: list[str]
) -> None:
    assert rules(work("a", day(9, 11), title=first), work("b", later, letter="Б", title=second)) == expected


def test_a_clash_of_a_parallel_names_both_classes() -> None:
    works = [work("a", day(9, 11), title="Тест"), work("b", day(9, 15), letter="Б", title="Диктант")]
    (clash,) = clashes_of(works, Surroundings(PERIOD), POLICY)
    assert clash.place == "5-е классы"
    assert clash.text == (
        "5А: Математика, Тест, 11.09.2026 и 5Б: Математика, Диктант, 15.09.2026: "
        "между работами параллели 4 дн., нужно не меньше 18."
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (day(4, 20), day(4, 20), []), (day(5, 20), day(5, 20), []), (day(4, 19), day(4, 21), ["vpr_window"]),
        (day(5, 21), day(5, 21), ["vpr_window"]),
    ],
)  # fmt: skip
def test_the_all_russian_work_lies_in_the_days_of_the_federal_order(
    first: dt.date, last: dt.date, expected: list[str]
) -> None:
    window = (day(4, 20), day(5, 20))
    assert rules(work("a", first, last=last, title="ВПР"), vpr_window=window) == expected
    assert rules(work("a", first, last=last, title="ВПР")) == []
    assert rules(work("a", first, last=last, title="Контрольная работа"), vpr_window=window) == []
