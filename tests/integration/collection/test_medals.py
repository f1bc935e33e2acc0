"""Candidates for the medal: marked by the school's numbers, followed over linked works, counted for the authority."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from msoko.cycle.collection.api import MedalCandidate, PupilLink
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from tests.factories.imports import Desk, desk, school_client

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "office:collection:medals"
RUSSIAN, PHYSICS, BASIC, EARLIER = (
    "ЕГЭ 2026 Русский язык.csv", "ЕГЭ 2026 Физика.csv", "ЕГЭ 2026 Математика базовая.csv",
    "ВПР 2025 Математика 4 класс.csv",
)  # fmt: skip


def exam(scores: list[int], code: int = 700, what: str = "Тестовый балл") -> bytes:
    rows = [f"МБОУ СОШ № 1;{code + place};11А;{score}" for place, score in enumerate(scores)]
    return "\n".join([f"Наименование ОО;Код участника;Класс;{what}", *rows]).encode()


def work(marks: list[int], code: int) -> bytes:
    rows = [f"МБОУ СОШ № 1;{code + place};4А;{mark};{mark % 2};1" for place, mark in enumerate(marks)]
    return "\n".join(["Наименование ОО;Код участника;Класс;Отметка;1;2", *rows]).encode()


def listed(pairs: dict[int, str], **degrees: str) -> str:
    lines = [f"{code}\t{number}\t{degrees.get(f'n{number}', '')}" for code, number in pairs.items()]
    return "\n".join(["Код участника\tНомер обучающегося\tМедаль", *lines])


def delivered() -> tuple[Desk, Client]:
    """Three graduates: 17 reaches both thresholds of the first degree, 18 lacks points, 19 sat Russian only."""
    specialist = desk()
    specialist.load((RUSSIAN, exam([82, 66, 91])))
    specialist.load((PHYSICS, exam([75, 58], 800)))
    specialist.load((EARLIER, work([5, 3, 4, 5], 100)))
    return specialist, school_client(specialist.place.schools[0])


def load(client: Client, name: str, text: str) -> str:
    procedure, year, subject = name.removesuffix(".csv").removesuffix(" 4 класс").split(" ", 2)
    campaign = Campaign.objects.get(procedure={"ЕГЭ": "EGE", "ВПР": "VPR"}[procedure], year=year, subject=subject)
    response = client.post(reverse("office:collection:key_load"), {"campaign": campaign.pk, "pairs": text}, follow=True)
    return str(response.content.decode())


def linked() -> tuple[Desk, Client]:
    specialist, client = delivered()
    said = load(client, RUSSIAN, listed({700: "17", 701: "18", 702: "19"}, n17="I", n18="II степени", n19="да"))
    assert "претендентов на медаль: 3" in said
    load(client, PHYSICS, "800\t17\n801\t18")
    load(client, EARLIER, "100\t17\n101\t18\n102\t19")
    return specialist, client


def test_candidates_of_the_code_list_are_followed_over_works_and_the_gap_is_named() -> None:
    _, client = linked()
    response = client.post(reverse(PAGE), {"action": "show", "year": "2026", "numbers": "17\n18\n19"})
    rows = {row.name: row for row in response.context["rows"]}
    assert {name: row.verdict[0] for name, row in rows.items()} == {
        "17": "порог достигнут", "18": "не хватает: Физика — 2", "19": "нет результата: второй предмет",
    }  # fmt: skip
    assert {name: row.marks for name, row in rows.items()} == {"17": [(5, 1)], "18": [(3, 1)], "19": [(4, 1)]}
    assert {name: row.below for name, row in rows.items()} == {
        "17": "", "18": "ниже «4»: 1 из 1", "19": "ниже «5»: 1 из 1",
    }  # fmt: skip
    page = response.content.decode()
    assert "ВПР 2025, Математика, 4 класс: отметка 5" in page
    assert "тестовый балл 82" in page


def test_basic_mathematics_counts_where_there_is_no_other_subject() -> None:
    specialist, client = linked()
    specialist.load((BASIC, exam([4], 900, "Отметка")))
    load(client, BASIC, "900\t19")
    rows = {
        row.name: row.verdict[0]
        for row in client.post(reverse(PAGE), {"year": "2026", "numbers": "19"}).context["rows"]
    }
    assert rows["19"] == "не хватает: Математика базовая — 1"


def test_numbers_are_neither_stored_nor_journalled() -> None:
    _, client = delivered()
    client.post(reverse(PAGE), {"action": "mark", "year": "2026", "numbers": "ЛД-417\nЛД-418;II", "degree": "1"})
    assert sorted(MedalCandidate.objects.values_list("degree", flat=True)) == [1, 2]
    page = client.get(reverse(PAGE) + "?year=2026")
    assert "ЛД-417" not in page.content.decode()
    assert not any(row.is_number for row in page.context["rows"])
    assert "ЛД-41" not in str(list(MedalCandidate.objects.values())) + str(list(AuditEvent.objects.values()))
    assert AuditEvent.objects.filter(event="collection.medal_candidates.viewed").count() == 2
    client.post(reverse(PAGE), {"action": "mark", "year": "2026", "numbers": "ЛД-417;нет"})
    assert MedalCandidate.objects.get().degree == 2
    client.post(reverse("office:collection:medals_forget"), {"year": "2026"})
    assert MedalCandidate.objects.count() == 0


@pytest.mark.parametrize(
    ("numbers", "words"),
    [("Секретов Пётр", "стоит имя"), ("17;третья", "степень медали «третья» непонятна"), ("", "Список номеров пуст")],
)
def test_a_list_that_cannot_be_one_is_refused(numbers: str, words: str) -> None:
    _, client = delivered()
    response = client.post(reverse(PAGE), {"action": "mark", "year": "2026", "numbers": numbers})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert MedalCandidate.objects.count() == 0


def test_the_authority_sees_counts_only_and_another_school_nothing() -> None:
    specialist, client = linked()
    response = specialist.client.get(reverse(PAGE) + "?year=2026")
    assert [(one.listed, one.linked, one.confirmed, one.not_confirmed) for one in response.context["counts"]] == [
        (3, 3, 1, 1)
    ]
    code = client.get(reverse(PAGE) + "?year=2026").context["rows"][0].name
    assert code not in response.content.decode()
    book = load_workbook(io.BytesIO(specialist.client.get(reverse("office:collection:medals_export")).content))
    assert ["МБОУ СОШ № 1", 3, 3, 1, 1] in [[cell.value for cell in row] for row in book.worksheets[0].rows]
    other = school_client(specialist.place.schools[1], Role.SCHOOL_HEAD)
    assert other.get(reverse(PAGE) + "?year=2026").context["rows"] == []
    assert other.post(reverse("office:collection:medals_forget"), {"year": "2026"}).status_code == 403
    regional = school_client(specialist.place.region, Role.REGIONAL_VIEWER)
    assert regional.get(reverse(PAGE)).status_code == 403


def test_the_export_takes_what_is_on_the_page() -> None:
    _, client = linked()
    response = client.post(reverse(PAGE), {"action": "export", "year": "2026", "numbers": "17"})
    book = load_workbook(io.BytesIO(response.content))
    names = [row[0].value for row in book["Претенденты"].rows]
    assert "17" in names
    assert "18" not in names
    assert any("отметка 5" in str(row[1].value) for row in book["Результаты"].rows)
    assert AuditEvent.objects.filter(event="collection.medal_candidates.downloaded").exists()


NAMED = "ОГЭ 2026 Физика.csv"


def protocol(totals: list[int]) -> bytes:
    """A protocol without participant codes: rows differ by names, which are dropped at reading."""
    rows = [
        f"{place + 1};111001;9А;Фамилия{'абвгд'[place]};Имя;Отчество;{'+' * total}{'-' * (5 - total)};{total};{total}"
        for place, total in enumerate(totals)
    ]
    head = "№;Код ОО;Класс;Фамилия;Имя;Отчество;Задания с кратким ответом;Первичный балл;Оценка"
    return "\n".join(["03 - Физика 2026.06.02", head, *rows]).encode()


def test_a_protocol_without_codes_is_named_and_linked_by_codes_of_rows() -> None:
    specialist = desk()
    school = specialist.place.schools[0]
    type(school).objects.filter(pk=school.pk).update(exam_code="111001")
    specialist.load((NAMED, protocol([3, 4, 5])))
    client = school_client(school)
    page = client.get(reverse("office:collection:keys"))
    assert [state.has_no_codes for state, _ in page.context["states"]] == [True]
    assert "в файле нет кодов участников" in page.content.decode()
    campaign = Campaign.objects.get(procedure="OGE")
    address = reverse("office:collection:rows_to_link") + f"?campaign={campaign.pk}"
    rows = list(load_workbook(io.BytesIO(client.get(address).content)).worksheets[0].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[0] == "Код строки")
    codes = {row[3]: row[0] for row in rows[head + 1 :]}
    text = f"Код строки\tНомер обучающегося\tМедаль\n{codes[4]}\t17\t\n{codes[5]}\t18\tI"
    said = client.post(
        reverse("office:collection:key_load"), {"campaign": campaign.pk, "pairs": text}, follow=True
    ).content.decode()
    assert "Связано 2 из 2 строк списка" in said
    assert PupilLink.objects.count() == 2
    assert MedalCandidate.objects.get().graduation_year == 2028
    shown = client.post(reverse("office:collection:pupil"), {"number": "17"}).content.decode()
    assert "отметка: 4" in shown
    wrong = "Код строки\tНомер обучающегося\n000-000\t17"
    refused = client.post(reverse("office:collection:key_load"), {"campaign": campaign.pk, "pairs": wrong})
    assert "код строки не найден в результатах" in refused.content.decode()
