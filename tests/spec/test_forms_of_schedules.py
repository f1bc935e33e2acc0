"""Sixteen forms of schedules in six kinds of files: every work with its class, subject, day, level and kind."""

from __future__ import annotations

import pytest

from intake.schedules import ScheduleReading, read_pasted_schedule, read_schedule
from tests.factories.schedule_files import FORMATS, Printed, as_pdf, as_xlsx
from tests.factories.schedule_forms import START, Form, Told, day, forms
from tests.unit.intake.test_hostile_documents import locked_pdf, scanned_pdf

CASES = [
    (form, kind) for form in forms() for kind in FORMATS if kind != "txt" or form.is_aligned
]  # fmt: skip


def told(reading: ScheduleReading) -> list[Told | None]:
    return sorted(
        (f"{one.grade_level}{one.letter}", one.subject, one.starts_on, one.ends_on, one.level, one.title)
        for one in reading.works
        if one.starts_on is not None and one.ends_on is not None
    )


@pytest.mark.parametrize(("form", "kind"), CASES, ids=[f"{form.name}-{kind}" for form, kind in CASES])
def test_a_form_reads_alike_from_any_file(form: Form, kind: str) -> None:
    found = read_schedule(f"график.{kind}", FORMATS[kind](form.table), start_year=START)
    assert told(found) == sorted(form.works)
    assert [one.questions for one in found.works if one.questions] == []
    assert (found.layout, [problem.code for problem in found.problems]) == (form.layout, [])


def read(*rows: str, words: dict[str, str] | None = None) -> ScheduleReading:
    return read_pasted_schedule("\n".join(rows), start_year=START, words=words)


def works(reading: ScheduleReading) -> list[tuple[object, ...]]:
    return [(f"{one.grade_level}{one.letter}", one.subject, one.starts_on, one.ends_on) for one in reading.works]


def test_a_workbook_has_a_sheet_a_class_and_a_sheet_a_month() -> None:
    rows = [["Предмет", "Вид работы", "Дата"], ["Математика", "КР", "11.09"]]
    of_classes = as_xlsx(Printed(rows, sheet="5А"), Printed(rows, ("6 «Б» класс",), sheet="Лист2"))
    assert works(read_schedule("график.xlsx", of_classes, start_year=START)) == [
        ("5А", "Математика", day(9, 11), day(9, 11)), ("6Б", "Математика", day(9, 11), day(9, 11)),
    ]  # fmt: skip
    grid = [["Класс", "1", "2", "3", "4", "5"], ["5А", "", "", "МА", "", ""]]
    of_months = as_xlsx(Printed(grid, sheet="Октябрь"), Printed(grid, sheet="Ноябрь"))
    assert [one.starts_on for one in read_schedule("график.xlsx", of_months, start_year=START).works] == [
        day(10, 3), day(11, 3),
    ]  # fmt: skip


def test_months_follow_each_other_down_one_sheet() -> None:
    rows = [
        ["Сентябрь", "7", "8", "9", "10", "11"], ["5А", "МА", "", "", "", ""], ["5Б", "", "МА", "", "", ""],
        ["Октябрь", "5", "6", "7", "8", "9"], ["5А", "", "", "РЯ", "", ""],
    ]  # fmt: skip
    for kind in ("xlsx", "html", "docx", "txt"):
        found = read_schedule(f"график.{kind}", FORMATS[kind](Printed(rows)), start_year=START)
        assert works(found) == [
            ("5А", "Математика", day(9, 7), day(9, 7)), ("5Б", "Математика", day(9, 8), day(9, 8)),
            ("5А", "Русский язык", day(10, 7), day(10, 7)),
        ]  # fmt: skip


def test_a_long_table_goes_on_over_pages_of_a_pdf() -> None:
    rows = [["Класс", "Предмет", "Дата"], *([f"{5 + n % 5}А", "Математика", f"{1 + n % 28:02}.10"] for n in range(140))]
    found = read_schedule("график.pdf", as_pdf(Printed(rows)), start_year=START)
    assert works(found) == [
        (f"{5 + n % 5}А", "Математика", day(10, 1 + n % 28), day(10, 1 + n % 28)) for n in range(140)
    ]


