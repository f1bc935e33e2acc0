"""The matrix of roles and permissions in words."""

from __future__ import annotations

from dataclasses import dataclass

from msoko.foundation.access.api import ROLES, Permission, Role, RoleDescription

PERMISSION_TITLES: dict[Permission, str] = {
    Permission.SEE_TOTALS: "Видит итоги муниципалитета",
    Permission.SEE_ORGANIZATIONS: "Видит результаты организаций в своей области",
    Permission.SEE_INDIVIDUAL: "Видит индивидуальные результаты (без имён)",
    Permission.SEE_REGISTRY: "Видит реестр организаций и людей",
    Permission.EDIT_REGISTRY: "Ведёт реестр организаций и людей",
    Permission.EDIT_CLASSES: "Ведёт классы школы",
    Permission.EDIT_CAMPAIGNS: "Ведёт процедуры",
    Permission.EDIT_BLUEPRINTS: "Ведёт спецификации",
    Permission.IMPORT_RESULTS: "Загружает результаты",
    Permission.WITHDRAW_RESULTS: "Отзывает результаты",
    Permission.LOAD_CODE_LIST: "Загружает список кодов школы",
    Permission.EDIT_REPORTS: "Готовит и правит справки",
    Permission.ISSUE_REPORTS: "Выпускает справки",
    Permission.SEE_JOURNAL: "Смотрит журнал действий",
    Permission.SEE_DOCUMENTS: "Видит документы и матрицу функций",
    Permission.EDIT_DOCUMENTS: "Готовит документы",
    Permission.APPROVE_DOCUMENTS: "Регистрирует, вводит в действие и отменяет документы",
    Permission.SEE_PLANS: "Видит планы и поручения",
    Permission.EDIT_PLANS: "Ведёт планы",
    Permission.APPROVE_PLANS: "Утверждает планы",
    Permission.EXECUTE_TASKS: "Отчитывается об исполнении поручений своей организации",
    Permission.CONFIRM_TASKS: "Принимает, возвращает, переносит и снимает поручения",
    Permission.MANAGE_ACCESS: "Ведёт учётные записи и роли",
    Permission.SEE_DOCUMENTS: "Видит реестр документов и матрицу функций",
    Permission.EDIT_DOCUMENTS: "Ведёт документы и матрицу функций",
    Permission.APPROVE_DOCUMENTS: "Регистрирует, вводит в действие и отменяет документы",
    Permission.SEE_PLANS: "Видит планы",
    Permission.EDIT_PLANS: "Ведёт планы",
    Permission.APPROVE_PLANS: "Утверждает и закрывает планы",
    Permission.EXECUTE_TASKS: "Отчитывается по задачам плана",
    Permission.CONFIRM_TASKS: "Принимает, возвращает, переносит и снимает задачи плана",
}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    title: str
    cells: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    roles: tuple[RoleDescription, ...]
    rows: tuple[MatrixRow, ...]


def matrix() -> Matrix:
    """Every permission against every role."""
    roles = tuple(ROLES[role] for role in Role)
    rows = tuple(
        MatrixRow(PERMISSION_TITLES[permission], tuple(permission in role.permissions for role in roles))
        for permission in Permission
    )
    return Matrix(roles, rows)
