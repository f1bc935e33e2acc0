"""Reading drafts, within what the person may see; acts as preambles name them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from msoko.cycle.regulations.models import OfficialDraft, RegisteredDocument
from msoko.cycle.regulations.queries import documents_visible
from msoko.cycle.regulations.registering import BasisEntry
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.documents import kind_title
from msoko.foundation.catalog.norms import norms

_MOST = 100


def drafts_visible(scope: Scope) -> QuerySet[OfficialDraft]:
    """Texts of documents of the organizations in scope, the latest change first."""
    rows = OfficialDraft.objects.select_related("document__owner")
    return rows.filter(scope.filter(Permission.EDIT_DOCUMENTS, "document__owner__")).order_by("-changed_at", "-pk")


def named_bases(scope: Scope) -> dict[str, BasisEntry]:
    """Acts in force as they are named in a preamble → what each is: one query."""
    rows = documents_visible(scope).filter(status="in_force").defer("text", "search_key").order_by("-signed_on")[:_MOST]
    found = {_named(one): BasisEntry(base=one) for one in rows}
    for one in norms().values():
        if one.status in {"in_force", "changed"}:
            found[f"{one.name} «{one.title}»"] = BasisEntry(norm=one.id)
    return found


def bases_of_lines(scope: Scope, lines: Iterable[str]) -> list[BasisEntry]:
    """Lines of a preamble as bases: those of the register and of the definitions are known by their names."""
    known = named_bases(scope)
    return [known.get(line) or BasisEntry(words=line) for line in lines if line.strip()]


def _named(document: RegisteredDocument) -> str:
    day = f" от {document.signed_on:%d.%m.%Y}" if document.signed_on else ""
    return f"{kind_title(document.kind)}{day} № {document.number} «{document.title}»"
