"""The life cycle of a document, terms of review, stems and pieces of text, definitions of kinds and acts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.cycle.regulations.api import DocumentStatus, may_become, review_day, snippet
from msoko.foundation.catalog.documents import document_kinds, kind_of_title
from msoko.foundation.catalog.norms import norms
from msoko.foundation.kernel.stemming import stem, stems

S = DocumentStatus


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (S.DRAFT, S.DISCUSSION, True),
        (S.DISCUSSION, S.APPROVED, True),
        (S.APPROVED, S.IN_FORCE, True),
        (S.IN_FORCE, S.REPEALED, True),
        (S.REPEALED, S.IN_FORCE, True),
        (S.DRAFT, S.SUPERSEDED, False),
        (S.REPEALED, S.DRAFT, False),
        (S.IN_FORCE, S.DRAFT, False),
    ],
)
def test_states_follow_the_life_cycle(now: S, then: S, expected: bool) -> None:
    assert may_become(now, then) is expected


def test_review_is_counted_by_the_kind() -> None:
    assert review_day("regulation", dt.date(2020, 2, 29)) == dt.date(2025, 2, 28)
    assert review_day("order", dt.date(2020, 2, 29)) is None
    assert review_day("regulation", None) is None


@pytest.mark.parametrize(
    "words",
    [
        "положение положения положению положением положений",
        "процедура процедуры процедур процедурами",
        "организация организации организаций",
        "утверждение утверждения утверждении",
        "оценочный оценочная оценочных оценочными",
    ],
)
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len(set(stems(words))) == 1


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=30))
def test_a_stem_is_a_beginning_of_its_word(word: str) -> None:
    assert stem(word)
    assert word.startswith(stem(word))


def test_a_piece_marks_the_words_in_any_form() -> None:
    pieces = snippet("Настоящее Положение определяет порядок оценки качества.", "положения о качестве")
    assert [text for text, is_found in pieces if is_found] == ["Положение", "качества"]
    assert "".join(text for text, _ in pieces) == "Настоящее Положение определяет порядок оценки качества."


def test_nothing_found_has_no_piece() -> None:
    assert snippet("Устав школы", "регламент") == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Положение о системе оценки качества", "regulation"),
        ("Приказы об утверждении положений и регламентов", "order"),
        ("Программа развития образования", "programme"),
        ("План (смета) финансово-хозяйственной деятельности", "financial_plan"),
        ("Циклограмма (план-график, сетевой график)", "cyclogram"),
        ("Итоговый отчёт о результатах мониторинга", "report"),
        ("Пакет должностных инструкций", "job_description"),
        ("Нечто", "other"),
    ],
)
def test_a_title_tells_its_kind(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


def test_kinds_have_all_forms() -> None:
    assert all(kind.title and kind.plural and kind.genitive and kind.accusative for kind in document_kinds().values())
    assert {kind.gender for kind in document_kinds().values()} == {"masculine", "feminine", "neuter"}


def test_replaced_acts_lead_to_acts_in_force() -> None:
    for norm in norms().values():
        assert norm.source
        for code in norm.replaced_by:
            assert norm.status == "repealed"
            assert norms()[code].status != "repealed"


def test_an_act_whose_term_is_over_is_repealed() -> None:
    assert norms()["gov_1802"].status_on(dt.date(2028, 3, 1)) == "in_force"
    assert norms()["gov_1802"].status_on(dt.date(2028, 3, 2)) == "repealed"
