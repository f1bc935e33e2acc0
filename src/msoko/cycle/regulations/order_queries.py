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
    return Q(due_on__lt=today) & ~Q(state=PointState.DONE)


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


@dataclass(frozen=True, slots=True)
class WaitingPoint:
    """A point near or past a day, and how many organizations in the person's care have not done it by that day."""

    point: OrderPoint
    due_on: dt.date
    count: int


def waiting_points(scope: Scope, today: dt.date, days: int) -> list[WaitingPoint]:
    """Points near or past their day, the latest first: two queries."""
    rows = (
        PointTask.objects.filter(scope.filter(Permission.EXECUTE_TASKS, "organization__"))
        .exclude(state=PointState.DONE)
        .filter(due_on__isnull=False, due_on__lte=today + dt.timedelta(days=days), point__document__status="in_force")
        .values("point", "due_on")
        .annotate(count=Count("pk"))
        .order_by("due_on", "point")[:20]
    )
    found = list(rows)
    points = OrderPoint.objects.select_related("document").in_bulk([row["point"] for row in found])
    return [WaitingPoint(points[row["point"]], row["due_on"] or today, row["count"]) for row in found]


@dataclass(frozen=True, slots=True)
class PointProgress:
    """A point by a day: «сдали 14 из 18»."""

    number: str
    text: str
    due_on: dt.date | None
    total: int
    done: int
    is_late: bool


def progress_by_point(tasks: QuerySet[PointTask], today: dt.date) -> list[PointProgress]:
    """Points and their days in order: one query."""
    rows = tasks.order_by().values("point__position", "point__number", "point__text", "due_on").annotate(
        total=Count("pk"), done=Count("pk", filter=Q(state=PointState.DONE))
    )  # fmt: skip
    return [
        PointProgress(
            row["point__number"], row["point__text"], row["due_on"], row["total"], row["done"],
            is_late=bool(row["due_on"] and row["due_on"] < today and row["done"] < row["total"]),
        )
        for row in sorted(rows, key=lambda row: (row["point__position"], row["due_on"] or dt.date.max))
    ]  # fmt: skip
