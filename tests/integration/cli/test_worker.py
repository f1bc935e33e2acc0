"""The worker keeps house when it starts: files that nothing names go, and a chore that fails stops nobody's job."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from msoko.cycle.collection.api import sweep
from msoko.foundation.jobs.api import Job, serve
from msoko.foundation.kernel.storage import default_storage
from tests.factories import orgs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    settings.STORAGE_ROOT = tmp_path / "files"


def _serve_once(*chores: Any) -> None:
    turns = iter((False, True))
    serve(should_stop=lambda: next(turns), daily=chores, pause=0)


def test_orphans_of_yesterday_are_removed_at_the_start() -> None:
    files = default_storage()
    old, fresh = (files.write("uploads", data, ".csv") for data in (b"1", b"2"))
    long_ago = time.time() - 48 * 3600
    os.utime(files.path(old), (long_ago, long_ago))
    _serve_once(sweep)
    assert (files.exists(old), files.exists(fresh)) == (False, True)


def test_a_chore_that_fails_does_not_stop_the_jobs() -> None:
    place = orgs.place(1)
    job = Job.objects.create(
        kind="unknown.task", title="Задание", organization_path=place.authority.path, created_by="Тест",
        created_by_id="1", created_at=orgs.system_act().at,
    )  # fmt: skip

    def fails() -> None:
        raise OSError

    _serve_once(fails)
    job.refresh_from_db()
    assert job.is_over
