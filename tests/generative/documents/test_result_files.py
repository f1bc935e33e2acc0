"""Whatever the scores, a file in any layout is read back to exactly what was written into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from intake import read_file
from intake.contracts import Work
from msoko.foundation.documents.result_files import federal, generic, protocols, regional
from msoko.foundation.documents.result_files.demo_plan import CROSSES
from msoko.foundation.documents.result_files.printed import PrintedRow, PrintedWork
from tests.factories.printed import OTHER_SCHOOL, SCHOOL, expected_rows, printed_row, printed_work, read_rows

QUICK = settings(max_examples=20, deadline=None)


def works_of(name: str, write: Callable[[Path], None]) -> list[Work]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        reading = read_file(name, path.read_bytes())
    assert not reading.unknown_tables
    return reading.works


@st.composite
def class_works(draw: st.DrawFn) -> tuple[PrintedWork, list[PrintedRow]]:
    """A work with «not attempted» cells and absent pupils, in two schools."""
    maxima = draw(st.lists(st.integers(1, 5), min_size=2, max_size=12))
    cells = st.tuples(*(st.integers(-1, top) for top in maxima))
    rows = draw(st.lists(st.tuples(cells, st.booleans() | st.just(True)), min_size=1, max_size=8))
    split = draw(st.integers(0, len(rows)))
    return printed_work(maxima), [
        printed_row(scores, number, present=present, organization=SCHOOL if number <= split else OTHER_SCHOOL,
                    journal_mark=draw(st.none() | st.integers(2, 5)))
        for number, (scores, present) in enumerate(rows, start=1)
    ]  # fmt: skip


@st.composite
def exam_works(draw: st.DrawFn, procedure: str = "ОГЭ", grade: int = 9) -> tuple[PrintedWork, list[PrintedRow]]:
    """An examination: short answers (a task has the same maximum for all), then detailed ones; nobody is absent."""
    short = draw(st.lists(st.integers(1, 3), min_size=1, max_size=10))
    long = draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    maxima = [*short, *long]
    cells = st.tuples(*(st.integers(0, top) for top in maxima))
    rows = draw(st.lists(cells, min_size=1, max_size=8))
    return printed_work(maxima, procedure=procedure, grade=grade, short=len(short)), [
        printed_row(scores, number, grade=grade, journal_mark=None,
                    mark=None if procedure == "ЕГЭ" else draw(st.integers(2, 5)),
                    test_score=draw(st.integers(0, 100)) if procedure == "ЕГЭ" else None)
        for number, scores in enumerate(rows, start=1)
    ]  # fmt: skip


def some_present(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    return [row for row in rows if row.present]


@QUICK
@given(class_works())
def test_individual_results_are_read_back(case: tuple[PrintedWork, list[PrintedRow]]) -> None:
    work, rows = case
    present = some_present(rows)
    if present:
        write = federal.write_individual_results
        (found,) = works_of("Ф1.xlsx", lambda path: write(path, work, rows, crosses=CROSSES, with_tail=True))
        fields = ("participant", "variant", "mark", "journal_mark")
        assert read_rows(found, *fields) == expected_rows(present, *fields)
        assert [item.max_score for item in found.items] == [item.max_score for item in work.items]


@QUICK
@given(class_works())
def test_collection_form_is_read_back(case: tuple[PrintedWork, list[PrintedRow]]) -> None:
    work, rows = case
    name = "Форма сбора результатов Математика 5 класс ВПР 2026.xlsx"
    (found,) = works_of(name, lambda path: federal.write_collection_form(path, work, rows))
    fields = ("participant", "variant", "journal_mark")
    read = [row if row[2] else (*row[:3], None, *row[4:]) for row in read_rows(found, *fields)]
    assert read == expected_rows(rows, *fields, code="")
    assert (found.campaign.subject, found.campaign.grade_level, found.campaign.year) == ("Математика", 5, 2026)


@QUICK
@given(class_works())
def test_regional_export_is_read_back(case: tuple[PrintedWork, list[PrintedRow]]) -> None:
    work, rows = case
    name = regional.regional_export_name(work, "математике")
    (found,) = works_of(name, lambda path: regional.write_regional_export(path, work, rows, crosses=CROSSES))
    fields = ("participant", "class_group", "variant", "sex", "journal_mark")
    assert read_rows(found, *fields) == expected_rows(rows, *fields)


@QUICK
@given(class_works())
def test_table_made_by_hand_is_read_back(case: tuple[PrintedWork, list[PrintedRow]]) -> None:
    work, rows = case
    write = generic.write_participant_table
    (found,) = works_of("Работа.xlsx", lambda path: write(path, work, rows, crosses=CROSSES, with_tail=True))
    fields = ("participant", "class_group", "variant", "sex")
    assert read_rows(found, *fields) == expected_rows(rows, *fields)


@QUICK
@given(exam_works())
def test_oge_protocol_is_read_back_without_names(case: tuple[PrintedWork, list[PrintedRow]]) -> None:
    work, rows = case
    exams = [protocols.ExamSheet(work, rows), protocols.ExamSheet(work, rows[:1])]
    found = works_of("ОГЭ.xlsx", lambda path: protocols.write_oge_protocol(path, "99 - Условный край", exams))
    everyone = [row for one in found for row in read_rows(one, "mark")]
    assert sorted(everyone) == sorted(expected_rows([*rows, *rows[:1]], "mark", code="exam_code"))
    assert "Фамилия0" not in repr(found)


@QUICK
@given(exam_works("ЕГЭ", 11), st.sampled_from(["sparse", "compact", "csv"]))
def test_ege_protocols_are_read_back_without_names(case: tuple[PrintedWork, list[PrintedRow]], layout: str) -> None:
    work, rows = case
    exam = protocols.ExamSheet(work, rows, minimum=27)
    writers: dict[str, Callable[[Path], None]] = {
        "sparse": lambda path: protocols.write_ege_protocol(path, "99 - Условный край", [exam]),
        "compact": lambda path: protocols.write_ege_compact(path, exam),
        "csv": lambda path: protocols.write_ege_csv(path, exam),
    }
    (found,) = works_of("ЕГЭ.csv" if layout == "csv" else "ЕГЭ.xlsx", writers[layout])
    assert read_rows(found, "test_score") == expected_rows(rows, "test_score", code="exam_code")
    assert "Фамилия0" not in repr(found)
