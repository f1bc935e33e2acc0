"""Protocols of state examinations in the layouts that people have. Expected numbers were counted with openpyxl."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from intake.contracts import MISSING, NO_VALUE, Procedure, Work
from intake.layouts.gia_protocol import GiaProtocol
from intake.tables import read_book


def works_of(path: Path) -> list[Work]:
    book, _ = read_book(path.name, path.read_bytes())
    found = GiaProtocol().read(book)
    assert found is not None
    return [one for one in found if isinstance(one, Work)]


@pytest.fixture
def twins(samples: Path) -> Path:
    return samples / "results" / "twins"


@pytest.fixture
def shapes(samples: Path) -> Path:
    return samples / "results" / "real" / "ege_csv_samples"


CHEMISTRY_EGE = [13, 12, 16, 18, 16, 12, 13, 14, 13, 11, 14, 14, 17, 15, 15, 18, 15, 16, 12, 15, 14, 14, 14, 14, 19, 10,
                 15, 14, 47, 57, 35, 44, 35, 38]  # fmt: skip
RUSSIAN_EGE = [11, 16, 18, 18, 17, 16, 13, 17, 14, 15, 8, 14, 15, 16, 15, 15, 14, 13, 11, 17, 17, 15, 15, 15, 16, 18, 6,
               39, 37, 8, 29, 9, 29, 46, 40, 33]  # fmt: skip
SOCIAL_OGE = [13, 10, 12, 15, 15, 16, 13, 15, 19, 16, 35, 17, 13, 15, 14, 18, 40, 45, 42, 57, 36, 30]
CHEMISTRY_OGE = [13, 14, 17, 26, 18, 15, 12, 16, 16, 16, 13, 15, 19, 15, 17, 13, 17, 17, 14, 53, 68, 48, 55]
MATHS_OGE = [11, 12, 15, 15, 20, 17, 13, 17, 13, 15, 14, 12, 13, 21, 13, 14, 13, 15, 9, 36, 30, 31, 27, 37, 27]


def test_ege_sparse_has_two_exams_one_under_another(twins: Path) -> None:
    chemistry, russian = works_of(twins / "TWIN_ЕГЭ_протокол_regional_sparse.xlsx")
    assert [(w.campaign.subject, w.campaign.held_on, len(w.participants)) for w in (chemistry, russian)] == [
        ("Химия", dt.date(2026, 6, 1), 24),
        ("Русский язык", dt.date(2026, 6, 4), 24),
    ]
    assert chemistry.campaign.procedure is Procedure.EGE
    assert (chemistry.campaign.grade_level, chemistry.campaign.year) == (11, 2026)
    assert chemistry.campaign.raw_subject == "04 - Химия"
    assert chemistry.participants.items.sum(axis=0).tolist() == CHEMISTRY_EGE
    assert russian.participants.items.sum(axis=0).tolist() == RUSSIAN_EGE
    assert (chemistry.participants.test_score.sum(), russian.participants.test_score.sum()) == (1215, 1223)
    assert [item.max_score for item in chemistry.items[27:]] == [1, 4, 5, 3, 4, 3, 4]
    assert [item.label for item in chemistry.items] == [str(place) for place in range(1, 35)]
    assert chemistry.declared == {"Всего участников": 24}
    assert [one.code for one in chemistry.participants.organizations] == ["13450", "13451", "13452"]
    assert {one.municipality for one in chemistry.participants.organizations} == {"213"}


def test_ege_compact_has_participant_codes_and_variants(twins: Path) -> None:
    (work,) = works_of(twins / "TWIN_ЕГЭ_протокол_compact.xlsx")
    assert (work.campaign.subject, work.campaign.year) == ("Русский язык", 2025)
    assert work.participants.participant[:2] == ["000001", "000002"]
    assert work.participants.variant.tolist()[:8] == [2, 2, 2, 2, 2, 2, 1, 1]
    assert (work.participants.file_total.sum(), work.participants.test_score.sum()) == (310, 734)
    assert work.participants.items.sum() == 310
    assert set(work.participants.class_group) == {""}


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_oge_sparse_has_three_exams_and_no_names(twins: Path, suffix: str) -> None:
    social, chemistry, maths = works_of(twins / f"TWIN_ОГЭ_протокол_regional_sparse_multi.{suffix}")
    assert [w.campaign.subject for w in (social, chemistry, maths)] == ["Обществознание", "Химия", "Математика"]
    assert {w.campaign.procedure for w in (social, chemistry, maths)} == {Procedure.OGE}
    assert social.participants.items.sum(axis=0).tolist() == SOCIAL_OGE
    assert chemistry.participants.items.sum(axis=0).tolist() == CHEMISTRY_OGE
    assert maths.participants.items.sum(axis=0).tolist() == MATHS_OGE
    assert [np.bincount(w.participants.mark)[2:].tolist() for w in (social, chemistry, maths)] == [
        [3, 24, 3],
        [4, 24, 2],
        [4, 23, 3],
    ]
    assert social.items[10].max_score is None, "digits stand there: the maximum is not said"
    assert social.participants.class_group[:3] == ["А", "Б", ""]
    assert social.dropped_columns == ["Фамилия", "Имя", "Отчество"]
    assert all(code.startswith("doc:") and len(code) == 36 for code in social.participants.participant)
    assert len(set(social.participants.participant)) == 30
    assert "Иванов" not in repr(social)


def test_oge_of_report_controls_takes_the_exam_from_the_file_name(twins: Path) -> None:
    (work,) = works_of(twins / "TWIN_02_2026.06.02_ОГЭ_normalized.csv")
    assert (work.campaign.procedure, work.campaign.subject) == (Procedure.OGE, "Математика")
    assert work.campaign.held_on == dt.date(2026, 6, 2)
    assert (len(work.participants), work.participants.items.sum(), work.participants.file_total.sum()) == (20, 349, 349)
    assert np.bincount(work.participants.mark)[2:].tolist() == [0, 3, 16, 1]


def test_oge_appeals_replace_results_and_name_rows_that_stay(twins: Path) -> None:
    (work,) = works_of(twins / "TWIN_ОГЭ_апелляции.xlsx")
    assert work.is_appeal
    assert (work.campaign.subject, work.campaign.held_on) == ("Математика", dt.date(2026, 6, 2))
    assert work.participants.file_total.tolist() == [12, 13, 14, 15, 16, 17]
    assert work.participants.mark.tolist() == [3, 3, 3, 4, 4, 4]
    assert work.unchanged_rows == (7, 9, 11)
    assert work.participants.class_group == ["А", "А", "", "А", "А", ""]


def test_csv_with_empty_columns_between(shapes: Path) -> None:
    (work,) = works_of(shapes / "01_Should_return_parsed_data_when_default_exam.csv")
    assert work.participants.items.tolist() == [[1] * 10]
    assert (work.participants.file_total.tolist(), work.participants.test_score.tolist()) == ([6], [39])
    assert work.declared == {
        "Средние: первичный балл": 6,
        "Средние: тестовый балл": 39,
        "Минимальная граница": 24,
        "Всего участников": 1,
    }


def test_english_has_a_written_and_an_oral_part(shapes: Path) -> None:
    (work,) = works_of(shapes / "03_Should_return_parsed_data_when_english_exam_2021.csv")
    assert (work.campaign.subject, work.campaign.held_on) == ("Английский язык", dt.date(2021, 6, 18))
    assert len(work.items) == 38 + 8 + 8
    assert work.participants.items.sum() == work.participants.file_total[0] == 29
    assert [item.max_score for item in work.items[38:]] == [2, 2, 2, 3, 3, 3, 3, 2, 1, 5, 3, 2, 2, 3, 2, 2]


def test_a_mask_of_another_length_is_named_and_not_used(shapes: Path) -> None:
    (work,) = works_of(shapes / "02_Should_return_parsed_data_when_english_exam_2022.csv")
    assert [problem.row for problem in work.problems if problem.code == "gia.mask_length"] == [4]
    assert set(work.participants.items[1].tolist()) == {MISSING}
    assert work.participants.file_total.tolist() == [56, 39, 39]


def test_basic_mathematics_has_marks(shapes: Path) -> None:
    (work,) = works_of(shapes / "04_Should_return_parsed_data_when_basic_math_exam.csv")
    assert (work.campaign.procedure, work.campaign.subject) == (Procedure.EGE, "Математика базовая")
    assert work.participants.mark.tolist() == [4, 2, 4]
    assert work.participants.test_score.tolist() == [NO_VALUE] * 3
    assert work.participants.items.sum(axis=1).tolist() == [13, 6, 13]
    assert [problem.code for problem in work.problems] == ["gia.declared_count"]


def test_computer_examination_has_digits_in_the_short_mask(shapes: Path) -> None:
    (work,) = works_of(shapes / "05_Should_return_data_when_informatic_exam_2021.csv")
    assert (work.campaign.subject, len(work.items)) == ("Информатика", 27)
    assert [item.max_score for item in work.items[23:]] == [1, None, None, None]
    assert work.participants.items.sum() == 16


def test_title_after_empty_cells(shapes: Path) -> None:
    (work,) = works_of(shapes / "06_Should_return_normalized_head.csv")
    assert (work.campaign.subject, work.campaign.held_on) == ("Обществознание", dt.date(2021, 6, 15))


def test_recheck_takes_the_current_values(shapes: Path) -> None:
    (work,) = works_of(shapes / "07_Should_return_default_rechecking.csv")
    assert work.is_appeal
    assert work.unchanged_rows == ()
    assert (work.participants.file_total.tolist(), work.participants.test_score.tolist()) == ([22], [42])


def test_the_same_person_has_the_same_key_in_a_protocol_and_a_recheck(shapes: Path) -> None:
    (main,) = works_of(shapes / "06_Should_return_normalized_head.csv")
    (recheck,) = works_of(shapes / "07_Should_return_default_rechecking.csv")
    assert main.participants.participant == recheck.participants.participant


def test_a_title_without_headers_is_explained(shapes: Path) -> None:
    (work,) = works_of(shapes / "08_Should_return_error_when_don.csv")
    assert len(work.participants) == 0
    assert [(problem.code, problem.row) for problem in work.problems] == [("gia.header_missing", 1)]


def test_the_same_protocol_in_another_encoding_is_the_same(shapes: Path) -> None:
    path = shapes / "04_Should_return_parsed_data_when_basic_math_exam.csv"
    book, _ = read_book(path.name, path.read_text(encoding="utf-8").encode("cp1251"))
    (found,), (expected,) = GiaProtocol().read(book) or [], works_of(path)
    assert isinstance(found, Work)
    assert found.campaign == expected.campaign
    assert np.array_equal(found.participants.items, expected.participants.items)
