"""Quirks of the federal and regional layouts of VPR, each on a table made here."""

from __future__ import annotations

from collections.abc import Sequence

from intake.contracts import MISSING, NO_VALUE, NOT_ATTEMPTED, OrganizationClaim, Severity, Work
from intake.layouts import LAYOUTS
from intake.layouts.base import Book, Cell, Sheet


def read(file: str, *sheets: tuple[str, Sequence[Sequence[Cell]]]) -> list[Work]:
    """Works by the first layout that recognises the book."""
    book = Book(file, tuple(Sheet(name, rows) for name, rows in sheets))
    for layout in LAYOUTS:
        found = layout.read(book)
        if found:
            return [one for one in found if isinstance(one, Work)]
    return []


def codes(work: Work) -> list[str]:
    return [problem.code for problem in work.problems]


FORM = ["Код участника", "Вариант", "1 (5б)", "4К1 (3б)", "Порядковый номер класса",
        "Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов"]  # fmt: skip


def test_form_ends_at_the_total_and_ignores_rows_without_a_code() -> None:
    (work,) = read(
        "8 класс Английский язык ВПР 2026.xlsx",
        (
            "Протокол",
            [
                [*FORM, "", "", "7 (1б)"],
                [80001.0, 1.0, 5.0, "X", 2.0, 4.0, 5.0, "", "0/0", 1.0],
                ["", "", "", "", "", "", 0.0, "", "X/0", ""],
                [80002.0, "отсутствовал", "", "", "", "", 0.0, "", "", ""],
                [" ", 1.0, 3.0, "", "", "", 3.0],
            ],
        ),
        ("Служебный", [[1.0, 5.0], [2.0, 4.0], ["отсутствовал", 3.0]]),
    )
    people = work.participants
    assert [(item.label, item.max_score, item.column) for item in work.items] == [("1", 5, "C"), ("4К1", 3, "D")]
    assert (people.participant, people.present.tolist()) == (["80001", "80002"], [True, False])
    assert people.items.tolist() == [[5, NOT_ATTEMPTED], [MISSING, MISSING]]
    assert (people.class_group, people.journal_mark.tolist()) == (["2", ""], [4, NO_VALUE])
    assert people.organizations == [OrganizationClaim()]
    assert work.problems == []


def test_form_in_two_parts_is_written_by_whoever_wrote_one() -> None:
    header = ["Код", "Вариант (часть 1)", "1 (1б)", "Вариант (часть 2)", "2 (1б)", "Пол", "Итого баллов"]
    rows: list[list[Cell]] = [
        header,
        [1.0, 1.0, 1.0, "отсутствовал", "", "м", 1.0],
        [2.0, "отсутствовал", "", 2.0, 1.0, "ж", 1.0],
        [3.0, "отсутствовал", "", "отсутствовал", "", "", ""],
    ]
    (work,) = read("Математика 5 класс ВПР 2025.xlsx", ("Протокол", rows))
    assert work.participants.present.tolist() == [True, True, False]
    assert work.participants.variant.tolist() == [1, 2, 0]


def test_blank_form_is_a_work_of_nobody_with_a_word() -> None:
    (work,) = read("Английский язык 8 класс.xlsx", ("Протокол", [FORM, ["", "", "", "", "", "", 0.0]]))
    assert (len(work.participants), work.participants.items.shape) == (0, (0, 2))
    assert [(problem.severity, problem.code) for problem in work.problems] == [(Severity.INFO, "work.no_participants")]


EXPORT = ["логин школы", "регион", "номер обучающегося", "код обучающегося", "отметка за предыдущую четверть/триместр",
          "пол", "класс", "вариант", "всего баллов", "балл за 1", "балл за 2", "Учебник", "Др.уч. автор",
          "", ""]  # fmt: skip
BOOK = "Моро М. И. Математика"


