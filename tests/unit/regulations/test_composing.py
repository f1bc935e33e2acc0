"""Words of official papers: cases, numbers, a new text under a person's changes."""

from __future__ import annotations

from typing import Any

import pytest

from msoko.cycle.regulations.composing import (
    changed_parts,
    compose,
    merged,
    named,
    numbered,
    official_of,
    signature_name,
    surname_first,
)
from msoko.cycle.regulations.word_forms import by_rules
from msoko.foundation.catalog.drafts import draft_templates

#: post; name → to whom, on whom control is laid
PEOPLE = [
    ("начальник отдела общего образования; Тестова Мария Петровна",
     "начальнику отдела общего образования Тестовой М.П.", "Тестову М.П., начальника отдела общего образования"),
    ("заведующая отделом дошкольного образования; Пробных Ольга Ивановна",
     "заведующей отделом дошкольного образования Пробных О.И.",
     "Пробных О.И., заведующую отделом дошкольного образования"),
    ("главный специалист; Примеров Пётр Ильич", "главному специалисту Примерову П.И.",
     "Примерова П.И., главного специалиста"),
    ("заместитель директора по учебно-воспитательной работе; Образцовская Любовь Никитична",
     "заместителю директора по учебно-воспитательной работе Образцовской Л.Н.",
     "Образцовскую Л.Н., заместителя директора по учебно-воспитательной работе"),
    ("исполняющий обязанности директора; Вымышленко Лев Кузьмич", "исполняющему обязанности директора Вымышленко Л.К.",
     "Вымышленко Л.К., исполняющего обязанности директора"),
    ("учитель-логопед; Мицкевич Нелли Юрьевна", "учителю-логопеду Мицкевич Н.Ю.", "Мицкевич Н.Ю., учителя-логопеда"),
    ("учитель-логопед; Мицкевич Адам Юрьевич", "учителю-логопеду Мицкевичу А.Ю.",
     "Мицкевича А.Ю., учителя-логопеда"),
    ("старший воспитатель", "старшему воспитателю", "старшего воспитателя"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dative", "accusative"), PEOPLE)
def test_executors_stand_in_dative_and_the_controller_in_accusative(text: str, dative: str, accusative: str) -> None:
    name = official_of(text).name

    def decline(words: str, case: str) -> str:
        return by_rules(words, case, is_name=words == name)

    assert named(text, "datv", decline) == dative
    assert named(text, "accs", decline, name_first=True) == accusative


def test_names_are_shortened_as_lists_and_signatures_want_them() -> None:
    assert surname_first("Тестова Мария Петровна") == "Тестова М.П."
    assert signature_name("Тестова Мария Петровна") == "М.П. Тестова"
    assert signature_name("Тестова М.П.") == "М.П. Тестова"
    assert signature_name("") == ""


def test_points_are_numbered_by_levels() -> None:
    assert numbered([{"level": one} for one in (2, 1, 2, 2, 1)]) == ["1.", "2.", "2.1.", "2.2.", "3."]


def _decline(words: str, case: str) -> str:
    return by_rules(words, case, is_name=words.startswith("Тестов"))


def _text(**facts: Any) -> dict[str, Any]:
    base = {"subject": "plan", "subject_title": "План работы на 2027 год"}
    return compose(draft_templates()["plan_order"], base | facts, _decline)


def test_an_order_on_a_plan_says_whom_what_and_when() -> None:
    text = _text(
        executors=[{"who": "начальник отдела; Тестова Мария Петровна", "task": "организовать исполнение.",
                    "term": "до 1 февраля 2027 года"}],
        controller="главный специалист; Тестов Иван Ильич",
        bases=["Приказ Департамента образования от 01.09.2026 № 12"],
    )  # fmt: skip
    words = [point["text"] for point in text["points"]]
    assert text["heading"] == "Об утверждении плана работы на 2027 год"
    assert text["preamble"].startswith("В соответствии с приказом Департамента образования от 01.09.2026 № 12, в целях")
    assert "Начальнику отдела Тестовой М.П. организовать исполнение в срок до 1 февраля 2027 года." in words
    assert words[-1] == "Контроль за исполнением настоящего приказа возложить на Тестова И.И., главного специалиста."


def test_without_a_controller_the_control_stays_with_the_one_who_signs() -> None:
    assert _text()["points"][-1]["text"].endswith("оставляю за собой.")
    assert _text()["preamble"].startswith("В целях")


def test_a_new_text_keeps_what_a_person_wrote_and_removed() -> None:
    before = _text()
    own = {"key": "own:1", "text": "Провести совещание.", "level": 1}
    points = [one for one in before["points"] if one["key"] != "site"]
    points[0] = points[0] | {"text": "Утвердить план."}
    current = before | {"points": [points[0], own, *points[1:]], "preamble": "Своими словами"}
    after = _text(controller="методист; Тестов Иван Ильич", subject_title="План работы на 2028 год")
    found = merged(current, before, after)
    assert found["preamble"] == "Своими словами"
    assert found["heading"] == "Об утверждении плана работы на 2028 год"
    assert [one["text"] for one in found["points"]][:2] == ["Утвердить план.", "Провести совещание."]
    keys = [one["key"] for one in found["points"]]
    assert "site" not in keys
    assert "own_control" not in keys
    assert keys[-1] == "control"
    assert changed_parts(found, after) >= {"preamble", "approve", "own:1"}


def test_merging_without_changes_gives_the_new_text() -> None:
    before, after = _text(), _text(controller="методист; Тестов Иван Ильич")
    assert merged(before, before, after) == after
    assert merged(before, before, before) == before
