"""Accounts with their roles, and the matrix of rights, as Excel."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from msoko.foundation.access.api import Membership, User
from msoko.web.office.access.matrix import matrix
from msoko.web.office.access.views import listed_accounts, managed
from msoko.web.ui.exports import export_tables, moment_text
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.blocks import Column, Table


@require_GET
@managed
def accounts_export(request: WorkplaceRequest) -> HttpResponse:
    """The list of accounts with the filters of the page."""
    columns = (
        Column("Кто", width=2.0), Column("Имя для входа"), Column("Роли", width=4.0), Column("Состояние"),
        Column("Последний вход"),
    )  # fmt: skip
    rows = tuple(_account(user, user.current) for user in listed_accounts(request))  # type: ignore[attr-defined]
    return export_tables(request, "Учётные записи", [("Доступ", Table("accounts", "Учётные записи", columns, rows))])


def _account(user: User, current: list[Membership]) -> tuple[object, ...]:
    roles = "; ".join(f"{one.role_title}, {one.organization.short_name}" for one in current)
    state = "отключена" if not user.is_active else "ждёт смены пароля" if user.must_change_password else "действует"
    return user.actor_label, user.username, roles, state, moment_text(user.last_login)


@require_GET
@managed
def roles_export(request: WorkplaceRequest) -> HttpResponse:
    """Roles × permissions."""
    found = matrix()
    columns = (Column("Право", width=3.0), *(Column(role.title) for role in found.roles))
    rows = tuple((row.title, *("да" if cell else "" for cell in row.cells)) for row in found.rows)
    meanings = [(role.title, role.summary) for role in found.roles]
    table = Table("roles", "Роли и права", columns, rows)
    return export_tables(request, "Роли и права", [("Роли и права", table)], meanings=meanings)
