from __future__ import annotations

import datetime as dt

from intake.contracts import MISSING, NOT_ATTEMPTED, Procedure, Work
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.school_form import SchoolForm


def test_a_form_of_a_school_gives_a_work_without_names() -> None:
    about: list[list[Cell]] = [
        ["Учитель", "Петрова П. П."], ["Дата", dt.date(2025, 10, 14)], ["Предмет", "Физика"], ["Класс", "7Б"],
        ["Тип", "Входная"], ["Баллы", "1=2, 2=1, 3=3"], ["Комментарий", ""], ["Школа", "СОШ № 1"], ["Год", "2025-2026"],
    ]  # fmt: skip
    scores: list[list[Cell]] = [
        ["", "ФИО", "Присутствие", "Вариант", "Задания", "", "", "Итог"],
        ["", "", "", "", 1.0, 2.0, 3.0],
        [],
        [1, "Иванов Иван", "да", 1, 2, 0, "X", 2],
        [2, "Сидорова Анна", "н/б", "", "", "", "", ""],
        [3, "Орлов Пётр", "да", 2, 1, "я", 3, 4],
        ["", "Средний балл", "", "", 1.5, 0, 3, 3],
    ]
    book = Book("x.xlsx", (Sheet("Информация", about), Sheet("Сбор информации", scores)))
    (work,) = SchoolForm().read(book) or []
    assert isinstance(work, Work)
    assert (work.campaign.procedure, work.campaign.subject, work.campaign.grade_level, work.campaign.held_on) == (
        Procedure.SCHOOL_DIAGNOSTIC, "Физика", 7, dt.date(2025, 10, 14)
    )  # fmt: skip
    assert [(item.label, item.max_score) for item in work.items] == [("1", 2), ("2", 1), ("3", 3)]
    assert work.participants.items.tolist() == [[2, 0, NOT_ATTEMPTED], [MISSING] * 3, [1, MISSING, 3]]
    assert work.participants.present.tolist() == [True, False, True]
    assert set(work.participants.class_group) == {"Б"}
    assert [(p.code, p.row, p.column) for p in work.problems] == [("item.not_a_score", 6, "F")]
    assert "Иванов" not in repr(work)
    assert "Петрова" not in repr(work)
