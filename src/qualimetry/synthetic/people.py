"""Invented people of the demo: surnames that no one could take for real ones."""

from __future__ import annotations

import numpy as np

from qualimetry.synthetic.entities import Authority, Department, Organization, Person, StaffPost

_SURNAMES = (
    "Вымышленов", "Примеров", "Образцов", "Условнов", "Демонстрационов", "Учебников", "Придуманов", "Тетрадкин",
    "Страницын", "Параграфов", "Таблицын", "Диаграммов", "Черновиков", "Планёркин", "Задачников", "Карандашев",
    "Указкин", "Журналов", "Четвертной", "Переменкин", "Линейкин", "Портфелев", "Дневников", "Звонков",
)  # fmt: skip
_FEMALE = ("Анна", "Мария", "Ольга", "Елена", "Татьяна", "Ирина", "Наталья", "Светлана", "Галина", "Вера")
_MALE = ("Иван", "Пётр", "Сергей", "Андрей", "Николай", "Алексей", "Михаил", "Дмитрий")
_PATRONYMIC_STEMS = ("Иванов", "Петров", "Сергеев", "Андреев", "Николаев", "Алексеев", "Михайлов", "Дмитриев")

SUBJECT_ASSOCIATIONS = ("русского языка и литературы", "математики", "начальных классов", "истории и обществознания",
                        "естественных наук", "иностранных языков")  # fmt: skip

_DEPARTMENTS = (
    Department("Отдел общего и дополнительного образования", "ОООДО"),
    Department("Отдел дошкольного образования", "ОДО"),
    Department("Отдел оценки качества и контроля", "ООКК"),
    Department("Информационно-методический центр", "ИМЦ", is_methodical_centre=True),
)
_POSTS = (
    ("Начальник управления образования", None),
    ("Заместитель начальника управления образования", None),
    ("Начальник отдела", "ОООДО"), ("Главный специалист", "ОООДО"), ("Ведущий специалист", "ОООДО"),
    ("Начальник отдела", "ОДО"), ("Главный специалист", "ОДО"),
    ("Начальник отдела", "ООКК"), ("Главный специалист", "ООКК"), ("Специалист", "ООКК"),
    ("Директор", "ИМЦ"), ("Заместитель директора", "ИМЦ"), ("Методист", "ИМЦ"), ("Методист", "ИМЦ"),
    ("Старший методист", "ИМЦ"),
)  # fmt: skip


def invent_person(generator: np.random.Generator) -> Person:
    """A person of random sex; women are four in five, as in schools."""
    surname = _SURNAMES[int(generator.integers(len(_SURNAMES)))]
    stem = _PATRONYMIC_STEMS[int(generator.integers(len(_PATRONYMIC_STEMS)))]
    if int(generator.integers(5)) == 0:
        return Person(surname, _MALE[int(generator.integers(len(_MALE)))], stem + "ич")
    return Person(_feminine(surname), _FEMALE[int(generator.integers(len(_FEMALE)))], stem + "на")


def _feminine(surname: str) -> str:
    return surname[:-2] + "ая" if surname.endswith("ой") else surname + "а"


def build_authority(generator: np.random.Generator) -> Authority:
    """The authority with three departments and the methodical centre."""
    posts = tuple(StaffPost(post, invent_person(generator), department) for post, department in _POSTS)
    return Authority(
        name="Управление образования администрации Заречного муниципального округа (ДЕМО)",
        short_name="УО Заречного МО (ДЕМО)",
        departments=_DEPARTMENTS,
        posts=posts,
    )


def build_coordinators(generator: np.random.Generator, schools: tuple[Organization, ...]) -> tuple[StaffPost, ...]:
    """One coordinator of assessment in every school."""
    return tuple(
        StaffPost(
            "Заместитель директора по УВР",
            invent_person(generator),
            organization=school.key,
            role="coordinator",
        )
        for school in schools
    )


def build_observers(generator: np.random.Generator, count: int) -> tuple[StaffPost, ...]:
    """Public observers, who belong to no organization."""
    return tuple(StaffPost("Общественный наблюдатель", invent_person(generator), role="observer") for _ in range(count))


def build_experts(generator: np.random.Generator, schools: tuple[Organization, ...]) -> tuple[StaffPost, ...]:
    """Two markers of works of every subject association, from different schools."""
    return tuple(
        StaffPost("Учитель", invent_person(generator), organization=school.key, role="expert", subject=subject)
        for number, subject in enumerate(SUBJECT_ASSOCIATIONS)
        for school in (schools[2 * number], schools[2 * number + 1])
    )


def build_association_heads(generator: np.random.Generator, schools: tuple[Organization, ...]) -> tuple[StaffPost, ...]:
    """Heads of the municipal methodical associations."""
    return tuple(
        StaffPost("Руководитель муниципального методического объединения учителей " + subject,
                  invent_person(generator), organization=schools[number].key, role="association_head", subject=subject)
        for number, subject in enumerate(SUBJECT_ASSOCIATIONS)
    )  # fmt: skip
