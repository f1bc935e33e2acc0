"""A school's schedule from a file: read, corrected by a person, taken into the draft or discarded."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from intake.schedules import ReadWork, ScheduleReading, read_pasted_schedule, read_schedule
from msoko.cycle.procedures.models import Schedule, ScheduleImport, WorkLevel, WorkSource
from msoko.cycle.procedures.schedule_actions import WorkEntry, add_works, check_entry, locked_draft
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

PASTED = "Вставленная таблица"
MAX_BYTES = 5 * 1024**2


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the preview after corrections. `questions` are open ones; `is_ready` rows can be accepted."""

    index: int
    place: str
    raw: str
    grade_level: int | None
    letter: str
    subject: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    title: str
    level: str
    lesson: int | None
    minutes: int | None
    questions: tuple[str, ...]
    is_skipped: bool

    @property
    def is_ready(self) -> bool:
        """Whether class, subject and days are there and in order."""
        days = self.starts_on is not None and self.ends_on is not None and self.starts_on <= self.ends_on
        return bool(self.grade_level and self.subject and days)

    @property
    def class_title(self) -> str:
        return f"{self.grade_level}{self.letter}" if self.grade_level else ""

    @property
    def entry(self) -> WorkEntry:
        """The work of a ready row."""
        if self.grade_level is None or self.starts_on is None:
            raise ValueError(f"row {self.index} is not ready")
        last = self.ends_on if self.ends_on != self.starts_on else None
        return WorkEntry(
            self.grade_level, self.subject, self.starts_on, self.letter, last, self.title, self.level, self.lesson,
            self.minutes,
        )  # fmt: skip


def schedule_imports_visible(scope: Scope) -> QuerySet[ScheduleImport]:
    """Imports of those who may edit the schedule."""
    rows = ScheduleImport.objects.select_related("schedule__organization", "schedule__school_year")
    return rows.filter(scope.filter(Permission.EDIT_PLANS, "schedule__organization__"))


