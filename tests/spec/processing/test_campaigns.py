"""Campaigns, unknown organizations, control values of protocols."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from intake.contracts import CampaignClaim, Procedure, Specification, SpecificationItem, Work
from msoko.foundation.processing.analysis import analyse_readings
from msoko.foundation.processing.assembly import assemble
from msoko.foundation.processing.campaigns import campaign_key, group_works
from msoko.foundation.processing.pipeline import Readings
from msoko.foundation.processing.result_json import result_document
from msoko.foundation.processing.values import CampaignKey, Organization
from tests.factories.works import OTHER_SCHOOL, SCHOOL, Row, make_work
from tests.spec.processing.assembling import SECRET, assemble_one, assemble_works, column, places


def test_procedure_of_one_grade_level_gives_the_level():
    claim = CampaignClaim(Procedure.OGE, "Физика", None, 2026)
    assert campaign_key(claim) == CampaignKey("OGE", "Физика", 9, 2026)


def test_days_of_one_exam_are_one_campaign():
    works = [
        make_work([Row("1", [1])], [1], procedure=Procedure.OGE, year=2026, held_on=dt.date(2026, 6, day))
        for day in (2, 20)
    ]
    assert len(group_works(works)) == 1


def test_what_a_file_does_not_say_is_named():
    work = make_work([Row("1", [1])], [1], procedure=None, year=None)
    assembled = assemble_one(work)
    assert assembled.key == CampaignKey("", "Математика", 4, None)
    (problem,) = [one for one in assembled.problems if one.code == "campaign_is_known"]
    assert problem.message.startswith("Не удалось определить: процедуру, год.")


def test_rows_of_unknown_organizations_are_left_out_and_counted():
    work = make_work([Row("1", [1], organization=SCHOOL), Row("2", [1], organization=OTHER_SCHOOL)], [1])
    found = {SCHOOL: Organization(7, "СОШ № 1")}
    (assembled,) = assemble(campaign_key(work.campaign), [work], lambda claim, file: found.get(claim), secret=SECRET)
    assert column(assembled, "organization") == [7]
    assert (assembled.counts.kept, assembled.counts.unplaced) == (1, 1)
    assert places(assembled, "organizations_are_known") == [("error", "файл.xlsx", None, None)]


@pytest.mark.parametrize("maxima", [[1, 1], [None, None], []])
def test_nothing_is_left_when_no_organization_is_known(maxima: list[int | None]):
    rows = [Row("1", [1] * len(maxima), total=1), Row("2", [0] * len(maxima), total=0)]
    work = make_work(rows, maxima)
    (assembled,) = assemble(campaign_key(work.campaign), [work], lambda claim, file: None, secret=SECRET)
    assert (assembled.counts.kept, assembled.counts.unplaced, assembled.table.num_rows) == (0, 2, 0)


def test_printed_minimum_of_the_protocol_counts():
    work = _exam([40, 20])
    work.declared = {"Минимальная граница": 22.0, "Средние: тестовый балл": 30.0}
    assembled = assemble_one(work)
    assert assembled.blueprint.test_score_minimum == 22
    assert places(assembled, "declared_means_match") == []


def test_printed_mean_that_the_rows_do_not_give_is_reported():
    work = _exam([40, 20])
    work.declared = {"Средние: тестовый балл": 47.0}
    (problem,) = [one for one in assemble_one(work).problems if one.code == "declared_means_match"]
    assert problem.message == "В файле указано среднее (тестовый балл) 47,00, по прочитанным строкам — 30,00."


def test_rejected_appeal_leaves_the_result():
    exam = _exam([40, 20])
    appeal = replace(_exam([41, 21], file="апелляции.xlsx"), is_appeal=True, unchanged_rows=(2,))
    assembled = assemble_one(exam, appeal)
    valid = zip(column(assembled, "test_score"), column(assembled, "is_valid_attempt"), strict=True)
    assert sorted(score for score, is_valid in valid if is_valid) == [21, 40]


def test_declared_maximum_that_the_items_do_not_give_is_reported():
    assembled = assemble_one(make_work([Row("1", [1, 1])], [1, 1], declared_max_score=3))
    assert places(assembled, "maximum_matches_declared") == [("warning", "файл.xlsx", None, None)]


def test_headers_that_disagree_on_a_maximum_are_named():
    usual = make_work([Row("1", [2]), Row("2", [1])], [2])
    other = make_work([Row("3", [1])], [1], file="другой.xlsx")
    assembled = assemble_one(usual, other)
    assert assembled.blueprint.max_score == 2
    assert places(assembled, "maxima_agree") == [("error", "другой.xlsx", None, "E")]


def test_specification_of_another_work_is_named_and_not_used():
    specification = Specification(
        "другая.xlsx", CampaignClaim(subject="Математика"), [SpecificationItem(f"{n}К1", n, 5) for n in range(1, 9)]
    )
    assembled = assemble_one(make_work([Row("1", [1, 1])], [1, 1]), specifications=(specification,))
    assert assembled.blueprint.max_score == 2
    assert places(assembled, "items_match_specification") == [("warning", "файл.xlsx", None, None)]


def test_unverified_scale_that_contradicts_the_marks_is_not_the_scale_of_the_work():
    rows = [Row(str(n), [1] * 31, mark=4) for n in range(10)]  # 31 points are «5» by the recommended scale
    work = make_work(rows, [1] * 31, procedure=Procedure.OGE, grade_level=9, year=2026)
    assembled = assemble_one(work)
    assert assembled.blueprint.cut_scores is None
    assert places(assembled, "cut_scores_fit_marks") == [("warning", "файл.xlsx", None, None)]
    assert set(column(assembled, "mark")) == {4}


def test_remarks_about_many_rows_are_counted_beyond_the_first_twenty():
    rows = [Row(str(n), [1, 1], total=1) for n in range(50)]
    problems = [p for p in assemble_one(make_work(rows, [1, 1])).problems if p.code == "totals_match_items"]
    assert len(problems) == 21
    assert problems[-1].message == "Итог в файле не равен сумме баллов за задания: ещё строк — 30."


def test_work_of_vpr_without_marks_is_still_of_the_kind_of_marks_in_the_document(tmp_path: Path):
    (campaign,) = _document(tmp_path, make_work([Row("1", [1]), Row("2", [0])], [1], year=2019))["campaigns"]
    assert campaign["result_kind"] == "marks"
    assert [campaign[name] for name in ("marks", "pass_rate", "quality_rate", "sou_index", "mean_mark")] == [None] * 5
    assert campaign["mean_raw_score"] == 0.5


def test_document_has_the_figures_of_every_item(tmp_path: Path):
    rows = [Row(str(n), [n % 2, -1 if n % 3 else 1], mark=2 + n % 4) for n in range(24)]
    (campaign,) = _document(tmp_path, make_work(rows, [1, 1], year=2019))["campaigns"]
    first, second = campaign["items"]
    assert set(first) == {
        "label", "max_score", "facility", "discrimination", "item_rest_correlation", "not_attempted",
    }  # fmt: skip
    assert (first["facility"], second["facility"], second["not_attempted"]) == (0.5, pytest.approx(1 / 3), 16)
    assert campaign["marks"] == {"2": 6, "3": 6, "4": 6, "5": 6}
    assert campaign["pass_rate"] == 0.75
    assert campaign["organizations"][0]["name"] == "МБОУ «СОШ № 1»"


def _document(folder: Path, work: Work):
    campaigns, problems = analyse_readings(Readings(works=[work]), folder)
    return result_document(campaigns, problems)


def _exam(scores: list[int], file: str = "файл.xlsx") -> Work:
    rows = [Row(str(number), [1], test_score=score) for number, score in enumerate(scores)]
    return make_work(
        rows, [1], file=file, procedure=Procedure.EGE, subject="Физика", grade_level=11, year=2026,
        held_on=dt.date(2026, 6, 11),
    )  # fmt: skip


def test_several_campaigns_of_one_call():
    works = [make_work([Row("1", [1])], [1], year=year) for year in (2020, 2021)]
    assert [part.key.year for part in assemble_works(*works)] == [2020, 2021]
