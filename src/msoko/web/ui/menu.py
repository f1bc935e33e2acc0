"""The left menu: what works now, for those who may use it. A step adds its entry here when its pages exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from msoko.foundation.access.api import Permission, Scope

P = Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """`anyone_with` is any of these permissions; empty means everybody signed in. `page` is «office:step:page»;
    `summary` tells on the home page what the section is for."""

    title: str
    icon: str
    page: str
    anyone_with: tuple[Permission, ...] = ()
    summary: str = ""

    def is_open_to(self, scope: Scope) -> bool:
        return not self.anyone_with or any(scope.may_anywhere(permission) for permission in self.anyone_with)


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("", (Entry("Мои задачи", "home", "office:home"),)),
    (
        "Управленческий цикл",
        (
            Entry(
                "Нормативная база",
                "books",
                "office:regulations:list",
                (P.SEE_DOCUMENTS,),
                "Реестр документов с правовыми основаниями и редакциями, функции и ответственные.",
            ),
            Entry(
                "Планирование",
                "calendar-event",
                "office:planning:list",
                (P.SEE_PLANS,),
                "Циклограммы и планы: загрузка из Word и Excel, сроки, ответственные, исполнение.",
            ),
            Entry(
                "Задачи",
                "list-check",
                "office:tasks:list",
                (P.EXECUTE_TASKS, P.SEE_PLANS),
                "Исполнение планов: сроки, отчёты исполнителей, подтверждение, журнал запросов, напоминания.",
            ),
            Entry(
                "Процедуры",
                "clipboard-list",
                "office:procedures:list",
                (P.SEE_TOTALS, P.SEE_ORGANIZATIONS),
                "Оценочные процедуры, спецификации работ, каталог: кто сдал результаты и кого ждём.",
            ),
            Entry(
                "Данные",
                "database-import",
                "office:collection:list",
                (P.IMPORT_RESULTS, P.SEE_INDIVIDUAL),
                "Загрузка файлов результатов, история партий, индивидуальные результаты, ключ у школы.",
            ),
            Entry(
                "Анализ",
                "chart-bar",
                "office:analysis:list",
                (P.SEE_TOTALS, P.SEE_ORGANIZATIONS),
                "Результаты процедур с интервалами, задания, дефициты, динамика, аналитические справки.",
            ),
        ),
    ),
    (
        "Справочники и порядок",
        (
            Entry(
                "Организации",
                "building-community",
                "office:organizations:list",
                (P.SEE_REGISTRY,),
                "Реестр: сведения, контекстные данные, классы, названия в файлах.",
            ),
            Entry(
                "Люди",
                "users",
                "office:people:list",
                (P.SEE_REGISTRY,),
                "Сотрудники, координаторы, эксперты, наблюдатели, объединения и комиссии.",
            ),
            Entry(
                "Журнал",
                "history",
                "office:journal:list",
                (P.SEE_JOURNAL,),
                "Кто, что и когда сделал, включая просмотры и скачивания.",
            ),
            Entry(
                "Доступ",
                "key",
                "office:access:list",
                (P.MANAGE_ACCESS,),
                "Учётные записи, роли и права вашей организации.",
            ),
            Entry(
                "Задания",
                "activity",
                "office:jobs:list",
                summary="Ход длительной работы: чтение файлов, расчёт, справки.",
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as drawn."""

    title: str
    icon: str
    url: str
    is_current: bool
    count: int = 0
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    entries: list[Link]


def menu_for(request: HttpRequest, scope: Scope, counts: Mapping[str, int]) -> list[Group]:
    """Groups with the entries open to this person; empty groups are left out. `counts`: what waits, by page."""
    here = _step_of(request)
    groups = []
    for title, entries in MENU:
        links = [
            Link(
                title=entry.title,
                icon=entry.icon,
                url=reverse(entry.page),
                is_current=entry.page.rpartition(":")[0] == here if ":" in entry.page[7:] else entry.page == here,
                summary=entry.summary,
                count=counts.get(entry.page, 0),
            )
            for entry in entries
            if entry.is_open_to(scope)
        ]
        if links:
            groups.append(Group(title, links))
    return groups


def _step_of(request: HttpRequest) -> str:
    """«office:organizations» of any page of that step; the full name of a page outside the steps."""
    match = request.resolver_match
    if match is None:
        return ""
    return ":".join(match.namespaces) if len(match.namespaces) > 1 else match.view_name