@transaction.atomic
def open_schedule_import(act: Act, *, schedule: Schedule, file_name: str, data: bytes) -> ScheduleImport:
    """Read a file (or a pasted table under the name `PASTED`) and keep what was understood.

    Raises:
        RefusedError: an empty or too large file, or one without a schedule; says what to do.
    """
    schedule = locked_draft(act, schedule)
    if not data.strip():
        raise RefusedError("Файл пуст.", "Выберите файл с графиком или вставьте таблицу.")
    if len(data) > MAX_BYTES:
        raise RefusedError("Файл больше 5 МБ.", "Оставьте в файле только график, без рисунков.")
    if data[:5] == b"%PDF-":
        raise RefusedError(
            "График из PDF не читается.", "Загрузите исходный файл Excel или Word либо вставьте таблицу."
        )
    reading = _read(file_name, data, schedule.school_year.start_year)
    if not reading.works:
        problem = reading.problems[0]
        raise RefusedError(problem.message, problem.hint)
    session = ScheduleImport.objects.create(
        schedule=schedule, file_name=file_name[-200:], sha256=hashlib.sha256(data).hexdigest(),
        works=[_stored(work) for work in reading.works], layout=reading.layout,
        problems=[{"message": one.message, "hint": one.hint} for one in reading.problems],
        created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    _record(act, "procedures.schedule_import.opened", session, works=len(reading.works))
    return session


def _read(name: str, data: bytes, start_year: int) -> ScheduleReading:
    if name == PASTED:
        return read_pasted_schedule(data.decode("utf-8", "replace"), start_year=start_year, name=PASTED)
    return read_schedule(name, data, start_year=start_year)


def _stored(work: ReadWork) -> dict[str, Any]:
    days = {name: day.isoformat() if day else None for name, day in
            (("starts_on", work.starts_on), ("ends_on", work.ends_on))}  # fmt: skip
    return asdict(work) | days | {"questions": list(work.questions)}


def import_rows(session: ScheduleImport) -> list[ImportRow]:
    """Rows of the preview: what was read, with corrections over it."""
    rows = []
    for index, read in enumerate(session.works):
        answer = session.answers.get(str(index), {})
        told = read | {name: value for name, value in answer.items() if name != "skip"}
        questions = () if len(set(answer) - {"skip"}) else tuple(read["questions"])
        days = {name: dt.date.fromisoformat(told[name]) if told[name] else None for name in ("starts_on", "ends_on")}
        level = told["level"] if told["level"] in WorkLevel.values else WorkLevel.SCHOOL.value
        values = told | days | {"level": level, "questions": questions}
        rows.append(ImportRow(index=index, is_skipped=bool(answer.get("skip")), **values))
    return rows


@transaction.atomic
def correct_import_row(act: Act, *, session: ScheduleImport, index: int, entry: WorkEntry) -> ScheduleImport:
    """Say what a row means."""
    session = _locked(act, session, index)
    check_entry(entry)
    values = asdict(entry)
    values["starts_on"] = entry.starts_on.isoformat()
    values["ends_on"] = (entry.ends_on or entry.starts_on).isoformat()
    session.answers[str(index)] = values
    return _changed(act, session, index)


@transaction.atomic
def skip_import_row(act: Act, *, session: ScheduleImport, index: int, is_skipped: bool) -> ScheduleImport:
    """Leave a row out, or take it back."""
    session = _locked(act, session, index)
    session.answers.setdefault(str(index), {})["skip"] = is_skipped
    return _changed(act, session, index)


@transaction.atomic
def accept_schedule_import(act: Act, *, session: ScheduleImport) -> int:
    """Add the works to the draft; how many were added, those that stood there already left out.

    Raises:
        RefusedError: rows without class, subject or day are neither corrected nor left out.
    """
    session = _locked(act, session)
    rows = [row for row in import_rows(session) if not row.is_skipped]
    open_rows = [row for row in rows if not row.is_ready]
    if open_rows:
        raise RefusedError(
            f"Остались непонятые строки: {len(open_rows)}.",
            f"Исправьте или пропустите их. Первая: {open_rows[0].place}.",
        )
    if not rows:
        raise RefusedError("Принимать нечего: все строки пропущены.", "Верните строки или отмените загрузку.")
    entries = [row.entry for row in rows]
    added = add_works(act, schedule=session.schedule, entries=entries, source=WorkSource.IMPORTED)
    session.accepted_at = act.at
    session.save(update_fields=["accepted_at"])
    _record(act, "procedures.schedule_import.accepted", session, works=len(added))
    return len(added)


@transaction.atomic
def discard_schedule_import(act: Act, *, session: ScheduleImport) -> None:
    """Forget the file; the schedule is as it was."""
    session = _locked(act, session)
    session.discarded_at = act.at
    session.save(update_fields=["discarded_at"])
    _record(act, "procedures.schedule_import.discarded", session)


def _locked(act: Act, session: ScheduleImport, index: int = 0) -> ScheduleImport:
    locked_draft(act, session.schedule)
    rows = ScheduleImport.objects.select_for_update(of=("self",)).select_related("schedule__organization")
    session = rows.get(pk=session.pk)
    if session.accepted_at or session.discarded_at:
        raise RefusedError("Эта загрузка уже завершена.", "Откройте график или загрузите файл ещё раз.")
    if not 0 <= index < len(session.works):
        raise RefusedError("Такой строки в файле нет.", "Обновите страницу.")
    return session


def _changed(act: Act, session: ScheduleImport, index: int) -> ScheduleImport:
    session.save(update_fields=["answers"])
    _record(act, "procedures.schedule_import.corrected", session, row=index)
    return session


def _record(act: Act, event: str, session: ScheduleImport, **details: object) -> None:
    record(
        act, event, kind="schedule_import", object_id=session.pk, label=session.file_name,
        organization=session.schedule.organization, details=details or None,
    )  # fmt: skip
