"""A corrected file beside the plan that it corrects: what is new, what differs, what is gone, what a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from intake.plans import FieldChange, PlanRowText, match_rows
from msoko.cycle.planning.models import Activity, PlanImport
from msoko.cycle.planning.preview import Preview, PreviewRow
from msoko.cycle.planning.queries import activities_of

#: Names of fields in the words of the page.
FIELD_TITLES = {
    "title": "мероприятие", "section": "раздел", "terms": "срок", "units": "ответственные", "results": "результат",
    "number": "номер", "label": "метка",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of the file and the activity it continues (None: a new one). `candidates`: a person has yet to choose."""

    row: PreviewRow
    activity: Activity | None = None
    changes: tuple[FieldChange, ...] = ()
    candidates: tuple[Activity, ...] = ()

    @property
    def is_asked(self) -> bool:
        return bool(self.candidates) and self.activity is None


@dataclass(frozen=True, slots=True)
class Differences:
    """Rows in the order of the file; activities of the plan that the file does not hold any more."""

    rows: tuple[RowDifference, ...]
    removed: tuple[Activity, ...]

    @property
    def added(self) -> list[RowDifference]:
        return [one for one in self.rows if one.activity is None and not one.is_asked]

    @property
    def changed(self) -> list[RowDifference]:
        return [one for one in self.rows if any(change.field != "number" for change in one.changes)]

    @property
    def asked(self) -> list[RowDifference]:
        return [one for one in self.rows if one.is_asked]


def differences_of(session: PlanImport, preview: Preview) -> Differences:
    """Match the rows of a corrected file with the activities of its plan: by content, never by number.

    Answers «matches» of the import hold the choices of a person: index of a row → key of an activity, 0 for a new one.
    """
    if session.plan is None:
        return Differences(tuple(RowDifference(row) for row in preview.rows if not row.is_skipped), ())
    old = [one for one in activities_of(session.plan) if one.dropped_at is None]
    rows = [row for row in preview.rows if not row.is_skipped]
    found = match_rows([_old_text(one) for one in old], [_new_text(row) for row in rows])
    pairs = {pair.new: pair for pair in found.pairs}
    chosen: dict[str, int] = session.answers.get("matches", {})
    by_key = {one.pk: one for one in old}
    asked = {one.new: one.candidates for one in found.ambiguous}
    result: list[RowDifference] = []
    for place, row in enumerate(rows):
        if str(row.index) in chosen:
            activity = by_key.get(chosen[str(row.index)])
            result.append(RowDifference(row, activity, _changes(activity, row) if activity else ()))
        elif place in pairs:
            result.append(RowDifference(row, old[pairs[place].old], pairs[place].changes))
        else:
            result.append(RowDifference(row, candidates=tuple(old[one] for one in asked.get(place, ()))))
    taken = {one.activity.pk for one in result if one.activity is not None}
    # a linked row lives by the plan above: a file that does not name it takes nothing away
    gone = (one for one in old if one.pk not in taken and one.source_id is None)
    return Differences(tuple(result), tuple(gone))


def _changes(activity: Activity, row: PreviewRow) -> tuple[FieldChange, ...]:
    pairs = match_rows([_old_text(activity)], [_new_text(row)]).pairs
    if pairs:
        return pairs[0].changes
    return (FieldChange("title", activity.title, row.title),)


def _old_text(activity: Activity) -> PlanRowText:
    return PlanRowText(
        title=activity.title,
        section=tuple(one.title for one in activity.section.path) if activity.section else (),
        terms=activity.terms_raw,
        units=tuple(unit.raw for unit in activity.units.all()),
        results=tuple(one.text for one in activity.deliverables.all()),
        number=activity.number,
        label=activity.label,
    )


def _new_text(row: PreviewRow) -> PlanRowText:
    return PlanRowText(
        title=row.title,
        section=tuple(title for _, title in row.section_path),
        terms=row.source["terms_raw"],
        units=tuple(unit.raw for unit in row.units),
        results=tuple(one.text for one in row.results),
        number=row.number,
        label=row.label,
    )
