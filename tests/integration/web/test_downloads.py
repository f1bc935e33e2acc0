"""Every file that the office gives out: written to the journal, named in Russian, and no cell of it is a formula."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.jobs.api import Job, JobState
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.api import Organization
from tests.factories import orgs
from tests.integration.web.pages import client_of
from tests.integration.web.world import ADDRESSES, address, municipality

pytestmark = pytest.mark.django_db
FORMULA = "=1+1"
#: blank forms: they hold nothing of anybody
BLANK = {"office:organizations:import_sample", "office:procedures:blueprint_template", "office:first_run_sample"}
FILES = BLANK | {
    "office:analysis:export", "office:analysis:detail_export", "office:analysis:organizations_export",
    "office:analysis:items_export", "office:analysis:elements_export", "office:analysis:journal_export",
    "office:analysis:signs_export",
    "office:analysis:years_export", "office:analysis:gaps_export", "office:analysis:reconciliation_export",
    "office:analysis:report_all_download", "office:analysis:draft", "office:analysis:issue_download",
    "office:collection:copy", "office:collection:remarks", "office:journal:export",
    "office:organizations:export", "office:people:export",
    "office:procedures:blueprint_export", "office:procedures:export", "office:procedures:campaign_export",
    "office:procedures:blueprints_export", "office:procedures:catalogue_export", "office:collection:export",
    "office:collection:batches_export", "office:collection:individual_export", "office:collection:medals_export",
    "office:analysis:reports_export", "office:analysis:organization_export", "office:analysis:item_export",
    "office:organizations:passport_export", "office:people:bodies_export", "office:jobs:export",
    "office:planning:download", "office:planning:ical", "office:planning:list_export", "office:planning:load_export",
    "office:planning:differences_export", "office:planning:analysis_download",
    "office:planning:period_download", "office:planning:all_period_download",
    "office:planning:organizations_export",
    "office:planning:network_export", "office:regulations:download", "office:regulations:list_export",
    "office:regulations:site_download", "office:tasks:export", "office:tasks:proof", "office:tasks:requests_export",
    "office:planning:directions_export", "office:procedures:schedule_download",
    "office:procedures:schedule_summary_export", "office:procedures:schedule_table_download",
    "office:procedures:schedule_hours_blank", "office:procedures:schedules_export",
    "office:regulations:discussion_download", "office:regulations:draft_download",
    "office:regulations:function_download", "office:regulations:function_extract", "office:regulations:order_download",
    "office:regulations:function_export",
}  # fmt: skip


@pytest.fixture
def given(tmp_path: Path, settings: Any) -> dict[str, tuple[Any, list[str]]]:
    """Address → (its answer, events that it wrote), of every address that gives a file out."""
    settings.STORAGE_ROOT = tmp_path / "files"
    settings.JOBS_INLINE = False
    place = orgs.place(2, name="Тестовый округ")
    Organization.objects.filter(pk=place.schools[0].pk).update(short_name=FORMULA, full_name=FORMULA)
    own = municipality(place, FORMULA)
    user = orgs.account(Role.SPECIALIST, place.authority)
    archive = default_storage().write("reports", b"PK", ".zip")
    Job.objects.create(
        kind="analysis.school_reports", title="Справки", organization_path=place.municipality.path, created_by="Тест",
        created_by_id=user.actor_id, created_at=orgs.system_act().at, state=JobState.DONE,
        payload={"campaign": own.campaign.pk}, result={"name": "Справки.zip", "file": archive, "count": 2},
    )  # fmt: skip
    client = client_of(user)
    found = {}
    for name in ADDRESSES:
        before = AuditEvent.objects.count()
        response = client.get(address(name, own))
        if "attachment" in response.headers.get("Content-Disposition", ""):
            found[name] = response, list(AuditEvent.objects.order_by("id").values_list("event", flat=True)[before:])
    return found


def test_files_are_written_to_the_journal_named_in_russian_and_hold_no_formula(
    given: dict[str, tuple[Any, list[str]]],
) -> None:
    assert sorted(set(given) ^ FILES) == []
    silent = [name for name, (_, events) in given.items() if not any(one.endswith(".downloaded") for one in events)]
    assert sorted(silent) == sorted(BLANK)
    for name, (response, _) in given.items():
        title = re.fullmatch(r"attachment; filename\*=UTF-8''([\w.%~-]+)", response["Content-Disposition"])
        assert title is not None, name
        assert re.search(r"[А-яЁё=]", unquote(title[1])), name
        assert response["Cache-Control"] == "private, no-store"
        assert not _formulas(response.content), name
    texts = "".join(_sheets(response.content) for response, _ in given.values())
    assert FORMULA in texts


def _sheets(data: bytes) -> str:
    if not data.startswith(b"PK\x03\x04"):
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/"))


def _formulas(data: bytes) -> bool:
    """Whether a sheet has a cell with a formula."""
    return bool(re.search(r"<f[ >]", _sheets(data)))
