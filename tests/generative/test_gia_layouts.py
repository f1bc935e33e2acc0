"""Whatever stands under a known header, readers answer with rows and remarks, never with an exception."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.contexts import read_contexts
from intake.contracts import Work
from intake.layouts.base import Book, Cell, Layout, Sheet
from intake.layouts.bias_signs import read_bias_signs
from intake.layouts.generic_summary import GenericSummary
from intake.layouts.gia_protocol import GiaProtocol
from intake.layouts.organizations import organization_list_headers, read_organizations
from intake.layouts.regional_forms import RegionalForm
from intake.layouts.specification import SpecificationLayout, scale_template_headers, specification_template_headers
from intake.layouts.summaries import FederalSummary
from intake.layouts.vsosh import OlympiadProtocol

WORDS = ["", "X", "н", "-", "отсутствовал", "Средние", "Всего участников", "Итого", "9А", "Макс балл", "5,5", "101 %",
         "+-+1(2)", "1(2)3(4)", "не явился", "№", "Класс", "Код ОО", "02 - Химия 2026.06.01"]  # fmt: skip
CELL: st.SearchStrategy[Cell] = st.one_of(
    st.sampled_from(WORDS),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.dates(),
    st.just(dt.datetime(2026, 6, 2, 10)),
    st.text(max_size=12),
)
ROWS = st.lists(st.lists(CELL, max_size=14), max_size=6)

PROTOCOL = ["№", "Код ОО", "Класс", "Вариант", "Фамилия", "Имя", "Отчество", "Задания с кратким ответом",
            "Задания с развёрнутым ответом", "Первичный балл", "Оценка", "Результат"]  # fmt: skip
APPEALS = ["№", "Код ОО", "Фамилия", "Экзамен", "Состояние", "Текущие", ""]
FORM = [
    ["Работа 2 класс"],
    ["Фамилия", "Имя", "Класс", "РУССКИЙ ЯЗЫК", "", "", "МАТЕМАТИКА", "", ""],
    ["", "", "", "Присутствие", "Вариант", "Баллы за задания", "Присутствие", "Вариант", "Баллы за задания"],
    ["", "", "", "", "", "1\n2б", "", "", "1\n1б"],
]
GROUPS = ["Группы участников", "Кол-во ОО", "Кол-во участников"]
HEADS: list[tuple[Layout, list[Sequence[Cell]]]] = [
    (GiaProtocol(), [["02 - Математика 2026.06.02"], PROTOCOL]),
    (GiaProtocol(), [APPEALS, ["", "", "", "", "", "Первичный балл", "Балл"]]),
    (FederalSummary(), [["Статистика по отметкам"], [*GROUPS, 2, 3, 4, 5]]),
    (FederalSummary(), [["Выполнение заданий группами участников"], [*GROUPS, "1", "2.1"]]),
    (FederalSummary(), [["Достижение планируемых результатов"], ["Блоки ПООП", "Макс балл", "Край", "РФ"]]),
    (GenericSummary(), [["Школа", "Класс", "Предмет", "Год", "Писали", "2", "3", "4", "5", "Средний балл"]]),
    (SpecificationLayout(), [specification_template_headers()]),
    (SpecificationLayout(), [["№", "Макс. балл", "КЭС", "№ КИМ", "Код КТ", "Макс балл"], scale_template_headers()]),
    (OlympiadProtocol(), [["Предмет", "ОО", "Код участника", "Класс", "Итоговый балл", "Процент", "Статус"]]),
    (RegionalForm(), [*FORM]),
]


@pytest.mark.parametrize("place", range(len(HEADS)))
@settings(max_examples=40)
@given(rows=ROWS)
def test_layouts_never_raise(place: int, rows: list[list[Cell]]) -> None:
    layout, head = HEADS[place]
    found = layout.read(Book("файл 2026.xlsx", (Sheet("Лист1", [*head, *rows]),)))
    for work in found or []:
        if isinstance(work, Work):
            columns = work.participants
            assert columns.items.shape == (len(columns), len(work.items))
            assert len(columns.row) == len(columns.class_group) == len(columns.present) == len(columns)


@settings(max_examples=60)
@given(rows=ROWS)
def test_lists_never_raise(rows: list[list[Cell]]) -> None:
    context_header = ["логин", "ИНН", "1 класс Обучающихся", "1 класс Классов/групп", "Где расположена ОО?"]
    for head, read in (
        (organization_list_headers(), read_organizations),
        (context_header, read_contexts),
        (["Год", "Логин", "4 РУ", "5 МА", "Количество маркеров"], read_bias_signs),
    ):
        found = read(Book("f.xlsx", (Sheet("1", [head, *rows]),)))  # type: ignore[operator]
        assert len(found.rows) <= len(rows)
