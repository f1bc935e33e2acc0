"""Who may load what."""

from __future__ import annotations

from msoko.cycle.collection.models import ImportSession
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization


def may_import(scope: Scope, organization: Organization) -> bool:
    """Results are loaded by whoever has the right in the organization (a school: its own only)."""
    return scope.may(Permission.IMPORT_RESULTS, organization)


def require_open(session: ImportSession, version: int | None = None) -> None:
    """Refuse to change a finished import, or one that another person has changed meanwhile.

    Raises:
        RefusedError: the import is accepted or discarded, or `version` is stale.
    """
    if session.accepted_at:
        raise RefusedError("Эта загрузка уже принята.", "Чтобы исправить данные, загрузите исправленный файл.")
    if session.discarded_at:
        raise RefusedError("Эта загрузка отменена.", "Начните новую загрузку.")
    if version is not None and version != session.version:
        raise RefusedError(
            "Загрузку тем временем изменил другой сотрудник.", "Обновите страницу, проверьте ответы и повторите."
        )
