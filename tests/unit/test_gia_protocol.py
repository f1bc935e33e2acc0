"""Protocols with defects, ГВЭ, namesakes, masks of unusual form."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from intake.contracts import MISSING, NO_VALUE, NOT_ATTEMPTED, Procedure, Work
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.gia_protocol import GiaProtocol

HEADER = ("№", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Задания с кратким ответом",
          "Задания с развёрнутым ответом", "Первичный балл", "Оценка")  # fmt: skip


def works(*rows: Sequence[Cell], file: str = "protocol.xlsx", sheet: str = "Page 1") -> list[Work]:
    found = GiaProtocol().read(Book(file, (Sheet(sheet, rows),)))
    return [one for one in found or [] if isinstance(one, Work)]


def pupil(number: int, short: Cell, long: Cell = "1(2)", total: Cell = 3, mark: Cell = 3, **over: Cell) -> list[Cell]:
    row = {"org": 9306.0, "class": "9А", "name": f"Фамилия{number}", **over}
    return [float(number), row["org"], row["class"], row["name"], "Имя", "Отчество", short, long, total, mark]


def codes(work: Work) -> list[str]:
    return [problem.code for problem in work.problems]


def test_blank_long_part_is_not_attempted_and_all_blank_is_an_absence() -> None:
    (work,) = works(
        ["02 - Математика 2026.06.02"], HEADER, pupil(1, "++-"), pupil(2, "+--", "", 1, 2), pupil(3, "", "", "", "")
    )
    assert work.participants.items.tolist() == [[1, 1, 0, 1], [1, 0, 0, NOT_ATTEMPTED], [MISSING] * 4]
    assert work.participants.present.tolist() == [True, True, False]
    assert work.participants.file_total.tolist() == [3, 1, NO_VALUE]


def test_both_parts_in_one_string() -> None:
    (work,) = works(["02 - Математика 2026.06.02"], HEADER, pupil(1, "+-+1(2)0(3)", ""), pupil(2, "---2(2)3(3)", ""))
    assert [item.max_score for item in work.items] == [1, 1, 1, 2, 3]
    assert work.participants.items.tolist() == [[1, 0, 1, 1, 0], [0, 0, 0, 2, 3]]


@pytest.mark.parametrize(
    ("title", "grade_cell", "grade"),
    [
        ("52 - Математика 2026.06.02", "9А", 9),
        ("51 - Русский язык 2026.06.02", "11", 11),
        ("Математика ГВЭ 2026.06.02", "12Б", 11),
    ],
)
def test_gve_takes_the_grade_from_the_class(title: str, grade_cell: str, grade: int) -> None:
    (work,) = works([title], HEADER, pupil(1, "++", **{"class": grade_cell}))
    assert (work.campaign.procedure, work.campaign.grade_level) == (Procedure.GVE, grade)
    assert work.campaign.subject in ("Математика", "Русский язык")


def test_gve_credit_in_words() -> None:
    header = (*HEADER[:-1], "Результат")
    (work,) = works(
        ["52 - Математика 2026.06.02"], header, pupil(1, "+", mark="зачёт"), pupil(2, "-", mark="незачёт"),
        pupil(3, "-", mark="?"),
    )  # fmt: skip
    assert work.participants.passed.tolist() == [1, 0, NO_VALUE]
    assert [(p.code, p.row, p.column) for p in work.problems] == [("gia.result_unreadable", 5, "J")]


def test_oge_and_ege_are_told_by_class_when_nothing_else_says() -> None:
    (ninth,) = works(["02 - Математика 2026.06.02"], HEADER, pupil(1, "+"))
    (eleventh,) = works(["22 - Математика базовая 2026.06.02"], HEADER, pupil(1, "+", **{"class": "11Б"}))
    assert (ninth.campaign.procedure, eleventh.campaign.procedure) == (Procedure.OGE, Procedure.EGE)


def test_tail_rows_and_following_exam() -> None:
    first, second = works(
        ["Протокол проверки результатов"],
        ["02 - Математика 2026.06.02"],
        [],
        HEADER,
        pupil(1, "++"),
        ["Средние", "", "", "", "", "", "", "", 3.5, 3],
        ["Минимальная граница", "", "", "", "", "", "", "", 8],
        ["Всего участников", "", "", "", "", "", "", "", 2],
        ["03 - Физика 2026.06.05"],
        HEADER,
        pupil(1, "+-+"),
    )
    assert (len(first.participants), len(second.participants)) == (1, 1)
    assert first.declared == {
        "Средние: первичный балл": 3.5, "Средние: отметка": 3.0, "Минимальная граница": 8.0, "Всего участников": 2.0
    }  # fmt: skip
    assert codes(first) == ["gia.declared_count"]
    assert second.campaign.subject == "Физика"


def test_namesakes_of_one_school_stay_two_pupils_and_a_repeated_row_one() -> None:
    (work,) = works(
        ["02 - Математика 2026.06.02"], HEADER, pupil(1, "++", name="Иванов"), pupil(2, "--", name="Иванов"),
        pupil(3, "++", name="Иванов"), pupil(4, "++", name="Иванов", org="17"),
    )  # fmt: skip
    first, second, again, other = work.participants.participant
    assert first == again
    assert len({first, second, other}) == 3
    assert [(p.code, p.row) for p in work.problems] == [("gia.namesakes", 4)]


def test_hostile_cells_are_named_with_their_place() -> None:
    (work,) = works(
        ["02 - Математика 2026.06.02"], HEADER, pupil(1, "+*-"), pupil(2, "+-+", "5(2)", 12.5, 7),
        pupil(3, "+-+", "1(3)", "много", "да?"), pupil(4, "+-+", org=""), [5.0, "", "9А", "Фамилия", "Имя"],
    )  # fmt: skip
    assert [(p.code, p.row, p.column) for p in work.problems] == [
        ("gia.result_unreadable", 4, "I"),
        ("gia.result_unreadable", 4, "J"),
        ("gia.result_unreadable", 5, "I"),
        ("gia.result_unreadable", 5, "J"),
        ("gia.organization_missing", 6, "B"),
        ("gia.row_not_used", 7, None),
        ("gia.mask_bad_character", 3, "G"),
        ("gia.mask_maximum", 5, "H"),
    ]
    assert work.participants.items.tolist()[0] == [1, MISSING, 0, 1]
    assert len(work.participants) == 4


def test_absent_and_void() -> None:
    (work,) = works(
        ["02 - Математика 2026.06.02"], HEADER, pupil(1, "++"), pupil(2, "", "", "не явился", ""),
        pupil(3, "+-", "", "Аннулирован", ""),
    )  # fmt: skip
    assert work.participants.present.tolist() == [True, False, False]
    assert codes(work) == ["gia.result_void"]


def test_appeals_of_several_exams_are_several_works() -> None:
    header = ("№", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Экзамен", "Состояние апелляции", "Текущие", "")
    rows: list[list[Cell]] = [
        ["1", "17", "9А", "Иванов", "Иван", "Иванович", "Математика(2026.06.02)", "Апелляция удовлетворена", "12", "3"],
        ["2", "17", "9", "Иванов", "Иван", "Иванович", "Физика(2026.06.05)", "Апелляция отклонена", "20", "4"],
    ]
    maths, physics = works(header, ("",) * 8 + ("Первичный балл", "Оценка"), *rows)
    assert (maths.campaign.subject, physics.campaign.subject) == ("Математика", "Физика")
    assert maths.participants.participant == physics.participants.participant
    assert (maths.unchanged_rows, physics.unchanged_rows) == ((), (4,))


def test_the_same_document_in_one_or_two_columns_gives_one_key() -> None:
    split = (*HEADER[:6], "Серия", "Номер", *HEADER[6:])
    whole = (*HEADER[:6], "Документ", *HEADER[6:])
    one, two = pupil(1, "++"), pupil(1, "++")
    one[6:6] = [12.0, "000345"]
    two[6:6] = ["0012 000345"]
    title = ["02 - Математика 2026.06.02"]
    (first,), (second,) = works(title, split, one), works(title, whole, two)
    assert first.participants.participant == second.participants.participant
    assert first.dropped_columns == ["Фамилия", "Имя", "Отчество", "Серия", "Номер"]


def test_a_table_without_an_exam_title_asks_for_the_subject() -> None:
    (work,) = works(HEADER, pupil(1, "++"))
    assert work.campaign.subject is None
    assert codes(work) == ["gia.exam_subject_unknown"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Код ОО", "Класс"]],
        [["№", "ФИО", "Балл"], [1, "Иванов", 5]],
        [["логин школы", "регион", "балл за 1"], ["sch1", "р", 1]],
    ],
)
def test_other_tables_are_not_protocols(rows: list[list[Cell]]) -> None:
    assert works(*rows) == []


def test_answers_are_found_by_their_cells_under_any_name() -> None:
    (work,) = works(
        ["ОГЭ 2026, математика"],
        ["Школа", "Код участника", "Класс", "Баллы по заданиям", "Первичный балл", "Отметка"],
        ["СОШ № 1", "0001", "9А", "+-+1(2)0(3)", 3, 3],
        [111001.0, "0002", "9Б", "---2(2)3(3)", 5, 4],
    )
    assert (work.campaign.procedure, work.campaign.subject, work.campaign.year) == (Procedure.OGE, "Математика", 2026)
    assert work.participants.items.tolist() == [[1, 0, 1, 1, 0], [0, 0, 0, 2, 3]]
    assert [(one.code, one.name) for one in work.participants.organizations] == [("", "СОШ № 1"), ("111001", "")]


@pytest.mark.parametrize(
    ("file", "sheet", "subject", "year"),
    [
        ("ОГЭ Физика 2026.xlsx", "Лист1", "Физика", 2026),
        ("Химия 2026.06.02.xlsx", "Лист1", "Химия", 2026),
        ("2849657.xlsx", "06 - Биология 2025.06.11", "Биология", 2025),
        ("03_2026.06.02.xlsx", "Лист1", "Физика", 2026),
    ],
)
def test_without_a_title_the_sheet_or_the_file_names_the_exam(file: str, sheet: str, subject: str, year: int) -> None:
    (work,) = works(HEADER, pupil(1, "++"), file=file, sheet=sheet)
    assert (work.campaign.subject, work.campaign.year, work.campaign.procedure) == (subject, year, Procedure.OGE)
    assert work.problems == []


def test_subject_and_day_on_lines_of_their_own() -> None:
    first, second = works(
        ["Протокол проверки"], ["Предмет: Химия"], ["Дата экзамена: 01.06.2026"], HEADER, pupil(1, "++"),
        ["Предмет: 03 - Физика"], ["Дата экзамена: 05.06.2026"], HEADER, pupil(1, "+-+"),
    )  # fmt: skip
    assert [(w.campaign.subject, str(w.campaign.held_on), w.campaign.raw_subject) for w in (first, second)] == [
        ("Химия", "2026-06-01", "Химия"),
        ("Физика", "2026-06-05", "03 - Физика"),
    ]


def test_a_final_score_of_basic_mathematics_is_a_mark() -> None:
    header = (*HEADER[:-1], "Итоговый балл")
    (basic,) = works(["22 - Математика базовая 2025.05.30"], header, pupil(1, "++", **{"class": "11"}, mark=5))
    (russian,) = works(["01 - Русский язык 2025.05.30"], header, pupil(1, "++", **{"class": "11"}, mark=5))
    assert (basic.participants.mark.tolist(), basic.participants.test_score.tolist()) == ([5], [NO_VALUE])
    assert (russian.participants.mark.tolist(), russian.participants.test_score.tolist()) == ([NO_VALUE], [5])


@pytest.mark.parametrize(
    ("tail", "declared"),
    [
        (["Минимальная граница", "", "", "", 6, 40], {"Минимальная граница": 40.0}),
        (["Минимальная граница", "", "", "", "", 40], {"Минимальная граница": 40.0}),
        (["Минимальная граница", "", "", "", 6, ""], {"Минимальная граница: первичный балл": 6.0}),
        (["Минимальная граница", "", "", 40, "", ""], {"Минимальная граница": 40.0}),
    ],
)
def test_the_minimum_of_test_scores_is_not_that_of_primary_scores(tail: list[Cell], declared: dict[str, float]) -> None:
    header: list[Cell] = ["№", "Код ОО", "Класс", "Задания с кратким ответом", "Первичный балл", "Тестовый балл"]
    rows = (["04 - Химия 2026.06.01"], header, [1, 101, "11А", "++-+", 3, 30], tail)
    (work,) = GiaProtocol().read(Book("Протокол.xlsx", (Sheet("Лист1", rows),))) or []
    assert isinstance(work, Work)
    assert work.declared == declared