def test_export_of_2021_leaves_shifted_rows_out_and_keeps_rows_without_a_code() -> None:
    rows: list[list[Cell]] = [
        EXPORT,
        ["sch220206", "Табунский район", "1", "40001", "\xa04", "\xa0Ж", "а(2)", "1", "3", "1", "2", BOOK, "", "", ""],
        ["sch220206", "Табунский район", "2", "40002", "", "3", "м", "А", "1", "3", "1", "2", BOOK, "", ""],
        ["sch220206", "Табунский район", "3", "40003", "нет отметки", "м", "НЕТ", "2", "2", "м", "2", BOOK, "", "", ""],
        ["sch220206", "Табунский район", "4", "", "5", "м", "4", "?", "1", "1", "не пройд.", BOOK, "", "", ""],
    ]
    (work,) = read("Проведение работы по математике, 4 класс. ВПР 2021.xlsx", ("Sheet", rows))
    people = work.participants
    assert (people.participant, people.class_group, people.sex.tolist()) == (["40001", ""], ["А2", ""], [1, 2])
    assert people.organizations == [OrganizationClaim("sch220206", "", "Табунский район")]
    assert people.items.tolist() == [[1, 2], [1, MISSING]]
    assert [(problem.code, problem.row) for problem in work.problems] == [
        ("row.shifted", 3), ("row.shifted", 4), ("variant.not_a_number", 5),
    ]  # fmt: skip


def test_export_of_2020_ends_at_the_textbook_that_took_a_header() -> None:
    header = ["groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum",
              "a-1-grade", "a-2-grade", "Учебник", "a-4-grade"]  # fmt: skip
    groups = "22-RU-ALT,VPR_22,reg22_vpr_m004,tcs_schools"
    rows: list[list[Cell]] = [
        header,
        [groups, "sch220001", 1.0, 50001.0, "4", "м", "б", "2", "", 3.0, "1", "2", "", ""],
        [groups, "sch220001", 2.0, 50002.0, "", "", "", "отсутствовал", "", "", "", "", "", ""],
        [groups, "sch220001", 3.0, 50003.0, "3", "ж", "5а", "1", "", 7.0, "1", "1", BOOK, ""],
    ]
    (work,) = read("2020/4/Математика.xlsx", ("Sheet1", rows))
    assert [item.label for item in work.items] == ["1", "2"]
    assert work.participants.class_group == ["Б", "", "А"]
    assert work.participants.organizations == [OrganizationClaim("sch220001", "", "reg22_m004")]
    assert (work.campaign.grade_level, work.campaign.year) == (4, 2020)
    assert [(problem.code, problem.message) for problem in work.problems] == [
        ("total.differs", "Итог в файле (7) не равен сумме баллов за задания (2): учтена сумма."),
    ]


INDIVIDUAL = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант", "1 (2б)", "2 (1б)",
              "Первичный балл", "Отметка", "Отметка по журналу"]  # fmt: skip


def test_individual_results_of_many_schools_are_checked_against_their_group_rows() -> None:
    def pupil(school: int, code: int) -> list[Cell]:
        return [
            f"edu99000{school}",
            "Район",
            f"МБОУ «СОШ №{school}»(edu99000{school})",
            code,
            1.0,
            1.0,
            2.0,
            "X",
            2.0,
            3.0,
            "нет отметки",
        ]

    rows: list[list[Cell]] = [
        ["Индивидуальные результаты"], [], ["ВПР 2026 Русский язык 4 класс"], ["Предмет:", "Русский язык"],
        ["Максимальный первичный балл:", 3.0], ["Дата:", "20.04.2026"],
        ["", "", "Уровень сложности задания", "", "", "", "Б", "П"], INDIVIDUAL,
        ["МБОУ «СОШ №1»(edu990001) | Кол-во участников: 2"], pupil(1, 40001), pupil(1, 40002),
        ["МБОУ «СОШ №2»(edu990002) | Кол-во участников: 5"], pupil(2, 40001),
    ]  # fmt: skip
    (work,) = read("2849657.xlsx", ("РУ 4 Индивидуальные результаты", rows))
    assert [organization.code for organization in work.participants.organizations] == ["edu990001", "edu990002"]
    assert work.participants.organization.tolist() == [0, 0, 1]
    assert work.declared == {"participants:edu990001": 2, "participants:edu990002": 5}
    assert [item.level for item in work.items] == ["Б", "П"]
    assert work.participants.journal_mark.tolist() == [NO_VALUE] * 3
    (problem,) = work.problems
    assert (problem.code, problem.row, problem.message) == (
        "group.count_differs", 12, "Заявлено участников: 5, фактически строк: 1.",
    )  # fmt: skip
    assert (work.campaign.subject, work.campaign.grade_level, work.campaign.year) == ("Русский язык", 4, 2026)
