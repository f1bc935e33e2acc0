"""`msoko demo`: build the demo municipality once, then serve it."""

from __future__ import annotations

import datetime as dt
import sys
import time

from msoko.cli.django import setup
from msoko.cli.server import migrate, serve

SEED = 20260901


def build_and_serve(host: str, port: int, *, build_only: bool = False) -> None:
    """Build what is not there yet; a build that was interrupted starts anew."""
    migrate()
    _build_once()
    if not build_only:
        serve(host, port)


def _build_once() -> None:
    setup()
    from django.conf import settings  # noqa: PLC0415 -- app ready

    marker = settings.HOME / "demo-built"
    if marker.exists():
        return
    from django.core.management import call_command  # noqa: PLC0415 -- app ready

    started = time.monotonic()
    call_command("flush", interactive=False, verbosity=0)
    _build()
    marker.write_text(f"{SEED}\n")
    _tell(f"Демонстрационный муниципалитет построен за {time.monotonic() - started:.0f} с")


def _build() -> None:
    """Everything by the same acts that people use; the actor is the system."""
    from django.utils import timezone  # noqa: PLC0415 -- app ready

    from msoko.cli.demo.execution import live_last_year, live_this_year  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.linked import link_plans  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.organizations import build_tree  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.papers import build_papers  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.people import build_accounts, build_people  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.planning import begin_year, load_last_plan  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.regulations import build_regulations  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.results import load_results  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.schedules import build_schedules  # noqa: PLC0415 -- app ready
    from msoko.cli.demo.work import begin_work  # noqa: PLC0415 -- app ready
    from msoko.foundation.access.api import Role  # noqa: PLC0415 -- app ready
    from msoko.foundation.kernel.acts import Act, SystemActor  # noqa: PLC0415 -- app ready
    from qualimetry.synthetic import build_municipality  # noqa: PLC0415 -- slow import

    act = Act(actor=SystemActor(), at=timezone.now())
    source = build_municipality(SEED)
    _tell("Организации, сотрудники, учётные записи")
    tree = build_tree(source)
    build_people(source, tree, since=dt.date(2023, 9, 1))
    began = timezone.make_aware(dt.datetime(2023, 9, 1, 9))
    accounts = build_accounts(Act(actor=SystemActor(), at=began), source, tree)
    specialist, head, coordinator = (
        Act(actor=accounts[role], at=act.at) for role in (Role.SPECIALIST, Role.AUTHORITY_HEAD, Role.SCHOOL_COORDINATOR)
    )
    _tell("Нормативная база")
    build_regulations(act, tree)
    load_results(specialist, source, tree, SEED, _tell, school_act=coordinator)
    _tell("Справки")
    begin_work(specialist, head, tree)
    _tell("Планы")
    last = load_last_plan(accounts, tree)
    live_last_year(accounts, last)
    plans = begin_year(accounts, last)
    link_plans(accounts, plans, tree)
    _tell("Исполнение планов")
    live_this_year(accounts, plans, today=timezone.localdate(act.at))
    _tell("Графики оценочных процедур")
    build_schedules(specialist, head, tree)
    _tell("Приказы и обсуждения")
    acts = {
        name: Act(actor=accounts[role], at=act.at)
        for name, role in (("head", Role.SCHOOL_HEAD), ("adviser", Role.ADVISER))
    }
    build_papers(specialist, head, acts, tree)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
