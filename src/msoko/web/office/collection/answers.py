"""Fields of the questions' form → answers; blank questions stay unanswered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.collection.session_page import QuestionForm, organization_label
from msoko.web.office.collection.titles import ROLE_TITLES
from msoko.web.ui.numbers import whole_number

SKIP, OTHER = "skip", "other"


def answers_of(
    data: Mapping[str, str], questions: Sequence[QuestionForm], registry: Mapping[int, Organization]
) -> dict[str, Any]:
    """Question key → answer.

    Raises:
        RefusedError: with the question whose answer is not complete.
    """
    readers = {"organization": _organization, "campaign": _campaign, "columns": _columns}
    answers = {}
    for question in questions:
        answer = readers[question.kind](data, question, registry)
        if answer is not None:
            answers[question.key] = answer
    return answers


def _field(data: Mapping[str, str], question: QuestionForm, name: str) -> str:
    return data.get(f"q{question.number}-{name}", "").strip()


def _organization(
    data: Mapping[str, str], question: QuestionForm, registry: Mapping[int, Organization]
) -> dict[str, Any] | None:
    chosen, typed = _field(data, question, "organization"), _field(data, question, "other")
    if chosen == SKIP:
        return {"skip": True}
    if whole_number(chosen) in registry:
        return {"organization": whole_number(chosen)}
    if not typed:
        if chosen == OTHER:
            raise RefusedError(
                f"{question.title}: организация не выбрана.", "Начните набирать название и выберите из списка."
            )
        return None
    found = [key for key, one in registry.items() if typed in (organization_label(one), one.short_name, one.code)]
    if len(found) != 1:
        raise RefusedError(f"Организации «{typed}» нет в реестре.", "Начните набирать название и выберите из списка.")
    return {"organization": found[0]}


def _campaign(
    data: Mapping[str, str], question: QuestionForm, registry: Mapping[int, Organization]
) -> dict[str, Any] | None:
    values = {name: _field(data, question, name) for name in ("procedure", "subject", "grade_level", "year")}
    if not values["procedure"] and not values["year"]:
        return None
    grade_level, year = whole_number(values["grade_level"]), whole_number(values["year"])
    definition = procedure(values["procedure"])
    needs_level = definition is not None and definition.id != "VSOSH"
    missing = [
        word
        for word, is_there in (
            ("процедуру", definition is not None),
            ("предмет", bool(values["subject"])),
            ("класс", grade_level in range(1, 12) or not needs_level),
            ("год", year in range(2010, 2101)),
        )
        if not is_there
    ]
    if missing:
        raise RefusedError(f"{question.title}. Не указано: {', '.join(missing)}.", "Заполните все поля вопроса.")
    return {
        "procedure": values["procedure"], "subject": " ".join(values["subject"].split())[:100],
        "grade_level": grade_level if grade_level in range(1, 12) else None,
        "year": year,
    }  # fmt: skip


def _columns(
    data: Mapping[str, str], question: QuestionForm, registry: Mapping[int, Organization]
) -> dict[str, Any] | None:
    if _field(data, question, "skip"):
        return {"roles": {}}
    letters = [column["column"] for column in question.columns]
    roles = {letter: role for letter in letters if (role := _field(data, question, letter)) in ROLE_TITLES and role}
    if not any(role != "ignore" for role in roles.values()):
        return None
    if not {"item", "total", "mark", "test_score", "level", "passed"} & set(roles.values()):
        raise RefusedError(
            "В незнакомой таблице не указан ни один столбец с результатом.",
            "Отметьте столбцы с баллами за задания, итогом или отметкой.",
        )
    return {"roles": {letter: roles.get(letter, "ignore") for letter in letters}}
