"""A report of realistic size made by hand: what the printers are tested and measured on."""

from __future__ import annotations

from typing import Any

from qualimetry.narrative.blocks import (
    Block,
    BulletList,
    Chart,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    ReportDocument,
    Table,
    TitlePage,
)

SCHOOLS = 24
_TEXT = (
    "Всероссийская проверочная работа по математике в 5 классах проведена с 12 по 25 апреля 2026 года в 24 "
    "общеобразовательных организациях муниципального округа. В работе приняли участие 1 234 обучающихся, что "
    "составляет 96,2 % от списочного состава. Средний первичный балл равен 11,4 из 20 возможных, успеваемость — "
    "87,3 %, качество — 48,6 % (95 %-ный доверительный интервал 45,8–51,4 %)."
)


def school(number: int) -> str:
    return f"МБОУ «Средняя общеобразовательная школа № {number}»"


def bars(count: int = 12, height: int = 240, seed: int = 0) -> dict[str, Any]:
    values = [{"item": str(i + 1), "share": round(((i * 37 + seed * 11) % 70 + 20) / 100, 3)} for i in range(count)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "mark": "bar",
        "width": 560,
        "height": height,
        "encoding": {
            "x": {"field": "item", "type": "nominal", "sort": None, "title": "Задание", "axis": {"labelAngle": 0}},
            "y": {"field": "share", "type": "quantitative", "title": "Решаемость", "axis": {"format": ".0%"}},
        },
    }


def intervals(count: int = SCHOOLS, seed: int = 0) -> dict[str, Any]:
    values = [
        {"school": f"СОШ № {i + 1}", "low": 0.3 + i / 90, "value": 0.4 + i / 80 + seed / 1000, "high": 0.5 + i / 75}
        for i in range(count)
    ]
    y = {"field": "school", "type": "nominal", "sort": None, "title": None}
    x = {"type": "quantitative", "title": "Качество", "axis": {"format": ".0%"}}
    return {
        "data": {"values": values},
        "width": 520,
        "height": {"step": 18},
        "layer": [
            {"mark": "rule", "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True}, "encoding": {"y": y, "x": {**x, "field": "value"}}},
        ],
    }


def organizations_table(key: str = "organizations") -> Table:
    rows = [
        (school(i), 20 + i * 3, i % 4, 10 + i, 8 + i, 2 + i, 0.81 + i / 200, 0.3 + i / 60, 3.2 + i / 30)
        for i in range(1, SCHOOLS + 1)
    ]
    total = ("Всего по муниципалитету", 1372, 36, 540, 492, 304, 0.873, 0.486, 3.61)
    return Table(
        key,
        "Результаты выполнения работы по общеобразовательным организациям",
        (
            Column("Организация", width=3.2),
            Column("Участников", "integer"),
            *(Column(f"«{mark}»", "integer", 0.6) for mark in (2, 3, 4, 5)),
            Column("Успеваемость, %", "percent"),
            Column("Качество, %", "percent"),
            Column("Средняя отметка", "mark"),
        ),
        (*rows, total),
        header_groups=(("", 2), ("Получили отметку, чел.", 4), ("", 3)),
        total_rows=1,
        note="различия организаций с пересекающимися интервалами статистически неразличимы.",
    )


def wide_table(key: str = "items") -> Table:
    columns = (
        Column("Организация", width=3),
        Column("N", "integer"),
        *(Column(f"{i}", "percent") for i in range(1, 16)),
    )
    rows = tuple(
        (f"СОШ № {s}", 20 + s, *(((s * 13 + i * 7) % 90 + 5) / 100 for i in range(15))) for s in range(1, SCHOOLS + 1)
    )
    return Table(
        key, "Решаемость заданий по организациям, %", columns, rows, header_groups=(("", 2), ("Задание, %", 15))
    )


def small_table(key: str = "levels") -> Table:
    return Table(
        key,
        "Решаемость по уровням сложности",
        (Column("Уровень сложности"), Column("Заданий", "integer"), Column("Решаемость", "percent"), Column("Норма")),
        (("Базовый", 12, 0.652, "не ниже 60 %"), ("Повышенный", 6, 0.371, "40–60 %"), ("Высокий", 2, None, "20–40 %")),
    )


def _chapter(number: int, title: str) -> list[Block]:
    key = f"chapter-{number}"
    return [
        Heading(f"{key}", f"{number}. {title}"),
        Paragraph(f"{key}-1", _TEXT),
        Heading(f"{key}-h2", f"{number}.1. Распределение результатов", 2),
        Paragraph(f"{key}-2", f"{_TEXT}\n{_TEXT}"),
        BulletList(
            f"{key}-3",
            (
                "у 21 участника результат ниже минимальной границы;",
                "задание № 7 («Решение текстовых задач на движение») выполнили 22,5 % участников, что ниже нормы для "
                "заданий повышенного уровня сложности;",
                "в 2 школах доля отметок «5» превышает 60 %.",
            ),
            is_numbered=number % 2 == 0,
        ),
    ]


def municipal_report(seed: int = 0, charts: int = 6) -> ReportDocument:
    """About 15 pages: chapters, narrow and wide tables, charts, annexes."""
    blocks: list[Block] = [
        *_chapter(1, "Основание и участники"),
        small_table(),
        *_chapter(2, "Результаты выполнения работы"),
        Chart("marks", "Распределение отметок", bars(4, seed=seed), "Столбчатая диаграмма отметок"),
        organizations_table(),
        *_chapter(3, "Задания и учебные дефициты"),
        Heading("deficits", "Дефициты, общие для муниципалитета", 3),
        *(
            Chart(f"chart-{i}", f"Решаемость заданий, часть {i + 1}", bars(12 + i, seed=seed + i), f"Диаграмма {i}")
            for i in range(max(0, charts - 2))
        ),
        PageBreak("to-landscape", is_landscape=True),
        wide_table(),
        PageBreak("to-portrait"),
        *_chapter(4, "Выводы и предложения"),
    ]
    annexes: list[Block] = [
        Heading("annex-1", "Качество по организациям"),
        Chart("intervals", "Доля отметок «4» и «5» с 95 %-ным интервалом", intervals(seed=seed), "Интервалы по школам"),
        Heading("annex-2", "Контрольные таблицы"),
        organizations_table("annex-organizations"),
    ]
    return ReportDocument(title_page(), tuple(blocks), tuple(annexes), stamp="ДЕМО")


def school_report(number: int) -> ReportDocument:
    """About 8 pages with charts of its own."""
    blocks: list[Block] = [
        *_chapter(1, "Участники"),
        *_chapter(2, "Результаты"),
        Chart("marks", "Распределение отметок", bars(4, seed=number), "Столбчатая диаграмма отметок"),
        small_table(),
        *_chapter(3, "Задания"),
        *(Chart(f"c{i}", f"Задания, часть {i}", bars(15, seed=number * 7 + i), "Диаграмма") for i in range(3)),
        organizations_table(),
    ]
    return ReportDocument(title_page(school(number)), tuple(blocks), stamp="ДЕМО")


def title_page(about: str = "Заречного муниципального округа") -> TitlePage:
    return TitlePage(
        authority="Управление образования администрации Заречного муниципального округа",
        kind="Аналитическая справка",
        title="о результатах всероссийской проверочной работы по математике\nв 5 классах общеобразовательных "
        f"организаций {about}",
        place="г. Заречный",
        year=2026,
        basis="Приказ управления образования от 15.03.2026 № 112-од",
        approved_by="Начальник управления образования\n____________ И. И. Иванова\n«___» __________ 2026 г.",
        prepared_by="Методический центр",
    )
