"""Repeated participants: copies, conflicts, attempts."""

from __future__ import annotations

import datetime as dt

from intake.contracts import Procedure
from tests.factories.works import OTHER_SCHOOL, SCHOOL, Row, make_work
from tests.spec.processing.assembling import assemble_one, column, places


def test_identical_row_is_counted_once_and_its_blanks_are_filled():
    form = make_work([Row("40001", [1, 0], journal=4)], [1, 1], file="форма.xlsx")
    report = make_work([Row("40001", [1, 0], mark=3)], [1, 1], file="отчёт.xlsx")
    assembled = assemble_one(form, report)
    assert (column(assembled, "mark"), column(assembled, "journal_mark")) == ([3], [4])
    assert places(assembled, "participants_are_unique") == [("info", "отчёт.xlsx", 2, None)]
    assert assembled.counts.duplicates == 1


def test_later_file_replaces_a_different_result_and_both_are_named():
    old = make_work([Row("40001", [1, 0])], [1, 1], file="старый.xlsx")
    new = make_work([Row("40001", [1, 1])], [1, 1], file="новый.xlsx")
    assembled = assemble_one(old, new)
    assert column(assembled, "total") == [2]
    assert sorted(places(assembled, "participants_are_unique")) == [
        ("error", "новый.xlsx", 2, None),
        ("error", "старый.xlsx", 2, None),
    ]


def test_conflict_inside_one_file_keeps_the_first_row_and_names_both():
    assembled = assemble_one(make_work([Row("40001", [1, 0]), Row("40001", [1, 1])], [1, 1]))
    assert column(assembled, "total") == [1]
    assert sorted(places(assembled, "participants_are_unique")) == [
        ("error", "файл.xlsx", 2, None),
        ("error", "файл.xlsx", 3, None),
    ]


def test_same_code_in_another_school_is_another_participant():
    rows = [Row("40001", [1], organization=SCHOOL), Row("40001", [1], organization=OTHER_SCHOOL)]
    assembled = assemble_one(make_work(rows, [1]))
    assert assembled.counts.kept == 2
    assert len(set(column(assembled, "participant"))) == 2


def test_numbers_of_class_lists_repeat_between_classes_of_a_diagnostic():
    rows = [Row("1", [1], class_group="А"), Row("1", [0], class_group="Б")]
    work = make_work(rows, [1], procedure=Procedure.MUNICIPAL_DIAGNOSTIC)
    assert assemble_one(work).counts.kept == 2


def test_rows_without_a_code_are_never_merged():
    assembled = assemble_one(make_work([Row("", [1]), Row("", [1])], [1]))
    assert assembled.counts.kept == 2
    assert len(set(column(assembled, "participant"))) == 2


def test_second_exam_day_is_an_attempt_and_the_latest_valid_result_counts():
    main = _exam([Row("7", [0], mark=2)], day=1, file="основной.xlsx")
    resit = _exam([Row("7", [1], mark=4)], day=20, file="резерв.xlsx")
    for works in ((main, resit), (resit, main)):
        assembled = assemble_one(*works)
        found = zip(*(column(assembled, name) for name in ("attempt", "is_valid_attempt", "mark")), strict=True)
        assert sorted(found) == [(1, False, 2), (2, True, 4)]
        assert assembled.counts.superseded_attempts == 1


def test_absence_at_the_second_attempt_leaves_the_first_valid():
    main = _exam([Row("7", [1], mark=3)], day=1)
    resit = _exam([Row("7", present=False)], day=20, file="резерв.xlsx")
    assembled = assemble_one(main, resit)
    assert sorted(zip(column(assembled, "present"), column(assembled, "is_valid_attempt"), strict=True)) == [
        (False, False),
        (True, True),
    ]


def test_appeal_replaces_the_result_of_the_day():
    main = _exam([Row("7", [0], mark=2, total=0), Row("8", [1], mark=3)], day=1)
    appeal = _exam([Row("7", mark=3, total=1)], day=1, file="апелляции.xlsx", maxima=[], is_appeal=True)
    assembled = assemble_one(appeal, main)
    rows = zip(*(column(assembled, name) for name in ("is_valid_attempt", "mark", "total")), strict=True)
    assert sorted(rows) == [(False, 2, 0), (True, 3, 1), (True, 3, 1)]


def _exam(rows, *, day, file="файл.xlsx", maxima=(1,), is_appeal=False):
    return make_work(
        rows, list(maxima), file=file, procedure=Procedure.OGE, grade_level=9, year=2026, subject="Физика",
        held_on=dt.date(2026, 6, day), is_appeal=is_appeal,
    )  # fmt: skip
