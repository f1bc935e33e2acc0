"""The school keeps the key: a code list without names, a pupil by number, a cohort, rows of a class."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.cycle.collection.api import Batch, PupilLink, pairs_of_text
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.kernel.errors import RefusedError
from tests.factories.imports import Desk, desk, school_client, table

pytestmark = pytest.mark.django_db(transaction=True)

EARLIER, LATER = "ВПР 2025 Математика 4 класс.csv", "ВПР 2026 Математика 5 класс.csv"
HEADER = "Код участника;Класс;Отметка"


def marked(marks: list[int], code: int) -> bytes:
    rows = [f"МБОУ СОШ № 1;{code + place};4А;{mark};{mark % 2};1" for place, mark in enumerate(marks)]
    return "\n".join([f"Наименование ОО;{HEADER};1;2", *rows]).encode()


def delivered() -> tuple[Desk, Client, list[Campaign]]:
    specialist = desk()
    specialist.load((EARLIER, marked([3, 4, 5, 2], 100)))
    specialist.load((LATER, marked([4, 4, 4, 3, 5], 500)))
    campaigns = list(Campaign.objects.order_by("year"))
    return specialist, school_client(specialist.place.schools[0]), campaigns


def load(client: Client, campaign: Campaign, text: str) -> str:
    response = client.post(reverse("office:collection:key_load"), {"campaign": campaign.pk, "pairs": text}, follow=True)
    return str(response.content.decode())


def listed(pairs: dict[int, str]) -> str:
    return "\n".join(["Код участника\tНомер обучающегося", *(f"{code}\t{number}" for code, number in pairs.items())])


def test_a_list_links_codes_with_numbers_and_stores_neither() -> None:
    _, client, (earlier, _later) = delivered()
    said = load(client, earlier, listed({100: "Л-17", 101: "Л-18", 999: "Л-99"}))
    assert "Связано 2 из 3 строк списка" in said
    assert "без результатов осталось кодов: 1" in said
    assert "участников без номера: 2" in said
    assert PupilLink.objects.count() == 3
    for link in PupilLink.objects.all():
        assert len(bytes(link.pupil)) == len(bytes(link.participant)) == 16
        assert b"17" not in bytes(link.pupil)
    load(client, earlier, listed({100: "Л-17"}))
    assert PupilLink.objects.count() == 1
    assert "Л-17" not in str(list(AuditEvent.objects.values()))


def test_a_pupil_is_followed_by_number_and_the_look_is_journalled() -> None:
    _, client, (earlier, later) = delivered()
    load(client, earlier, listed({100: "17", 101: "18"}))
    load(client, later, listed({502: "17"}))
    page = client.post(reverse("office:collection:pupil"), {"number": " 17 "}).content.decode()
    assert page.index("ВПР 2025") < page.index("ВПР 2026")
    assert "отметка: 3" in page
    assert "отметка: 4" in page
    event = AuditEvent.objects.get(event="collection.pupil_results.viewed")
    assert event.details == {"campaigns": 2}
    missing = client.post(reverse("office:collection:pupil"), {"number": "404"}).content.decode()
    assert "ничего не найдено" in missing


def test_a_cohort_counts_the_linked_only_and_says_so_when_there_are_none() -> None:
    _, client, (earlier, later) = delivered()
    address = reverse("office:collection:cohort") + f"?before={earlier.pk}&after={later.pk}"
    assert "Когорты сравниваются как группы" in client.get(address).content.decode()
    load(client, earlier, listed({100: "17", 101: "18", 102: "19"}))
    load(client, later, listed({500: "17", 502: "18", 503: "19", 504: "20"}))
    response = client.get(address)
    found = response.context["found"]
    assert found.cells == {(3, 4): 1, (4, 4): 1, (5, 3): 1}
    assert (found.linked, found.before, found.after) == (3, 4, 5)
    assert (found.higher, found.same, found.lower) == (1, 1, 1)
    assert "связано 3 из 5" in response.content.decode()


def test_a_file_gives_two_columns_and_drops_the_names() -> None:
    _, client, (earlier, _) = delivered()
    text = "ФИО;Код участника;Номер личного дела\nСекретов Пётр;100;17\nТайнова Анна;101;18\n"
    upload = SimpleUploadedFile("список.csv", text.encode())
    client.post(reverse("office:collection:key_load"), {"campaign": earlier.pk, "file": upload})
    assert PupilLink.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("100\tСекретов Пётр", "стоит имя"),
        ("Код участника\tНомер обучающегося\n100\t17\n100\t18", "Код повторяется в строках 2 и 3"),
        ("Код участника\tНомер обучающегося\n100\t17\n101\t17", "Номер повторяется в строках 2 и 3"),
        ("а\tб\tв\n1\t2\t3", "Не найдены столбцы"),
        ("Код участника\tНомер обучающегося\n", "нет ни одной строки"),
    ],
)
def test_a_list_that_cannot_be_one_is_refused(text: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        pairs_of_text(text)


def test_codes_that_repeat_in_classes_cannot_be_linked() -> None:
    specialist, client, _ = delivered()
    specialist.load(("Муниципальная диагностика 2026 Физика 8 класс.csv", table("МБОУ СОШ № 1", [[1, 2]] * 5)))
    diagnostic = Campaign.objects.get(procedure="MUNICIPAL_DIAGNOSTIC")
    assert "Не выбрана процедура" in load(client, diagnostic, listed({101: "1"}))
    assert PupilLink.objects.count() == 0


def test_the_key_is_the_school_s_own() -> None:
    specialist, _, (earlier, _) = delivered()
    assert specialist.client.get(reverse("office:collection:keys")).status_code == 400
    head = school_client(specialist.place.schools[0], Role.SCHOOL_HEAD)
    assert head.get(reverse("office:collection:keys")).status_code == 200
    assert head.post(reverse("office:collection:key_load"), {"campaign": earlier.pk}).status_code == 403


def test_rows_of_a_class_show_what_was_not_begun_and_every_look_is_journalled() -> None:
    specialist = desk()
    specialist.load((LATER, table("МБОУ СОШ № 1", [[1, "X"], [0, "не пройдено"], [1, 2], [1, 1], [0, 0]])))
    client = school_client(specialist.place.schools[0])
    page = client.get(reverse("office:collection:individual"))
    cells = [[cell.text for cell in row.items] for row in page.context["rows"]]
    assert sorted(cells) == sorted([["1", "X"], ["0", "—"], ["1", "2"], ["1", "1"], ["0", "0"]])
    assert "101" not in {row.participant.short_code for row in page.context["rows"]}
    event = AuditEvent.objects.get(event="collection.individual_results.viewed")
    assert event.organization_id == specialist.place.schools[0].pk
    other = school_client(specialist.place.schools[1])
    assert other.get(reverse("office:collection:individual")).context["campaigns"] == []
    regional = school_client(specialist.place.region, Role.REGIONAL_VIEWER)
    assert regional.get(reverse("office:collection:individual")).status_code == 403
    assert Batch.objects.get().participant_count == 5
