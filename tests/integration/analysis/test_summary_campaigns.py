"""A campaign known from summary reports only: computed, shown, reported, with the gaps of knowledge said."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from msoko.cycle.analysis.api import Report, Run, RunGroup, latest_run, result_of
from msoko.cycle.collection.api import ControlSummary
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.jobs.api import run_all
from qualimetry.recipes.contracts import CampaignResult, Estimate
from tests.factories.imports import SCORES, Desk, desk, school_client
from tests.factories.imports import table as participants

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "ВПР 2026 Математика 4 класс.csv"
SAID = "Данных участников нет, показано по сводным отчётам"
MARKS = (
    "Наименование ОО;Количество участников;2;3;4;5",
    "МБОУ СОШ № 1;20;2;8;6;4",
    "МБОУ СОШ № 2;10;1;3;4;2",
    "Итого;30;3;11;10;6",
)
ITEMS = (
    "Наименование ОО;Количество участников;1;2;3",
    "МБОУ СОШ № 1;20;80;50;25",
    "МБОУ СОШ № 2;10;50;20;100",
)
PAGES = ("detail", "organizations", "items", "elements", "gaps", "years", "reports", "journal", "reconciliation")
EXPORTS = (
    "detail_export",
    "organizations_export",
    "items_export",
    "gaps_export",
    "years_export",
    "elements_export",
    "journal_export",
    "reconciliation_export",
)


def file(*rows: str) -> bytes:
    return "\n".join(rows).encode()


@pytest.fixture
def specialist() -> Desk:
    return desk()


def run() -> Run:
    found = latest_run(Campaign.objects.get())
    assert found is not None
    return found


def result() -> CampaignResult:
    return result_of(run())


def value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate is not None else None


def page(specialist: Desk, name: str, *arguments: object) -> str:
    address = reverse(f"office:analysis:{name}", args=[Campaign.objects.get().pk, *arguments])
    response = specialist.client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_marks_by_organization_become_a_run(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    assert run().is_counted
    whole = result().whole
    assert (whole.participants, whole.marks) == (30, {2: 3, 3: 11, 4: 10, 5: 6})
    assert value(whole.pass_rate) == pytest.approx(27 / 30)
    assert value(whole.quality_rate) == pytest.approx(16 / 30)
    assert value(whole.mean_mark) == pytest.approx(109 / 30)
    assert value(whole.sou_index) == pytest.approx((3 * 0.16 + 11 * 0.36 + 10 * 0.64 + 6) / 30)
    first, second = specialist.place.schools[:2]
    assert {one.group.organization: one.participants for one in result().organizations} == {first.pk: 20, second.pk: 10}
    assert not RunGroup.objects.filter(is_class=True).exists()


def test_facility_of_items_stands_beside_the_marks(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)), (f"Задания {NAME}", file(*ITEMS)))
    facilities = {item.label: value(item.facility) for item in result().whole.items}
    assert facilities == {"1": pytest.approx(0.7), "2": pytest.approx(0.4), "3": pytest.approx(0.5)}
    text = page(specialist, "items")
    assert "70,0" in text
    assert "Не приступали" not in text


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_that_there_are_no_participants(specialist: Desk, name: str) -> None:
    specialist.load((NAME, file(*MARKS)))
    assert SAID in page(specialist, name)


def test_pages_show_figures_and_no_findings_that_nobody_can_make(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    text = page(specialist, "detail")
    assert "90\u00a0%" in text
    assert "53\u00a0%" in text
    assert "Дефицитов не выявлено" not in page(specialist, "gaps")
    school = specialist.place.schools[0]
    assert "СОШ № 1" in page(specialist, "organization", school.pk)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_page_goes_to_excel(specialist: Desk, name: str) -> None:
    specialist.load((NAME, file(*MARKS)))
    response = specialist.client.get(reverse(f"office:analysis:{name}", args=[Campaign.objects.get().pk]))
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert f"{SAID}." in said


def test_reports_of_the_municipality_and_of_a_school_say_it(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    campaign = Campaign.objects.get()
    for organization in (specialist.place.municipality, specialist.place.schools[0]):
        address = reverse("office:analysis:report_make", args=[campaign.pk])
        specialist.client.post(address, {"organization": organization.pk})
        report = Report.objects.get(organization=organization)
        assert SAID in str(report.document)
        text = specialist.client.get(reverse("office:analysis:report", args=[report.pk])).content.decode()
        assert SAID in text
    specialist.client.post(reverse("office:analysis:report_all", args=[campaign.pk]))
    run_all()
    assert specialist.client.get(reverse("office:analysis:report_all_download", args=[campaign.pk])).status_code == 200


def test_grounds_name_the_report(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    address = reverse("office:analysis:grounds", args=[Campaign.objects.get().pk])
    text = specialist.client.get(address, {"figure": "pass_rate"}).content.decode()
    assert NAME in text
    assert SAID in text


def test_a_slice_is_refused_in_words(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    address = reverse("office:analysis:detail", args=[Campaign.objects.get().pk])
    for query in ({"sex": "1"}, {"school_type": "basic"}, {"place_kind": "city", "variant": "2"}):
        text = specialist.client.get(address, query).content.decode()
        assert f"Разрез не показан: {SAID.lower()}" in text.replace("Данных", "данных")
    first = specialist.place.schools[0]
    assert "СОШ № 1" in specialist.client.get(address, {"organization": first.pk}).content.decode()


def test_participants_count_and_the_summary_becomes_control_totals(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    counted = run()
    specialist.load((f"1 {NAME}", participants("МБОУ СОШ № 1", SCORES)))
    assert not run().is_counted
    assert run().participant_count == len(SCORES)
    assert run().pk != counted.pk
    assert SAID not in page(specialist, "detail")


def test_a_corrected_report_replaces_the_figures(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    specialist.load((f"Исправленный {NAME}", file(MARKS[0], "МБОУ СОШ № 2;10;0;4;4;2")))
    assert result().whole.marks == {2: 2, 3: 12, 4: 10, 5: 6}


def test_a_school_that_loads_its_own_report_keeps_the_totals_of_the_municipality(specialist: Desk) -> None:
    client = school_client(specialist.place.schools[0])
    own = Desk(specialist.place, client)
    own.load((NAME, file(MARKS[0], MARKS[1], MARKS[3])))
    assert (result().whole.participants, result().whole.marks) == (30, {2: 3, 3: 11, 4: 10, 5: 6})
    assert [one.participants for one in result().organizations] == [20]


def test_rates_without_marks_are_shown_as_printed(specialist: Desk) -> None:
    rows = ("ОО;Писали;Успеваемость;Качество знаний;СОУ;Средняя отметка", "МБОУ СОШ № 1;20;90,0;50,0;55;3,6")
    specialist.load((NAME, file(*rows, "МБОУ СОШ № 2;10;60;20;45;3,0")))
    whole = result().whole
    figures = [value(one) for one in (whole.pass_rate, whole.quality_rate, whole.sou_index, whole.mean_mark)]
    assert figures == pytest.approx([0.8, 0.4, (0.55 * 20 + 0.45 * 10) / 30, 3.4])
    assert "80\u00a0%" in page(specialist, "detail")


def test_an_unknown_organization_of_the_only_data_is_asked_and_remembered(specialist: Desk) -> None:
    session = specialist.open((NAME, file(MARKS[0], MARKS[1], "Школа Ивана Петрова;10;1;3;4;2")))
    (question,) = session.preview["questions"]
    assert question["title"] == "Не узнана организация «Школа Ивана Петрова»"
    school = specialist.place.schools[2]
    specialist.post("answer", {"q0-organization": "other", "q0-other": school.short_name}, session)
    run_all()
    specialist.accept(specialist.latest())
    assert [one.participants for one in result().organizations] == [20, 10]
    assert RunGroup.objects.filter(organization=school).exists()


def test_what_a_summary_does_not_say_of_its_campaign_is_asked(specialist: Desk) -> None:
    session = specialist.open(("итоги.csv", file(*MARKS)))
    assert [question["kind"] for question in session.preview["questions"]] == ["campaign"]
    answer = {"q0-procedure": "MUNICIPAL_DIAGNOSTIC", "q0-subject": "Физика", "q0-grade_level": "8", "q0-year": "2026"}
    specialist.post("answer", answer, session)
    run_all()
    specialist.accept(specialist.latest())
    assert (Campaign.objects.get().subject, run().participant_count) == ("Физика", 30)


def test_a_school_cannot_write_the_figures_of_another(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    own = Desk(specialist.place, school_client(specialist.place.schools[0]))
    session = own.load((f"Свой {NAME}", file(MARKS[0], MARKS[1], "МБОУ СОШ № 2;99;99;0;0;0", "Итого;500;500;0;0;0")))
    assert session.accepted_at is not None
    assert (result().whole.participants, result().whole.marks) == (30, {2: 3, 3: 11, 4: 10, 5: 6})
    assert [one.participants for one in result().organizations] == [20, 10]


SCORED = ("Наименование ОО;Количество участников;0;1;2;3;4;5;6;7", "МБОУ СОШ № 1;20;10;10;10;20;20;10;10;10")
OTHERS = {
    "levels": (
        "Готовность первоклассников 2025.csv",
        ("ОО;Обследовано;Высокий;Средний;Низкий", "МБОУ СОШ № 1;25;10;10;5"),
    ),
    "exam": ("ЕГЭ 2026 Физика.csv", ("ОО;Сдавали;Средний балл;Ниже минимума", "МБОУ СОШ № 1;20;65,5;1")),
    "scores": ("ВПР 2026 Химия 8 класс.csv", SCORED),
    "items": ("ВПР 2026 Физика 8 класс.csv", ITEMS),
    "rates": ("ВПР 2026 Физика 8 класс.csv", ("ОО;Писали;Успеваемость;Качество знаний", "МБОУ СОШ № 1;20;90,0;50,0")),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_kinds_of_summaries_have_pages_and_a_report(specialist: Desk, kind: str) -> None:
    name, rows = OTHERS[kind]
    session = specialist.open((name, file(*rows)))
    assert session.preview["questions"] == []
    specialist.accept(session)
    assert run().is_counted
    for one in ("detail", "organizations", "items", "gaps", "years", "detail_export", "organizations_export"):
        response = specialist.client.get(reverse(f"office:analysis:{one}", args=[Campaign.objects.get().pk]))
        assert response.status_code == 200
    address = reverse("office:analysis:report_make", args=[Campaign.objects.get().pk])
    for organization in (specialist.place.municipality, specialist.place.schools[0]):
        specialist.client.post(address, {"organization": organization.pk})
        assert SAID in str(Report.objects.get(organization=organization).document)


def test_levels_and_means_of_examinations_are_those_of_the_report(specialist: Desk) -> None:
    specialist.load((OTHERS["levels"][0], file(*OTHERS["levels"][1])))
    shares = {name: value(share) for name, share in result().whole.levels.items()}
    assert shares == {"Низкий": 0.2, "Средний": 0.4, "Высокий": 0.4}
    Campaign.objects.all().update(label="иная")
    specialist.load((OTHERS["exam"][0], file(*OTHERS["exam"][1])))
    found = latest_run(Campaign.objects.get(procedure="EGE"))
    assert found is not None
    scaled = result_of(found).whole.scaled
    assert scaled is not None
    assert (value(scaled.mean), value(scaled.below_minimum)) == (65.5, 0.05)


def test_a_report_is_withdrawn_on_a_basis_and_its_figures_with_it(specialist: Desk) -> None:
    session = specialist.load((NAME, file(*MARKS)))
    assert "Принятые сводные отчёты" in specialist.page(session)
    campaign, summary = Campaign.objects.get(), ControlSummary.objects.get()
    client = specialist.client
    address = reverse("office:collection:withdraw_summary", args=[summary.pk])
    assert "Отозвать отчёт" in client.get(reverse("office:procedures:campaign", args=[campaign.pk])).content.decode()
    assert client.post(address, {"basis": " "}).status_code == 400
    assert client.post(address, {"basis": "Письмо от 01.06.2026"}).status_code == 302
    run_all()
    assert latest_run(campaign) is None
    assert client.post(address, {"basis": "ещё раз"}).status_code == 400
    assert AuditEvent.objects.filter(event="collection.summary.withdrawn").count() == 1


def test_the_report_compares_what_is_known(specialist: Desk) -> None:
    specialist.load((NAME, file(*MARKS)))
    address = reverse("office:analysis:report_make", args=[Campaign.objects.get().pk])
    specialist.client.post(address, {"organization": specialist.place.municipality.pk})
    text = str(Report.objects.get().document)
    assert "различий средней отметки между организациями" in text
    assert "среднего процента выполнения между" not in text
