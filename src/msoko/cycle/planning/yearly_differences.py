"""A plan beside the plan of the year before: what is new, what is gone, what is written otherwise.

Activities are the same by their lasting key; rows without a common key (two separately loaded files) are matched by
content, as a corrected file is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.plans import FieldChange, PlanRowText, match_rows
from msoko.cycle.planning.models import Activity, Plan, PlanSection
from msoko.cycle.planning.queries import activities_of

_FIELDS = ("title", "section", "terms", "units", "results", "label")


@dataclass(frozen=True, slots=True)
class ChangedActivity:
    """The same activity in both plans with the fields that differ."""

    old: Activity
    new: Activity
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class YearlyDifferences:
    """`dropped`: the activity of the old plan with the reason, when the new plan left it out by an act."""

    added: tuple[Activity, ...]
    dropped: tuple[tuple[Activity, str], ...]
    changed: tuple[ChangedActivity, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.dropped or self.changed)


def yearly_differences(old: Plan, new: Plan) -> YearlyDifferences:
    """Differences of two plans: a constant number of queries whatever their size."""
    before = [one for one in activities_of(old) if one.dropped_at is None]
    after = list(activities_of(new))
    left_out = {one.lineage: one.dropped_reason for one in after if one.dropped_at is not None}
    after = [one for one in after if one.dropped_at is None]
    pairs = _pairs(before, after)
    found = [ChangedActivity(one, two, _changes(one, two)) for one, two in pairs]
    olds, news = {one.pk for one, _ in pairs}, {two.pk for _, two in pairs}
    return YearlyDifferences(
        added=tuple(one for one in after if one.pk not in news),
        dropped=tuple((one, left_out.get(one.lineage, "")) for one in before if one.pk not in olds),
        changed=tuple(one for one in found if one.changes),
        same=sum(not one.changes for one in found),
    )


def plan_before(plan: Plan) -> Plan | None:
    """The plan that this one was rolled over from, else the nearest earlier one of the same owner and kind."""
    if plan.previous is not None:
        return plan.previous
    earlier = Plan.objects.filter(owner=plan.owner, kind=plan.kind, start_year__lt=plan.start_year)
    return earlier.order_by("-start_year", "-pk").first()


def _pairs(before: Sequence[Activity], after: Sequence[Activity]) -> list[tuple[Activity, Activity]]:
    by_lineage = {one.lineage: one for one in before}
    pairs = [(by_lineage[one.lineage], one) for one in after if one.lineage in by_lineage]
    taken = {one.lineage for one, _ in pairs}
    rest_old = [one for one in before if one.lineage not in taken]
    rest_new = [one for one in after if one.lineage not in taken]
    if pairs or not rest_old or not rest_new:
        return pairs
    found = match_rows([_text(one) for one in rest_old], [_text(one) for one in rest_new])
    return sorted(((rest_old[pair.old], rest_new[pair.new]) for pair in found.pairs), key=lambda pair: pair[1].position)


def _changes(old: Activity, new: Activity) -> tuple[FieldChange, ...]:
    first, second = _shown(old), _shown(new)
    return tuple(FieldChange(name, first[name], second[name]) for name in _FIELDS if first[name] != second[name])


def _shown(activity: Activity) -> dict[str, str]:
    text = _text(activity)
    return {
        "title": text.title, "section": " / ".join(text.section), "terms": text.terms,
        "units": "; ".join(text.units), "results": "; ".join(text.results), "label": text.label,
    }  # fmt: skip


def _text(activity: Activity) -> PlanRowText:
    titles: tuple[str, ...] = ()
    section: PlanSection | None = activity.section
    while section is not None:
        titles, section = (section.title, *titles), section.parent
    return PlanRowText(
        title=activity.title,
        section=titles,
        terms=activity.terms_text,
        units=tuple(unit.raw for unit in activity.units.all()),
        results=tuple(one.text for one in activity.deliverables.all()),
        number=activity.number,
        label=activity.label,
    )
