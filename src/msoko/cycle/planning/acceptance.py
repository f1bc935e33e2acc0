"""A read plan becomes a plan: sections, activities, units, results, occurrences, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msoko.cycle.planning.models import Activity, ActivityUnit, Deliverable, Plan, PlanImport, PlanSection
from msoko.cycle.planning.preview import PreviewRow, plan_of
from msoko.cycle.planning.scheduling import Understanding, schedule_new
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.bulk import insert_rows

_BATCH = 500
Path = tuple[tuple[str, str], ...]


def accept_rows(act: Act, session: PlanImport, rows: Sequence[PreviewRow]) -> Plan:
    """A new plan of the rows. Called inside the transaction of the acceptance."""
    plan = plan_of(session)
    reading = session.reading
    plan.title = (session.title or reading.get("title") or session.file_name)[:500]
    plan.directions = reading.get("edition") or ""
    plan.abbreviations = reading.get("abbreviations", {}) | session.answers.get("abbreviations", {})
    plan.source_name, plan.source_sha256 = session.file_name, session.sha256
    plan.created_at, plan.created_by = act.at, act.actor.actor_label
    plan.save()
    sections = sections_of(plan, reading.get("sections", []), rows)
    understanding = Understanding(plan, {row.terms_text: row.terms for row in rows})
    activities = [
        activity_of_row(plan, position, row, sections.get(row.section_path), understanding)
        for position, row in enumerate(rows, 1)
    ]
    Activity.objects.bulk_create(activities, batch_size=_BATCH)
    store_parts(zip(activities, rows, strict=True))
    schedule_new(activities, understanding)
    return plan


def store_parts(pairs: Iterable[tuple[Activity, PreviewRow]]) -> None:
    """Units and results of new activities."""
    known = list(pairs)
    for model, parts in ((ActivityUnit, units_of), (Deliverable, deliverables_of)):
        rows = [one for activity, row in known for one in parts(activity, row)]
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        insert_rows(model, names, ([getattr(one, name) for name in names] for one in rows))


def sections_of(plan: Plan, known: Sequence[dict[str, object]], rows: Sequence[PreviewRow]) -> dict[Path, PlanSection]:
    """Sections by their way from the top, in the order of the document; empty ones are kept as printed, those that the
    plan has already are used again."""
    directions: dict[Path, str] = {}
    paths: dict[Path, None] = {}
    for section in known:
        path = tuple((one["number"], one["title"]) for one in section["path"])  # type: ignore[attr-defined]
        paths[path] = None
        directions[path] = str(section.get("direction") or "")
    for row in rows:
        for depth in range(1, len(row.section_path) + 1):
            paths.setdefault(row.section_path[:depth])
    found: dict[Path, PlanSection] = {}
    stored = plan.sections.select_related("parent__parent__parent")
    known_rows = {tuple((above.number, above.title) for above in one.path): one for one in stored}
    for position, path in enumerate(paths, 1):
        number, title = path[-1]
        section_row = known_rows.get(path) or PlanSection(plan=plan, parent=found.get(path[:-1]))
        section_row.position, section_row.number, section_row.title = position, number[:40], title[:1000]
        section_row.direction = section_row.direction or directions.get(path, "")
        section_row.save()
        found[path] = section_row
    return found


def activity_of_row(
    plan: Plan, position: int, row: PreviewRow, section: PlanSection | None, understanding: Understanding
) -> Activity:
    """A row as a new activity, not stored."""
    return Activity(
        plan=plan,
        section=section,
        position=position,
        number=row.number[:40],
        label=row.label[:300],
        title=row.title,
        terms_raw=row.source["terms_raw"],
        terms_text=row.terms_text,
        terms=understanding.stored(row.terms_text),
        responsible_raw="; ".join(unit.raw for unit in row.units),
        deliverable_raw="; ".join(result.text for result in row.results),
        direction=row.direction[:40],
        direction_source=row.direction_source[:20],
        cycle_part=row.cycle_part[:40],
        cycle_part_source=row.cycle_part_source[:20],
        warnings=[
            *row.warnings,
            *({"code": "question", "message": text} for text in row.questions if not row.is_confirmed),
        ],
    )


def units_of(activity: Activity, row: PreviewRow) -> list[ActivityUnit]:
    """Units of a row, the lead as the row says."""
    return [
        ActivityUnit(
            activity=activity, position=position, raw=unit.raw[:500], role=unit.role, kind=unit.addressee.kind,
            organization_id=unit.addressee.organization, department_id=unit.addressee.department,
            body_id=unit.addressee.body, appointment_id=unit.addressee.appointment, group=unit.addressee.group,
            qualifier=unit.qualifier[:300],
        )
        for position, unit in enumerate(row.units, 1)
    ]  # fmt: skip


def deliverables_of(activity: Activity, row: PreviewRow) -> list[Deliverable]:
    """Results of a row."""
    return [
        Deliverable(
            activity=activity, position=position, text=result.text[:1000], kind=result.kind[:40],
            destination=result.destination[:500],
        )
        for position, result in enumerate(row.results, 1)
    ]  # fmt: skip
