"""Documents of the register by plain functions."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx

from msoko.cycle.regulations.api import (
    BasisEntry,
    DocumentEntry,
    OfficialDraft,
    RegisteredDocument,
    add_document,
    create_draft,
    register_document,
)
from msoko.foundation.orgs.api import Organization
from tests.factories import orgs

SIGNED = dt.date(2026, 1, 15)


def draft(
    owner: Organization, title: str = "Положение о МСОКО", kind: str = "regulation", bases: Sequence[BasisEntry] = ()
) -> RegisteredDocument:
    entry = DocumentEntry(kind, title, bases=bases)
    return add_document(orgs.system_act(), owner=owner, entry=entry)


def in_force(
    owner: Organization,
    title: str = "Положение о МСОКО",
    kind: str = "regulation",
    bases: Sequence[BasisEntry] = (),
    number: str = "1",
    signed_on: dt.date = SIGNED,
) -> RegisteredDocument:
    made = draft(owner, title, kind, bases)
    return register_document(orgs.system_act(), document=made, number=number, signed_on=signed_on)


def word_file(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_macros(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    return stream.getvalue()


def facts(title: str = "План работы на 2027 год", **values: Any) -> dict[str, Any]:
    """What an order on a plan is drawn up from."""
    executor = {"who": "начальник отдела общего образования; Тестова Мария Петровна",
                "task": "организовать исполнение плана", "term": "до 1 февраля 2027 года"}  # fmt: skip
    table = {"columns": [["№", 0.1], ["Мероприятие", 0.6], ["Срок", 0.3]],
             "rows": [["1. Подготовка"], ["1.1", "Совещание координаторов", "сентябрь"]], "notes": []}  # fmt: skip
    found = {
        "subject": "plan", "subject_title": title, "table": table, "executors": [executor],
        "controller": "главный специалист; Примеров Пётр Ильич", "acquainted": ["Тестова Мария Петровна"],
        "signer": "начальник управления; Образцов Лев Кузьмич", "goal": "", "bases": [],
    }  # fmt: skip
    return found | values


def drawn(owner: Organization, title: str = "План работы на 2027 год", template: str = "plan_order",
          **values: Any) -> OfficialDraft:  # fmt: skip
    return create_draft(orgs.system_act(), owner=owner, template=template, facts=facts(title, **values))
