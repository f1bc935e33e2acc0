"""Reading the register, within what the person may see."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from msoko.cycle.regulations.enums import DocumentLevel
from msoko.cycle.regulations.models import DocumentBasis, RegisteredDocument
from msoko.cycle.regulations.rules import SHOWN_BELOW
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import AuditEvent


def documents_visible(scope: Scope) -> QuerySet[RegisteredDocument]:
    """Documents of the organizations in scope; of everything above them what is or was in force: a school reads the
    municipality's regulation, never its drafts, and nothing of another school."""
    documents = RegisteredDocument.objects.select_related("owner", "previous")
    if scope.is_everything:
        return documents
    above = scope.above(Permission.SEE_DOCUMENTS, "owner__")
    own = scope.filter(Permission.SEE_DOCUMENTS, "owner__")
    return documents.filter(own | (above & Q(status__in=SHOWN_BELOW)))


def with_bases(documents: QuerySet[RegisteredDocument]) -> QuerySet[RegisteredDocument]:
    """Documents with their legal bases loaded: two queries whatever their number."""
    rows = DocumentBasis.objects.select_related("base__owner")
    return documents.prefetch_related(Prefetch("bases", rows))


def list_rows(documents: QuerySet[RegisteredDocument]) -> QuerySet[RegisteredDocument]:
    """Rows of a list: long texts stay in the database."""
    return with_bases(documents.defer("text", "search_key"))


def public_documents(scope: Scope) -> QuerySet[RegisteredDocument]:
    """Documents meant for the site: in force and marked so."""
    return documents_visible(scope).filter(is_public=True, status="in_force")


def history_of(document: RegisteredDocument) -> QuerySet[AuditEvent]:
    """What was done with a document, the latest first."""
    events = AuditEvent.objects.filter(organization_id=document.owner_id, object_kind="document")
    return events.filter(object_id=str(document.pk)).exclude(event__endswith=".downloaded")


def default_level(kind: str) -> DocumentLevel:
    """Where a document of an organization of this kind stands in the chain."""
    levels = {"region": DocumentLevel.REGIONAL, "municipality": DocumentLevel.MUNICIPAL}
    return levels.get(kind, DocumentLevel.LOCAL)
