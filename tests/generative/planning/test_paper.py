"""A plan printed in the official form of Word or Excel reads back as the same plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.plans import read_plan
from msoko.cycle.planning.paper import COLUMNS, NO_TERM, printed_cells
from msoko.foundation.catalog.plans import plan_vocabulary
from msoko.foundation.documents.official_table import FullRow, OfficialTable, official_docx, official_xlsx
from tests.spec.terms.test_phrases import own_phrases

WORDS = plan_vocabulary()
FILES: dict[str, Callable[[OfficialTable], bytes]] = {
    "docx": official_docx,
    "xlsx": lambda table: official_xlsx(table, "План"),
}
_BEGIN = ("Анализ", "Сбор сведений", "Совещание", "Мониторинг сайтов", "Диагностика", "Разработка положения")
_MIDDLE = (
    "о результатах", "(по отдельному списку)", "«Формула успеха»", "в 5–8 классах", "организаций, включая сады",
    "и подготовка справки", "за 2025/26 учебный год", "с участием родителей; выводы", "не менее 3 раз",
)  # fmt: skip
_SECTIONS = ("Нормативное обеспечение", "Работа с кадрами", "Контроль: сроки и качество", "Анализ и решения",
             "Оценка качества подготовки обучающихся")  # fmt: skip
_UNITS = (
    "ИМЦ", "ОО", "отдел общего образования", "методисты ИМЦ", "заместитель начальника управления",
    "ОО, реализующие дополнительные общеобразовательные программы", "руководители ОО", "Управление образования",
)  # fmt: skip
_RESULTS = ("Приказ", "Аналитическая справка", "Протокол совещания", "Отчет о проведении", "Рекомендации", "План мер",
            "Аналитическая информация для включения в Доклад начальника управления")  # fmt: skip
_LABELS = ("", "", "", "Цели:", "Анализ, адресные рекомендации")

titles = st.builds(
    lambda begin, middle: " ".join((begin, *middle)),
    st.sampled_from(_BEGIN),
    st.lists(st.sampled_from(_MIDDLE), max_size=3),
)
numbers = st.one_of(
    st.just(""),
    st.integers(1, 99).map(str),
    st.integers(1, 99).map("{}.".format),
    st.tuples(st.integers(1, 9), st.integers(1, 30)).map(lambda pair: f"{pair[0]}.{pair[1]}"),
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 30)).map(
        lambda three: ".".join(map(str, three)) + "."
    ),
)
phrases = st.sampled_from(
    sorted({phrase for phrase, _ in own_phrases() if phrase.strip(" -–—./") and len(phrase) < 80})
)


@dataclass(frozen=True, slots=True)
class Printed:
    """An activity as it stands in a plan."""

    number: str
    label: str
    title: str
    term: str
    units: tuple[str, ...]
    results: tuple[str, ...]


def _lists(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)


activities = st.builds(
    Printed, numbers, st.sampled_from(_LABELS), titles, st.just("") | phrases, _lists(_UNITS), _lists(_RESULTS)
)
#: a plan is a tree to depth three: numbers of sections count, or there are none
branches = st.lists(
    st.lists(st.lists(activities, min_size=1, max_size=2), min_size=1, max_size=2), min_size=1, max_size=3
)
fashions = st.sampled_from(["arabic", "roman", "none"])
Path = tuple[tuple[str, str], ...]


def laid_out(tree: list[list[list[Printed]]], fashion: str) -> list[tuple[Path, Printed]]:
    """Activities with the sections that hold them."""
    found: list[tuple[Path, Printed]] = []
    for one, branch in enumerate(tree, start=1):
        for two, twig in enumerate(branch, start=1):
            path = _path(one, two if len(branch) > 1 else 0, fashion)
            for three, activity in enumerate(twig, start=1):
                deep = (*path, (f"{one}.{two}.{three}.", "Подраздел")) if len(path) == 2 and len(twig) > 1 else path
                found.append((deep, activity))
    return found


def _path(one: int, two: int, fashion: str) -> Path:
    if fashion == "none":
        return ()
    first = f"{one}." if fashion == "arabic" else f"{('I', 'II', 'III')[one - 1]}."
    path: Path = ((first, _SECTIONS[one - 1]),)
    return (*path, (f"{one}.{two}.", _SECTIONS[two + 1])) if two else path


def table_of(rows: list[tuple[Path, Printed]]) -> OfficialTable:
    body: list[FullRow | tuple[str, ...]] = []
    shown: Path = ()
    for path, one in rows:
        begun = [section for depth, section in enumerate(path, 1) if path[:depth] != shown[:depth]]
        body += [FullRow(f"{number} {title}") for number, title in begun]
        body.append(printed_cells(one.number, one.label, one.title, one.term, one.units, one.results))
        shown = path
    return OfficialTable(title="План на 2026/27 учебный год", columns=COLUMNS, rows=tuple(body), approval=("ПРОЕКТ",))


@pytest.mark.parametrize("kind", list(FILES))
@settings(max_examples=60, deadline=None)
@given(branches, fashions)
def test_a_printed_plan_reads_back(kind: str, tree: list[list[list[Printed]]], fashion: str) -> None:
    rows = laid_out(tree, fashion)
    reading = read_plan(f"план.{kind}", FILES[kind](table_of(rows)), vocabulary=WORDS)
    found = [
        (
            one.section_path,
            Printed(
                one.number,
                one.label,
                one.title,
                "" if one.terms_raw == NO_TERM else one.terms_raw,
                tuple(unit.raw for unit in one.responsible),
                tuple(result.text for result in one.deliverables),
            ),
        )
        for one in reading.activities
    ]
    assert found == rows