def test_a_short_form_that_nobody_knows_is_asked_once_and_then_remembered() -> None:
    rows = ("Класс\tСентябрь\t\t\t\t", "\t7\t8\t9\t10", "5А\tГЕО\t\tМА\t", "5Б\t\tКР ГЕО\t\t")
    found = read(*rows)
    assert [(one.subject, one.word) for one in found.works] == [("ГЕО", "ГЕО"), ("Математика", ""), ("ГЕО", "ГЕО")]
    assert found.works[0].questions == ("Предмет «ГЕО» не найден в справочнике: проверьте название.",)
    again = read(*rows, words={"Гео.": "География"})
    assert [(one.subject, one.word, one.questions) for one in again.works] == [
        ("География", "", ()), ("Математика", "", ()), ("География", "", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "cell", "question"),
    [
        ("Предмет\tСентябрь\tОктябрь", "1-я неделя", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "2 декада", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "КР № 2", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "до 20.09", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "не позднее 20 сентября", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "31", "Даты 31.09 не существует."),
        ("Предмет\tФевраль\tМарт", "31", "Даты 31.02 не существует."),
        ("Предмет\tСентябрь\tОктябрь", "15–12", "Окончание 12.09.2026 раньше начала 15.09.2026."),
    ],
)
def test_a_cell_without_a_sure_day_is_asked(head: str, cell: str, question: str) -> None:
    found = read(head, "5А класс\t\t", f"Математика\t{cell}\t")
    assert [one.questions for one in found.works] == [(question,)]


def test_a_week_that_has_only_a_number_and_a_day_that_is_not_in_the_month_are_asked() -> None:
    weeks = read("Класс\tСентябрь\t\t", "\t1 неделя\t2 неделя\t3 неделя", "5А\t\tМА\t")
    assert [(one.starts_on, one.ends_on, one.questions) for one in weeks.works] == [
        (day(9, 7), day(9, 11), ("Неделя названа номером: проверьте её дни.",)),
    ]
    days = read("Класс\tФевраль\t\t\t", "\t28\t29\t30\t31", "5А\t\tМА\t\tРЯ")
    assert [one.questions for one in days.works] == [
        ("Даты 29.02 не существует.",), ("Даты 31.02 не существует.",),
    ]  # fmt: skip


def test_days_without_a_month_are_never_guessed() -> None:
    found = read("Класс\t7\t8\t9\t10\t11", "5А\tМА\t\t\t\t")
    assert [(one.starts_on, one.questions) for one in found.works] == [
        (None, ("Месяц столбца не назван: впишите дату.",)),
    ]


