"""What happens to scores, totals and marks."""

from __future__ import annotations

import pytest

from intake.contracts import CampaignClaim, Procedure, Specification, SpecificationItem
from qualimetry.frames.blueprint import ResultKind
from tests.factories.works import N, Row, X, make_work
from tests.spec.processing.assembling import assemble_one, assemble_works, column, places


def test_total_is_the_sum_of_items_with_not_attempted_as_zero_and_not_taught_skipped():
    work = make_work([Row("40001", [1, X, 2], total=3), Row("40002", [1, N, 2], total=3)], [1, 1, 2])
    assembled = assemble_one(work)
    assert column(assembled, "total") == [3, 3]
    assert column(assembled, "i2") == [-1, None]
    assert places(assembled, "totals_match_items") == []


def test_total_of_the_file_is_only_a_control():
    assembled = assemble_one(make_work([Row("40001", [1, 1], total=1), Row("40002", [1, 0], total=1)], [1, 1]))
    assert column(assembled, "total") == [2, 1]
    assert column(assembled, "file_total") == [1, 1]
    assert places(assembled, "totals_match_items") == [("warning", "файл.xlsx", 2, None)]


def test_score_above_the_maximum_of_the_header_is_taken_out_and_the_participant_stays():
    assembled = assemble_one(make_work([Row("40001", [1, 5]), Row("40002", [0, 2])], [1, 2]))
    assert places(assembled, "scores_within_maximum") == [("error", "файл.xlsx", 2, "F")]
    assert column(assembled, "i2") == [None, 2]
    assert column(assembled, "total") == [1, 2]
    assert assembled.counts.excluded_cells == 1


def test_rare_score_above_the_rest_is_taken_out_when_no_maximum_is_given():
    rows = [Row(str(40000 + n), [n % 2, n % 3]) for n in range(60)]
    rows[7] = Row("40007", [4, 2])
    assembled = assemble_one(make_work(rows, [None, None]))
    assert [item.max_score for item in assembled.blueprint.items] == [1, 2]
    assert assembled.blueprint.is_inferred
    assert places(assembled, "scores_are_plausible") == [("error", "файл.xlsx", 9, "E")]
    assert assembled.counts.present == 60


def test_specification_settles_maxima_levels_labels_and_boundaries():
    specification = Specification(
        file="спецификация.xlsx",
        campaign=CampaignClaim(subject="Математика", grade_level=4),
        items=[
            SpecificationItem("1", 1, 1, "Б"),
            SpecificationItem("2.1", 2, 3, "П"),
            SpecificationItem("2.2", 3, 2, "П"),
        ],
        cut_scores=(2, 3, 5),
    )
    work = make_work([Row("40001", [1, 1, 2]), Row("40002", [0, 1, 0])], [None, None, None])
    assembled = assemble_one(work, specifications=(specification,))
    assert [(i.label, i.max_score, i.level) for i in assembled.blueprint.items] == [
        ("1", 1, "Б"),
        ("2.1", 3, "П"),
        ("2.2", 2, "П"),
    ]
    assert not assembled.blueprint.is_inferred
    assert column(assembled, "mark") == [4, 2]


def test_marks_follow_from_the_boundaries_of_the_year_where_the_file_has_none():
    maxima = [1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2]
    scores = {5: 2, 6: 3, 9: 3, 10: 4, 14: 4, 15: 5, 20: 5}
    rows = [Row(str(40000 + total), _spread(total, maxima)) for total in scores]
    assembled = assemble_one(make_work(rows, maxima))
    assert dict(zip(column(assembled, "total"), column(assembled, "mark"), strict=True)) == scores


def test_no_boundaries_and_no_marks_is_said_not_guessed():
    assembled = assemble_one(make_work([Row("40001", [1])], [1], year=2019))
    assert column(assembled, "mark") == [None]
    assert places(assembled, "cut_scores_are_known") == [("warning", "файл.xlsx", None, None)]


def test_official_mark_of_the_file_counts_and_a_disagreement_is_reported():
    maxima = [1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2]
    rows = [Row(str(40000 + n), _spread(10, maxima), mark=4) for n in range(20)]
    rows[3] = Row("40003", _spread(10, maxima), mark=5)
    assembled = assemble_one(make_work(rows, maxima))
    assert column(assembled, "mark").count(5) == 1
    assert places(assembled, "marks_match_scores") == [("warning", "файл.xlsx", 5, None)]


def test_mark_outside_the_range_is_not_used():
    assembled = assemble_one(make_work([Row("1", [1], mark=7), Row("2", [1], mark=5, journal=1)], [1], year=2019))
    assert column(assembled, "mark") == [None, 5]
    assert column(assembled, "journal_mark") == [None, None]
    assert places(assembled, "marks_within_range") == [("error", "файл.xlsx", 2, None)]
    assert places(assembled, "journal_marks_within_range") == [("warning", "файл.xlsx", 3, None)]


def test_absent_are_kept_and_have_no_total():
    assembled = assemble_one(make_work([Row("40001", [1]), Row("40002", [], present=False, total=0)], [1]))
    assert column(assembled, "present") == [True, False]
    assert column(assembled, "total") == [1, None]
    assert (assembled.counts.present, assembled.counts.absent) == (1, 1)


def test_row_without_any_score_counts_as_absent_and_is_named():
    assembled = assemble_one(make_work([Row("40001", [1, 0]), Row("40002", [N, N])], [1, 1]))
    assert column(assembled, "present") == [True, False]
    assert places(assembled, "written_works_have_scores") == [("warning", "файл.xlsx", 3, None)]


