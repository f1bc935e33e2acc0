"""Two people at the same moment, on a database that lets them: one act is done, the other is told of it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from msoko.cycle.planning.api import Assignment, confirm_task, report_done
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.kernel.errors import RefusedError
from tests.factories import orgs, tasks

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


def _at_once(*acts: Callable[[], object]) -> list[str]:
    """Outcomes of the acts done from threads that begin together: "" or the refusal."""
    outcomes: list[str] = []
    together = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
            outcomes.append("")
        except RefusedError as refusal:
            outcomes.append(refusal.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def _task() -> tuple[orgs.Place, Assignment]:
    place = orgs.place(1)
    return place, tasks.task(place.municipality, place.schools[0], tasks.days(3))


def test_two_who_confirm_at_once() -> None:
    place, task = _task()
    report_done(orgs.system_act(), assignment=task, done_on=tasks.days(0))
    acts = [orgs.act_by(orgs.account(role, place.authority)) for role in (Role.SPECIALIST, Role.AUTHORITY_HEAD)]
    told = _at_once(*(lambda act=act: confirm_task(act, assignment=task) for act in acts))  # type: ignore[misc]
    assert told[0] == ""
    assert told[1].startswith("Исполнение уже подтверждено")
    assert AuditEvent.objects.filter(event="planning.task.confirmed").count() == 1


def test_a_form_that_was_sent_twice() -> None:
    place, task = _task()
    act = orgs.act_by(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]))
    send = lambda: report_done(act, assignment=task, done_on=tasks.days(0))  # noqa: E731
    told = _at_once(send, send)
    assert told[0] == ""
    assert told[1].startswith("Задача уже отмечена исполненной")
    assert AuditEvent.objects.filter(event="planning.task.reported").count() == 1
