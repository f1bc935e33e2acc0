"""A plan of 2,000 activities over three years: `python -m benchmarks.plans`.

Every figure is a ratio to a plain way of doing the same in the same process: the file against a loop over its cells by
openpyxl, the writing of tasks against `bulk_create`, a page of the Gantt chart against reading the whole plan, the
calendar against the icalendar library. Prints one JSON object; exits with 1 when a target is missed.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

SCHOOLS, YEARS, START = 42, 3, 2026
REPETITIONS = 3
TASKS = 10_000
#: no more than so many times the plain way (below 1: faster than it)
TARGETS = {"reading": 5.0, "tasks": 0.35, "gantt_page": 0.3, "calendar": 0.25}


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs."""
    found = []
    for _ in range(REPETITIONS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return median(found)


def loop(data: bytes) -> int:
    """Every cell of the file, as a plain script reads it."""
    import openpyxl  # noqa: PLC0415 -- slow import

    book = openpyxl.load_workbook(io.BytesIO(data))
    return sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def reading(data: bytes) -> float:
    from intake.plans import read_plan  # noqa: PLC0415 -- slow import
    from msoko.foundation.catalog.plans import plan_vocabulary  # noqa: PLC0415 -- slow import

    words = plan_vocabulary()
    return seconds(lambda: read_plan("план.xlsx", data, vocabulary=words)) / seconds(lambda: loop(data))


def database_figures(data: bytes) -> dict[str, float]:
    """Figures that need a plan in force in a database."""
    from django.core.management import call_command  # noqa: PLC0415 -- slow import

    call_command("migrate", verbosity=0)
    from tests.factories import orgs  # noqa: PLC0415 -- slow import

    from msoko.cycle.planning.api import (  # noqa: PLC0415 -- slow import
        accept_plan_import,
        approve_plan,
        open_plan_import,
    )

    place = orgs.place(SCHOOLS)
    session = open_plan_import(
        orgs.system_act(), owner=place.municipality, file_name="план.xlsx", data=data, start_year=START, years=YEARS
    )
    session.refresh_from_db()
    start = time.process_time()
    plan = accept_plan_import(orgs.system_act(), session=session, version=session.version)
    accepted = time.process_time() - start
    start = time.process_time()
    approve_plan(orgs.system_act(), plan=plan, approved_on=dt.date(START, 8, 28), basis="Приказ № 1")
    approved = time.process_time() - start
    return {"tasks": _tasks(), "gantt_page": _page(plan, place), "calendar": _calendar(plan),
            "accept_seconds": accepted, "approve_seconds": approved}  # fmt: skip


def _tasks() -> float:
    from django.db import transaction  # noqa: PLC0415 -- slow import

    from msoko.cycle.planning.models import Assignment  # noqa: PLC0415 -- slow import
    from msoko.foundation.kernel.bulk import insert_rows  # noqa: PLC0415 -- slow import

    names = ("occurrence_id", "role", "organization_id", "external")
    rows = list(Assignment.objects.order_by("pk").values_list(*names)[:TASKS])
    copies = [(occurrence, role, organization, "копия") for occurrence, role, organization, _ in rows]

    def undone(work: Callable[[], object]) -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    def plain() -> object:
        made = [Assignment(**dict(zip(names, row, strict=True))) for row in copies]
        return Assignment.objects.bulk_create(made, batch_size=500)

    quick = seconds(lambda: undone(lambda: insert_rows(Assignment, names, copies)))
    return quick / seconds(lambda: undone(plain))


def _page(plan: object, place: object) -> float:
    from django.test import Client  # noqa: PLC0415 -- slow import
    from django.urls import reverse  # noqa: PLC0415 -- slow import
    from tests.factories import orgs  # noqa: PLC0415 -- slow import

    from msoko.cycle.planning.api import activities_of  # noqa: PLC0415 -- slow import
    from msoko.foundation.access.api import Role  # noqa: PLC0415 -- slow import

    client = Client()
    client.force_login(orgs.account(Role.SPECIALIST, place.authority))  # type: ignore[attr-defined]
    address = reverse("office:planning:gantt", args=[plan.pk])  # type: ignore[attr-defined]
    client.get(address)
    return seconds(lambda: client.get(address)) / seconds(lambda: list(activities_of(plan)))  # type: ignore[arg-type]


def _calendar(plan: object) -> float:
    from msoko.cycle.planning.calendar_entries import CalendarEntry, calendar_entries  # noqa: PLC0415 -- slow import
    from msoko.cycle.planning.ical import calendar_file  # noqa: PLC0415 -- slow import
    from msoko.foundation.access.api import SYSTEM_SCOPE  # noqa: PLC0415 -- slow import

    entries = calendar_entries(SYSTEM_SCOPE, plan, "")  # type: ignore[arg-type]
    now = dt.datetime.now(dt.UTC)

    def plain() -> bytes:
        from icalendar import Calendar, Event  # noqa: PLC0415 -- slow import

        def event(entry: CalendarEntry) -> Event:
            made = Event()
            for name, value in (
                ("uid", entry.key), ("summary", entry.title), ("dtstart", entry.starts_on or entry.ends_on),
                ("dtend", entry.ends_on), ("dtstamp", now), ("description", entry.details),
            ):  # fmt: skip
                made.add(name, value)
            return made

        calendar = Calendar()
        for entry in entries:
            calendar.add_component(event(entry))
        return bytes(calendar.to_ical())

    return seconds(lambda: calendar_file("План", entries, now)) / seconds(plain)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="msoko-bench-") as home:
        os.environ |= {"MSOKO_HOME": home, "DJANGO_SETTINGS_MODULE": "msoko.config.settings"}
        import django  # noqa: PLC0415 -- slow import

        django.setup()
        from django.conf import settings  # noqa: PLC0415 -- slow import

        settings.JOBS_INLINE, settings.ALLOWED_HOSTS = True, ["*"]
        settings.STORAGE_ROOT = Path(home) / "files"
        from tests.factories.large_plans import large_plan  # noqa: PLC0415 -- slow import
        from tests.factories.plans import as_xlsx  # noqa: PLC0415 -- slow import

        data = as_xlsx(large_plan(schools=SCHOOLS))
        figures = {"reading": reading(data), **database_figures(data)}
    met = all(figures[name] <= target for name, target in TARGETS.items())
    rounded = {name: round(figure, 3) for name, figure in figures.items()}
    sys.stdout.write(json.dumps({**rounded, "targets": TARGETS, "targets_met": met}, indent=2) + "\n")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
