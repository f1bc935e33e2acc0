"""Contents page of the step «Открытость»: the portal knows nothing else of the product."""

from msoko.cycle.publication.actions import VISITOR, publish_discussion, send_remark, withdraw_discussion
from msoko.cycle.publication.models import PublishedDiscussion
from msoko.cycle.publication.queries import (
    PortalClause,
    PortalPage,
    PortalRemark,
    PortalRow,
    portal_page,
    portal_rows,
    publication_of,
)
from msoko.cycle.regulations.api import VisitorEntry

__all__ = [
    "VISITOR",
    "PortalClause",
    "PortalPage",
    "PortalRemark",
    "PortalRow",
    "PublishedDiscussion",
    "VisitorEntry",
    "portal_page",
    "portal_rows",
    "publication_of",
    "publish_discussion",
    "send_remark",
    "withdraw_discussion",
]
