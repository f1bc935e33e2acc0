"""Whatever comes in: a clear message in Russian with place and remedy, nothing half-stored, nothing lost."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.utils import timezone

from msoko.cycle.collection import acceptance, tasks
from msoko.cycle.collection.api import Batch, CurrentBatch, ImportSession, accept_import, open_import, sweep
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import Job, JobState, run_all
from msoko.foundation.kernel import storage as storage_module
from msoko.foundation.kernel.storage import default_storage
from tests.factories import orgs
from tests.factories.imports import NAME, SCORES, desk, messages_of, stored, table

pytestmark = pytest.mark.django_db(transaction=True)


def workbook(*sheets: tuple[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEAD: list[object] = ["Наименование ОО", "Код участника", "Класс", 1, 2, 3]


def rows(school: str = "МБОУ СОШ № 1", count: int = 5, code: int = 101) -> list[list[object]]:
    return [[school, code + place, "4А", place % 2, 1, 2] for place in range(count)]


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2048
UNUSABLE = {
    "password": (ENCRYPTED, "пароль"),
    "empty": (b"", "Файл пуст"),
    "corrupt": (b"PK\x03\x04" + b"\0" * 200, "повреждён"),
    "words": ("Уважаемые коллеги! Направляем результаты.".encode(), "не найдено таблицы"),
    "bomb": (archive(**{"a.xlsx": b"\0" * (300 * 1024 * 1024)}), ""),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_file_that_cannot_be_used_says_why_and_stores_nothing(case: str) -> None:
    data, words = UNUSABLE[case]
    specialist = desk()
    session = specialist.open((f"{case}.xlsx", data))
    said = messages_of(session)
    assert said
    assert any(words in message for message in said)
    refused = specialist.post("accept", {"what": "all"}, session)
    assert "Принимать нечего" in refused.content.decode()
    assert stored() == (0, 0, 0)


def test_good_files_are_accepted_beside_unusable_ones() -> None:
    specialist = desk()
    session = specialist.open((NAME, workbook(("Лист1", [HEAD, *rows()]))), ("битый.xlsx", b"PK\x03\x04zzz"))
    assert "Принять 1 из 2" in specialist.page(session)
    specialist.accept(session)
    assert stored() == (1, 1, 1)


def formulas_and_merged() -> bytes:
    """A title over merged cells, totals as formulas whose values the file keeps."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Лист1")
        sheet.merge_range(0, 0, 0, 6, "ВПР 2026, Математика, 4 класс")
        sheet.write_row(1, 0, [*HEAD, "Итого"])
        for place, row in enumerate(rows(), start=2):
            sheet.write_row(place, 0, row)
            sheet.write_formula(place, 6, f"=SUM(D{place + 1}:F{place + 1})", None, place % 2 + 3)
    return buffer.getvalue()


