"""Roll-over: a new draft plan for the next years from the plan of the years that end."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from msoko.cycle.planning.enums import DependencyState, PlanStatus
from msoko.cycle.planning.mirrors import is_together, mirror
from msoko.cycle.planning.models import Activity, ActivityUnit, Assignment, Deliverable, Dependency, Plan, PlanSection
from msoko.cycle.planning.offers import PLAN, plans_above, source_label
from msoko.cycle.planning.rollover_preview import (
    Choice,
    Horizon,
    RollRow,
    chosen_for,
    new_plan_of,
    preview_rollover,
)
from msoko.cycle.planning.rollover_rules import Fate
from msoko.cycle.planning.scheduling import Understanding, schedule_new
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

_BATCH = 500
_COPIED = (
    "lineage", "number", "label", "title", "terms_raw", "responsible_raw", "deliverable_raw", "direction",
    "direction_source", "cycle_part", "cycle_part_source", "duration_days",
)  # fmt: skip
_UNIT = (
    "position", "raw", "role", "kind", "organization_id", "department_id", "body_id", "appointment_id", "group",
    "qualifier",
)  # fmt: skip
_RESULT = ("position", "text", "kind", "destination")


@transaction.atomic
def roll_over(act: Act, *, plan: Plan, horizon: Horizon, title: str, choices: dict[int, Choice]) -> Plan:
    """The draft of the next years. `choices`: key of an activity → what a person decided; the others go their usual
    way. Keys of activities, confirmed dependencies and the place among parent plans are kept.

    Raises:
        RefusedError: nothing is carried, something is left undecided, the years do not follow, or a plan of these
            years was made from this one before.
    """
    require(act, Permission.EDIT_PLANS, plan.owner)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("owner", "parent_activity").get(pk=plan.pk)
    preview = preview_rollover(plan, horizon, timezone.localdate(act.at))
    if preview.earlier:
        raise RefusedError(
            f"На эти годы план уже подготовлен: «{preview.earlier[0].title}».",
            "Откройте его; если он не нужен, удалите проект и повторите.",
        )
    decided = chosen_for(preview.rows, choices)
    carried = sum(choice != Choice.DROP for _, choice in decided)
    if not carried:
        raise RefusedError("В новый план не переходит ни одно мероприятие.", "Оставьте хотя бы одно.")
    new = new_plan_of(plan, horizon)
    new.title = (title.strip() or new.title)[:500]
    new.created_at, new.created_by = act.at, act.actor.actor_label
    new.parent_activity = _next_parent(plan, horizon)
    new.save()
    _fill(act, new, decided)
    record(
        act, "planning.plan.rolled_over", kind="plan", object_id=new.pk, label=new.title, organization=new.owner,
        details={"from": plan.title, "carried": carried, "dropped": len(decided) - carried},
    )  # fmt: skip
    return new


@transaction.atomic
def delete_draft(act: Act, *, plan: Plan) -> None:
    """A draft that nobody needs is removed with all its rows; tasks that were ever dealt out keep it.

    Raises:
        RefusedError: when the plan is or was in force.
    """
    require(act, Permission.EDIT_PLANS, plan.owner)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if plan.status != PlanStatus.DRAFT:
        raise RefusedError("Удалить можно только проект плана.", "Утверждённый план закрывают.")
    if Assignment.objects.filter(occurrence__activity__plan=plan).exists():
        raise RefusedError("План уже утверждался, по нему есть задачи.", "Оставьте его в списке планов.")
    record(
        act, "planning.plan.deleted", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner
    )  # fmt: skip
    plan.delete()


def _next_parent(plan: Plan, horizon: Horizon) -> Activity | None:
    """The activity of the next plan whose result this one is, when the parent plan was rolled over already."""
    parent = plan.parent_activity
    if parent is None:
        return None
    found = Activity.objects.filter(
        lineage=parent.lineage, plan__start_year__gt=plan.start_year, plan__start_year__lte=horizon.start_year,
        dropped_at=None,
    )  # fmt: skip
    return found.order_by("-plan__start_year", "-plan_id").first()


def _fill(act: Act, new: Plan, decided: Sequence[tuple[RollRow, Choice]]) -> None:
    """Rows of the new plan; those left out stand in it as left out, with the reason, so that they can come back."""
    understanding = Understanding(new)
    successors = _successors(new, [row.activity for row, _ in decided])
    followed = {one.pk for one in successors.values()}
    sections = _sections(new, [row.activity.section for row, _ in decided])
    made = [
        _activity(new, position, row, choice, sections, understanding)
        for position, (row, choice) in enumerate(decided, 1)
    ]
    for activity, (row, choice) in zip(made, decided, strict=True):
        _link(activity, row.activity, successors)
        if choice == Choice.DROP:
            activity.dropped_at, activity.dropped_reason = act.at, _why_left_out(row)
    Activity.objects.bulk_create(made, batch_size=_BATCH)
    pairs = [(row.activity, activity) for (row, _), activity in zip(decided, made, strict=True)]
    ActivityUnit.objects.bulk_create(
        [
            ActivityUnit(activity=to, **{name: getattr(unit, name) for name in _UNIT})
            for of, to in pairs
            for unit in of.units.all()
        ],
        batch_size=_BATCH,
    )
    Deliverable.objects.bulk_create(
        [
            Deliverable(activity=to, **{name: getattr(one, name) for name in _RESULT})
            for of, to in pairs
            for one in of.deliverables.all()
        ],
        batch_size=_BATCH,
    )
    _dependencies({of.pk: to for of, to in pairs})
    linked = [one for one in made if one.source_id in followed and one.dropped_at is None]
    schedule_new([one for one in made if one.dropped_at is None and one not in linked], understanding)
    mirror(one.source_id for one in linked if one.source_id is not None)


def _successors(new: Plan, activities: Sequence[Activity]) -> dict[uuid.UUID, Activity]:
    """Activities of this year's plans above that go on from those which rows of the old plan follow, by lasting key."""
    lineages = {one.source.lineage for one in activities if one.source is not None}
    if not lineages:
        return {}
    plans = [one for one in plans_above(new.owner) if is_together(new, one)]
    rows = Activity.objects.filter(plan__in=plans, lineage__in=lineages, dropped_at__isnull=True)
    return {one.lineage: one for one in rows.select_related("plan__owner")}


