"""A school's schedule from a file: kept aside, read by a job, corrected by a person, taken in or discarded."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet

from intake.schedules import short_key
from msoko.cycle.procedures.models import Schedule, ScheduleImport, ScheduleWord, WorkLevel
from msoko.cycle.procedures.schedule_actions import WorkEntry, check_entry, locked_draft
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import record
from msoko.foundation.jobs.api import enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.api import municipality_of

MAX_BYTES = 20 * 1024**2


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the preview after corrections. `questions` are open ones; `word` is a subject that nobody knows yet;
    `is_ready` rows can be accepted."""

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
    word: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether class, subject and days are there and in order."""
        days = self.starts_on is not None and self.ends_on is not None and self.starts_on <= self.ends_on
        return bool(self.grade_level and self.subject and days and not self.word)

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
    rows = ScheduleImport.objects.select_related("schedule__organization", "schedule__school_year", "job")
    return rows.filter(scope.filter(Permission.EDIT_PLANS, "schedule__organization__"))


@transaction.atomic
def open_schedule_import(act: Act, *, schedule: Schedule, file_name: str, data: bytes) -> ScheduleImport:
    """Keep a file (or a pasted table under the name `PASTED`) aside and ask the worker to read it.

    Raises:
        RefusedError: an empty or too large file; says what to do.
    """
    schedule = locked_draft(act, schedule)
    if not data.strip():
        raise RefusedError("Файл пуст.", "Выберите файл с графиком или вставьте таблицу.")
    if len(data) > MAX_BYTES:
        raise RefusedError("Файл больше 20 МБ.", "Оставьте в файле только график, без рисунков.")
    session = ScheduleImport.objects.create(
        schedule=schedule, file_name=file_name[-200:], sha256=hashlib.sha256(data).hexdigest(),
        file_key=default_storage().write("schedules", data, ".upload"),
        created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    _record(act, "procedures.schedule_import.opened", session)
    session.job = enqueue(
        act, "procedures.read_schedule", title=f"Чтение графика: {session.file_name}",
        organization=schedule.organization, payload={"import": session.pk},
    )  # fmt: skip
    session.save(update_fields=["job"])
    return session


def import_rows(session: ScheduleImport) -> list[ImportRow]:
    """Rows of the preview: what was read, with corrections over it."""
    told_words = session.answers.get("words", {})
    rows = []
    for index, read in enumerate(session.works):
        answer = session.answers.get(str(index), {})
        told = {"word": ""} | {name: value for name, value in read.items() if name != "school"}
        questions = tuple(told["questions"])
        if subject := told_words.get(short_key(told["word"])):
            told |= {"subject": subject, "word": ""}
            questions = tuple(one for one in questions if not one.startswith("Предмет «"))
        if set(answer) - {"skip"}:
            told |= {name: value for name, value in answer.items() if name != "skip"} | {"word": ""}
            questions = ()
        days = {name: dt.date.fromisoformat(told[name]) if told[name] else None for name in ("starts_on", "ends_on")}
        level = told["level"] if told["level"] in WorkLevel.values else WorkLevel.SCHOOL.value
        values = told | days | {"level": level, "questions": questions}
        rows.append(ImportRow(index=index, is_skipped=bool(answer.get("skip")), **values))
    return rows


def unknown_words(rows: list[ImportRow]) -> list[tuple[str, int]]:
    """Subjects that nobody knows, in the order of the file, with the number of rows that have them."""
    counts = Counter(row.word for row in rows if row.word and not row.is_skipped)
    return list(counts.items())


@transaction.atomic
def correct_import_row(act: Act, *, session: ScheduleImport, index: int, entry: WorkEntry) -> ScheduleImport:
    """Say what a row means."""
    session = locked_import(act, session, index)
    check_entry(entry)
    values = asdict(entry)
    values["starts_on"] = entry.starts_on.isoformat()
    values["ends_on"] = (entry.ends_on or entry.starts_on).isoformat()
    session.answers[str(index)] = values
    return _changed(act, session, row=index)


@transaction.atomic
def skip_import_row(act: Act, *, session: ScheduleImport, index: int, is_skipped: bool) -> ScheduleImport:
    """Leave a row out, or take it back."""
    session = locked_import(act, session, index)
    session.answers.setdefault(str(index), {})["skip"] = is_skipped
    return _changed(act, session, row=index)


@transaction.atomic
def explain_word(act: Act, *, session: ScheduleImport, word: str, subject: str, is_remembered: bool) -> ScheduleImport:
    """Say what a short form of a subject means in the whole file; remembered, it holds for later files of the
    municipality."""
    session = locked_import(act, session)
    subject = " ".join(subject.split())[:100]
    if not subject or not short_key(word):
        raise RefusedError(f"Предмет «{word[:60]}» не назван.", "Выберите предмет из списка или впишите название.")
    session.answers.setdefault("words", {})[short_key(word)] = subject
    if is_remembered:
        owner = session.schedule.organization
        ScheduleWord.objects.update_or_create(
            municipality=municipality_of(owner) or owner,
            word=short_key(word)[:100],
            defaults={"subject": subject, "decided_at": act.at, "decided_by": act.actor.actor_label},
        )
    return _changed(act, session, word=word[:100], subject=subject)


@transaction.atomic
def discard_schedule_import(act: Act, *, session: ScheduleImport) -> None:
    """Forget the file; the schedule is as it was."""
    session = locked_import(act, session, is_read=False)
    session.discarded_at = act.at
    session.save(update_fields=["discarded_at"])
    _record(act, "procedures.schedule_import.discarded", session)


def locked_import(act: Act, session: ScheduleImport, index: int = 0, *, is_read: bool = True) -> ScheduleImport:
    """The import, locked, while it is open.

    Raises:
        RefusedError: it was accepted or discarded, is not read yet, or has no such row.
    """
    locked_draft(act, session.schedule)
    rows = ScheduleImport.objects.select_for_update(of=("self",)).select_related(
        "schedule__organization__parent", "schedule__school_year"
    )
    session = rows.get(pk=session.pk)
    if session.accepted_at or session.discarded_at:
        raise RefusedError("Эта загрузка уже завершена.", "Откройте график или загрузите файл ещё раз.")
    if is_read and session.read_at is None:
        raise RefusedError("Файл ещё читается.", "Подождите окончания чтения.")
    if is_read and session.works and not 0 <= index < len(session.works):
        raise RefusedError("Такой строки в файле нет.", "Обновите страницу.")
    return session


def _changed(act: Act, session: ScheduleImport, **details: object) -> ScheduleImport:
    session.save(update_fields=["answers"])
    _record(act, "procedures.schedule_import.corrected", session, **details)
    return session


def _record(act: Act, event: str, session: ScheduleImport, **details: object) -> None:
    record(
        act, event, kind="schedule_import", object_id=session.pk, label=session.file_name,
        organization=session.schedule.organization, details=details or None,
    )  # fmt: skip
