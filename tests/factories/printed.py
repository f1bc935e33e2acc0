"""Rows of result files for tests, and what reading them must give back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from intake.contracts import NO_VALUE, Work
from msoko.foundation.documents.result_files.printed import (
    MISSING,
    SHORT_ANSWERS,
    PrintedOrganization,
    PrintedRow,
    PrintedWork,
)
from qualimetry.frames.blueprint import Item

MUNICIPALITY = "Заречный муниципальный округ (ДЕМО)"
SCHOOL = PrintedOrganization("edu990101", "990101", "МБОУ «СОШ № 1» г. Заречный", MUNICIPALITY, "212")
OTHER_SCHOOL = PrintedOrganization("edu990102", "990102", "МАОУ «Лицей № 2» г. Заречный", MUNICIPALITY, "212")


def printed_work(maxima: Sequence[int], *, procedure: str = "ВПР", grade: int = 5, short: int = 0) -> PrintedWork:
    """A work in mathematics; the first `short` items have short answers."""
    items = tuple(
        Item(str(n), top, "Б", section=SHORT_ANSWERS if n <= short else "Задания с развёрнутым ответом")
        for n, top in enumerate(maxima, start=1)
    )
    subject = "Математика профильная" if procedure == "ЕГЭ" else "Математика"
    return PrintedWork(procedure, subject, "МА", grade, 2026, dt.date(2026, 4, 21), items, exam_code="02")


def printed_row(
    scores: Sequence[int],
    number: int = 1,
    *,
    organization: PrintedOrganization = SCHOOL,
    present: bool = True,
    grade: int = 5,
    mark: int | None = 3,
    journal_mark: int | None = 4,
    test_score: int | None = None,
) -> PrintedRow:
    """A pupil of class А with the participant code «50001» for number 1; an absent one has no results."""
    return PrintedRow(
        organization=organization,
        class_group="А",
        class_number=1,
        participant=f"{grade}{number:04d}",
        variant=1 + number % 2 if present else 0,
        sex=1 + number % 2,
        present=present,
        scores=tuple(scores) if present else (MISSING,) * len(scores),
        total=sum(max(score, 0) for score in scores) if present else None,
        mark=mark if present else None,
        journal_mark=journal_mark if present else None,
        test_score=test_score,
        surname=f"Фамилия{number:05d}",
        first_name="Имя",
        patronymic="Отчество",
        document_number=f"{number:06d}",
    )


def read_rows(work: Work, *fields: str) -> list[tuple[object, ...]]:
    """(organization code, scores, present, total, *fields) of a work as read, in file order."""
    people = work.participants
    columns = [getattr(people, name) for name in fields]
    return [
        (
            people.organizations[people.organization[n]].code,
            tuple(people.items[n].tolist()),
            bool(people.present[n]),
            _value(people.file_total[n]),
            *(_value(column[n]) for column in columns),
        )
        for n in range(len(people))
    ]


def expected_rows(rows: Sequence[PrintedRow], *fields: str, code: str = "code") -> list[tuple[object, ...]]:
    """The same of rows as printed; `code`: which code of the organization the file prints ("" = none)."""
    return [
        (
            getattr(row.organization, code) if code else "",
            row.scores,
            row.present,
            row.total,
            *(getattr(row, name) for name in fields),
        )
        for row in rows
    ]


def _value(value: object) -> object:
    if isinstance(value, str):
        return value
    number = int(value)  # type: ignore[call-overload]
    return None if number == NO_VALUE else number
