"""Documents of the register by plain functions."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from django.utils import timezone

from msoko.cycle.regulations.api import (
    BasisEntry,
    Discussion,
    DiscussionEntry,
    DocumentEntry,
    OfficialDraft,
    OrderImport,
    PointEntry,
    PointTask,
    RegisteredDocument,
    accept_order,
    add_document,
    create_draft,
    open_discussion,
    open_order,
    register_document,
)
from msoko.foundation.orgs.api import Organization
from tests.factories import orgs

SIGNED = dt.date(2026, 1, 15)
#: an order with every kind of point
ORDER = """Управление образования Тестового округа
ПРИКАЗ
от «5» сентября 2026 г.  № 45-п
О подготовке к оценочным процедурам
В соответствии с приказом Департамента от 01.09.2026 № 12
ПРИКАЗЫВАЮ:
1. Утвердить:
 - 1.1. Состав рабочей группы по наполнению сайта согласно приложению 1.
1.2. План подготовки согласно приложению 2.
2. Руководителям общеобразовательных организаций:
2.1. Назначить координаторов в срок до 15.09.2026 года.
2.2. Представить сведения
(по форме) не позднее 1 октября 2026 года.
3. Заведующим дошкольными образовательными организациями провести совещания. Срок: ежеквартально.
4. Начальнику отдела Тестовой М.П. подготовить отчёт.
5. Контроль за исполнением настоящего приказа возложить на Примерова П.И., главного специалиста.
Начальник управления
В.М. Образцов
Приложение 1
1. Это уже не пункт приказа.
"""


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
    for line in text.splitlines():
        document.add_paragraph(line)
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


def read(owner: Organization, text: str = ORDER) -> OrderImport:
    """An order that was read and waits for a person."""
    return open_order(orgs.system_act(), owner=owner, pasted=text)


def ordered(owner: Organization, mark: str = "Дело") -> PointTask:
    """The assignment of an order in force to its own organization."""
    points = [PointEntry("1", f"{mark}: провести совещание", circle="owner")]
    accept_order(orgs.system_act(), order=read(owner), title=f"О деле {mark}", number=f"{mark}-1", signed_on=SIGNED,
                 controller=mark, points=points)  # fmt: skip
    return PointTask.objects.filter(point__document__owner=owner).select_related("point").latest("pk")


def discussed(
    owner: Organization, participants: Sequence[Organization], text: str = "1. Первый пункт", title: str = "Критерии"
) -> Discussion:
    """A discussion that takes remarks today."""
    today = timezone.localdate()
    entry = DiscussionEntry(title, "criteria", today, today, text)
    return open_discussion(orgs.system_act(), owner=owner, entry=entry, participants=participants)
