"""A plan takes in a corrected file: activities keep their identity and the history of their tasks."""

from __future__ import annotations

from msoko.cycle.planning.acceptance import (
    Path,
    activity_of_row,
    deliverables_of,
    sections_of,
    store_parts,
    units_of,
)
from msoko.cycle.planning.differences import Differences, RowDifference
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Activity, ActivityUnit, Deliverable, Plan, PlanImport, PlanSection
from msoko.cycle.planning.preview import PreviewRow
from msoko.cycle.planning.scheduling import Rescheduled, Understanding, reschedule, schedule_new
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

_BATCH = 500
_OF_FILE = (
    "section_id", "number", "label", "title", "terms_raw", "terms_text", "terms", "responsible_raw", "deliverable_raw",
)  # fmt: skip


def update_plan(act: Act, session: PlanImport, differences: Differences) -> tuple[Plan, Rescheduled]:
    """Apply the differences. Called inside the transaction of the acceptance.

    What the file says anew replaces what the plan said; a term that a person made clearer stays while the document's
    phrase is the same. Rows that are gone are marked as left out.
    """
    plan = session.plan
    if plan is None or plan.status == PlanStatus.CLOSED:
        raise RefusedError("План закрыт и не меняется.", "Загрузите файл как новый план.")
    if differences.asked:
        raise RefusedError(
            f"Не решено, продолжением каких мероприятий являются строки: {len(differences.asked)}.",
            "Выберите на странице загрузки прежнее мероприятие или «новое».",
        )
    rows = [one.row for one in differences.rows]
    sections = sections_of(plan, session.reading.get("sections", []), rows)
    understanding = Understanding(plan)
    moved = [_continue(one, place, sections, understanding) for place, one in enumerate(differences.rows, 1)]
    _place(differences)
    added = _add(plan, differences, sections, understanding)
    for activity in differences.removed:
        activity.dropped_at, activity.dropped_reason = act.at, f"Нет в исправленном файле «{session.file_name}»"
        activity.save(update_fields=["dropped_at", "dropped_reason"])
    schedule_new(added, understanding)
    outcome = reschedule([one for one in moved if one is not None], understanding)
    plan.sections.filter(activities=None, children=None).exclude(pk__in=[one.pk for one in sections.values()]).delete()
    plan.abbreviations |= session.reading.get("abbreviations", {}) | session.answers.get("abbreviations", {})
    plan.source_name, plan.source_sha256 = session.file_name, session.sha256
    plan.save(update_fields=["abbreviations", "source_name", "source_sha256"])
    return plan, outcome


def _continue(
    one: RowDifference, place: int, sections: dict[Path, PlanSection], understanding: Understanding
) -> Activity | None:
    """The activity as the file has it now; returned when its term has changed. Its place is stored by `_place`."""
    activity, row = one.activity, one.row
    if activity is None:
        return None
    was = _said(activity)
    fields = {change.field for change in one.changes}
    activity.position, activity.section = place, sections.get(row.section_path)
    activity.number, activity.label = row.number[:40], row.label[:300]
    if activity.source_id is not None:  # the rest is said by the plan above
        if "units" in fields:
            _replace_units(activity, row)
        _save(activity, was)
        return None
    activity.title = row.title
    has_new_term = "terms" in fields or row.terms_text != row.source["terms_raw"]
    if has_new_term:
        activity.terms_raw, activity.terms_text = row.source["terms_raw"], row.terms_text
        activity.terms = understanding.stored(row.terms_text)
    if "units" in fields:
        _replace_units(activity, row)
    if "results" in fields:
        activity.deliverables.exclude(text__in=[result.text for result in row.results]).delete()
        kept = set(activity.deliverables.values_list("text", flat=True))
        Deliverable.objects.bulk_create(new for new in deliverables_of(activity, row) if new.text not in kept)
    _save(activity, was)
    return activity if has_new_term else None


def _said(activity: Activity) -> tuple[object, ...]:
    """What a file may change of a row, but for its place."""
    return tuple(getattr(activity, name) for name in _OF_FILE)


def _save(activity: Activity, was: tuple[object, ...]) -> None:
    """Most rows of a corrected file say what they said before: those are not written."""
    if _said(activity) != was:
        activity.save(update_fields=[name.removesuffix("_id") for name in _OF_FILE])


def _place(differences: Differences) -> None:
    """Places of the rows that go on: one row more or less moves all that stand behind it."""
    rows = [one.activity for one in differences.rows if one.activity is not None]
    known = dict(Activity.objects.filter(pk__in=[one.pk for one in rows]).values_list("pk", "position"))
    Activity.objects.bulk_update(
        [one for one in rows if known[one.pk] != one.position], ["position"], batch_size=_BATCH
    )


def _replace_units(activity: Activity, row: PreviewRow) -> None:
    """Units by their words; those that stay keep their identity, because tasks point at them."""
    known = {unit.raw: unit for unit in activity.units.all()}
    activity.units.exclude(raw__in=[unit.raw for unit in row.units]).delete()
    for unit in units_of(activity, row):
        old = known.get(unit.raw)
        if old is None:
            unit.save()
        else:
            ActivityUnit.objects.filter(pk=old.pk).update(position=unit.position, role=unit.role)
    activity.responsible_raw = "; ".join(unit.raw for unit in row.units)


def _add(
    plan: Plan, differences: Differences, sections: dict[Path, PlanSection], understanding: Understanding
) -> list[Activity]:
    found = [(place, one.row) for place, one in enumerate(differences.rows, 1) if one.activity is None]
    activities = [
        activity_of_row(plan, place, row, sections.get(row.section_path), understanding) for place, row in found
    ]
    Activity.objects.bulk_create(activities, batch_size=_BATCH)
    pairs = list(zip(activities, (row for _, row in found), strict=True))
    store_parts(pairs)
    return activities