def _link(activity: Activity, old: Activity, successors: dict[uuid.UUID, Activity]) -> None:
    """A linked row follows the plan above of the new years. Until that plan is there the row lives by its phrase and
    remembers whom it followed, so that it can be linked again."""
    if old.source is None:
        return
    source = successors.get(old.source.lineage)
    activity.source, activity.taken = source or old.source, old.taken
    activity.origin_kind, activity.origin_id = PLAN, str(activity.source_id)
    activity.origin_label = source_label(source, source.plan.owner) if source else old.origin_label


def _why_left_out(row: RollRow) -> str:
    if row.outlook.fate != Fate.ENDED:
        return "Не перенесено из прежнего плана решением составителя."
    return row.outlook.reason + (" Не исполнено." if row.is_undone else "")


def _activity(
    new: Plan, position: int, row: RollRow, choice: Choice, sections: dict[int, PlanSection],
    understanding: Understanding,
) -> Activity:  # fmt: skip
    old = row.activity
    phrase = row.phrase(choice)
    asked = [{"code": "question", "message": text} for text in _questions(row, choice)]
    return Activity(
        plan=new, position=position, section=sections.get(old.section_id or 0), terms_text=phrase,
        terms=understanding.stored(phrase), warnings=asked, **{name: getattr(old, name) for name in _COPIED},
    )  # fmt: skip


def _questions(row: RollRow, choice: Choice) -> list[str]:
    """What the new plan keeps asking about the row."""
    outlook = row.shifted if choice == Choice.SHIFT and row.shifted else row.outlook
    gone = [f"Исполнитель не действует: {name}. Кто вместо него?" for name in row.closed]
    return [*outlook.questions, *gone]


def _sections(new: Plan, used: Sequence[PlanSection | None]) -> dict[int, PlanSection]:
    """Sections of the carried activities with all above them: key in the old plan → the new one."""
    found: dict[int, PlanSection] = {}
    for section in used:
        for old in section.path if section else ():
            if old.pk in found:
                continue
            parent = found.get(old.parent_id or 0)
            found[old.pk] = PlanSection.objects.create(
                plan=new, parent=parent, position=old.position, number=old.number, title=old.title,
                direction=old.direction, cycle_part=old.cycle_part,
            )  # fmt: skip
    return found


def _dependencies(new: dict[int, Activity]) -> None:
    """What people decided about dependencies of last year holds; mere proposals are made anew."""
    decided = Dependency.objects.filter(predecessor__in=new, successor__in=new).exclude(state=DependencyState.PROPOSED)
    Dependency.objects.bulk_create(
        [
            Dependency(
                predecessor=new[one.predecessor_id], successor=new[one.successor_id], state=one.state,
                reason=one.reason, lag_days=one.lag_days, decided_at=one.decided_at, decided_by=one.decided_by,
            )
            for one in decided
        ],
        batch_size=_BATCH,
    )  # fmt: skip
