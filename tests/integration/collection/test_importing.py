"""A person loads results: understood, asked, accepted, replaced, withdrawn."""

from __future__ import annotations

import pytest
from django.urls import reverse

from msoko.cycle.collection.api import Batch, CurrentBatch, ImportFile
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.jobs.api import run_all
from tests.factories.imports import NAME, SCORES, Desk, desk, school_client, stored, table

pytestmark = pytest.mark.django_db(transaction=True)


def good(desk: Desk, number: int = 1, scores: list[list[object]] = SCORES) -> tuple[str, bytes]:
    return f"{number} {NAME}", table(f"МБОУ СОШ № {number}", scores)


def test_nothing_is_stored_before_acceptance_and_all_of_it_after() -> None:
    specialist = desk()
    session = specialist.open(good(specialist), good(specialist, 2))
    assert stored() == (0, 0, 0)
    assert "Принять 2 из 2" in specialist.page(session)
    session = specialist.accept(session)
    assert session.accepted_by
    assert stored() == (1, 2, 1)
    batch = Batch.objects.get()
    assert (batch.participant_count, batch.item_labels) == (10, ["1", "2", "3"])
    campaign = Campaign.objects.get()
    assert (campaign.procedure, campaign.subject, campaign.grade_level, campaign.year) == ("VPR", "Математика", 4, 2026)
    assert campaign.owner == specialist.place.municipality
    page = specialist.page(session)
    assert "Принято" in page
    assert reverse("office:procedures:campaign", args=[campaign.pk]) in page
    assert "Готово" in page  # the state of the calculation


def test_an_unknown_organization_is_asked_once_answered_once_and_remembered() -> None:
    specialist = desk()
    files = [(f"{number} {NAME}", table("Школа Ивана Петрова", SCORES, code=number * 100)) for number in (1, 2)]
    session = specialist.open(*files)
    (question,) = session.preview["questions"]
    assert question["title"] == "Не узнана организация «Школа Ивана Петрова»"
    assert question["files"] == [name for name, _ in files]
    school = specialist.place.schools[0]
    specialist.post("answer", {"q0-organization": "other", "q0-other": f"{school.short_name} — {school.code}"}, session)
    run_all()
    session = specialist.accept(specialist.latest())
    assert list(CurrentBatch.objects.values_list("organization", "participant_count")) == [(school.pk, 10)]
    later = specialist.open((f"3 {NAME}", table("Школа Ивана Петрова", SCORES, code=900)))
    assert later.preview["questions"] == []


def test_what_a_file_does_not_say_of_its_campaign_is_asked() -> None:
    specialist = desk()
    session = specialist.open(("работа.csv", table("МБОУ СОШ № 1", SCORES)))
    assert [question["kind"] for question in session.preview["questions"]] == ["campaign"]
    answer = {"q0-procedure": "MUNICIPAL_DIAGNOSTIC", "q0-subject": "Физика", "q0-grade_level": "8", "q0-year": "2026"}
    incomplete = specialist.post("answer", answer | {"q0-subject": ""}, session)
    assert incomplete.status_code == 400
    assert "Не указано: предмет" in incomplete.content.decode()
    specialist.post("answer", answer, session)
    run_all()
    specialist.accept(specialist.latest())
    campaign = Campaign.objects.get()
    assert (campaign.procedure, campaign.subject, campaign.grade_level) == ("MUNICIPAL_DIAGNOSTIC", "Физика", 8)


def test_columns_of_an_unknown_table_are_mapped_once_and_remembered() -> None:
    specialist = desk()
    rows = [
        "Кто;Первая проба;Вторая проба;Всё вместе",
        *(f"{number};1;{number % 2};{1 + number % 2}" for number in range(1, 8)),
    ]
    data = "\n".join(rows).encode()
    session = specialist.open((NAME, data))
    (question,) = session.preview["questions"]
    assert [column["header"] for column in question["details"]["columns"]] == rows[0].split(";")
    specialist.post("answer", {"q0-A": "participant", "q0-B": "item", "q0-C": "item", "q0-D": "total"}, session)
    run_all()
    session = specialist.latest()
    assert [question["kind"] for question in session.preview["questions"]] == ["organization"]
    specialist.post("answer", {"q0-organization": str(specialist.place.schools[1].pk)}, session)
    run_all()
    specialist.accept(specialist.latest())
    assert Batch.objects.get().participant_count == 7
    again = specialist.open((f"2 {NAME}", data.replace(b";1;0;1", b";0;0;0")))
    assert [question["kind"] for question in again.preview["questions"]] == ["organization"]


