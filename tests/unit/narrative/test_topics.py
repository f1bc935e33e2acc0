"""Names of planned results in sentences, and gaps of elements that the same items test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualimetry.narrative.blocks import Table
from qualimetry.narrative.report import campaign_report, school_report
from qualimetry.narrative.topics import BRIEF, brief, topic
from qualimetry.recipes.contracts import GapScope
from tests.factories.reports import context, finding, plain_text
from tests.factories.results import campaign, gap

LONG = (
    "Читать, записывать и сравнивать величины (массу, время, длину), используя основные единицы измерения величин"
    " (килограмм – грамм); выделять неизвестный компонент"
)


@pytest.mark.parametrize(
    ("kind", "code", "name", "words"),
    [
        ("item", "9", "9", "задание 9"),
        ("content_element", "3", "3", "элемент содержания 3"),
        ("skill", "2.1", "2.1", "умение 2.1"),
        ("content_element", "3", "Дроби", "«Дроби»"),
        ("skill", "Решать задачи", "Решать задачи", "«Решать задачи»"),
    ],
)
def test_a_topic_is_named_as_people_name_it(kind: str, code: str, name: str, words: str) -> None:
    assert topic(kind, code, name) == words


def test_a_long_name_is_cut_between_words() -> None:
    assert brief(LONG) == "Читать, записывать и сравнивать величины, используя основные единицы измерения…"
    assert len(brief(LONG)) <= BRIEF + 1
    assert brief("Решать задачи (в 1–2 действия)") == "Решать задачи (в 1–2 действия)"


def test_gaps_of_the_same_items_are_told_once_and_named_in_full_in_the_table() -> None:
    own = gap(GapScope.ORGANIZATION, organization=1)
    twin = replace(own, element="Находить часть числа", element_kind="skill", name="Находить часть числа")
    result = campaign(
        gaps=(own, twin),
        findings=(finding("gap_school", 1), finding("gap_school", 1, kind="skill", name="Находить часть числа")),
    )
    document = campaign_report(result, context())
    text = plain_text(document)
    assert (
        text.count("дефицит характерен именно для этой организации") == 1
    )  # in the conclusions; its section has a table
    assert "Находить часть числа»" not in text.split("# Образовательные дефициты")[1]
    table = next(block for block in document.annexes if block.key == "annex_gaps.table")
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == ["Обыкновенные дроби; Находить часть числа"]


def test_a_weak_school_is_told_apart_from_a_gap_of_its_own() -> None:
    weak = [replace(gap(GapScope.WEAK, organization=2), labels=(str(n),), name=f"Тема {n}") for n in range(1, 6)]
    text = plain_text(campaign_report(campaign(gaps=tuple(weak)), context())).replace("\u00a0", " ")
    assert "соответствуют общему уровню подготовки в организации СОШ № 2 (5): ей нужна помощь в целом" in text
    own = plain_text(school_report(campaign(gaps=tuple(weak)), 2, context())).replace("\u00a0", " ")
    assert "Невысокие результаты по 5 показателям («Тема 1»; «Тема 2»; «Тема 3»; «Тема 4»; «Тема 5»)" in own
    assert "по которым отставание наибольшее: «Тема 1»" in own


def test_gaps_in_items_are_called_items() -> None:
    weak = [replace(gap(GapScope.WEAK, organization=2), element_kind="item", labels=(n,), name=n) for n in "579"]
    text = plain_text(school_report(campaign(gaps=tuple(weak)), 2, context())).replace("\u00a0", " ")
    assert "(задание 5; задание 7; задание 9)" in text


def test_a_gap_in_a_content_element_stands_for_its_skills() -> None:
    broad = replace(gap(GapScope.MUNICIPALITY), labels=("3", "4"))
    narrow = replace(broad, element="ч", element_kind="skill", name="Складывать доли", labels=("3",))
    result = campaign(
        gaps=(broad, narrow),
        findings=(
            finding("gap_municipality", labels="3, 4"),
            finding("gap_municipality", labels="3", kind="skill", name="Складывать доли"),
        ),
    )
    document = campaign_report(result, context())
    table = next(block for block in document.blocks if block.key == "gaps.table")
    assert isinstance(table, Table)
    assert len(table.rows) == 2
    assert "Складывать доли" not in plain_text(document)


def test_own_gaps_of_many_schools_stand_by_element_with_the_rest_in_the_annex() -> None:
    gaps = [
        replace(gap(GapScope.ORGANIZATION, organization=school), labels=(str(label),), name=f"Тема {label}")
        for label in range(1, 16)
        for school in range(1, 9)
    ]
    document = campaign_report(campaign(sizes=(30,) * 8, gaps=tuple(gaps)), context())
    table = next(block for block in document.blocks if block.key == "gaps.own.table")
    assert isinstance(table, Table)
    assert len(table.rows) == 12
    assert str(table.rows[0][2]).endswith("и\u00a0ещё\u00a02")
    assert "Остальные строки (3) – в приложении" in table.note
    annex = next(block for block in document.annexes if block.key == "annex_gaps.table")
    assert isinstance(annex, Table)
    assert len(annex.rows) == 120
