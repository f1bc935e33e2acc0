"""A plan as large as plans get: sections of three levels, every kind of term and of unit. The same on every run."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from tests.factories.plans import ABBREVIATIONS, PlanText, Row

ACTIVITIES = 2_000
#: shares follow published plans: most rows recur by months, a tenth has no date of its own
_TERMS: tuple[tuple[str, int], ...] = (
    ("{month}", 18), ("{month}, ежегодно", 14), ("{month}, {month2}", 8), ("до {day} {genitive}", 8),
    ("{day} {genitive}", 5), ("ежеквартально", 7), ("ежемесячно", 5), ("еженедельно", 2), ("ежедневно", 1),
    ("{month} – {month_on}", 6), ("с {day} по 28 {genitive}", 4), ("в течение года", 6),
    ("в течение учебного года", 4), ("1 раз в полугодие", 2), ("1 раз в четверть", 2), ("раз в три года", 1),
    ("по запросу ОО", 2), ("по мере необходимости", 2), ("по графику", 2), ("постоянно", 2),
    ("по итогам учебного года", 1), ("31 февраля", 1), ("до {day}.{number:02}.2027", 2),
)  # fmt: skip
_MONTHS = ("сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май", "июнь")
_GENITIVE = ("сентября", "октября", "ноября", "декабря", "января", "февраля", "марта", "апреля", "мая", "июня")
_NUMBERS = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6)
_UNITS: tuple[tuple[str, int], ...] = (
    ("ОО", 16), ("УО, ОО", 12), ("УО", 14), ("ИМЦ", 16), ("УО, ИМЦ", 10), ("ИМЦ, ОО", 10), ("УО, ИМЦ, ОО", 4),
    ("{school}", 12), ("ИМЦ, {school}", 4), ("общеобразовательные организации", 4), ("отдел культуры", 2),
    ("ОМВД", 2), ("рабочая группа по объективности", 2),
)  # fmt: skip
_DEEDS = ("Проведение", "Анализ", "Подготовка", "Организация", "Согласование", "Мониторинг", "Сбор", "Обсуждение")
_OBJECTS = (
    "диагностики читательской грамотности", "результатов всероссийских проверочных работ",
    "адресных рекомендаций по итогам оценочных процедур", "объективности оценивания на школьном этапе олимпиады",
    "сведений о повышении квалификации педагогов", "мер поддержки школ с низкими результатами",
    "показателей качества дошкольного образования", "удовлетворенности родителей условиями обучения",
    "плана внутришкольного контроля", "самообследования образовательных организаций",
)  # fmt: skip
_SUBJECTS = ("в 4 классах", "в 5–8 классах", "в 9 классах", "по математике", "по русскому языку", "по естествознанию",
             "в малокомплектных школах", "для молодых учителей")  # fmt: skip
_RESULTS = ("Приказ", "Аналитическая справка", "Протокол", "Адресные рекомендации", "Отчёт", "График", "План",
            "Информационное письмо", "Приказ, аналитическая справка")  # fmt: skip
_THEMES = ("Нормативное обеспечение", "Оценочные процедуры", "Кадры", "Воспитание", "Поддержка школ")
_TOPICS = ("Подготовка", "Проведение", "Анализ и рекомендации", "Управленческие решения")


def large_plan(activities: int = ACTIVITIES, schools: int = 42, seed: int = 1) -> PlanText:
    """The text of the plan. `schools`: organizations «МБОУ СОШ № 1» … that rows name, see `orgs.place`."""
    chance = random.Random(seed)
    rows: list[Row] = []
    places = itertools.product(range(1, 6), range(1, 6), range(1, 5))
    per_section = -(-activities // 100)
    for first, second, third in places:
        if second == third == 1:
            rows.append(f"{_roman(first)}. {_THEMES[first - 1]}")
        if third == 1:
            rows.append(f"{first}.{second}. Направление «{_THEMES[first - 1]} – {second}»")
        rows.append(f"{first}.{second}.{third}. {_TOPICS[third - 1]}")
        count = min(per_section, activities - _place(first, second, third) * per_section)
        rows += [_row(f"{first}.{second}.{third}.{number}.", chance, schools) for number in range(1, max(count, 0) + 1)]
    before = ("План мероприятий («дорожная карта»)", "на 2026/2027 – 2028/2029 учебные годы", *ABBREVIATIONS,
              "УО – управление образования.")  # fmt: skip
    return PlanText(rows=rows, before=before)


def _place(first: int, second: int, third: int) -> int:
    """How many sections of the lowest level stand before this one."""
    return ((first - 1) * 5 + second - 1) * 4 + third - 1


def _row(number: str, chance: random.Random, schools: int) -> Sequence[str]:
    month = chance.randrange(len(_MONTHS))
    later = chance.randrange(month, len(_MONTHS))
    term = _one(_TERMS, chance).format(
        month=_MONTHS[month], genitive=_GENITIVE[month], number=_NUMBERS[month], day=chance.randrange(10, 28),
        month2=_MONTHS[(month + 3) % len(_MONTHS)], month_on=_MONTHS[max(later, min(month + 1, 9))],
    )  # fmt: skip
    unit = _one(_UNITS, chance).format(school=f"МБОУ СОШ № {chance.randrange(1, schools + 1)}")
    title = f"{chance.choice(_DEEDS)} {chance.choice(_OBJECTS)} {chance.choice(_SUBJECTS)}, задача {number}"
    return number, title, term, unit, chance.choice(_RESULTS)


def _one(weighted: Sequence[tuple[str, int]], chance: random.Random) -> str:
    words, weights = zip(*weighted, strict=True)
    return str(chance.choices(words, weights)[0])


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V")[number - 1]
