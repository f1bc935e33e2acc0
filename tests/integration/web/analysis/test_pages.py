"""Pages of results: constant queries, orders that the procedure allows, figures with grounds, Excel."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from msoko.foundation.access.api import Role
from qualimetry.frames.blueprint import LevelCuts, ResultKind
from tests.factories import campaigns, orgs
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
PAGES = ("detail", "organizations", "items", "elements", "gaps", "journal", "years", "reconciliation", "reports")
MOST_QUERIES = 16


def _url(page: str, *arguments: object) -> str:
    return reverse(f"office:analysis:{page}", args=arguments)


def test_pages_take_as_many_queries_with_thirty_organizations_as_with_three() -> None:
    few, many = (_queries_of_pages(schools) for schools in (3, 30))
    assert few == many
    assert max(many.values()) <= MOST_QUERIES


def _queries_of_pages(schools: int) -> dict[str, int]:
    place = orgs.place(schools, name=f"Округ на {schools}")
    found = campaigns.computed(place, sizes=[12] * schools)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    return {page: queries(lambda page=page: client.get(_url(page, found.pk))) for page in PAGES}  # type: ignore[misc]


def test_the_list_takes_as_many_queries_with_five_campaigns_as_with_one() -> None:
    place = orgs.place()
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    campaigns.computed(place)
    few = queries(lambda: client.get(_url("list")))
    for year in (2022, 2023, 2024, 2025):
        campaigns.computed(place, plan=campaigns.blueprint(year=year))
    assert queries(lambda: client.get(_url("list"))) == few <= MOST_QUERIES


def _order(page: str) -> list[str]:
    return re.findall(r'<th scope="row" class="pin"><a[^>]*>МБОУ СОШ № (\d)</a>', page)


def test_results_of_vpr_are_never_ranked() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    page = text_of(client.get(f"{_url('organizations', found.pk)}?sort=-pass_rate"))
    assert "Так упорядочить нельзя." in page
    assert "не могут быть использованы для оценки деятельности" in page
    assert _order(page) == ["1", "2", "3"]
    assert "?sort=-quality_rate" not in page
    allowed = {sort: _order(text_of(client.get(f"{_url('organizations', found.pk)}?sort={sort}")))
               for sort in ("name", "size", "-size", "band")}  # fmt: skip
    assert allowed == {"name": ["1", "2", "3"], "size": ["3", "2", "1"], "-size": ["1", "2", "3"],
                       "band": ["2", "1", "3"]}  # fmt: skip


def test_results_of_a_municipal_diagnostic_may_be_ordered_by_figures() -> None:
    place = orgs.place()
    found = campaigns.computed(place, plan=campaigns.blueprint(procedure="MUNICIPAL_DIAGNOSTIC"))
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    page = text_of(client.get(f"{_url('organizations', found.pk)}?sort=mean_percent"))
    assert "Так упорядочить нельзя" not in page
    assert _order(page)[0] == "2"


def test_a_small_group_is_marked_and_not_blanked_inside() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    page = text_of(client_of(orgs.account(Role.SPECIALIST, place.authority)).get(_url("organizations", found.pk)))
    assert page.count("менее 10 участников") == 1
    assert "мало участников" in page


def test_grounds_tell_formula_counts_and_files() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    panel = client.get(f"{_url('grounds', found.pk)}?figure=pass_rate", headers={"HX-Request": "true"})
    text = text_of(panel)
    assert "Число участников с отметками «3», «4» и «5», делённое на число участников с отметкой." in text
    assert "<dt>Писали работу</dt><dd>76</dd>" in text
    assert campaigns.Batch.objects.get().sha256 in text
    assert "<html" not in text
    assert client.get(f"{_url('grounds', found.pk)}?figure=nonsense").status_code == 404


def test_the_workbook_holds_every_row_totals_and_explanations() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    answer = client.get(_url("organizations_export", found.pk))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Организации", "Классы", "Пояснения"]
    first = [row[0].value for row in book["Организации"].iter_rows(min_row=4)]
    assert first == [f"МБОУ СОШ № {number} полностью" for number in (1, 2, 3)] + ["Тестовый округ полностью"]
    said = " ".join(str(cell.value) for row in book["Пояснения"].iter_rows() for cell in row if cell.value)
    assert "Число участников с отметками «4» и «5», делённое на число участников с отметкой." in said


@pytest.mark.parametrize("kind", [ResultKind.LEVELS, ResultKind.TEST_SCORE, ResultKind.PASS_FAIL, ResultKind.POINTS])
def test_every_kind_of_result_has_its_pages(kind: ResultKind) -> None:
    place = orgs.place()
    levels = LevelCuts(("низкий", "базовый", "высокий"), (2, 4)) if kind is ResultKind.LEVELS else None
    plan = campaigns.blueprint(
        procedure="MUNICIPAL_DIAGNOSTIC", result_kind=kind, cut_scores=None, levels=levels, test_score_minimum=36
    )
    found = campaigns.campaign(place, plan)
    values = {"mark": None, "journal_mark": None}
    if kind is ResultKind.TEST_SCORE:
        values["test_score"] = [30 + number for number in range(20)]
    if kind is ResultKind.PASS_FAIL:
        values["passed"] = [number % 3 > 0 for number in range(20)]
    rows = [row for school in place.schools for row in campaigns.pupils(school.pk, 20, **values)]
    campaigns.load(found, rows)
    campaigns.compute(found)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    for page in (*PAGES, "detail_export", "organizations_export", "items_export"):
        assert (page, client.get(_url(page, found.pk)).status_code) == (page, 200)


def test_figures_of_an_examination_are_those_of_its_test_scores() -> None:
    place = orgs.place()
    plan = campaigns.blueprint(result_kind=ResultKind.TEST_SCORE, cut_scores=None, test_score_minimum=36)
    found = campaigns.campaign(place, plan)
    scores = [30, 40, 50, 60, 70, 80, 90, 100, 35, 36]
    rows = [row for school in place.schools for row in
            campaigns.pupils(school.pk, 10, mark=None, journal_mark=None, test_score=scores)]  # fmt: skip
    campaigns.load(found, rows)
    campaigns.compute(found)
    page = text_of(client_of(orgs.account(Role.SPECIALIST, place.authority)).get(_url("detail", found.pk)))
    for figure in ("Средний тестовый балл", "Не преодолели минимум", "Набрали 100 баллов"):
        assert figure in page
    assert "59,10" in page
    assert "Качество знаний" not in page


def test_a_school_sees_its_own_work_by_classes_with_its_report() -> None:
    place = orgs.place()
    school = place.schools[0]
    found = campaigns.campaign(place, campaigns.blueprint(procedure="SCHOOL_DIAGNOSTIC"), owner=school)
    campaigns.load(found, campaigns.pupils(school.pk, 24))
    campaigns.compute(found)
    client = client_of(orgs.account(Role.SCHOOL_COORDINATOR, school))
    for page in PAGES:
        assert (page, client.get(_url(page, found.pk)).status_code) == (page, 200)
    assert "<h2>Классы</h2>" in text_of(client.get(_url("detail", found.pk)))
    made = client.post(_url("report_make", found.pk), {"organization": school.pk})
    assert client.get(made.url).status_code == 200
    others = client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[1]))
    assert others.get(_url("detail", found.pk)).status_code == 404


def test_a_class_stands_beside_its_school_and_the_municipality() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    page = text_of(client.get(f"{_url('detail', found.pk)}?organization={place.schools[0].pk}&class_group=А"))
    rows = re.findall(r'<th scope="row" class="pin"><(?:a|span)[^>]*>([^<]+)<', page)
    assert rows == ["МБОУ СОШ № 1, 5А", "МБОУ СОШ № 1", "Муниципалитет"]


def test_a_run_is_asked_for_again_by_those_who_make_reports() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    places = {Role.SPECIALIST: place.authority, Role.SCHOOL_HEAD: place.schools[0]}
    clients = {role: client_of(orgs.account(role, where)) for role, where in places.items()}
    answers = {role: client.post(_url("recompute", found.pk)).status_code for role, client in clients.items()}
    assert answers == {Role.SPECIALIST: 302, Role.SCHOOL_HEAD: 403}
