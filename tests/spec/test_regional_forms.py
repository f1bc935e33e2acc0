from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from intake.contracts import MISSING, NOT_ATTEMPTED, Procedure, Work
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.regional_forms import RegionalForm
from intake.tables import read_book


def works_in(book: Book) -> list[Work]:
    return [one for one in RegionalForm().read(book) or [] if isinstance(one, Work)]


def blank(samples: Path, grade: int) -> list[Work]:
    path = samples / "results" / "real" / f"{grade}_кл_Формы для внес. результатов.xlsx"
    return works_in(read_book(path.name, path.read_bytes())[0])


def test_blank_form_of_grade_1(samples: Path) -> None:
    (work,) = blank(samples, 1)
    assert (work.campaign.procedure, work.campaign.grade_level) == (Procedure.REGIONAL_DIAGNOSTIC, 1)
    assert [(item.label, item.max_score) for item in work.items] == [
        ("1", 3), ("2", 2), ("3", 3), ("4", 2), ("5", 2), ("6", 1), ("7", 1), ("8", 2)
    ]  # fmt: skip
    assert len(work.participants) == 0
    assert [problem.code for problem in work.problems] == ["form.empty", "form.organization_missing"]


@pytest.mark.parametrize(("grade", "russian", "maths", "maxima"), [(2, 18, 16, (36, 20)), (3, 20, 19, (None, None))])
def test_blank_forms_with_two_subjects(
    samples: Path, grade: int, russian: int, maths: int, maxima: tuple[int | None, int | None]
) -> None:
    first, second = blank(samples, grade)
    assert [(w.campaign.subject, w.campaign.grade_level, len(w.items)) for w in (first, second)] == [
        ("Русский язык", grade, russian),
        ("Математика", grade, maths),
    ]
    assert (first.declared_max_score, second.declared_max_score) == maxima
    assert first.dropped_columns == ["Фамилия", "Имя", "Отчество (при наличии)"]


def filled(*pupils: list[Cell]) -> Book:
    rows: list[list[Cell]] = [
        ["РЕЗУЛЬТАТЫ ИТОГОВЫХ РАБОТ ОБУЧАЮЩИХСЯ ВО 2 КЛАССЕ"],
        ["№ п/п", "Фамилия", "Имя", "Отчество", "Класс", "РУССКИЙ ЯЗЫК", "", "", "",
         "МАТЕМАТИКА", "", "", "", "SchoolID"],
        ["", "", "", "", "", "Присутствие (ДА/НЕТ)", "Вариант (1/2)", "Баллы за задания", "",
         "Присутствие (ДА/НЕТ)", "Вариант (1/2)", "Баллы за задания", "", ""],
        ["", "", "", "", "", "", "", "1\n1б", "9.1\n2б", "", "", "1\n1б", "2\n3б", ""],
        *pupils,
        [0.0] * 14,
    ]  # fmt: skip
    questionnaire: list[list[Cell]] = [
        ["АНКЕТА"], ["", "", "Логин на портале:", "0123", "", "", "", "ФИО ответственного:", "Петрова"],
        ["", "", "Наименование ОО:", "СОШ № 1"],
    ]  # fmt: skip
    hidden = Sheet("РУ (старое)", rows, is_hidden=True)
    return Book("2_кл.xlsx", (Sheet("АНКЕТА ШКОЛЫ", questionnaire), Sheet("РЕЗУЛЬТАТЫ", rows), hidden))


def test_a_filled_form_gives_two_works_without_names() -> None:
    russian, maths = works_in(
        filled(
            [1.0, "Иванов", "Иван", "", "2 А", "ДА", 1.0, 1.0, "X", "ДА", 2.0, 0.0, 3.0, "0123"],
            [2.0, "Петрова", "Анна", "", "2б", "НЕТ", "", "", "", "да", 1.0, 1.0, "не пройд.", "0123"],
            ["", "", "", "", "", "", "", "", "", "", "", "", "", "0123"],
            [3.0, "Сидоров", "Пётр", "", "2", "ДА", 1.0, "", "", "ДА", 5.0, "я", 2.0, "0123"],
        )
    )
    assert [(o.code, o.name) for o in russian.participants.organizations] == [("0123", "СОШ № 1")]
    assert russian.participants.items.tolist() == [[1, NOT_ATTEMPTED], [MISSING, MISSING], [MISSING, MISSING]]
    assert russian.participants.present.tolist() == [True, False, False]
    assert maths.participants.items.tolist() == [[0, 3], [1, MISSING], [MISSING, 2]]
    assert maths.participants.class_group == ["А", "Б", ""]
    assert np.array_equal(maths.participants.variant, [2, 1, 5])
    assert [(p.code, p.row, p.column) for p in russian.problems] == [("form.scores_missing", 8, None)]
    assert [(p.code, p.row, p.column) for p in maths.problems] == [("item.not_a_score", 8, "L")]
    assert "Иванов" not in repr(russian)
    assert "Петрова" not in repr(maths)
