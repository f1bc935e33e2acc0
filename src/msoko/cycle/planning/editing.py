"""Plans and their activities: made and changed by people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from msoko.cycle.planning.assigning import deal_out_activities
from msoko.cycle.planning.enums import PlanKind, PlanStatus, UnitKind, UnitRole, YearKind
from msoko.cycle.planning.mirrors import is_followed, mirror
from msoko.cycle.planning.models import Activity, ActivityUnit, Deliverable, Plan, PlanSection
from msoko.cycle.planning.scheduling import Rescheduled, Understanding, reschedule
from msoko.cycle.planning.units import Addressee, Directory, directory_of
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization

_PLAIN = ("number", "title", "label", "direction", "cycle_part", "duration_days")
_YEARS = ("start_year", "years", "year_kind")
#: what a linked row has from the plan above
_OF_SOURCE_TITLES = {"title": "мероприятие", "terms_text": "срок", "results": "результат"}
_OF_SOURCE = frozenset(_OF_SOURCE_TITLES)
_LENGTHS = {"number": 40, "label": 300, "direction": 40, "cycle_part": 40}


@transaction.atomic
def create_plan(
    act: Act,
    *,
    owner: Organization,
    title: str,
    start_year: int,
    years: int = 1,
    kind: str = PlanKind.SCHEDULE,
    year_kind: str = YearKind.SCHOOL,
    directions: str = "",
    parent_activity: Activity | None = None,
) -> Plan:
    """An empty plan. `parent_activity`: the activity whose result this plan is."""
    require(act, Permission.EDIT_PLANS, owner)
    if not title.strip():
        raise RefusedError("У плана нет названия.", "Впишите название: «Циклограмма МСОКО».")
    plan = Plan.objects.create(
        owner=owner, title=title.strip()[:500], start_year=start_year, years=years, kind=kind, year_kind=year_kind,
        directions=directions, parent_activity=parent_activity, created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    record(
        act, "planning.plan.created", kind="plan", object_id=plan.pk, label=plan.title, organization=owner
    )  # fmt: skip
    return plan


@transaction.atomic
def change_plan(act: Act, *, plan: Plan, values: dict[str, Any]) -> Rescheduled:
    """Change title, kind, directions; years, start_year and year_kind of a draft: its terms are dated anew.

    Occurrences with facts that no longer fit are returned for a person to decide.
    """
    require_open_plan(act, plan)
    if not str(values.get("title", plan.title)).strip():
        raise RefusedError("У плана нет названия.", "Впишите название: «Циклограмма МСОКО».")
    is_dated_anew = any(name in values and getattr(plan, name) != values[name] for name in _YEARS)
    if is_dated_anew and plan.status != PlanStatus.DRAFT:
        raise RefusedError(
            "План утверждён: его годы не меняются.", "Отмените утверждение или составьте план на другой год."
        )
    for name in ("title", "kind", "directions", *_YEARS):
        if name in values:
            setattr(plan, name, values[name].strip()[:500] if name == "title" else values[name])
    plan.save(update_fields=["title", "kind", "directions", *_YEARS])
    record(
        act, "planning.plan.changed", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
        details={"fields": sorted(values)},
    )  # fmt: skip
    return _dated_anew(plan) if is_dated_anew else Rescheduled(0, 0, ())


def _dated_anew(plan: Plan) -> Rescheduled:
    understanding = Understanding(plan)
    rows = list(plan.activities.select_related("plan", "source__plan"))
    for row in rows:
        row.terms = understanding.stored(row.terms_text)
    Activity.objects.bulk_update(rows, ["terms"], batch_size=200)
    mirror(row.source_id for row in rows if row.source_id is not None)
    return reschedule([row for row in rows if not is_followed(row)], understanding)


@transaction.atomic
def add_activity(act: Act, *, plan: Plan, section: PlanSection | None = None, values: dict[str, Any]) -> Activity:
    """A row at the end of its section. `values` as in `change_activity`."""
    require_open_plan(act, plan)
    if not str(values.get("title", "")).strip():
        raise RefusedError("У мероприятия нет названия.", "Впишите, что будет сделано.")
    last = plan.activities.filter(section=section).aggregate(last=Max("position"))["last"]
    position = last if last is not None else plan.activities.aggregate(last=Max("position"))["last"] or 0
    make_room(plan, position)
    activity = Activity.objects.create(plan=plan, section=section, position=position + 1, title=str(values["title"]))
    _apply(activity, values, Understanding(plan), directory_of(plan.owner))
    _record(act, "planning.activity.added", activity)
    deal_out_activities(act, activity.plan, [activity])
    return activity


@transaction.atomic
def change_activity(act: Act, *, activity: Activity, values: dict[str, Any]) -> Rescheduled:
    """Change a row: number, title, label, terms_text, responsible and results (parts separated by «;»), direction,
    cycle_part, duration_days. Occurrences with facts that no longer fit are returned for a person to decide."""
    require_open_plan(act, activity.plan)
    if is_followed(activity) and (kept := sorted(_OF_SOURCE & values.keys())):
        raise RefusedError(
            f"{', '.join(_OF_SOURCE_TITLES[name] for name in kept).capitalize()}: это ведёт вышестоящий план.",
            "Измените здесь ответственных, номер, раздел; остальное следует за вышестоящим планом.",
        )
    if "title" in values and not str(values["title"]).strip():
        raise RefusedError("У мероприятия нет названия.", "Впишите, что будет сделано.")
    outcome = _apply(activity, values, Understanding(activity.plan), directory_of(activity.plan.owner))
    _record(act, "planning.activity.changed", activity, {"fields": sorted(values)})
    deal_out_activities(act, activity.plan, [activity])
    return outcome


@transaction.atomic
def change_activities(act: Act, *, plan: Plan, activities: Iterable[int], values: dict[str, str]) -> int:
    """Set the direction, the part of the cycle or the responsible units (parts by «;») of many rows at once."""
    require_open_plan(act, plan)
    allowed = {name: value for name, value in values.items() if name in {"direction", "cycle_part"}}
    sources = {f"{name}_source": "person" for name in allowed}
    rows = plan.activities.filter(pk__in=list(activities))
    count = rows.update(**allowed, **sources) if allowed else rows.count()
    if names := parts_of(values.get("responsible", "")):
        directory = directory_of(plan.owner)
        for row in rows.prefetch_related("units"):
            replace_units(row, names, directory)
            row.save(update_fields=["responsible_raw"])
        deal_out_activities(act, plan, rows)
        allowed["responsible"] = "; ".join(names)
    record(
        act, "planning.activities.changed", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
        details={"count": count, **allowed},
    )  # fmt: skip
    return count


@transaction.atomic
def drop_activity(act: Act, *, activity: Activity, reason: str) -> None:
    """Leave a row out of the plan; its history stays and it can be brought back."""
    require_open_plan(act, activity.plan)
    if activity.plan.status == PlanStatus.APPROVED and not reason.strip():
        raise RefusedError("Причина исключения не указана.", "Впишите основание: приказ, решение.")
    activity.dropped_at, activity.dropped_reason = act.at, reason.strip()[:500]
    activity.save(update_fields=["dropped_at", "dropped_reason"])
    _record(act, "planning.activity.dropped", activity)
    deal_out_activities(act, activity.plan, [activity])


@transaction.atomic
def restore_activity(act: Act, *, activity: Activity) -> None:
    """Bring a row back."""
    require_open_plan(act, activity.plan)
    activity.dropped_at, activity.dropped_reason = None, ""
    activity.save(update_fields=["dropped_at", "dropped_reason"])
    _record(act, "planning.activity.restored", activity)
    deal_out_activities(act, activity.plan, [activity])


def require_open_plan(act: Act, plan: Plan) -> None:
    """The person may change the plan, and the plan may be changed."""
    require(act, Permission.EDIT_PLANS, plan.owner)
    if plan.status == PlanStatus.CLOSED:
        raise RefusedError("План закрыт и не меняется.", "Внесите изменение в план следующего года.")


def _apply(
    activity: Activity, values: dict[str, Any], understanding: Understanding, directory: Directory
) -> Rescheduled:
    for name in _PLAIN:
        if name in values:
            value = values[name]
            setattr(activity, name, value[: _LENGTHS[name]] if name in _LENGTHS else value)
    for name in ("direction", "cycle_part"):
        if name in values:
            setattr(activity, f"{name}_source", "person")
    if "terms_text" in values:
        activity.terms_text = str(values["terms_text"]).strip()
        activity.terms = understanding.stored(activity.terms_text)
    if "responsible" in values:
        replace_units(activity, parts_of(values["responsible"]), directory)
    if "results" in values:
        replace_results(activity, parts_of(values["results"]))
    activity.warnings = [one for one in activity.warnings if one.get("code") != "question"]
    activity.save()
    return reschedule([activity], understanding) if "terms_text" in values else Rescheduled(0, 0, ())


def parts_of(text: object) -> list[str]:
    """What stands between semicolons."""
    return [part.strip() for part in str(text).split(";") if part.strip()]


def replace_units(activity: Activity, names: list[str], directory: Directory) -> None:
    """Units by their words; those that stay keep their identity, because tasks point at them."""
    known = {unit.raw: unit for unit in activity.units.all()}
    activity.units.exclude(raw__in=names).delete()
    for position, raw in enumerate(dict.fromkeys(names), 1):
        unit = known.get(raw) or unit_of(activity, raw, directory)
        unit.position, unit.role = position, UnitRole.LEAD if position == 1 else UnitRole.CO
        unit.save()
    activity.responsible_raw = "; ".join(names)


def unit_of(activity: Activity, raw: str, directory: Directory) -> ActivityUnit:
    """A responsible unit by its words, not stored. Whoever else is named in a row that was taken from a plan above
    works within the organization: the row has an addressee already."""
    meaning = activity.plan.abbreviations.get(raw, "")
    found = directory.resolve(raw, meaning)
    if not found.is_known and activity.origin_kind:
        found = Addressee(UnitKind.ORGANIZATION, organization=activity.plan.owner_id)
    return ActivityUnit(
        activity=activity, raw=raw[:500], kind=found.kind, organization_id=found.organization,
        department_id=found.department, body_id=found.body, appointment_id=found.appointment, group=found.group,
    )  # fmt: skip


def replace_results(activity: Activity, texts: list[str]) -> None:
    """Results by their words; those that stay keep their identity, because proofs point at them."""
    known = {one.text: one for one in activity.deliverables.all()}
    activity.deliverables.exclude(text__in=texts).delete()
    for position, text in enumerate(dict.fromkeys(texts), 1):
        row = known.get(text) or Deliverable(activity=activity, text=text[:1000])
        row.position = position
        row.save()
    activity.deliverable_raw = "; ".join(texts)


def make_room(plan: Plan, after: int, count: int = 1) -> None:
    """Rows behind a place move on, so that others stand between."""
    plan.activities.filter(position__gt=after).update(position=F("position") + count)


def _record(act: Act, event: str, activity: Activity, details: dict[str, Any] | None = None) -> None:
    record(
        act, event, kind="activity", object_id=activity.pk, label=activity.title,
        organization=activity.plan.owner, details=details,
    )  # fmt: skip
