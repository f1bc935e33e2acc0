"""What only a person can say: which organization, which campaign, which column. One answer solves all alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from intake.contracts import CampaignClaim, OrganizationClaim, Summary, UnknownTable, Work
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.processing.organizations import Suggestion, decision_key


class QuestionKind(StrEnum):
    ORGANIZATION = "organization"
    CAMPAIGN = "campaign"
    COLUMNS = "columns"


@dataclass(slots=True)
class Question:
    """A question of an import. `files` are those that the answer solves; `details` feed the form."""

    kind: QuestionKind
    key: str
    title: str
    hint: str = ""
    files: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For the stored preview."""
        return {
            "kind": self.kind.value,
            "key": self.key,
            "title": self.title,
            "hint": self.hint,
            "files": self.files,
            "details": self.details,
        }


class Questionnaire:
    """Questions of one import in the order of first need, grouped by key."""

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}

    def ask(self, question: Question, file: str) -> None:
        """Add a question, or a file to the same question."""
        known = self._questions.setdefault(question.key, question)
        if file not in known.files:
            known.files.append(file)

    def all(self) -> list[Question]:
        return list(self._questions.values())


def organization_question(claim: OrganizationClaim, file: str, suggestions: Iterable[Suggestion]) -> Question:
    """Which organization of the registry does this name or code mean."""
    shown = claim.name or claim.code
    title = f"Не узнана организация «{shown}»" if shown else f"В файле «{file}» не названа организация"
    return Question(
        QuestionKind.ORGANIZATION,
        organization_key(claim, file),
        title,
        "Выберите организацию из реестра. Решение запомнится для следующих файлов."
        if shown
        else "Форма сбора не содержит названия школы: укажите, чьи это результаты.",
        details={
            "raw": shown,
            "code": claim.code,
            "suggestions": [
                {"organization": s.organization.key, "score": s.score, "reason": s.reason} for s in suggestions
            ],
        },
    )


def organization_key(claim: OrganizationClaim, file: str) -> str:
    """Key of the question about a claim: by the claim, or by the file when the file is silent."""
    if claim.name or claim.code:
        return f"organization:{decision_key(claim)}"[:300]
    return f"organization-of-file:{_digest(file)}"


def campaign_question(work: Work | Summary) -> Question:
    """What the file does not say about its campaign."""
    claim = work.campaign
    missing = [
        word
        for word, value in (
            ("процедура", claim.procedure),
            ("предмет", claim.subject),
            ("класс", claim.grade_level if needs_grade_level(claim) else 0),
            ("год", claim.year),
        )
        if value is None
    ]
    return Question(
        QuestionKind.CAMPAIGN,
        campaign_question_key(work),
        f"Уточните процедуру: {', '.join(missing)}",
        "Файл этого не содержит. Ответ относится ко всем перечисленным файлам.",
        details={
            "procedure": claim.procedure.value if claim.procedure else None,
            "subject": claim.subject,
            "raw_subject": claim.raw_subject,
            "grade_level": claim.grade_level,
            "year": claim.year,
            "items": [item.label for item in work.items],
        },
    )


def needs_grade_level(claim: CampaignClaim) -> bool:
    """Whether the grade level has to be said: olympiads have several, an examination is held in one only."""
    definition = procedure(claim.procedure.value) if claim.procedure else None
    return definition is None or (definition.id != "VSOSH" and definition.only_grade_level is None)


def is_complete(claim: CampaignClaim) -> bool:
    """Whether the claim names a campaign."""
    has_level = claim.grade_level is not None or not needs_grade_level(claim)
    return claim.procedure is not None and bool(claim.subject) and claim.year is not None and has_level


def campaign_question_key(work: Work | Summary) -> str:
    """Works that say the same of themselves and have the same items share the answer."""
    claim = work.campaign
    said = (claim.procedure, claim.subject, claim.grade_level, claim.year, claim.raw_subject, work.layout)
    items = ",".join(item.label for item in work.items)
    return f"campaign:{_digest(repr(said) + items)}"


def columns_question(table: UnknownTable) -> Question:
    """What the columns of a table of unknown layout are."""
    return Question(
        QuestionKind.COLUMNS,
        f"columns:{table.fingerprint}",
        "Незнакомая таблица: укажите, что в столбцах",
        "Достаточно указать столбцы с баллами за задания или итог. Решение запомнится для таких же таблиц.",
        details={
            "sheet": table.sheet,
            "header_row": table.header_row,
            "row_count": table.row_count,
            "fingerprint": table.fingerprint,
            "columns": [
                {"column": c.column, "header": c.header, "examples": list(c.examples), "guess": c.guess}
                for c in table.columns
            ],
        },
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
