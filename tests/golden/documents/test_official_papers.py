"""The words of every kind of paper: read the change of a snapshot as an official would."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest
from syrupy.assertion import SnapshotAssertion

from msoko.cycle.regulations.api import BlankEntry, keep_blank, paper_of
from msoko.foundation.catalog.drafts import draft_templates
from msoko.foundation.documents.word.official_paper import paper_docx
from tests.factories import orgs, papers

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)
#: the title of a subject by the template
TITLES = {
    "plan": "План мероприятий («дорожная карта») на 2027 год", "schedule": "График оценочных процедур на 2026/2027 год",
    "campaign": "Диагностика по физике, 8 класс", "analysis": "Циклограмма МСОКО", "document": "Положение о комиссии",
    "discussion": "Критерии объективности", "": "Положение о рабочей группе",
}  # fmt: skip


def _lines(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return [line for line in [one.text.replace("\xa0", " ") for one in document.paragraphs] + cells if line.strip()]


@pytest.mark.parametrize("template", sorted(draft_templates()))
def test_words_of_a_paper(template: str, snapshot: SnapshotAssertion) -> None:
    subject = draft_templates()[template].subject
    place = orgs.place(1)
    place.authority.full_name, place.authority.place_name = "Управление образования Тестового округа", "г. Тестовый"
    place.authority.save()
    keep_blank(orgs.system_act(), owner=place.municipality, entry=BlankEntry(top_lines="АДМИНИСТРАЦИЯ ОКРУГА"))
    values: dict[str, Any] = {
        "subject": subject, "findings": ["Работу выполнили 87 % участников"], "since": "1 декабря 2026 года",
        "organizations": ["Школа № 1", "Школа № 2"], "attended": "Председатель – Образцов Л.К.",
        "secretary": "методист; Тестова Анна Ильинична", "period": "с 12 по 25 апреля 2027 года",
        "bases": ["Федеральный закон от 29.12.2012 № 273-ФЗ", "Приказ Департамента от 01.09.2026 № 5"],
        "decided": ["Итог обсуждения: принять."], "distribution": ["В дело – 1 экз."],
        "performer": "Тестова Мария Петровна, 2-00-00",
        "points": [{"number": "1.", "text": "Общие положения", "is_heading": True}] if subject == "document" else [],
    }  # fmt: skip
    draft = papers.drawn(place.municipality, TITLES[subject], template, **values)
    assert _lines(paper_docx(paper_of(draft, number="45-п", signed_on=DAY))) == snapshot