@pytest.mark.parametrize(("geometry", "mark"), [(1, 2), (2, 3)])
def test_a_positive_mark_of_oge_mathematics_needs_geometry(geometry: int, mark: int):
    maxima = [1] * 19 + [2] * 6
    scores = [1] * 8 + [0] * 6 + [1] * geometry + [0] * (5 - geometry) + [0] * 6
    work = make_work([Row("1", scores)], maxima, procedure=Procedure.OGE, grade_level=9, year=2026)
    assembled = assemble_one(work)
    assert column(assembled, "mark") == [mark]


@pytest.mark.parametrize(("literacy", "mark"), [(5, 3), (6, 4), (8, 4), (9, 5)])
def test_good_marks_of_oge_russian_need_literacy(literacy: int, mark: int):
    labels = [str(n) for n in range(1, 26)] + ["ГК1", "ГК2", "ГК3", "ГК4"]
    maxima = [1] * 25 + [3] * 4
    rest = {5: 24, 6: 22, 8: 25, 9: 25}[literacy]
    criteria = [min(3, max(0, literacy - 3 * place)) for place in range(4)]
    work = make_work(
        [Row("1", [1] * rest + [0] * (25 - rest) + criteria)], maxima, labels=labels,
        procedure=Procedure.OGE, subject="Русский язык", grade_level=9, year=2026,
    )  # fmt: skip
    assert column(assemble_one(work), "mark") == [mark]


def test_condition_that_cannot_be_checked_is_said():
    work = make_work(
        [Row("1", [1] * 37)], [1] * 37, procedure=Procedure.OGE, subject="Русский язык", grade_level=9, year=2026
    )
    assembled = assemble_one(work)
    assert column(assembled, "mark") == [5]
    assert len(places(assembled, "conditions_can_be_checked")) == 1


def test_ege_keeps_test_scores_and_knows_the_minimum():
    rows = [Row("1", [1, 1], test_score=40), Row("2", [1, 1], test_score=140)]
    work = make_work(rows, [1, 1], procedure=Procedure.EGE, subject="Химия", grade_level=None, year=2025)
    assembled = assemble_one(work)
    assert assembled.key.grade_level == 11
    assert assembled.blueprint.result_kind.value == "test_score"
    assert assembled.blueprint.test_score_minimum == 36
    assert column(assembled, "test_score") == [40, None]
    assert places(assembled, "scaled_scores_within_range") == [("error", "файл.xlsx", 3, None)]


def test_gve_mark_gives_pass_or_fail():
    rows = [Row("1", [1] * 10, mark=3), Row("2", [1] * 10, mark=2)]
    work = make_work(rows, [1] * 10, procedure=Procedure.GVE, grade_level=9, year=2025, subject="Русский язык")
    assembled = assemble_one(work)
    assert assembled.blueprint.result_kind.value == "pass_fail"
    assert column(assembled, "passed") == [True, False]


def test_levels_stand_in_their_known_order():
    rows = [Row("1", [1], level="Высокий"), Row("2", [1], level="Ниже базового"), Row("3", [1], level="Базовый")]
    work = make_work(rows, [1], procedure=Procedure.CROSS_CURRICULAR, subject=None, grade_level=5)
    assembled = assemble_one(work)
    assert assembled.blueprint.levels is not None
    assert assembled.blueprint.levels.names == ("Ниже базового", "Базовый", "Высокий")
    assert column(assembled, "level") == [2, 0, 1]


def test_files_with_other_items_are_counted_apart():
    first = make_work([Row("1", [1, 1]), Row("2", [1, 0])], [1, 1])
    second = make_work([Row("3", [1, 1, 1])], [1, 1, 1], file="другой.xlsx")
    parts = assemble_works(first, second)
    assert [(part.part, len(part.blueprint.items), part.counts.kept) for part in parts] == [(1, 2, 2), (2, 3, 1)]
    assert places(parts[0], "items_match_between_files") == [("warning", "другой.xlsx", None, None)]


def test_items_are_joined_by_label_whatever_their_order():
    first = make_work([Row("1", [1, 2])], [1, 2], labels=["1", "2К1"])
    second = make_work([Row("2", [2, 0])], [2, 1], labels=["2К1", "1"], file="другой.xlsx")
    assembled = assemble_one(first, second)
    assert (column(assembled, "i1"), column(assembled, "i2")) == ([1, 0], [2, 2])


def _spread(total: int, maxima: list[int]) -> list[int]:
    scores = []
    for maximum in maxima:
        scores.append(min(maximum, total))
        total -= scores[-1]
    return scores


def test_where_only_some_have_marks_and_no_scale_is_known_the_remark_says_how_many():
    rows = [Row("40001", [1, 1], mark=4), Row("40002", [1, 0])]
    assembled = assemble_one(make_work(rows, [1, 1], procedure=None, year=2019))
    (remark,) = [one for one in assembled.problems if one.code == "cut_scores_are_known"]
    assert "нет отметок у части участников (1 из 2)" in remark.message


@pytest.mark.parametrize("procedure", [None, Procedure.MUNICIPAL_DIAGNOSTIC])
def test_a_specification_with_boundaries_gives_marks_to_any_work_that_has_scores_only(procedure: Procedure | None):
    work = make_work([Row("40001", [3, 5]), Row("40002", [1, 0])], [None, None], procedure=procedure, year=2025)
    specification = Specification(
        "Спецификация.xlsx", CampaignClaim(None, "Математика", 4, 2025),
        [SpecificationItem("1", 1, 4), SpecificationItem("2", 2, 5)], cut_scores=(4, 6, 8),
    )  # fmt: skip
    assembled = assemble_one(work, specifications=(specification,))
    assert column(assembled, "mark") == [5, 2]
    assert assembled.blueprint.result_kind == ResultKind.MARKS
