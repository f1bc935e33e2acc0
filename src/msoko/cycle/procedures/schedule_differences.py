"""What a file changes in a draft: works that are new, that moved to another day, that stand there, that are gone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from msoko.cycle.procedures.models import Schedule, ScheduledWork, ScheduleImport, WorkSource
from msoko.cycle.procedures.schedule_actions import add_works, change_work, remove_works
from msoko.cycle.procedures.schedule_imports import ImportRow, import_rows, locked_import
from msoko.cycle.procedures.schedule_works import Entry, fixed_entries
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Moved:
    """A work that the file has on another day, or under another kind or level."""

    row: ImportRow
    work: ScheduledWork


@dataclass(frozen=True, slots=True)
class ScheduleDifferences:
    """`above`: rows that repeat a work from above; `gone`: works of earlier files that this one does not have."""

    added: list[ImportRow]
    moved: list[Moved]
    same: list[ImportRow]
    above: list[ImportRow]
    gone: list[ScheduledWork]

    @property
    def is_first(self) -> bool:
        """Whether there is nothing to compare with."""
        return not (self.moved or self.same or self.gone)


def schedule_differences(session: ScheduleImport, rows: Sequence[ImportRow]) -> ScheduleDifferences:
    """Ready rows against the works of the draft and those from above. Kinds of works that a file does not tell (a grid
    of dates) are no difference."""
    schedule = session.schedule
    own = list(schedule.works.filter(campaign__isnull=True).exclude(source=WorkSource.CAMPAIGN))
    wanted = [row for row in rows if row.is_ready and not row.is_skipped]
    above = _repeated(wanted, fixed_entries(schedule))
    wanted = [row for row in wanted if row.index not in above]
    same, rest, left = _same(wanted, own)
    moved, added, left = _moved(rest, left)
    gone = [work for work in left if work.source == WorkSource.IMPORTED]
    return ScheduleDifferences(added, moved, same, [row for row in rows if row.index in above], gone)


def _repeated(rows: Iterable[ImportRow], fixed: Iterable[Entry]) -> set[int]:
    known: dict[tuple[int, str, Days], set[str]] = defaultdict(set)
    for entry in fixed:
        work = entry.work
        known[work.grade_level, work.subject, (work.first, work.last)].add(work.letter)
    return {row.index for row in rows if {"", row.letter} & known.get(_place(row), set())}


def _place(row: ImportRow) -> tuple[int, str, Days]:
    entry = row.entry
    return entry.grade_level, entry.subject, (entry.starts_on, entry.ends_on or entry.starts_on)


def _same(
    rows: Sequence[ImportRow], own: Sequence[ScheduledWork]
) -> tuple[list[ImportRow], list[ImportRow], list[ScheduledWork]]:
    """Rows that stand in the draft on the same days, other rows, works that no row has claimed."""
    by_place: dict[tuple[object, ...], list[ScheduledWork]] = defaultdict(list)
    for work in own:
        by_place[work.grade_level, work.letter, work.subject, work.starts_on, work.ends_on].append(work)
    same, rest, claimed = [], [], set()
    for row in rows:
        grade, subject, (first, last) = _place(row)
        free = [one for one in by_place[grade, row.letter, subject, first, last] if one.pk not in claimed]
        found = next((one for one in free if row.title in ("", one.title)), None)
        if found is None or (found.level != row.level and row.title):
            rest.append(row)
            continue
        claimed.add(found.pk)
        same.append(row)
    return same, rest, [one for one in own if one.pk not in claimed]


def _moved(
    rows: Sequence[ImportRow], own: Sequence[ScheduledWork]
) -> tuple[list[Moved], list[ImportRow], list[ScheduledWork]]:
    """Rows and works of a class and subject that are left are paired in the order of days, kinds that agree first."""
    free: dict[tuple[object, ...], list[ScheduledWork]] = defaultdict(list)
    for work in sorted(own, key=lambda one: one.starts_on):
        free[work.grade_level, work.letter, work.subject].append(work)
    moved, added = [], []
    for row in sorted(rows, key=lambda one: (one.title == "", one.starts_on or dt.date.min)):
        of_class = free[row.grade_level, row.letter, row.subject]
        found = next((one for one in of_class if row.title and one.title == row.title), None)
        if found is None and not row.title:
            found = of_class[0] if of_class else None
        if found is None:
            added.append(row)
            continue
        of_class.remove(found)
        moved.append(Moved(row, found))
    left = [work for works in free.values() for work in works]
    return moved, sorted(added, key=lambda one: one.index), left


@transaction.atomic
def accept_schedule_import(act: Act, *, session: ScheduleImport, removes_gone: bool = False) -> int:
    """Take the works into the draft: new ones are added, those on another day are moved, with `removes_gone` those
    that the file does not have any more are removed. How many were added or moved.

    Raises:
        RefusedError: rows without class, subject or day are neither corrected nor left out.
    """
    session = locked_import(act, session)
    rows = [row for row in import_rows(session) if not row.is_skipped]
    open_rows = [row for row in rows if not row.is_ready]
    if open_rows:
        raise RefusedError(
            f"Остались непонятые строки: {len(open_rows)}.",
            f"Исправьте или пропустите их. Первая: {open_rows[0].place}.",
        )
    if not rows:
        raise RefusedError("Принимать нечего: все строки пропущены.", "Верните строки или отмените загрузку.")
    found, schedule = schedule_differences(session, rows), session.schedule
    if removes_gone and found.gone:
        remove_works(act, schedule=schedule, works=[work.pk for work in found.gone])
    for one in found.moved:
        entry = one.row.entry
        change_work(act, work=one.work, entry=entry if entry.title else replace(entry, title=one.work.title))
    entries = [row.entry for row in found.added]
    added = add_works(act, schedule=schedule, entries=entries, source=WorkSource.IMPORTED) if entries else []
    session.accepted_at = act.at
    session.save(update_fields=["accepted_at"])
    record(
        act, "procedures.schedule_import.accepted", kind="schedule_import", object_id=session.pk,
        label=session.file_name, organization=schedule.organization,
        details={"works": len(added), "moved": len(found.moved), "removed": len(found.gone) if removes_gone else 0},
    )  # fmt: skip
    return len(added) + len(found.moved)


def differs_from(schedule: Schedule, older: Schedule) -> tuple[list[ScheduledWork], list[ScheduledWork]]:
    """Works that an edition adds and works that it drops, against the version that it changes."""
    now, before = list(schedule.works.all()), list(older.works.all())
    keys_now, keys_before = {_key(one) for one in now}, {_key(one) for one in before}
    return [one for one in now if _key(one) not in keys_before], [one for one in before if _key(one) not in keys_now]


def _key(work: ScheduledWork) -> tuple[object, ...]:
    return work.grade_level, work.letter, work.subject, work.starts_on, work.ends_on, work.title, work.level