def test_a_file_of_another_year_is_told() -> None:
    found = read("График на 2025-2026 учебный год", "Класс\tПредмет\tДата", "5А\tМатематика\t11.09")
    assert [problem.message for problem in found.problems] == [
        "В файле назван 2025/2026 учебный год, а график составляется на 2026/2027."
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Class\tSubject\tDate\n5A\tMaths\t11.09\n5B\tPhysics and more\t12.09\n", "schedule.other_language"),
        ("Уважаемые родители! График будет опубликован позже.".encode(), "schedule.no_table"),
        ("Фамилия\tТелефон\nИванова\t12345\n".encode(), "schedule.none"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_remedy(data: bytes, code: str) -> None:
    found = read_schedule("график.txt", data, start_year=START)
    assert (found.works, [problem.code for problem in found.problems]) == ([], [code])
    assert found.problems[0].hint


def test_a_scan_and_a_password_are_refused() -> None:
    scan = read_schedule("скан.pdf", scanned_pdf(), start_year=START)
    closed = read_schedule("закрыт.pdf", locked_pdf(), start_year=START)
    assert (scan.works, closed.works) == ([], [])
    assert "скан" in scan.problems[0].message.casefold() or "текст" in scan.problems[0].message.casefold()
    assert "парол" in closed.problems[0].message.casefold()


def cell(text: str, head: str = "Предмет\tСентябрь\tОктябрь") -> list[tuple[object, ...]]:
    found = read(head, "5-е классы\t\t", f"Математика\t{text}\t")
    return [
        (f"{one.grade_level}{one.letter}", one.starts_on, one.title, one.lesson, one.questions) for one in found.works
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11.09 КР", [("5", day(9, 11), "Контрольная работа", None)]),
        ("к/р 11.09", [("5", day(9, 11), "Контрольная работа", None)]),
        ("КР № 2 (11.09)", [("5", day(9, 11), "Контрольная работа № 2", None)]),
        ("контрольный диктант 11", [("5", day(9, 11), "Диктант", None)]),
        ("работа с текстом 11", [("5", day(9, 11), "работа с текстом", None)]),
        ("11 (2 урок)", [("5", day(9, 11), "", 2)]),
        ("11 сент.", [("5", day(9, 11), "", None)]),
        ("11.09 – 5А; 14.09 – 5Б", [("5А", day(9, 11), "", None), ("5Б", day(9, 14), "", None)]),
        ("5А, 5Б – 11.09, 5В – 14.09",
         [("5А", day(9, 11), "", None), ("5Б", day(9, 11), "", None), ("5В", day(9, 14), "", None)]),
        ("5А – 11.09 5Б – 14.09", [("5А", day(9, 11), "", None), ("5Б", day(9, 14), "", None)]),
        ("5А 11.09; 5Б 11.09", [("5А", day(9, 11), "", None), ("5Б", day(9, 11), "", None)]),
        ("с 14 по 18 сентября", [("5", day(9, 14), "", None)]),
        ("14.09-18.09.26", [("5", day(9, 14), "", None)]),
    ],
)  # fmt: skip
def test_cells_are_written_in_many_ways(text: str, expected: list[tuple[object, ...]]) -> None:
    assert cell(text) == [(*one, ()) for one in expected]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("5 «А»", ["5А"]), ("5-А", ["5А"]), ("5А, Б, В", ["5А", "5Б", "5В"]), ("5 «А», «Б»", ["5А", "5Б"]),
        ("5абв", ["5А", "5Б", "5В"]), ("5А-В", ["5А", "5Б", "5В"]), ("5–7 классы", ["5", "6", "7"]),
        ("5а класс", ["5А"]), ("11", ["11"]), ("5А и 5Б", ["5А", "5Б"]), ("10А/10Б", ["10А", "10Б"]),
    ],
)  # fmt: skip
def test_classes_are_written_in_many_ways(text: str, classes: list[str]) -> None:
    found = read("Класс\tПредмет\tДата", f"{text}\tМатематика\t11.09")
    assert [f"{one.grade_level}{one.letter}" for one in found.works] == classes
    assert [one.questions for one in found.works if one.questions] == []


def test_months_are_shortened_in_headers() -> None:
    found = read("Предмет\tСент.\tокт\tЯнв.\tФевр\tмар\tМай", "5А класс\t\t\t\t\t\t", "Физика\t11\t12\t13\t14\t15\t16")
    assert [one.starts_on for one in found.works] == [
        day(9, 11), day(10, 12), day(1, 13), day(2, 14), day(3, 15), day(5, 16),
    ]  # fmt: skip


def test_a_word_that_begins_like_a_month_is_no_month() -> None:
    found = read("Класс\tСентябрь\tОктябрь", "5А\t11 математика\t12 мат.")
    assert works(found) == [
        ("5А", "Математика", day(9, 11), day(9, 11)), ("5А", "Математика", day(10, 12), day(10, 12)),
    ]  # fmt: skip


