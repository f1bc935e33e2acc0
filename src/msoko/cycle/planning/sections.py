"""Sections of a plan and the order of its rows: added, renamed, moved, removed by people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from msoko.cycle.planning.editing import require_open_plan
from msoko.cycle.planning.models import Activity, Plan, PlanSection
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

_DEEPEST = 4


@transaction.atomic
def add_section(
    act: Act, *, plan: Plan, title: str, number: str = "", parent: PlanSection | None = None
) -> PlanSection:
    """A section at the end of its parent, or of the plan."""
    require_open_plan(act, plan)
    _require_title(title)
    if parent is not None and _depth(parent) >= _DEEPEST:
        raise RefusedError("Глубже четырёх уровней разделов не бывает.", "Выберите раздел уровнем выше.")
    last = plan.sections.aggregate(last=Max("position"))["last"] or 0
    section = PlanSection.objects.create(
        plan=plan, parent=parent, position=last + 1, number=number.strip()[:40], title=title.strip()[:1000]
    )
    put_in_order(plan)
    _record(act, "planning.section.added", section)
    return section


@transaction.atomic
def change_section(act: Act, *, section: PlanSection, values: dict[str, Any]) -> PlanSection:
    """Change number, title, direction and cycle_part; rows whose own values nobody has chosen follow the section."""
    require_open_plan(act, section.plan)
    _require_title(str(values.get("title", section.title)))
    for name, length in (("number", 40), ("title", 1000), ("direction", 40), ("cycle_part", 40)):
        if name in values:
            setattr(section, name, str(values[name]).strip()[:length])
    section.save()
    for name in ("direction", "cycle_part"):
        if values.get(name):
            rows = section.activities.exclude(**{f"{name}_source": "person"})
            rows.update(**{name: values[name], f"{name}_source": "section"})
    _record(act, "planning.section.changed", section, {"fields": sorted(values)})
    return section


@transaction.atomic
def move_section(act: Act, *, section: PlanSection, is_up: bool) -> None:
    """A section changes places with its neighbour; its rows go with it."""
    require_open_plan(act, section.plan)
    siblings = list(section.plan.sections.filter(parent=section.parent).order_by("position", "pk"))
    _swap(siblings, section, is_up=is_up)
    PlanSection.objects.bulk_update(siblings, ["position"])
    put_in_order(section.plan)
    _record(act, "planning.section.moved", section)


@transaction.atomic
def remove_section(act: Act, *, section: PlanSection) -> None:
    """Remove an empty section. Rows, also those left out, have to be moved first: nothing disappears with it."""
    require_open_plan(act, section.plan)
    count = section.activities.count()
    if count:
        raise RefusedError(
            f"В разделе есть мероприятия: {count}.", "Перенесите их в другой раздел, затем уберите этот."
        )
    if section.children.exists():
        raise RefusedError("В разделе есть подразделы.", "Сначала уберите подразделы.")
    _record(act, "planning.section.removed", section)
    section.delete()


@transaction.atomic
def move_activity(act: Act, *, activity: Activity, is_up: bool) -> None:
    """A row changes places with its neighbour of the same section."""
    require_open_plan(act, activity.plan)
    rows = list(activity.plan.activities.filter(section=activity.section, dropped_at__isnull=True).order_by("position"))
    _swap(rows, activity, is_up=is_up)
    Activity.objects.bulk_update(rows, ["position"])
    _moved(act, activity)


@transaction.atomic
def put_in_section(act: Act, *, plan: Plan, activities: Sequence[int], section: PlanSection | None) -> int:
    """Rows go to the end of a section, in their order; returns how many."""
    require_open_plan(act, plan)
    if section is not None and section.plan_id != plan.pk:
        raise RefusedError("Раздел из другого плана.", "Обновите страницу и выберите раздел из списка.")
    rows = list(plan.activities.filter(pk__in=activities).order_by("position"))
    last = plan.activities.aggregate(last=Max("position"))["last"] or 0
    for place, row in enumerate(rows, last + 1):
        row.section, row.position = section, place
    Activity.objects.bulk_update(rows, ["section", "position"])
    put_in_order(plan)
    if len(rows) == 1:
        _moved(act, rows[0])
    else:
        record(
            act, "planning.activities.changed", kind="plan", object_id=plan.pk, label=plan.title,
            organization=plan.owner, details={"count": len(rows), "section": section.title if section else ""},
        )  # fmt: skip
    return len(rows)


def put_in_order(plan: Plan) -> None:
    """Number sections from the top down, and rows by their sections."""
    sections = list(_walk(list(plan.sections.order_by("position", "pk"))))
    for place, section in enumerate(sections, 1):
        section.position = place
    PlanSection.objects.bulk_update(sections, ["position"])
    order = {section.pk: section.position for section in sections}
    known = plan.activities.only("pk", "section_id", "position")
    rows = sorted(known, key=lambda row: (order.get(row.section_id or 0, 0), row.position))
    for place, row in enumerate(rows, 1):
        row.position = place
    Activity.objects.bulk_update(rows, ["position"], batch_size=500)


def _walk(sections: list[PlanSection], parent: int | None = None) -> Iterator[PlanSection]:
    for section in sections:
        if section.parent_id == parent:
            yield section
            yield from _walk(sections, section.pk)


def _swap(rows: list[Any], chosen: Any, *, is_up: bool) -> None:
    """Exchange the positions of a row and its neighbour; at the edge nothing changes."""
    place = next(place for place, row in enumerate(rows) if row.pk == chosen.pk)
    other = place - 1 if is_up else place + 1
    if 0 <= other < len(rows):
        rows[place].position, rows[other].position = rows[other].position, rows[place].position


def _depth(section: PlanSection) -> int:
    depth, above = 1, section.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def _require_title(title: str) -> None:
    if not title.strip():
        raise RefusedError("У раздела нет названия.", "Впишите название раздела.")


def _moved(act: Act, activity: Activity) -> None:
    record(
        act, "planning.activity.moved", kind="activity", object_id=activity.pk, label=activity.title,
        organization=activity.plan.owner,
    )  # fmt: skip


def _record(act: Act, event: str, section: PlanSection, details: dict[str, Any] | None = None) -> None:
    record(
        act, event, kind="section", object_id=section.pk, label=section.title, organization=section.plan.owner,
        details=details,
    )  # fmt: skip
