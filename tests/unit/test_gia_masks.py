from __future__ import annotations

import datetime as dt

import pytest

from intake.contracts import MISSING, NOT_ATTEMPTED, Procedure
from intake.fields.exams import ExamTitle, parse_exam_file_name, parse_exam_title, procedure_in_words
from intake.fields.masks import MaskFault, looks_like_mask, parse_long_mask, parse_mixed_mask, parse_short_mask


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("++++2+--", (1, 1, 1, 1, 2, 1, 0, 0)),
        ("+++73---", (1, 1, 1, 7, 3, 0, 0, 0)),
        (" + –—−\u00a0+ ", (1, 0, 0, 0, 1)),
        ("+XхН-", (1, NOT_ATTEMPTED, NOT_ATTEMPTED, NOT_ATTEMPTED, 0)),
        (2101.0, (2, 1, 0, 1)),
        ("'++-", (1, 1, 0)),
        ("", ()),
        (None, ()),
    ],
)
def test_short_masks(text: object, points: tuple[int, ...]) -> None:
    assert parse_short_mask(text).points == points


def test_a_bad_character_is_missing_and_named() -> None:
    mask = parse_short_mask("++?-")
    assert mask.points == (1, 1, MISSING, 0)
    assert mask.faults == (MaskFault(3, "?"),)


@pytest.mark.parametrize(
    ("text", "points", "maxima"),
    [
        ("1(2)2(3)0(2)", (1, 2, 0), (2, 3, 2)),
        ("1(2) 2(3)  0(2)", (1, 2, 0), (2, 3, 2)),
        ("12(20)0(1)", (12, 0), (20, 1)),
        ("X(2)-(3)1(1)", (NOT_ATTEMPTED, 0, 1), (2, 3, 1)),
    ],
)
def test_long_masks(text: str, points: tuple[int, ...], maxima: tuple[int, ...]) -> None:
    mask = parse_long_mask(text)
    assert mask.points == points
    assert tuple(item.max_score for item in mask.items) == maxima
    assert mask.faults == ()


def test_long_mask_faults() -> None:
    assert parse_long_mask("1(2)ab2(3)").faults == (MaskFault(2, "ab"),)
    assert parse_long_mask("999(3)").points == (MISSING,)
    assert parse_long_mask("1(2").faults == (MaskFault(1, "1(2"),)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("+-+1(2)0(3)", (1, 0, 1, 1, 0)),
        ("721(2)", (7, 2, 1)),
        ("+12(20)", (1, 12)),
        ("212(15)", (2, 12)),
        ("202(15)", (2, 0, 2)),
        ("1(2)+2(2)-", (1, 1, 2, 0)),
    ],
)
def test_mixed_masks(text: str, points: tuple[int, ...]) -> None:
    assert parse_mixed_mask(text).points == points


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("01 - Русский язык 2022.06.23", ExamTitle("01", "Русский язык", dt.date(2022, 6, 23))),
        ("Английский язык п:2022.06.14; у:2022.06.16", ExamTitle("", "Английский язык", dt.date(2022, 6, 14))),
        ("Английский язык п.: 2021.06.18, у.: 2021.06.21", ExamTitle("", "Английский язык", dt.date(2021, 6, 18))),
        ("25 – Информатика и ИКТ (КЕГЭ) 2021.06.24", ExamTitle("25", "Информатика и ИКТ (КЕГЭ)", dt.date(2021, 6, 24))),
        ("Математика(2026.06.02)", ExamTitle("", "Математика", dt.date(2026, 6, 2))),
        ("02 - Математика 02.06.2026", ExamTitle("02", "Математика", dt.date(2026, 6, 2))),
        ("99 - Условный край", None),
        ("Протокол проверки результатов ГИА 2026 г.", None),
        ("02 - Математика 2026.13.45", None),
        ("2026.06.02", None),
    ],
)
def test_exam_titles(text: str, title: ExamTitle | None) -> None:
    assert parse_exam_title(text) == title


def test_exam_file_names() -> None:
    assert parse_exam_file_name("a/02_2026.06.02.csv") == ExamTitle("02", "Математика", dt.date(2026, 6, 2))
    assert parse_exam_file_name("2849657.xlsx") is None


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("Протокол проверки результатов ЕГЭ", Procedure.EGE),
        ("Информатика (КЕГЭ)", Procedure.EGE),
        ("x_ОГЭ_y.csv", Procedure.OGE),
        ("Математика ГВЭ-9", Procedure.GVE),
        ("Единый государственный экзамен", Procedure.EGE),
        ("Протокол", None),
    ],
)
def test_procedures_in_words(text: str, procedure: Procedure | None) -> None:
    assert procedure_in_words(text) is procedure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+-+1(2)0(3)", True),
        ("++++2+--", True),
        ("1(2)2(3)", True),
        ("2026-06-01", False),
        ("8-999-123", False),
        ("2101", False),
        ("+-", False),
        ("", False),
    ],
)
def test_masks_are_told_from_dates_and_numbers(text: str, expected: bool) -> None:
    assert looks_like_mask(text) is expected