def test_several_days_of_a_subject_in_a_cell_of_a_class() -> None:
    found = read("Класс\tСентябрь\tОктябрь", "5А\tМА 11.09, 25.09; РЯ 14.09\t")
    assert works(found) == [
        ("5А", "Математика", day(9, 11), day(9, 11)), ("5А", "Математика", day(9, 25), day(9, 25)),
        ("5А", "Русский язык", day(9, 14), day(9, 14)),
    ]  # fmt: skip


def test_the_list_of_short_forms_in_the_file_explains_them() -> None:
    rows = ["Условные обозначения: ГЕО – география, ЕСТ – биология", "Класс\tСентябрь\t\t\t", "\t7\t8\t9\t10",
            "5А\tГЕО\t\tКР ЕСТ\t"]  # fmt: skip
    assert [one.subject for one in read(*rows).works] == ["География", "Биология"]


def test_the_head_of_a_city_form_is_no_table() -> None:
    found = read(
        "НП\tЕкатеринбург\tОО\tМАОУ СОШ № 1\t\t\t\t",
        "Утверждено\t29.08.2026\tПриказ об изменениях\t06.09.2026\t\t\t\t",
        "Положения Рекомендаций\t- проводить не чаще 1 раза в 2,5 недели\t\t\t\t\t\t",
        "Период\t1 полугодие\t\tСЕНТЯБРЬ\t\t\t\t",
        "Класс\tФорма освоения\tКол-во ОП в указанном периоде\t7\t8\t9\t10\t11",
        "2а\tбазовая\t6\tКР РУС\t\t\t\t", "2б\tбазовая\t6\t\tКР РУС\t\tКР МАТ\t",
    )  # fmt: skip
    assert works(found) == [
        ("2А", "Русский язык", day(9, 7), day(9, 7)), ("2Б", "Русский язык", day(9, 8), day(9, 8)),
        ("2Б", "Математика", day(9, 10), day(9, 10)),
    ]  # fmt: skip


def test_a_teacher_of_a_class_is_no_class_and_a_sheet_of_a_number_no_grade() -> None:
    rows = [["Классный руководитель", "Класс", "Предмет", "Дата"], ["И.", "5А", "Физика", "11.09"]]
    found = read_schedule("график.xlsx", as_xlsx(Printed(rows, sheet="1")), start_year=START)
    assert works(found) == [("5А", "Физика", day(9, 11), day(9, 11))]


def test_letters_of_a_grade_stand_on_the_day() -> None:
    found = read(
        "5-е классы", "Предмет\tСентябрь\t\t\t", "\t7\t8\t9\t10", "Математика\tА, Б\t\t5В\t", "Физика\t\tКР\t\t"
    )
    assert works(found) == [
        ("5А", "Математика", day(9, 7), day(9, 7)), ("5Б", "Математика", day(9, 7), day(9, 7)),
        ("5В", "Математика", day(9, 9), day(9, 9)), ("5", "Физика", day(9, 8), day(9, 8)),
    ]  # fmt: skip


def test_words_that_a_narrow_column_has_torn_are_put_together() -> None:
    rows = [
        ["Класс", "Сентяб\nрь", "", "", ""], ["", "7", "8", "9", "10"], ["5А", "Математи\nка", "", "КР\nРЯ", "ИС\n(М)"],
        ["5Б", "", "Русский\nязык", "МА\nРЯ", ""],
    ]  # fmt: skip
    found = read_schedule("график.xlsx", as_xlsx(Printed(rows, wide={(0, 1): 4})), start_year=START)
    assert [(one.subject, one.starts_on, one.level, one.title) for one in found.works] == [
        ("Математика", day(9, 7), "school", ""), ("Русский язык", day(9, 9), "school", "Контрольная работа"),
        ("История", day(9, 10), "municipal", ""), ("Русский язык", day(9, 8), "school", ""),
        ("Математика", day(9, 9), "school", ""), ("Русский язык", day(9, 9), "school", ""),
    ]  # fmt: skip