READABLE: dict[str, bytes] = {
    "formulas and merged cells": formulas_and_merged(),
    "extra title rows, trailing total": workbook(
        ("Лист1", [["ВПР 2026"], [], ["Математика"], HEAD, *rows(), ["Итого", None, None, 2, 5, 10]])
    ),
    "hidden sheet": workbook(("Лист1", [HEAD, *rows()]), ("Старое", [HEAD, *rows(count=9)]), hidden=("Старое",)),
    "shifted header": workbook(("Лист1", [[None, None, *HEAD], *([None, None, *row] for row in rows())])),
    "Latin look-alikes": workbook(("Лист1", [["Haименoвание OO", "Koд учacтникa", "Клacc", 1, 2, 3], *rows()])),
    "classes in several spellings": workbook(
        ("Лист1", [HEAD, *([*row[:2], spelling, *row[3:]] for row, spelling in
                           zip(rows(), ("4 А", "4а", "04А", "4-А", "4A"), strict=True))])
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", READABLE)
def test_untidy_tables_are_read_whole(case: str) -> None:
    specialist = desk()
    specialist.load((NAME, READABLE[case]))
    batch = Batch.objects.get()
    assert (batch.participant_count, batch.row_count) == (5, 5)


def test_impossible_cells_are_named_with_their_place_and_the_participant_stays() -> None:
    specialist = desk()
    data = workbook(("Лист1", [
        [*HEAD[:3], "1 (1б)", "2 (1б)", "3 (2б)"], *rows(count=6), ["МБОУ СОШ № 1", 200, "4А", 9, "много", 2],
        ["МБОУ СОШ № 1", 201, "4А", "Х", "-", "н"],
    ]))  # fmt: skip
    session = specialist.open((NAME, data))
    problems = [one for file in session.files.all() for one in file.problems]
    over = next(one for one in problems if one["row"] == 8 and one["column"] == "D")
    assert over["sheet"] == "Лист1"
    assert over["message"]
    assert over["hint"]
    assert any(one["row"] == 8 and one["column"] == "E" for one in problems)
    specialist.accept(session)
    assert Batch.objects.get().row_count == 8


def test_duplicates_inside_and_across_files_count_once() -> None:
    specialist = desk()
    session = specialist.open(
        (f"1 {NAME}", workbook(("Лист1", [HEAD, *rows(), rows()[0]]))),
        (f"2 {NAME}", workbook(("Лист1", [HEAD, *rows(count=2)]))),
    )
    (campaign,) = session.preview["campaigns"]
    assert (campaign["rows"], campaign["participants"], campaign["duplicates"]) == (8, 5, 3)
    specialist.accept(session)
    assert Batch.objects.get().participant_count == 5


def test_two_campaigns_in_one_file_and_two_years_become_campaigns_of_their_own() -> None:
    specialist = desk()
    first = [["ВПР 2026 Математика 4 класс"], HEAD, *rows()]
    second = [["ВПР 2025 Русский язык 5 класс"], HEAD, *rows()]
    specialist.load(("результаты.xlsx", workbook(("Математика", first), ("Русский", second))))
    found = {(c.subject, c.grade_level, c.year) for c in Campaign.objects.all()}
    assert found == {("Математика", 4, 2026), ("Русский язык", 5, 2025)}


def test_a_killed_reading_is_taken_up_again(settings: object) -> None:
    specialist = desk()
    settings.JOBS_INLINE = False  # type: ignore[attr-defined]
    specialist.post("open", {"table": table("МБОУ СОШ № 1", SCORES).decode(), "table_name": NAME[:-4]})
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    Job.objects.update(state=JobState.RUNNING, heartbeat_at=long_ago, attempt=1)
    assert run_all() == 1
    session = specialist.latest()
    assert (session.job.state, session.job.attempt) == (JobState.DONE, 2)
    assert session.preview["campaigns"][0]["participants"] == 5


def test_a_crash_between_the_files_and_the_commit_leaves_no_rows_and_the_sweeper_removes_orphans(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    specialist = desk()
    session = specialist.open((NAME, table("МБОУ СОШ № 1", SCORES)))
    with monkeypatch.context() as broken:
        broken.setattr(acceptance, "_remember", lambda *_: (_ for _ in ()).throw(SystemError("killed")))
        specialist.accept(session)
    assert stored() == (0, 0, 1)
    assert Campaign.objects.count() == 0
    assert "Файлы и ответы сохранены" in specialist.page(session)
    assert sweep() == 0  # too young: an acceptance may be about to name it
    for name in default_storage().names():
        path = default_storage().path(name)
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * 86400))
    assert sweep() == 2  # the batch and the copy; what was sent is named by the open import
    specialist.accept(ImportSession.objects.get())
    assert stored() == (1, 1, 1)
    assert sweep(older_than=-1) == 0


def test_a_full_disk_refuses_and_keeps_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    specialist = desk()
    session = specialist.open((NAME, table("МБОУ СОШ № 1", SCORES)))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(acceptance, "write_batch", full)
        specialist.accept(session)
    page = specialist.page(session)
    assert "На диске сервера закончилось место" in page
    assert "Принять 1 из 1" in page
    assert stored() == (0, 0, 0)
    with monkeypatch.context() as disk:
        disk.setattr(storage_module.FolderStorage, "_write_synced", staticmethod(full))
        refused = specialist.post("open", {"table": "a;b\n1;2"})
        assert refused.status_code == 400
        assert "На диске сервера закончилось место" in refused.content.decode()
    assert ImportSession.objects.count() == 1
    specialist.accept(ImportSession.objects.get())
    assert stored() == (1, 1, 1)


def test_two_people_importing_the_same_file_store_it_once() -> None:
    first = desk()
    colleague = orgs.account(Role.SPECIALIST, first.place.authority)
    file = (NAME, table("МБОУ СОШ № 1", SCORES))
    one = first.open(file)
    other = open_import(orgs.act_by(colleague), organization=first.place.municipality, files=[file])
    other.refresh_from_db()
    first.accept(one)
    assert "Эти файлы уже принимались" in first.page(other)
    accept_import(orgs.act_by(colleague), session=other, version=other.version)
    other.refresh_from_db()
    assert (other.accepted_at, other.job.state) == (None, JobState.FAILED)
    assert "Эти результаты уже приняты" in other.job.error
    assert stored() == (1, 1, 1)


def test_a_change_made_while_the_worker_reads_stops_the_acceptance(monkeypatch: pytest.MonkeyPatch) -> None:
    specialist = desk()
    session = specialist.open((NAME, table("МБОУ СОШ № 1", SCORES)))
    read = tasks.read_session

    def slow(*arguments: object, **named: object) -> object:
        ImportSession.objects.update(version=99)
        return read(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "read_session", slow)
    session = specialist.accept(session)
    assert "изменил другой сотрудник" in session.job.error
    assert CurrentBatch.objects.count() == 0


def test_a_second_press_of_accept_does_nothing_more() -> None:
    specialist = desk()
    session = specialist.open((NAME, table("МБОУ СОШ № 1", SCORES)))
    specialist.post("accept", {"what": "all"}, session)
    again = specialist.post("accept", {"what": "all"}, session)
    assert again.status_code == 400
    assert stored() == (1, 1, 1)


def test_files_of_one_name_from_two_folders_are_both_read() -> None:
    specialist = desk()
    session = specialist.open((NAME, table("МБОУ СОШ № 1", SCORES)), (NAME, table("МБОУ СОШ № 2", SCORES)))
    assert [file.name for file in session.files.all()] == [NAME, "ВПР 2026 Математика 4 класс (2).csv"]
    specialist.accept(session)
    assert CurrentBatch.objects.count() == 2


def test_an_import_of_nothing_and_a_cancelled_one_leave_nothing(storage: Path) -> None:
    specialist = desk()
    refused = specialist.post("open", {})
    assert refused.status_code == 400
    assert "Не выбрано ни одного файла" in refused.content.decode()
    session = specialist.open((NAME, table("МБОУ СОШ № 1", SCORES)))
    specialist.post("discard", {}, session)
    assert list(default_storage().names("uploads")) == []
    assert stored() == (0, 0, 0)
    late = specialist.post("accept", {"what": "all"}, specialist.latest())
    assert "Эта загрузка отменена" in late.content.decode()
