"""Reading drafts, within what the person may see."""

from __future__ import annotations

from django.db.models import QuerySet

from msoko.cycle.regulations.models import OfficialDraft
from msoko.foundation.access.api import Permission, Scope


def drafts_visible(scope: Scope) -> QuerySet[OfficialDraft]:
    """Texts of documents of the organizations in scope, the latest change first."""
    rows = OfficialDraft.objects.select_related("document__owner")
    return rows.filter(scope.filter(Permission.EDIT_DOCUMENTS, "document__owner__")).order_by("-changed_at", "-pk")
