"""Tables that people make themselves: any order of columns, titles, totals, several campaigns, unknown layouts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from intake import read_pasted
from intake.contracts import (
    MISSING,
    NO_VALUE,
    NOT_ATTEMPTED,
    ColumnMapping,
    FileReading,
    OrganizationClaim,
    Procedure,
    Work,
)
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.gia_protocol import GiaProtocol
from intake.layouts.participant_list import ParticipantList
from intake.layouts.unknown import MappedTable, unknown_tables
from intake.reading import read_file


def works(*rows: Sequence[Cell], file: str = "Таблица.xlsx", sheet: str = "Лист1") -> list[Work]:
    return ParticipantList().read(Book(file, (Sheet(sheet, rows),))) or []


def codes(work: Work) -> list[str]:
    return [problem.code for problem in work.problems]


def pasted(text: str, name: str = "Математика 5 класс 2026") -> FileReading:
    return read_pasted(text, name=name)


def test_words_of_the_header_stand_in_any_order() -> None:
    (work,) = works(
        ["Отметка", "Пол", "Задание 2 (2б)", "Задание 1", "Класс", "Школа", "Код участника", "Итого"],
        [4, "ж", 2, 1, "5А", "СОШ № 1", 50001, 3],
        [2, "м", "X", 0, "5Б", "СОШ № 2", 50002, 0],
        file="Математика 5 класс 2026.xlsx",
    )
    people = work.participants
    assert [(item.label, item.max_score) for item in work.items] == [("2", 2), ("1", None)]
    assert people.items.tolist() == [[2, 1], [NOT_ATTEMPTED, 0]]
    assert people.organizations == [OrganizationClaim("", "СОШ № 1", ""), OrganizationClaim("", "СОШ № 2", "")]
    assert (people.class_group, people.sex.tolist(), people.mark.tolist()) == (["А", "Б"], [1, 2], [4, 2])
    assert (people.participant, people.file_total.tolist()) == (["50001", "50002"], [3, 0])
    assert (work.campaign.subject, work.campaign.grade_level, work.campaign.year) == ("Математика", 5, 2026)
    assert people.row.tolist() == [2, 3]


def test_titles_two_level_header_maxima_levels_and_totals() -> None:
    (work,) = works(
        ["Результаты диагностической работы по физике, 8 класс"],
        ["МБОУ «СОШ № 5» г. Заречный", "", "", "", "Дата: 15.10.2025"],
        [],
        ["№", "Код", "Класс", "Задания", "", "", "Всего баллов", "Оценка"],
        ["", "", "", 1, 2, 3, "", ""],
        ["", "Уровень сложности", "", "Б", "Б", "П"],
        ["", "Максимальный балл", "", 1, 2, 3, 6],
        [1, "8001", "8А", 1, 2, 0, 3, 4],
        [2, "8002", "8А", 0, "не пройд.", 3, 3, 4],
        ["", "Итого", "", 1, 2, 3, 6],
        ["", "Средний балл", "", 0.5, 1, 1.5, 3],
        ["Учитель: Петрова А. А."],
    )
    assert [(item.label, item.max_score, item.level) for item in work.items] == [
        ("1", 1, "Б"), ("2", 2, "Б"), ("3", 3, "П"),
    ]  # fmt: skip
    assert work.participants.items.tolist() == [[1, 2, 0], [0, MISSING, 3]]
    assert work.participants.organizations == [OrganizationClaim("", "МБОУ «СОШ № 5» г. Заречный", "")]
    assert (work.campaign.subject, work.campaign.grade_level) == ("Физика", 8)
    assert work.campaign.held_on is not None
    assert (work.campaign.held_on.isoformat(), work.campaign.year) == ("2025-10-15", 2025)


def test_table_shifted_from_the_corner() -> None:
    (work,) = works(
        [], ["", "", "Код", "Вариант", "1", "2", "Балл"], ["", "", "7", 1, 1, 0, 1], ["", "", "8", 2, 0, 1, 1]
    )
    assert (work.participants.participant, work.participants.items.tolist()) == (["7", "8"], [[1, 0], [0, 1]])


def test_personal_columns_are_dropped_and_named() -> None:
    (work,) = works(
        ["№", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс", "1 (1б)", "2 (1б)", "E-mail"],
        [1, "Секретова", "Анна", "Ивановна", "01.02.2014", "5А", 1, 0, "a@b.ru"],
        [2, "Тайный", "Пётр", "Ильич", "03.04.2014", "5А", 1, "?", "c@d.ru"],
    )
    assert work.dropped_columns == ["Фамилия", "Имя", "Отчество", "Дата рождения", "E-mail"]
    assert work.participants.participant == ["", ""]
    everything = repr(work)
    assert not any(word in everything for word in ("Секретова", "Тайный", "Анна", "Пётр", "2014", "@"))
    assert "columns.personal_dropped" in codes(work)


def test_names_written_as_codes_are_dropped() -> None:
    (work,) = works(
        ["Код участника", "Класс", "1 (1б)", "2 (1б)"], ["Секретова Анна", "5А", 1, 0], ["50002", "5А", 1, 1]
    )
    assert work.participants.participant == ["", "50002"]
    assert "participant.is_a_name" in codes(work)
    assert "Секретова" not in repr(work)
    (short,) = works(["Код", "1 (1б)", "2 (1б)"], ["Ким", 1, 0], ["Иванова", "Аня", 0], ["Б-17", 1, 1])
    assert short.participants.participant == ["", "", "Б-17"]
    assert "Ким" not in repr(short)
    assert "Аня" not in repr(short)
    (second,) = works(["Ученик", "1 (1б)", "2 (1б)"], ["Иванов Иван", 1, 0], ["Петров Пётр", 0, 0])
    assert (second.dropped_columns, second.participants.participant) == (["Ученик"], ["", ""])


def test_campaigns_of_one_table_are_works_of_their_own() -> None:
    found = works(
        ["Предмет", "Параллель", "Год", "Школа", "Код", "1", "2", "3", "Отметка"],
        ["Математика", 5, 2025, "СОШ № 1", "1", 1, 0, "", 3],
        ["Русский язык", 6, 2026, "СОШ № 1", "1", 2, 1, 3, 5],
        ["Математика", 5, 2025, "СОШ № 2", "2", 0, 0, "", 2],
    )
    facts = [(work.campaign.subject, work.campaign.grade_level, work.campaign.year) for work in found]
    assert facts == [("Математика", 5, 2025), ("Русский язык", 6, 2026)]
    assert [[item.label for item in work.items] for work in found] == [["1", "2"], ["1", "2", "3"]]
    assert [work.participants.row.tolist() for work in found] == [[2, 4], [3]]
    assert not any("item.blank" in codes(work) for work in found)


def test_grades_of_classes_make_campaigns_when_nothing_else_names_the_grade() -> None:
    found = works(["Код", "Класс", "Балл"], ["1", "5А", 3], ["2", "6Б", 4], ["3", "5Б", 5], file="Химия.xlsx")
    assert [(work.campaign.grade_level, work.participants.participant) for work in found] == [
        (5, ["1", "3"]),
        (6, ["2"]),
    ]


def test_tables_one_under_another() -> None:
    header = ["Код участника", "Вариант", "1", "2", "Балл"]
    found = works(
        ["Математика 5 класс"], header, ["1", 1, 1, 1, 2], [], ["Биология 6 класс"], header, ["7", 2, 0, 1, 1]
    )
    assert [(work.campaign.subject, work.campaign.grade_level) for work in found] == [
        ("Математика", 5),
        ("Биология", 6),
    ]
    assert [work.participants.participant for work in found] == [["1"], ["7"]]
    assert [work.participants.row.tolist() for work in found] == [[3], [7]]


@pytest.mark.parametrize(
    ("header", "cell", "attribute", "value"),
    [
        ("Уровень", "Повышенный", "level", ["Повышенный", ""]),
        ("Зачёт/незачёт", "зачёт", "passed", [1, NO_VALUE]),
        ("Тестовый балл", 72, "test_score", [72, NO_VALUE]),
        ("Отметка по журналу", 5, "journal_mark", [5, NO_VALUE]),
        ("Первичный балл", 12, "file_total", [12, NO_VALUE]),
    ],
)
def test_kinds_of_result(header: str, cell: Cell, attribute: str, value: list[object]) -> None:
    (work,) = works(["Код", "Вариант", "Отметка", header], ["1", 1, 4, cell], ["2", 1, 3, ""])
    found = getattr(work.participants, attribute)
    assert (found if isinstance(found, list) else found.tolist()) == value


def test_absence_in_its_many_forms() -> None:
    header = ["Код", "Класс", "Вариант", "Присутствие", "1", "2", "Балл"]
    (work,) = works(
        header,
        ["1", "5А", 1, "да", 1, 1, 2],
        ["2", "5А", "отсутствовал", "", "", "", ""],
        ["3", "5А", "", "нет", "", "", ""],
        ["4", "5А", "", "", "н", "н", ""],
        ["5", "5А", "", "", "", "", "н/б"],
        ["6", "5А", 1, "да", "", "", ""],
        ["7", "5А", "отсутствовал", "", 1, 1, 2],
        ["8", "5А", 1, "да", "X", "X", 0],
    )
    assert work.participants.present.tolist() == [True, False, False, False, False, False, False, True]
    found = {problem.code: problem.row for problem in work.problems}
    assert found == {"participant.no_result": 7, "participant.absent_with_scores": 8}


def test_cells_that_are_no_scores_are_reported_with_their_place() -> None:
    (work,) = works(["Код", "Вариант", "1", "2"], ["1", 1, "?", 1], ["2", 1, 1, 1.5], ["3", 1, "м", 1], ["4", 1, 1, ""])
    places = [(problem.code, problem.row, problem.column) for problem in work.problems]
    assert places == [
        ("row.shifted", 4, None), ("item.not_a_score", 2, "C"), ("item.not_a_score", 3, "D"), ("item.blank", 5, "D"),
    ]  # fmt: skip
    assert work.participants.participant == ["1", "2", "4"]
    assert work.participants.items.tolist() == [[MISSING, 1], [1, MISSING], [1, MISSING]]
    assert work.problems[1].hint != ""


def test_duplicates_and_rows_without_codes_stay() -> None:
    (work,) = works(
        ["Код", "Класс", "1", "2"], ["1", "5А", 1, 1], ["1", "5А", 1, 1], ["", "5А", 0, 1], ["", "", "", ""]
    )
    assert work.participants.participant == ["1", "1", ""]


def test_tables_of_totals_are_not_participants() -> None:
    assert works(["Школа", "Кол-во участников", "2", "3", "4", "5"], ["СОШ № 1", 30, 1, 10, 12, 7]) == []
    assert works(["Школа", "Балл", "Отметка"], ["СОШ № 1", 15, 4], ["СОШ № 2", 16, 4], ["СОШ № 3", 17, 4]) == []


def test_hidden_sheets_are_read_only_when_nothing_is_visible() -> None:
    rows = [["Код", "Вариант", "1", "2"], ["1", 1, 1, 1]]
    hidden, shown = Sheet("Старое", rows, is_hidden=True), Sheet("Новое", rows)
    layout = ParticipantList()
    assert [work.sheet for work in layout.read(Book("a.xlsx", (hidden, shown))) or []] == ["Новое"]
    assert [work.sheet for work in layout.read(Book("a.xlsx", (hidden,))) or []] == ["Старое"]


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_pasted_tables(delimiter: str) -> None:
    lines = [
        ["Код", "Вариант", "1 (1б)", "2 (2б)", "Итого"],
        ["50001", "1", "1", "2", "3"],
        ["50002", "2", "x", "1", "1"],
    ]
    (work,) = pasted("\n".join(delimiter.join(line) for line in lines)).works
    assert work.participants.items.tolist() == [[1, 2], [NOT_ATTEMPTED, 1]]
    assert (work.campaign.subject, work.campaign.grade_level, work.campaign.year) == ("Математика", 5, 2026)


UNKNOWN: list[list[Cell]] = [
    ["Ведомость"],
    ["Штамп", "Кто", "Показатель альфа", "Показатель бета", "Вывод"],
    ["k-17", "Секретова Анна", 1, 0, "Базовый"],
    ["k-18", "Тайный Пётр", 2, 1, "Высокий"],
]


def test_unknown_table_shows_columns_without_people() -> None:
    book = Book("Ведомость.xlsx", (Sheet("Лист1", UNKNOWN),))
    assert ParticipantList().read(book) is None
    (table,) = unknown_tables(book)
    assert (table.header_row, table.row_count) == (2, 2)
    assert [(column.column, column.header, column.examples) for column in table.columns] == [
        ("A", "Штамп", ("k-17", "k-18")), ("B", "Кто", ()), ("C", "Показатель альфа", ("1", "2")),
        ("D", "Показатель бета", ("0", "1")), ("E", "Вывод", ("Базовый", "Высокий")),
    ]  # fmt: skip
    assert table.columns[1].guess == "ignore"
    assert "Секретова" not in repr(table)


def test_a_mapping_reads_the_table_next_time() -> None:
    book = Book("Ведомость.xlsx", (Sheet("Лист1", UNKNOWN),))
    (table,) = unknown_tables(book)
    roles = {"A": "participant", "B": "ignore", "C": "item", "D": "item", "E": "level"}
    mapped = Book(book.file, book.sheets, (ColumnMapping(table.fingerprint, roles),))
    (work,) = MappedTable().read(mapped) or []
    assert [item.label for item in work.items] == ["Показатель альфа", "Показатель бета"]
    assert work.participants.items.tolist() == [[1, 0], [2, 1]]
    assert (work.participants.participant, work.participants.level) == (["k-17", "k-18"], ["Базовый", "Высокий"])
    assert MappedTable().read(Book(book.file, book.sheets, (ColumnMapping("other", roles),))) is None


def test_subjects_side_by_side_are_works_of_their_own() -> None:
    found = works(
        ["", "", "РУССКИЙ ЯЗЫК", "", "", "МАТЕМАТИКА", "", ""],
        ["Код", "Класс", 1, 2, "Балл", 1, 2, "Балл"],
        ["Максимальный балл", "", 2, 3, 5, 1, 1, 2],
        ["1", "3А", 2, "X", 2, 1, 1, 2],
        ["2", "3А", 1, 3, 4, 0, 1, 1],
    )
    assert [(work.campaign.subject, work.campaign.grade_level) for work in found] == [
        ("Русский язык", 3), ("Математика", 3),
    ]  # fmt: skip
    assert [work.participants.items.tolist() for work in found] == [[[2, NOT_ATTEMPTED], [1, 3]], [[1, 1], [0, 1]]]
    assert [[item.max_score for item in work.items] for work in found] == [[2, 3], [1, 1]]
    assert [work.participants.file_total.tolist() for work in found] == [[2, 4], [2, 1]]


def test_a_sheet_for_a_class_and_a_title_with_a_class() -> None:
    rows: list[list[Cell]] = [["ФИО", "1 (1б)", "2 (1б)"], ["Иванов Иван", 1, 0]]
    book = Book("Химия.xlsx", (Sheet("8А", rows), Sheet("8 «Б»", rows)))
    found = ParticipantList().read(book) or []
    assert [(work.campaign.grade_level, work.participants.class_group) for work in found] == [(8, ["А"]), (8, ["Б"])]
    (titled,) = works(["Класс: 7В", "", "Школа: Лицей № 2"], ["Код", "1 (1б)", "2 (1б)"], ["1", 1, 0])
    assert (titled.campaign.grade_level, titled.participants.class_group) == (7, ["В"])
    assert titled.participants.organizations == [OrganizationClaim("", "Лицей № 2", "")]


def test_an_anonymous_list_of_scores_and_totals_with_their_maximum() -> None:
    (work,) = works(["№", "1", "2", "3", "Сумма баллов (макс. 4)"], [1, 1, 0, 2, 3], [2, 1, 1, "X", 2])
    assert work.participants.file_total.tolist() == [3, 2]
    assert work.participants.items.tolist() == [[1, 0, 2], [1, 1, NOT_ATTEMPTED]]


@pytest.mark.parametrize(
    "title",
    ["% выполнения", "% качества", "% успеваемости", "% решаемости", "% вып.", "Медиана", "Обученность", "В среднем",
     "Степень обученности", "Не справились", "Не приступали", "Верно выполнили", "Получили «5»", "По ОО", "По округу",
     "Макс.", "Max", "Мин.", "Min", "Проверяемые умения", "Умения", "КЭС", "Элемент содержания", "Тип задания",
     "Общий процент", "Стандартное отклонение", "Коэффициент решаемости", "Исполнитель: Петрова", "Проверила Петрова"],
)  # fmt: skip
def test_a_row_of_statistics_is_no_pupil(title: str) -> None:
    (work,) = works(
        ["№", "Школа", "Код", "Класс", "1", "2", "3", "Итого"],
        [1, "СОШ № 1", "8001", "8А", 1, 2, 0, 3],
        [2, "СОШ № 1", "8002", "8А", 0, 1, 3, 4],
        [title, "", "", "", 50, 75, 60, 58],
        ["", "", title, "", 50, 75, 60, 58],
    )
    assert work.participants.participant == ["8001", "8002"]


@pytest.mark.parametrize("title", ["Задания", "Ответы в краткой форме", "Задания с развёрнутым ответом"])
def test_a_merged_title_over_columns_of_scores_is_no_string_of_answers(title: str) -> None:
    rows = (
        ["Результаты работы по математике, 5 класс, 2025 год"],
        ["№", "Школа", "Код", "Класс", title, "", "", "Всего баллов", "Оценка"],
        ["", "", "", "", "1", "2", "3", "", ""],
        ["", "", "", "Макс. балл", 1, 2, 3, 6, ""],
        [1, "СОШ № 1", "5001", "5А", 1, "X", 3, 4, 4],
        [2, "СОШ № 1", "5002", "5А", 0, 1, 3, 4, 4],
    )
    book = Book("Таблица.xlsx", (Sheet("Лист1", rows),))
    assert GiaProtocol().read(book) is None
    (work,) = works(*rows)
    assert work.participants.items.tolist() == [[1, NOT_ATTEMPTED, 3], [0, 1, 3]]


def test_one_letter_of_absence_over_the_items_of_a_row_is_an_absence() -> None:
    (work,) = works(
        ["Код", "Класс", "1", "2", "3", "Итого", "Отметка"],
        ["8001", "8А", 1, 2, 0, 3, 4],
        ["8002", "8А", "н", "", "", "", ""],
        ["8003", "8А", "н", "н", "н", "", ""],
        ["8004", "8А", "н", "", "", 0, 2],
        ["8005", "8А", "X", "", "", "", ""],
    )
    assert work.participants.present.tolist() == [True, False, False, True, True]


@pytest.mark.parametrize("title", ["Макс.", "Max", "макс", "Максимум"])
def test_a_row_of_maxima_under_the_header_is_read_as_maxima(title: str) -> None:
    (work,) = works(
        ["Школа", "Класс", "Код", "1", "2", "3"],
        ["", "", title, 1, 2, 4],
        ["СОШ № 1", "8А", "8001", 1, 0, 3],
        ["СОШ № 1", "8А", "8002", 0, 2, 1],
    )
    assert [item.max_score for item in work.items] == [1, 2, 4]
    assert work.participants.participant == ["8001", "8002"]


LINES: list[Sequence[Cell]] = [
    ["Код", "1 (1б)", "2 (2б)", "Балл"],
    ["МБОУ СОШ № 5"],
    ["101", 1, 2, 3],
    ["102", 0, 1, 1],
    ["МКОУ «Зареченская школа»", "", "", ""],
    ["101", 1, 0, 1],
    ["Итого по школе", 1, 0, 1],
]


def test_a_line_with_the_name_of_a_school_names_it_for_the_rows_below() -> None:
    (work,) = works(*LINES)
    people = work.participants
    assert [claim.name for claim in people.organizations] == ["МБОУ СОШ № 5", "МКОУ «Зареченская школа»"]
    assert people.organization.tolist() == [0, 0, 1]
    assert people.row.tolist() == [3, 4, 6]
    assert people.present.all()


def test_a_line_of_a_merged_row_and_one_with_a_count_beside_it_are_lines_too() -> None:
    (work,) = works(
        ["№", "Код", "1 (1б)", "2 (2б)"],
        ["МБОУ «СОШ № 5»(edu990005)", "Кол-во участников: 2", "", ""],
        [1, "101", 1, 2],
        ["Лицей № 1"] * 4,
        [1, "101", 1, 1],
        ["", "СОШ № 2", "", ""],
        [1, "101", 0, 1],
    )
    assert work.participants.organizations == [
        OrganizationClaim("edu990005", "МБОУ «СОШ № 5»", ""), OrganizationClaim("", "Лицей № 1", ""),
        OrganizationClaim("", "СОШ № 2", ""),
    ]  # fmt: skip
    assert work.participants.organization.tolist() == [0, 1, 2]


def test_rows_above_the_first_line_belong_to_the_title() -> None:
    (work,) = works(["Школа: СОШ № 1"], *LINES[:1], ["100", 1, 1, 2], *LINES[1:])
    assert [claim.name for claim in work.participants.organizations][:2] == ["СОШ № 1", "МБОУ СОШ № 5"]


def test_lines_of_classes_stay_in_their_school_and_name_the_grade() -> None:
    found = works(
        ["Код", "1 (1б)", "2 (2б)"],
        ["СОШ № 1"],
        ["5 «А» класс"],
        ["101", 1, 2],
        ["5 «Б» класс"],
        ["102", 0, 2],
        ["СОШ № 2"],
        ["Класс: 5А"],
        ["103", 0, 0],
        file="Математика 2026.xlsx",
    )
    (work,) = found
    people = work.participants
    assert (people.class_group, people.organization.tolist()) == (["А", "Б", "А"], [0, 0, 1])
    assert work.campaign.grade_level == 5


def test_lines_do_not_speak_against_a_column_of_organizations() -> None:
    (work,) = works(["ОО", "Код", "1 (1б)", "2 (2б)"], ["СОШ № 1", "101", 1, 2], ["СОШ № 5"], ["СОШ № 2", "102", 0, 2])
    assert [claim.name for claim in work.participants.organizations] == ["СОШ № 1", "СОШ № 2"]


@pytest.mark.parametrize(
    "header", [["1/1", "2/3"], ["1 (1 б.)", "2 (3 б.)"], ["1 (макс. 1)", "2 (из 3)"], ["1 [0-1]", "2 [0–3]"]]
)
def test_the_maximum_in_the_header_of_an_item(header: list[Cell]) -> None:
    (work,) = works(["Код", *header], ["101", 1, 3], ["102", 0, 1])
    assert [(item.label, item.max_score) for item in work.items] == [("1", 1), ("2", 3)]


def test_dashes_alone_are_no_zero() -> None:
    (work,) = works(
        ["Код", "1 (1б)", "2 (3б)", "3 (1б)", "Балл"],
        ["101", 1, 3, "-", 4],
        ["102", "-", "", "", ""],
        ["103", "–", "–", "–", ""],
        ["104", "X", "", "", ""],
        ["105", "X", "X", "X", 0],
        ["106", "-", "-", 0, 0],
        file="Математика 5 класс 2026.xlsx",
    )
    assert work.participants.present.tolist() == [True, False, False, True, True, True]
    assert [problem.row for problem in work.problems if problem.code == "participant.no_result"] == [3, 4]


def test_a_class_or_school_written_once_holds_for_the_rows_below() -> None:
    (work,) = works(
        ["ОО", "Класс", "Код", "1 (1б)", "2 (2б)"],
        ["СОШ № 1", "7А", 1, 1, 2],
        ["", "", 2, 0, 2],
        ["", "7Б", 3, 1, 0],
        ["СОШ № 2", "", 4, 1, 1],
        ["", "", 5, 1, 1],
        file="Математика 7 класс 2026.xlsx",
    )
    people = work.participants
    assert [claim.name for claim in people.organizations] == ["СОШ № 1", "СОШ № 2"]
    assert (people.organization.tolist(), people.class_group) == ([0, 0, 0, 1, 1], ["А", "А", "Б", "", ""])
    assert codes(work).count("column.written_once") == 2


def test_a_blank_in_a_column_that_is_filled_in_every_row_stays_one() -> None:
    (work,) = works(
        ["ОО", "Код", "1 (1б)", "2 (2б)"],
        ["СОШ № 1", 1, 1, 2],
        ["СОШ № 1", 2, 0, 2],
        ["", 3, 1, 0],
        ["СОШ № 2", 4, 1, 1],
    )
    assert [claim.name for claim in work.participants.organizations] == ["СОШ № 1", "", "СОШ № 2"]


def test_minus_among_plusses_is_a_wrong_answer() -> None:
    (work,) = works(
        ["Код", "1", "2", "3", "Верно"], [1, "+", "+", "-", 2], [2, "-", "-", "-", 0], [3, "н", "н", "н", ""]
    )
    assert work.participants.items.tolist()[:2] == [[1, 1, 0], [0, 0, 0]]
    assert work.participants.present.tolist() == [True, True, False]
    assert work.participants.file_total.tolist()[:2] == [2, 0]


def test_number_and_maximum_that_a_spreadsheet_took_for_dates() -> None:
    header = [dt.date(2026, 1, 1), dt.datetime(2026, 3, 2), dt.date(2026, 2, 3)]
    (work,) = works(["Код", *header], [1, 1, 3, 2], [2, 0, 1, 2])
    assert [(item.label, item.max_score) for item in work.items] == [("1", 1), ("2", 3), ("3", 2)]
    (parts,) = works(["Код", dt.date(2026, 1, 5), dt.date(2026, 2, 5), 6], [1, 1, 0, 2], [2, 0, 1, 2])
    assert [item.label for item in parts.items] == ["5.1", "5.2", "6"]


def test_columns_of_scores_under_words_are_named_not_lost_in_silence() -> None:
    (work,) = works(["Код", "Тест", "Практика", "Балл"], [1, "12 б.", 8, "20 баллов"], [2, 6, 4, "10 из 20"])
    assert work.participants.file_total.tolist() == [20, 10]
    (remark,) = (problem for problem in work.problems if problem.code == "columns.unknown")
    assert "«Тест», «Практика»" in remark.message
    assert (remark.row, remark.column) == (1, "B")


def test_signs_of_absence_in_any_column() -> None:
    (work,) = works(
        ["Код", "Вариант", "1", "2", "Балл", "Зачёт"],
        [1, 1, 1, 1, 2, "зачёт"],
        [2, "н", "", "", "", ""],
        [3, "", "", "", "н", ""],
        [4, "", "", "", "", "не явился"],
        [5, "", "б", "б", "", ""],
    )
    assert work.participants.present.tolist() == [True, False, False, False, False]
    assert not {"variant.not_a_number", "total.not_a_number", "passed.not_understood", "item.not_a_score"} & {
        *codes(work)
    }


@pytest.mark.parametrize(
    ("file", "procedure"),
    [
        ("Пробный ОГЭ математика 9 класс 2026.xlsx", Procedure.MOCK_EXAM),
        ("Тренировочная работа в формате ЕГЭ 11 класс 2026 физика.xlsx", Procedure.MOCK_EXAM),
        ("Пробная ВПР математика 5 класс 2026.xlsx", Procedure.SCHOOL_DIAGNOSTIC),
        ("ОГЭ математика 9 класс 2026.xlsx", Procedure.OGE),
    ],
)
def test_a_trial_is_not_the_examination(file: str, procedure: Procedure) -> None:
    (work,) = works(["Код", "1", "2"], [1, 1, 0], [2, 0, 1], [3, 1, 1], file=file)
    assert work.campaign.procedure is procedure


def test_sums_and_percents_that_nothing_names_are_no_pupils() -> None:
    (work,) = works(
        ["Код", "1", "2", "3", "Балл"],
        [1, 1, 0, 1, 2],
        [2, 1, 1, 0, 2],
        [3, 0, 1, 1, 2],
        [4, 1, 1, 1, 3],
        ["", 3, 3, 3, 9],
        ["", "75%", "75%", "75%", ""],
        ["", 0.75, 0.75, 0.75, ""],
    )
    assert work.participants.participant == ["1", "2", "3", "4"]
    assert [problem.row for problem in work.problems if problem.code == "row.statistics"] == [6, 7, 8]


def test_a_list_without_codes_keeps_its_first_and_last_pupils() -> None:
    (work,) = works(
        ["Код", "1", "2", "3", "Балл"], ["", 1, 1, 2, 4], ["", 0, 1, 1, 2], ["", 1, 0, 0, 1], ["", 0, 0, 0, 0]
    )
    assert work.participants.items.tolist() == [[1, 1, 2], [0, 1, 1], [1, 0, 0], [0, 0, 0]]


def test_a_level_is_no_title_of_totals() -> None:
    (coded,) = works(
        ["№", "Код", "Внимание", "Память", "Общий уровень"],
        [1, 1, "высокий", "средний", "средний"],
        [2, 2, "низкий", "низкий", "низкий"],
        ["", "Средний", "", "", "средний"],
    )
    assert coded.participants.level == ["средний", "низкий"]
    (named,) = works(
        ["№", "ФИО", "Память", "Общий уровень"], [1, "Ким Аня", "средний", "средний"], [2, "Ли Ян", "", "низкий"]
    )
    assert named.participants.level == ["средний", "низкий"]


def test_scores_and_marks_as_teachers_write_them() -> None:
    (work,) = works(
        ["Код", "1", "2", "Балл", "Оценка"], [1, "1/1", "2 из 2", "3/3", "4+"], [2, "0/1", "1/2", "1/3", "3-"]
    )
    people = work.participants
    assert (people.items.tolist(), people.file_total.tolist()) == ([[1, 2], [0, 1]], [3, 1])
    assert people.mark.tolist() == [4, 3]


@pytest.mark.parametrize(
    ("file", "procedure"),
    [
        ("Стартовая диагностика математика 5 класс 2026.xlsx", Procedure.SCHOOL_DIAGNOSTIC),
        ("Стартовая диагностика первоклассников 1 класс 2026.xlsx", Procedure.BASELINE),
    ],
)
def test_a_diagnosis_at_the_start_is_that_of_first_graders_in_grade_1_only(file: str, procedure: Procedure) -> None:
    (work,) = works(["Код", "1", "2"], [1, 1, 0], [2, 0, 1], [3, 1, 1], file=file)
    assert work.campaign.procedure is procedure


def test_a_mark_under_every_subject_is_a_work_each() -> None:
    found = works(
        ["№", "Код", "Русский язык", "Математика", "История"],
        [1, 501, 4, 5, 3],
        [2, 502, 3, 3, "н"],
        file="ВПР 2026 5 класс.xlsx",
    )
    marks = {work.campaign.subject: work.participants.mark.tolist() for work in found}
    assert marks == {"Русский язык": [4, 3], "Математика": [5, 3], "История": [3, NO_VALUE]}
    assert [work.participants.present.tolist() for work in found] == [[True, True], [True, True], [True, False]]


def _sheets(*sheets: tuple[str, list[list[Cell]]], file: str = "ВПР 2026 Физика 7 класс СОШ № 5.xlsx") -> FileReading:
    book = Workbook()
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.remove(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return read_file(file, buffer.getvalue())


PUPILS: tuple[str, list[list[Cell]]] = ("7А", [["Код", "1", "2"], [1, 1, 0], [2, 0, 1], [3, 1, 1]])


def test_pupils_beside_a_sheet_of_totals_are_read_and_the_totals_too() -> None:
    totals: tuple[str, list[list[Cell]]] = ("Свод", [["ОО", "Писали", "2", "3", "4", "5"], ["СОШ № 5", 3, 0, 1, 1, 1]])
    for sheets in ((totals, PUPILS), (PUPILS, totals)):
        reading = _sheets(*sheets)
        assert [len(work.participants) for work in reading.works] == [3]
        assert [len(summary.rows) for summary in reading.summaries] == [1]


def test_pupils_beside_a_specification_are_read() -> None:
    plan: list[list[Cell]] = [["№ задания", "Макс. балл", "Уровень", "КЭС"], ["1", 1, "Б", "1.1"], ["2", 1, "П", "1.2"]]
    reading = _sheets(("Спецификация", plan), PUPILS)
    assert (len(reading.specifications), [len(work.participants) for work in reading.works]) == (1, [3])


def test_a_sheet_that_nobody_reads_is_named() -> None:
    rows: list[list[Cell]] = [["Показатель", "Сентябрь", "Май"], ["а", 1, 2], ["б", 3, 4], ["в", 5, 6], ["г", 7, 8]]
    reading = _sheets(PUPILS, ("Динамика", rows))
    assert len(reading.works) == 1
    (problem,) = (one for one in reading.problems if one.code == "sheet.not_recognised")
    assert "«Динамика»" in problem.message


def test_a_school_reports_a_row_a_class() -> None:
    rows: list[list[Cell]] = [
        ["Класс", "По списку", "Писали", "5", "4", "3", "2"],
        ["7А", 25, 24, 4, 10, 8, 2],
        ["7Б", 22, 20, 5, 5, 5, 5],
        ["Итого", 47, 44, 9, 15, 13, 7],
    ]
    (summary,) = _sheets(("Физика", rows)).summaries
    assert [(row.name, row.subgroup, row.participants) for row in summary.rows] == [
        ("СОШ № 5", "7А", 24), ("СОШ № 5", "7Б", 20),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Отчёт СОШ № 5 ВПР 2026.xlsx", "СОШ № 5"),
        ("СОШ № 5 математика 5 класс 2026.xlsx", "СОШ № 5"),
        ("Гимназия №2_русский_6кл.xlsx", "Гимназия №2"),
        ("МБОУ СОШ № 5 г. Заречный, 4А.xlsx", "МБОУ СОШ № 5 г. Заречный"),
        ("МБОУ «СОШ № 3 с изучением математики» 5А.xlsx", "МБОУ «СОШ № 3 с изучением математики»"),
    ],
)
def test_the_work_in_a_file_name_is_no_part_of_the_school(file: str, name: str) -> None:
    (work,) = works(["Код", "1", "2"], [1, 1, 0], [2, 0, 1], [3, 1, 1], file=file)
    assert [claim.name for claim in work.participants.organizations] == [name]


def test_abbreviations_of_teachers() -> None:
    (work,) = works(
        ["Шк.", "Кл.", "Код уч-ка", "З1", "З2", "Σ", "Оц."],
        ["СОШ № 1", "8А", 1, 1, 0, 1, "три"],
        ["СОШ № 2", "8Б", 2, 0, 0, 0, "два"],
    )
    people = work.participants
    assert [item.label for item in work.items] == ["1", "2"]
    assert ([claim.name for claim in people.organizations], people.class_group) == (["СОШ № 1", "СОШ № 2"], ["А", "Б"])
    assert (people.file_total.tolist(), people.mark.tolist()) == ([1, 0], [3, 2])


def test_an_essay_has_criteria_and_a_result_in_words() -> None:
    (work,) = works(
        ["ОО", "Код участника", "К1", "К2", "Результат"],
        ["СОШ № 1", 1, "зачет", "незачет", "Зачет"],
        ["СОШ № 1", 2, "незачёт", "незачёт", "Незачёт"],
    )
    assert (work.participants.items.tolist(), work.participants.passed.tolist()) == ([[1, 0], [0, 0]], [1, 0])
    (points,) = works(["Код", "Класс", "Результат"], [1, "5А", 12], [2, "5А", 7])
    assert points.participants.file_total.tolist() == [12, 7]


def test_the_class_in_a_title_is_no_part_of_the_school() -> None:
    (work,) = works(["МБОУ «СОШ № 1», 5 «А» класс"], ["Код", "1", "2"], [1, 1, 0], [2, 0, 1])
    assert [claim.name for claim in work.participants.organizations] == ["МБОУ «СОШ № 1»"]
    assert work.participants.class_group == ["А", "А"]
