"""Reading orders and their assignments, within what the person may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from msoko.cycle.regulations.enums import PointState
from msoko.cycle.regulations.models import OrderImport, OrderPoint, PointTask
from msoko.foundation.access.api import Permission, Scope


def order_imports_visible(scope: Scope) -> QuerySet[OrderImport]:
    """Orders that were read, for those who keep documents of their owner."""
    rows = OrderImport.objects.select_related("owner", "document")
    return rows.filter(scope.filter(Permission.EDIT_DOCUMENTS, "owner__"))


def point_tasks_visible(scope: Scope) -> QuerySet[PointTask]:
    """Assignments of organizations in scope, and all those of orders of organizations in scope."""
    rows = PointTask.objects.select_related("organization", "point__document__owner")
    own = scope.filter(Permission.SEE_DOCUMENTS, "organization__")
    return rows.filter(own | scope.filter(Permission.SEE_DOCUMENTS, "point__document__owner__"))


def late(today: dt.date) -> Q:
    """Assignments whose day has passed."""
    return Q(point__due_on__lt=today) & ~Q(state=PointState.DONE)


@dataclass(frozen=True, slots=True)
class OrderProgress:
    """An order on the list: how many assignments, done, late."""

    document: int
    total: int
    done: int
    late: int


def progress_of(tasks: QuerySet[PointTask], today: dt.date) -> dict[int, OrderProgress]:
    """Counts by order: one query."""
    rows = tasks.order_by().values("point__document").annotate(
        total=Count("pk"), done=Count("pk", filter=Q(state=PointState.DONE)), late=Count("pk", filter=late(today))
    )  # fmt: skip
    return {
        row["point__document"]: OrderProgress(row["point__document"], row["total"], row["done"], row["late"])
        for row in rows
    }


def waiting_points(scope: Scope, today: dt.date, days: int) -> list[tuple[OrderPoint, int]]:
    """Points near or past their day with the number of organizations in the person's care that have not done them."""
    rows = (
        PointTask.objects.filter(scope.filter(Permission.EXECUTE_TASKS, "organization__"))
        .exclude(state=PointState.DONE)
        .filter(point__due_on__lte=today + dt.timedelta(days=days), point__document__status="in_force")
        .values("point")
        .annotate(count=Count("pk"))
        .order_by("point__due_on", "point")[:20]
    )
    counts = {row["point"]: row["count"] for row in rows}
    points = OrderPoint.objects.filter(pk__in=counts).select_related("document").order_by("due_on", "pk")
    return [(point, counts[point.pk]) for point in points]
