from __future__ import annotations

from collections.abc import Sequence

import pytest

from intake.contracts import GroupLevel, Summary, SummaryKind
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.generic_summary import GenericSummary
from intake.layouts.summaries import FederalSummary
from intake.layouts.summary_groups import Group, read_group


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Вся выборка", Group(GroupLevel.COUNTRY, "Вся выборка")),
        ("Дагестан", Group(GroupLevel.REGION, "Дагестан")),
        ("г. Москва", Group(GroupLevel.REGION, "г. Москва")),
        ("Ханты-Мансийский автономный округ", Group(GroupLevel.REGION, "Ханты-Мансийский автономный округ")),
        ("Городской округ город Уфа", Group(GroupLevel.MUNICIPALITY, "Городской округ город Уфа")),
        ("Район (reg20_m012)", Group(GroupLevel.MUNICIPALITY, "Район", "reg20_m012")),
        ("МБОУ «Гимназия» (г. Н)(edu203389)", Group(GroupLevel.ORGANIZATION, "МБОУ «Гимназия» (г. Н)", "edu203389")),
        ("МБОУ СОШ № 2 Примерского района", Group(GroupLevel.ORGANIZATION, "МБОУ СОШ № 2 Примерского района")),
    ],
)
def test_groups(text: str, group: Group) -> None:
    assert read_group(text) == group


def federal(*rows: Sequence[Cell]) -> Summary:
    found = FederalSummary().read(Book("2849657.xlsx", (Sheet("Лист", rows),)))
    assert found is not None
    (report,) = found
    assert isinstance(report, Summary)
    return report


def test_hostile_report() -> None:
    report = federal(
        ["", "Статистика  по отметкам"],
        ["ВПР 2025 Физика (базовый уровень) 8 класс"],
        ["Максимальный первичный балл:", "", "18"],
        ["Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"],
        ["Вся выборка", "35 589", "1 722 202", "5,06", "32,92 %", "44,33", "17,69"],
        ["Район(reg20_m012)", 47, 3162, 13.57, "нет", 35.88, 5.88],
        ["Примечание: доли в процентах"],
    )
    assert report.declared_max_score == 18
    assert (report.campaign.subject, report.campaign.grade_level, report.campaign.year) == ("Физика", 8, 2025)
    assert (report.rows[0].organization_count, report.rows[0].participants) == (35589, 1722202)
    assert report.rows[0].values == {"2": 5.06, "3": 32.92, "4": 44.33, "5": 17.69}
    assert len(report.rows) == 2
    assert [(p.code, p.row, p.column) for p in report.problems] == [
        ("summary.unreadable", 6, "E"),
        ("summary.shares_sum", 6, None),
    ]


def test_a_report_without_rows_says_so() -> None:
    report = federal(["Статистика по отметкам"], ["Группы участников", "Кол-во участников", 2, 3, 4, 5])
    assert [problem.code for problem in report.problems] == ["summary.empty"]


def generic(*rows: Sequence[Cell], file: str = "f.xlsx") -> list[Summary]:
    found = GenericSummary().read(Book(file, (Sheet("Лист1", rows),))) or []
    return [one for one in found if isinstance(one, Summary)]


def test_counts_of_marks_under_a_spanning_header() -> None:
    (report,) = generic(
        ["Результаты ВПР 2025 по математике, 6 класс"],
        ["№", "Наименование ОО", "Писали", "Отметки", "", "", "", "Успеваемость, %", "Средняя отметка"],
        ["", "", "", 2, 3, 4, 5],
        [1, "МБОУ СОШ № 1", 40, 4, 16, 15, 5, "90,0", "3,53"],
        ["", "Итого", 60, 5, 25, 23, 7, 91.7, 3.53],
    )
    assert (report.kind, report.campaign.subject, report.campaign.grade_level, report.campaign.year) == (
        SummaryKind.GENERIC, "Математика", 6, 2025
    )  # fmt: skip
    assert [(row.level, row.participants) for row in report.rows] == [
        (GroupLevel.ORGANIZATION, 40),
        (GroupLevel.MUNICIPALITY, 60),
    ]
    assert report.rows[0].values == {
        "2": 4, "3": 16, "4": 15, "5": 5, "pass_rate_percent": 90.0, "mean_mark": 3.53
    }  # fmt: skip


def test_shares_kept_as_fractions_become_percents() -> None:
    (report,) = generic(
        ["Школа", "Количество участников", "2", "3", "4", "5"],
        ["СОШ № 1", 25, 0.04, 0.36, 0.4, 0.2],
        ["СОШ № 2", 10, 0.1, 0.2, 0.3, 0.4],
    )
    assert report.kind is SummaryKind.MARKS
    assert report.rows[0].values == {"2": 4.0, "3": 36.0, "4": 40.0, "5": 20.0}


