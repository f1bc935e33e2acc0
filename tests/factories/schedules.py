"""Schedules of assessment works, by the acts of the product."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msoko.cycle.procedures.api import (
    PASTED,
    Schedule,
    ScheduledWork,
    ScheduleImport,
    WorkEntry,
    add_works,
    create_schedule,
    open_schedule_import,
)
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.api import Organization
from tests.factories import orgs

START = 2026


def schedule(organization: Organization, act: Act | None = None, **values: Any) -> Schedule:
    known: dict[str, Any] = {"school_year": orgs.school_year(START)}
    return create_schedule(act or orgs.system_act(), organization=organization, **known | values)


def entry(**values: Any) -> WorkEntry:
    known: dict[str, Any] = {
        "grade_level": 5, "letter": "А", "subject": "Математика", "starts_on": dt.date(START, 9, 11),
        "title": "Контрольная работа",
    }  # fmt: skip
    return WorkEntry(**known | values)


def work(found: Schedule, **values: Any) -> ScheduledWork:
    (made,) = add_works(orgs.system_act(), schedule=found, entries=[entry(**values)])
    return made


def loaded(found: Schedule, mark: str = "") -> ScheduleImport:
    """A file that was read and waits for acceptance: one clear row, one that asks."""
    text = f"Класс\tПредмет\tВид работы\tДата\n6А\tФизика\t{mark}\t15.10\n6Ю\tХимия\t\tоктябрь\n"
    return read(open_schedule_import(orgs.system_act(), schedule=found, file_name=PASTED, data=text.encode()))


def read(session: ScheduleImport) -> ScheduleImport:
    """The import after the worker has read its file."""
    run_all()
    return ScheduleImport.objects.select_related("schedule__organization", "schedule__school_year").get(pk=session.pk)