def test_a_corrected_file_replaces_and_a_withdrawal_restores_the_earlier() -> None:
    specialist = desk()
    specialist.load(good(specialist))
    session = specialist.open(good(specialist, scores=[*SCORES, [1, 2, 1]]))
    assert "будут заменены" in specialist.page(session)
    specialist.accept(session)
    old, new = Batch.objects.order_by("pk")
    current = CurrentBatch.objects.get()
    assert (current.batch, current.participant_count) == (new, 6)
    refused = specialist.client.post(reverse("office:collection:withdraw", args=[new.pk]), {"basis": " "})
    assert refused.status_code == 400
    assert "Не указано основание отзыва" in refused.content.decode()
    specialist.client.post(reverse("office:collection:withdraw", args=[new.pk]), {"basis": "Ошибка в файле"})
    current = CurrentBatch.objects.get()
    assert (current.batch, current.participant_count) == (old, 5)
    assert AuditEvent.objects.filter(event="collection.batch.withdrawn").count() == 1
    history = specialist.client.get(reverse("office:collection:batches")).content.decode()
    assert "Отозвана" in history
    assert "Ошибка в файле" in history


def test_a_file_may_be_left_out_and_taken_back() -> None:
    specialist = desk()
    session = specialist.open(good(specialist), good(specialist, 2))
    file = ImportFile.objects.get(session=session, name=f"2 {NAME}")
    exclude = reverse("office:collection:exclude", args=[file.pk])
    specialist.client.post(exclude, {"version": session.version, "exclude": "1"})
    run_all()
    session.refresh_from_db()
    assert "Принять 1 из 2" in specialist.page(session)
    specialist.accept(session)
    assert CurrentBatch.objects.count() == 1
    assert ImportFile.objects.get(session=session, name=f"2 {NAME}").stored_name == ""


def test_accepting_without_the_asked_files_leaves_them_out_only() -> None:
    specialist = desk()
    session = specialist.open(good(specialist), (f"9 {NAME}", table("Школа Ивана Петрова", SCORES)))
    assert "Принять 1 из 2" in specialist.page(session)
    refused = specialist.post("accept", {"what": "all"}, session)
    assert "Есть вопросы без ответа" in refused.content.decode()
    specialist.accept(session, "understood")
    assert [row.organization for row in CurrentBatch.objects.all()] == [specialist.place.schools[0]]


def test_names_of_pupils_are_dropped_said_and_absent_from_the_copy() -> None:
    specialist = desk()
    rows = [
        "Наименование ОО;Код участника;Фамилия;Имя;Класс;1;2",
        *(f"МБОУ СОШ № 1;{n};Секретов;Пётр;4А;1;0" for n in range(1, 9)),
    ]
    session = specialist.load((NAME, "\n".join(rows).encode()))
    assert "Фамилия, Имя" in specialist.page(session) or "Имя, Фамилия" in specialist.page(session)
    file = session.files.get()
    copy = specialist.client.get(reverse("office:collection:copy", args=[file.pk]))
    assert copy.status_code == 200
    assert "Секретов".encode() not in copy.content
    assert AuditEvent.objects.filter(event="collection.file.downloaded").count() == 1


def test_a_pasted_table_is_read_like_a_file() -> None:
    specialist = desk()
    text = table("МБОУ СОШ № 1", SCORES).decode().replace(";", "\t")
    specialist.post("open", {"table": text, "table_name": "ВПР 2026 Математика 4 класс"})
    run_all()
    specialist.accept(specialist.latest())
    assert stored() == (1, 1, 1)


def test_another_person_was_first_nothing_of_theirs_is_lost() -> None:
    specialist = desk()
    session = specialist.open((NAME, table("Школа Ивана Петрова", SCORES)))
    stale = session.version
    answer = {"q0-organization": str(specialist.place.schools[0].pk)}
    specialist.post("answer", answer, session)
    run_all()
    response = specialist.client.post(
        reverse("office:collection:answer", args=[session.pk]), {"version": stale, "q0-organization": "skip"}
    )
    assert response.status_code == 400
    assert "тем временем изменил другой сотрудник" in response.content.decode()
    assert [row.answer for row in session.answers.all()] == [{"organization": specialist.place.schools[0].pk}]


def test_a_school_loads_its_own_and_never_sees_the_imports_of_others() -> None:
    specialist = desk()
    session = specialist.open(good(specialist))
    school = specialist.place.schools[1]
    client = school_client(school)
    assert client.get(reverse("office:collection:session", args=[session.pk])).status_code == 404
    own = Desk(specialist.place, client)
    own.load((NAME, table(school.short_name, SCORES)))
    assert [row.organization for row in CurrentBatch.objects.all()] == [school]
    assert Campaign.objects.get().owner == specialist.place.municipality
    assert school_client(school, Role.OBSERVER).get(reverse("office:collection:list")).status_code == 403