def test_counts_beside_shares() -> None:
    (report,) = generic(
        ["ОО", "Кол-во участников", "2", "3", "4", "5", "2, %", "3, %", "4, %", "5, %"],
        ["СОШ № 1", 20, 2, 8, 6, 4, 10, 40, 30, 20],
    )
    assert report.kind is SummaryKind.GENERIC
    assert report.rows[0].values == {
        "2": 2, "3": 8, "4": 6, "5": 4, "2_percent": 10, "3_percent": 40, "4_percent": 30, "5_percent": 20
    }  # fmt: skip


def test_a_hundred_participants_with_counts_are_counts() -> None:
    (report,) = generic(["ОО", "Участников", "2", "3", "4", "5"], ["СОШ № 1", 100, 10, 40, 30, 20])
    assert (report.kind, report.rows[0].values["2"]) == (SummaryKind.GENERIC, 10)


@pytest.mark.parametrize(
    "header",
    [
        ["ОО", "Код участника", "Кол-во участников", "2", "3"],
        ["Класс", "Кол-во участников", "2", "3", "4", "5"],
        ["ОО", "Адрес", "Телефон"],
        ["ОО", "1", "2", "3", "4", "5"],
    ],
)
def test_other_tables_are_no_summaries(header: list[str]) -> None:
    assert generic(header, ["СОШ № 1", "1", "1", "1", "1", "1"]) == []


def test_rows_of_pupils_without_codes_are_no_summary() -> None:
    assert (
        generic(["ОО", "Класс", "2", "3", "4", "5"], ["СОШ № 1", "7А", 1, 0, 1, 1], ["СОШ № 1", "7А", 0, 0, 1, 2]) == []
    )


def test_several_works_in_one_table() -> None:
    seventh, eighth = generic(
        ["ОО", "Предмет", "Класс", "Год", "Писали", "Качество, %"],
        ["СОШ № 1", "Физика", "7", "2024-2025", 20, 50],
        ["СОШ № 1", "Физика", "8 класс", "2024-2025", 25, 40],
    )
    assert [(s.campaign.subject, s.campaign.grade_level, s.campaign.year) for s in (seventh, eighth)] == [
        ("Физика", 7, 2025),
        ("Физика", 8, 2025),
    ]
    assert seventh.rows[0].values == {"quality_rate_percent": 50}


def free(*rows: Sequence[Cell], file: str = "Итоги ЕГЭ 2026 русский язык.xlsx") -> Summary:
    found = GenericSummary().read(Book(file, (Sheet("Лист1", rows),)))
    assert found is not None
    (report,) = found
    assert isinstance(report, Summary)
    return report


def test_figures_of_an_examination_are_no_items() -> None:
    report = free(
        ["Наименование ОО", "Сдавали", "Средний балл", "Ниже минимума", "100 баллов"],
        ["СОШ № 1", 20, 65.5, 1, 0],
        ["СОШ № 2", 10, 71.2, 0, 1],
    )
    assert report.kind is SummaryKind.GENERIC
    assert report.rows[0].values == {"mean_test_score": 65.5, "below_minimum": 1, "100 баллов": 0}


@pytest.mark.parametrize(("printed", "role"), [("3,8", "mean_mark"), ("12,5", "mean_raw_score")])
def test_a_mean_score_of_another_work_is_told_by_its_values(printed: str, role: str) -> None:
    report = free(["ОО", "Писали", "Средний балл"], ["СОШ № 1", 20, printed], file="Математика 5 класс 2026.xlsx")
    assert set(report.rows[0].values) == {role}


def test_facilities_may_be_printed_as_shares_of_one() -> None:
    report = free(
        ["ОО", "Писали", "1", "2"], ["СОШ № 1", 20, 0.8, 0.25], ["СОШ № 2", 20, 1, 0], file="Физика 7 класс.xlsx"
    )
    assert report.kind is SummaryKind.ITEMS
    assert [row.values for row in report.rows] == [{"1": 80, "2": 25}, {"1": 100, "2": 0}]


def test_levels_of_a_summary_in_numbers_and_in_percent() -> None:
    report = free(["ОО", "Обследовано", "Высокий", "Средний уровень", "Низкий, %"], ["СОШ № 1", 25, 10, 10, "20%"])
    assert report.rows[0].participants == 25
    assert report.rows[0].values == {"level:Высокий": 10, "level:Средний": 10, "level_percent:Низкий": 20}
