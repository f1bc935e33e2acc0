"""Specifications: typed in the table, loaded from Excel, exported, chosen for a campaign."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from intake import read_file
from msoko.cycle.collection.api import Batch
from msoko.cycle.procedures.api import BlueprintVersion, Campaign, blueprint_value
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import Job
from qualimetry.frames.blueprint import MarkCondition
from tests.factories import orgs
from tests.factories.imports import NAME, SCORES, desk, table
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db(transaction=True)

WORK = {"procedure": "VPR", "subject": "Математика", "grade_level": "4", "year": "2026"}
SCALE = {"result_kind": "marks", "lowest_three": "2", "lowest_four": "3", "lowest_five": "4"}


def adviser() -> Client:
    place = orgs.place(1)
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def grid(*rows: tuple[str, ...]) -> dict[str, str]:
    names = ("label", "max_score", "level", "content", "skills", "section")
    return {
        f"item-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in zip(names, (*row, *[""] * (6 - len(row))), strict=True)
    }


ROWS = grid(("1", "1", "Б", "1.1; 1.2", "Считать"), ("2", "2", "П"), ("3", "1"), ("", ""))


def add(client: Client, **changes: str) -> str:
    response = client.post(reverse("office:procedures:blueprint_add"), WORK | SCALE | ROWS | changes, follow=True)
    return text_of(response)


def test_a_typed_table_becomes_a_version_and_a_change_the_next_one() -> None:
    client = adviser()
    page = add(client, conditions="4: 1, 2 ≥ 2", scale_source="Письмо", is_scale_verified="on")
    assert "Сохранено: ВПР 2026, Математика, 4 класс, версия 1" in page
    first = BlueprintVersion.objects.get()
    value = blueprint_value(first)
    assert [(item.label, item.max_score, item.level) for item in value.items] == [
        ("1", 1, "Б"),
        ("2", 2, "П"),
        ("3", 1, None),
    ]
    assert value.items[0].content_elements == ("1.1", "1.2")
    assert value.cut_scores is not None
    assert value.cut_scores.conditions == (MarkCondition(("1", "2"), 2, 4),)
    edit = reverse("office:procedures:blueprint_edit", args=[first.pk])
    client.post(edit, WORK | SCALE | ROWS | {"item-2-max_score": "3"})
    assert list(BlueprintVersion.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert blueprint_value(first).max_score == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"item-1-label": "1"}, "Номера заданий повторяются: 1"),
        ({"item-1-label": ""}, "Строка 2: нет номера задания"),
        ({"item-0-max_score": "два"}, "Строка 1: максимальный балл «два»"),
        ({"item-0-level": "Ы"}, "Строка 1: уровень «Ы» не известен"),
        ({"lowest_four": ""}, "Шкала заполнена не полностью"),
        ({"lowest_five": "9"}, "больше максимального балла работы (4)"),
        ({"lowest_three": "3"}, "Границы отметок не возрастают"),
        ({"conditions": "3: 77 ≥ 2"}, "которых нет в таблице: 77"),
        ({"conditions": "как-нибудь"}, "не понято"),
        ({"levels": "Низкий"}, "Уровни не поняты"),
    ],
)
def test_what_cannot_be_a_specification_is_refused_with_its_place(change: dict[str, str], words: str) -> None:
    page = add(adviser(), **change)
    assert words in page.replace("&quot;", '"')
    assert BlueprintVersion.objects.count() == 0


def test_an_exported_version_is_read_back_as_it_was() -> None:
    client = adviser()
    add(client, conditions="5: 2 ≥ 2")
    version = BlueprintVersion.objects.get()
    data = client.get(reverse("office:procedures:blueprint_export", args=[version.pk])).content
    upload = SimpleUploadedFile("спецификация.xlsx", data)
    preview = client.post(reverse("office:procedures:blueprint_import"), {"file": upload}, follow=True)
    assert "5: 2 ≥ 2" in text_of(preview)
    kept = preview.context["form"].initial
    assert (kept["procedure"], kept["subject"], kept["grade_level"], kept["year"]) == ("VPR", "Математика", 4, 2026)
    client.post(reverse("office:procedures:blueprint_import_preview"), WORK | {"year": "2027"})
    other = BlueprintVersion.objects.get(year=2027)
    one, two = blueprint_value(version), blueprint_value(other)
    assert (one.items, one.cut_scores, one.element_names) == (two.items, two.cut_scores, two.element_names)


def test_levels_travel_through_the_template() -> None:
    client = adviser()
    add(
        client,
        result_kind="levels",
        lowest_three="",
        lowest_four="",
        lowest_five="",
        levels="Низкий: 0\nБазовый: 2\nВысокий: 4",
    )
    version = BlueprintVersion.objects.get()
    data = client.get(reverse("office:procedures:blueprint_export", args=[version.pk])).content
    (found,) = read_file("спецификация.xlsx", data).specifications
    assert (found.level_names, found.level_lowest) == (("Низкий", "Базовый", "Высокий"), (2, 4))


def test_the_blank_form_is_a_specification_without_faults() -> None:
    data = adviser().get(reverse("office:procedures:blueprint_template")).content
    (found,) = read_file("бланк.xlsx", data).specifications
    assert [item.label for item in found.items] == ["1"]
    assert found.problems == []
    assert (found.cut_scores, found.level_names, found.conditions) == ((), (), ())


def test_a_file_without_a_specification_is_refused() -> None:
    client = adviser()
    upload = SimpleUploadedFile("письмо.csv", "Уважаемые коллеги!".encode())
    response = client.post(reverse("office:procedures:blueprint_import"), {"file": upload})
    assert response.status_code == 400
    assert "Спецификация в файле не найдена" in text_of(response)


def test_a_chosen_version_recomputes_and_a_foreign_composition_is_refused() -> None:
    specialist = desk()
    specialist.load((NAME, table("МБОУ СОШ № 1", SCORES)))
    client, campaign = specialist.client, Campaign.objects.get()
    add(client)
    version = BlueprintVersion.objects.latest("id")
    choose = reverse("office:procedures:choose_blueprint", args=[campaign.pk])
    before = Job.objects.filter(kind="analysis.compute").count()
    said = client.post(choose, {"version": version.pk}, follow=True)
    assert "результаты пересчитываются" in text_of(said)
    campaign.refresh_from_db()
    assert campaign.blueprint == version
    assert Job.objects.filter(kind="analysis.compute").count() == before + 1
    add(client, **{"item-2-label": "99"})
    other = BlueprintVersion.objects.latest("id")
    refused = client.post(choose, {"version": other.pk})
    assert refused.status_code == 400
    assert "не совпадает с принятыми результатами" in text_of(refused)
    assert Batch.objects.get().item_labels == ["1", "2", "3"]


def test_a_school_head_reads_specifications_but_changes_none() -> None:
    client = adviser()
    add(client)
    version = BlueprintVersion.objects.get()
    head = client_of(orgs.account(Role.SCHOOL_HEAD, version.owner.children.filter(kind="school").get()))
    assert head.get(reverse("office:procedures:blueprint", args=[version.pk])).status_code == 200
    assert head.get(reverse("office:procedures:blueprint_edit", args=[version.pk])).status_code == 403
