"""Tasks and requests as workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msoko.cycle.planning.api import ActivityRequest
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.web.office.planning.tasks.looks import TaskRow
from qualimetry.narrative.blocks import Column, Table

_TASKS = (
    ("№", 0.6), ("Мероприятие", 4.0), ("План", 2.5), ("Исполнитель", 2.5), ("Роль", 1.2), ("Начало", 1.0),
    ("Срок", 1.0),
    ("Срок по плану", 1.0), ("Состояние", 2.0), ("Исполнено", 1.0), ("Отметил", 1.5), ("Подтвердил", 1.5),
    ("Подтверждающие документы", 3.0), ("Причина задержки", 2.0), ("Замечание", 2.0),
)  # fmt: skip
_MEANINGS = (
    ("Срок", "Последний день с учётом переносов; первоначальный срок — в столбце «Срок по плану»."),
    ("Состояние", "Выводится из отметок и даты выгрузки."),
)


def tasks_workbook(rows: Iterable[TaskRow], today: dt.date) -> bytes:
    """One sheet, a row a task."""
    columns = tuple(Column(title, width=width) for title, width in _TASKS)
    table = Table("tasks", "Задачи планов", columns, tuple(_cells(one) for one in rows))
    return tables_bytes([SheetSpec("Задачи", table, _MEANINGS, as_of=today)], title="Задачи планов")


def _cells(one: TaskRow) -> tuple[str, ...]:
    row, occurrence = one.row, one.row.occurrence
    proofs = "; ".join(
        " ".join(
            part for part in (proof.title, f"№ {proof.number}" if proof.number else "", _day(proof.signed_on)) if part
        )
        for proof in row.evidence.all()
        if proof.withdrawn_at is None
    )
    title = occurrence.activity.title + (f" ({occurrence.part})" if occurrence.part else "")
    return (
        occurrence.activity.number, title, occurrence.activity.plan.title, one.addressee, row.get_role_display(),
        _day(occurrence.starts_on), _day(occurrence.ends_on), _day(occurrence.planned_ends_on), one.words,
        _day(row.done_on), row.done_by, row.confirmed_by, proofs, row.delay_reason, row.remark,
    )  # fmt: skip


def requests_workbook(rows: Sequence[tuple[ActivityRequest, str]], today: dt.date) -> bytes:
    """The journal of requests: entries with their states."""
    titles = (
        ("№", 0.6), ("Поступил", 1.0), ("Мероприятие", 3.0), ("От кого", 2.0), ("О чём", 4.0), ("Срок", 1.0),
        ("Состояние", 2.0), ("Результат", 3.0), ("Записал", 1.5),
    )  # fmt: skip
    columns = tuple(Column(title, width=width) for title, width in titles)
    cells = tuple(
        (
            str(one.number), _day(one.asked_on), one.activity.title, asker(one), one.subject,
            _day(one.occurrence.ends_on), words, one.result, one.created_by,
        )
        for one, words in rows
    )  # fmt: skip
    table = Table("requests", "Журнал запросов", columns, cells)
    return tables_bytes([SheetSpec("Запросы", table, as_of=today)], title="Журнал запросов")


def asker(request: ActivityRequest) -> str:
    """Who asked: an organization of the registry or whoever was written down."""
    return request.organization.short_name if request.organization else request.asked_by


def _day(day: dt.date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
