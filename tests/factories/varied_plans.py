"""Plans that differ in everything but their meaning: words and order of columns, numbers, sections, separators.

All content is invented. `varied_plan(seed)` gives the file's text and what must be read of it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.factories.plans import TITLE, PlanText, Row

_HEADERS = {
    "number": ("№ п/п", "№", "N п/п", "п/п"),
    "title": ("Мероприятия", "Наименование мероприятия", "Содержание работы", "Пошаговые мероприятия",
              "Основные направления деятельности"),
    "term": ("Сроки", "Срок исполнения", "Период реализации", "Дата проведения", "Сроки проведения"),
    "responsible": ("Ответственные", "Исполнители", "Ответственный исполнитель", "Ответственные лица"),
    "result": ("Результат", "Итоговый документ", "Ожидаемый результат", "Результат. Вид документа"),
}  # fmt: skip
_TITLES = (
    "Разработка плана проведения мониторинга",
    "Сбор и обобщение данных о результатах проверочных работ в 4–8 классах",
    "Организация независимого наблюдения",
    "Анализ результатов государственной итоговой аттестации по программам основного общего образования",
    "Семинар «Формирующее оценивание: первые шаги»",
    "Мониторинг сайтов организаций (раздел «Оценка качества»)",
    "Выборочная перепроверка работ участников",
    "Консультирование педагогов по вопросам подготовки к экзаменам",
    "Опрос родителей (законных представителей)",
    "Диагностика читательской грамотности, 6 классы",
    "Рассмотрение итогов на заседании методического совета: причины, риски, решения",
    "Размещение информации на официальном сайте",
)
_TERMS = (
    "сентябрь", "октябрь, апрель", "до 15 октября", "май, ежегодно", "ежеквартально", "в течение учебного года",
    "по запросу", "ноябрь 2026 г.", "с 1 по 20 марта", "декабрь-январь", "не позднее 1 июня", "по графику",
)  # fmt: skip
_UNITS = (
    "ИМЦ", "ОО", "отдел общего образования", "методисты ИМЦ", "заместитель начальника управления", "руководители ОО",
    "муниципальный координатор", "Управление образования",
)  # fmt: skip
_RESULTS = ("Приказ", "Аналитическая справка", "Протокол", "Отчет", "Рекомендации", "Информационное письмо", "План")
_SECTIONS = (
    "Нормативное обеспечение", "Организационные мероприятия", "Мониторинг качества подготовки обучающихся",
    "Работа с кадрами", "Информационное сопровождение",
)  # fmt: skip
_ROMAN = ("I.", "II.", "III.")


@dataclass(frozen=True, slots=True)
class Meant:
    """What one row of a plan says."""

    path: tuple[tuple[str, str], ...]
    number: str
    title: str
    term: str
    units: tuple[str, ...]
    results: tuple[str, ...]


def varied_plan(seed: int) -> tuple[PlanText, list[Meant]]:
    """One plan and its meaning; the same for the same seed."""
    chance = random.Random(seed)
    columns = ["title", "term", "responsible", "result"]
    chance.shuffle(columns)
    if seed % 4:
        columns = ["number", *columns]
    fashion = ("roman", "arabic", "plain", "worded", "none")[seed % 5]
    joint = (", ", "; ", "\n", ",\n")[seed // 2 % 4]
    rows: list[Row] = []
    meant: list[Meant] = []
    titles = iter(chance.sample(_TITLES, len(_TITLES)))
    for place, section in enumerate(chance.sample(_SECTIONS, 3)):
        number = {"roman": _ROMAN[place], "arabic": f"{place + 1}.", "worded": f"{place + 1}."}.get(fashion, "")
        path = ((number, section),) if fashion != "none" else ()
        if path:
            rows.append(f"Раздел {number} {section}" if fashion == "worded" else f"{number} {section}".strip())
        for _ in range(chance.randint(2, 4)):
            one = _meant(chance, path, f"{len(meant) + 1}{'.' if seed % 3 else ''}", next(titles))
            one = one if "number" in columns else Meant(path, "", one.title, one.term, one.units, one.results)
            meant.append(one)
            rows.append(_cells(one, columns, joint))
    header = [chance.choice(_HEADERS[name]) for name in columns]
    return PlanText(header, rows, TITLE if seed % 2 else ("План работы на 2026-2027 учебный год",)), meant


def _meant(chance: random.Random, path: tuple[tuple[str, str], ...], number: str, title: str) -> Meant:
    units = tuple(chance.sample(_UNITS, chance.choice((1, 1, 2, 3))))
    results = tuple(chance.sample(_RESULTS, chance.choice((1, 1, 2))))
    return Meant(path, number, title, chance.choice(_TERMS), units, results)


def _cells(one: Meant, columns: list[str], joint: str) -> list[str]:
    values = {
        "number": one.number,
        "title": one.title,
        "term": one.term,
        "responsible": joint.join(one.units),
        "result": joint.join(one.results),
    }
    return [values[name] for name in columns]
