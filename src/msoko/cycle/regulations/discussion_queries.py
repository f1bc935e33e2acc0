"""Reading discussions, within what the person may see."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from msoko.cycle.regulations.enums import RemarkModeration
from msoko.cycle.regulations.models import Discussion, DiscussionClause, Remark
from msoko.cycle.regulations.portal_remarks import COUNTED
from msoko.foundation.access.api import Permission, Scope


def discussions_visible(scope: Scope) -> QuerySet[Discussion]:
    """Discussions of organizations in scope and those in which an organization in scope takes part."""
    own = scope.filter(Permission.SEE_DOCUMENTS, "owner__")
    taking_part = Discussion.participants.through.objects.filter(
        scope.filter(Permission.SEE_DOCUMENTS, "organization__")
    ).values("discussion")
    return Discussion.objects.filter(own | Q(pk__in=taking_part)).select_related("owner", "document")


def with_remark_counts(discussions: QuerySet[Discussion]) -> QuerySet[Discussion]:
    """With `remark_count` and `unanswered`."""
    counted = discussions.annotate(
        remark_count=Count("remarks", filter=~Q(remarks__moderation=RemarkModeration.HIDDEN)),
        unanswered=Count("remarks", filter=Q(remarks__decision="") & ~Q(remarks__moderation=RemarkModeration.HIDDEN)),
    )
    return counted.order_by("-opens_on", "-pk")


def remarks_of(scope: Scope, discussion: Discussion) -> QuerySet[Remark]:
    """All remarks for the owner; for participants their own until the summing up, then all: nobody leans on another's
    opinion before."""
    rows = discussion.remarks.select_related("organization", "clause")
    if scope.may(Permission.SEE_DOCUMENTS, discussion.owner):
        return rows
    rows = rows.filter(COUNTED)
    if discussion.result:
        return rows
    return rows.filter(scope.filter(Permission.SEE_DOCUMENTS, "organization__"))


def clauses_with_remarks(scope: Scope, discussion: Discussion) -> QuerySet[DiscussionClause]:
    """Clauses in order with the remarks that the person may read: two queries."""
    rows = remarks_of(scope, discussion)
    return discussion.clauses.prefetch_related(Prefetch("remarks", queryset=rows, to_attr="seen"))


def waiting_moderation(scope: Scope) -> QuerySet[Discussion]:
    """Discussions that the person conducts with `waiting` remarks from the portal to look at."""
    rows = Discussion.objects.filter(scope.filter(Permission.EDIT_DOCUMENTS, "owner__"), result="")
    rows = rows.annotate(waiting=Count("remarks", filter=Q(remarks__moderation=RemarkModeration.WAITING)))
    return rows.filter(waiting__gt=0).order_by("closes_on", "pk")
