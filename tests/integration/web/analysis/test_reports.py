"""Reports: made, edited in place, regenerated with the edits kept, issued once and for all, printed together."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.cycle.analysis.api import Report, ReportIssue, current_document
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.jobs.api import Job, run_all
from msoko.foundation.kernel.storage import default_storage
from tests.factories import campaigns, orgs
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
KEY = "basis.participants"


def _url(page: str, *arguments: object) -> str:
    return reverse(f"office:analysis:{page}", args=arguments)


def _made() -> tuple[orgs.Place, Campaign, Client, Report]:
    place = orgs.place()
    found = campaigns.computed(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    client.post(_url("report_make", found.pk), {"organization": place.municipality.pk})
    return place, found, client, Report.objects.get()


def _text(report: Report, key: str = KEY) -> str:
    document, _ = current_document(Report.objects.get(pk=report.pk))
    return next(block.text for block in document.blocks if block.key == key)


def _save(client: Client, report: Report, text: str, seen: str) -> Any:
    return client.post(_url("block_edit", report.pk), {"key": KEY, "text": text, "seen": seen})


def _recompute(place: orgs.Place, found: Campaign) -> None:
    campaigns.load(found, campaigns.pupils(place.schools[0].pk, 55, level=0.8))
    campaigns.compute(found)


def test_the_page_shows_the_document_with_its_sections_and_grounds() -> None:
    _, _, client, report = _made()
    page = text_of(client.get(_url("report", report.pk)))
    for part in ("Основание, цель и участники", "Работу выполнили 76", "Таблица 1.", "Рисунок 1."):
        assert part.replace(" 76", "\u00a076") in page or part in page
    grounds = text_of(client.get(f"{_url('block_grounds', report.pk)}?key={KEY}"))
    assert "Правило" in grounds
    assert "<dd>76</dd>" in grounds


def test_an_edit_is_kept_and_the_generated_text_can_be_restored() -> None:
    _, _, client, report = _made()
    generated = _text(report)
    answer = _save(client, report, "Работу писали все.", generated)
    assert "Сохранено" in text_of(answer)
    assert _text(report) == "Работу писали все."
    assert "изменено вручную" in text_of(client.get(_url("report", report.pk)))
    restored = client.post(_url("block_edit", report.pk), {"key": KEY, "restore": "1", "seen": "Работу писали все."})
    assert restored.status_code == 200
    assert _text(report) == generated
    assert not report.edits.exists()


def test_a_text_changed_by_another_meanwhile_is_not_overwritten() -> None:
    _, _, client, report = _made()
    generated = _text(report)
    _save(client, report, "Первый вариант.", generated)
    answer = _save(client, report, "Второй вариант.", generated)
    assert answer.status_code == 409
    both = text_of(answer)
    assert "Первый вариант." in both
    assert "Второй вариант." in both
    assert _text(report) == "Первый вариант."
    assert _save(client, report, "Второй вариант.", "Первый вариант.").status_code == 200
    assert _text(report) == "Второй вариант."


@pytest.mark.parametrize(("keep", "is_mine"), [("mine", True), ("new", False)])
def test_regeneration_keeps_edits_and_asks_where_the_text_has_changed(keep: str, is_mine: bool) -> None:
    place, found, client, report = _made()
    _save(client, report, "Моя редакция.", _text(report))
    _recompute(place, found)
    assert "Результаты пересчитаны." in text_of(client.get(_url("report", report.pk)))
    client.post(_url("report_make", found.pk), {"organization": place.municipality.pk})
    page = text_of(client.get(_url("report", report.pk)))
    assert "Оставить моё" in page
    refused = client.post(_url("issue", report.pk))
    assert refused.status_code == 400
    client.post(_url("conflict", report.pk), {"key": KEY, "keep": keep})
    assert "Оставить моё" not in text_of(client.get(_url("report", report.pk)))
    assert (_text(report) == "Моя редакция.") is is_mine


def test_an_issue_stays_what_it_was_whatever_comes_later() -> None:
    place, found, client, report = _made()
    _save(client, report, "Редакция выпуска.", _text(report))
    client.post(_url("issue", report.pk))
    _save(client, report, "Правка после выпуска.", "Редакция выпуска.")  # while the worker has not begun
    run_all()
    issue = ReportIssue.objects.get()
    frozen = issue.document
    files = {kind: client.get(_url("issue_download", issue.pk, kind)).content for kind in ("docx", "pdf")}
    _recompute(place, found)
    client.post(_url("report_make", found.pk), {"organization": place.municipality.pk})
    issue.refresh_from_db()
    assert issue.document == frozen
    assert next(block["text"] for block in frozen["blocks"] if block["key"] == KEY) == "Редакция выпуска."
    assert {kind: client.get(_url("issue_download", issue.pk, kind)).content for kind in files} == files
    assert issue.run_id != Report.objects.get().run_id
    assert files["pdf"].startswith(b"%PDF")
    assert "Выпуск 1" in text_of(client.get(_url("report", report.pk)))


def test_a_word_file_finished_elsewhere_stands_beside_the_issue() -> None:
    _, _, client, report = _made()
    client.post(_url("issue", report.pk))
    run_all()
    issue = ReportIssue.objects.get()
    word = client.get(_url("issue_download", issue.pk, "docx")).content
    for data, status in ((b"not a document", 400), (word, 302)):
        sent = SimpleUploadedFile("справка.docx", data)
        assert client.post(_url("issue_attach", issue.pk), {"file": sent}).status_code == status
    assert client.get(_url("issue_download", issue.pk, "word")).content == word


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_a_draft_is_downloaded_and_the_journal_says_so(kind: str) -> None:
    _, _, client, report = _made()
    answer = client.get(_url("draft", report.pk, kind))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    event = AuditEvent.objects.get(event="analysis.report.downloaded")
    assert event.details == {"format": kind, "draft": True}


def test_a_chart_of_the_draft_is_a_picture() -> None:
    _, _, client, report = _made()
    answer = client.get(_url("chart", report.pk, "marks.chart"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert client.get(_url("chart", report.pk, "nothing")).status_code == 404


def test_reports_of_all_organizations_come_as_one_archive() -> None:
    _, found, client, _ = _made()
    client.post(_url("report_all", found.pk))
    assert Job.objects.get(kind="analysis.school_reports").state == "queued"
    assert client.get(_url("report_all_download", found.pk)).status_code == 404
    run_all()
    assert "Скачать архив" in text_of(client.get(_url("reports", found.pk)))
    answer = client.get(_url("report_all_download", found.pk))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == [f"МБОУ СОШ № {n}.{kind}" for n in (1, 2, 3) for kind in ("docx", "pdf")]
    assert AuditEvent.objects.filter(event="analysis.report.downloaded", details__format="zip").count() == 1


def test_a_school_makes_its_own_report_and_its_coordinator_does_not_issue_it() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    client = client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]))
    client.post(_url("report_make", found.pk), {"organization": place.schools[0].pk})
    report = Report.objects.get()
    assert report.organization == place.schools[0]
    page = text_of(client.get(_url("report", report.pk)))
    assert "МБОУ СОШ № 2" not in page
    assert "Выпустить</button>" not in page
    assert client.post(_url("issue", report.pk)).status_code == 403
    head = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    assert head.post(_url("issue", report.pk)).status_code == 302


def test_stored_files_of_a_report_are_never_lost_by_a_second_issue() -> None:
    _, _, client, report = _made()
    for _ in range(2):
        client.post(_url("issue", report.pk))
        run_all()
    numbers = [(issue.number, default_storage().exists(issue.word_name)) for issue in ReportIssue.objects.all()]
    assert numbers == [(2, True), (1, True)]
