"""Names of planned results in sentences, and gaps of elements that the same items test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualimetry.narrative.blocks import Table
from qualimetry.narrative.report import campaign_report
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
    assert text.count("дефицит характерен именно для этой организации") == 2  # in its section and in the conclusions
    assert "Находить часть числа»" not in text.split("# Образовательные дефициты")[1]
    table = next(block for block in document.annexes if block.key == "annex_gaps.table")
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == ["Обыкновенные дроби; Находить часть числа"]


def test_a_weak_school_is_told_apart_from_a_gap_of_its_own() -> None:
    weak = [replace(gap(GapScope.WEAK, organization=2), labels=(str(n),), name=f"Тема {n}") for n in range(1, 6)]
    few = plain_text(campaign_report(campaign(gaps=tuple(weak[:2])), context())).replace("\u00a0", " ")
    assert "СОШ № 2: невысокие результаты по 2 показателям («Тема 1» и «Тема 2») соответствуют общему уровню" in few
    many = plain_text(campaign_report(campaign(gaps=tuple(weak)), context())).replace("\u00a0", " ")
    assert "по 5 показателям из числа тем и умений" in many


def test_gaps_in_items_are_called_items() -> None:
    weak = [replace(gap(GapScope.WEAK, organization=2), element_kind="item", labels=(n,), name=n) for n in "579"]
    text = plain_text(campaign_report(campaign(gaps=tuple(weak)), context())).replace("\u00a0", " ")
    assert "невысокие результаты по 3 заданиям (5, 7 и 9) соответствуют" in text
