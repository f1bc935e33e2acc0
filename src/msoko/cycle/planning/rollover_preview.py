"""A plan before it is rolled over to the next years: what becomes of each activity, what a person has to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce

from msoko.cycle.planning.calendars import calendars_of_plan
from msoko.cycle.planning.enums import UnitRole
from msoko.cycle.planning.models import Activity, Assignment, Occurrence, Plan
from msoko.cycle.planning.queries import activities_of
from msoko.cycle.planning.rollover_rules import Fate, Outlook, Years, outlook_of, shift_years, shifted_phrase
from msoko.cycle.planning.scheduling import years_of
from msoko.foundation.kernel.errors import RefusedError


class Choice(StrEnum):
    """What a person decides about an activity: into the new plan as it is, with its years moved, not at all."""

    CARRY = "carry"
    SHIFT = "shift"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The new plan's first year and number of years."""

    start_year: int
    years: int


@dataclass(frozen=True, slots=True)
class RollRow:
    """An activity of the old plan in the new years. `shifted`: its outlook with the years of the phrase moved.

    `is_undone`: a term of the old plan is over and somebody has not done it. `closed`: responsible organizations that
    do not work any more. `must_choose`: over and undone, so that only a person can say what becomes of it.
    """

    activity: Activity
    outlook: Outlook
    shifted: Outlook | None = None
    is_undone: bool = False
    closed: tuple[str, ...] = ()

    @property
    def must_choose(self) -> bool:
        return self.is_undone and self.outlook.fate == Fate.ENDED

    @property
    def usual(self) -> Choice | None:
        """What happens unless a person says otherwise; None where a person has to say."""
        if self.must_choose:
            return None
        return Choice.DROP if self.outlook.fate == Fate.ENDED else Choice.CARRY

    @property
    def is_asked(self) -> bool:
        """Needs a look after the roll-over: no confident dates, or an executor who is gone."""
        return self.outlook.fate == Fate.ASKED or bool(self.closed)

    def phrase(self, choice: Choice) -> str:
        """The phrase of terms in the new plan."""
        return self.shifted.phrase if choice == Choice.SHIFT and self.shifted else self.outlook.phrase


@dataclass(frozen=True, slots=True)
class RollPreview:
    """Rows in the order of the plan, and plans that were rolled over from this one to the same years before."""

    plan: Plan
    horizon: Horizon
    title: str
    rows: tuple[RollRow, ...]
    earlier: tuple[Plan, ...]

    def of(self, *fates: Fate) -> list[RollRow]:
        """Rows of the fates, without those that a person must decide."""
        return [row for row in self.rows if row.outlook.fate in fates and not row.must_choose]

    @property
    def to_choose(self) -> list[RollRow]:
        return [row for row in self.rows if row.must_choose]

    @property
    def undone(self) -> list[RollRow]:
        """Undone last year, coming again by themselves."""
        return [row for row in self.rows if row.is_undone and not row.must_choose]


def usual_horizon(plan: Plan) -> Horizon:
    """As many years as the plan has, right after it."""
    return Horizon(plan.start_year + plan.years, plan.years)


def new_plan_of(plan: Plan, horizon: Horizon) -> Plan:
    """The plan of the new years, not stored: kind, owner and lists as they were, years of the title moved."""
    return Plan(
        owner=plan.owner, kind=plan.kind, year_kind=plan.year_kind, directions=plan.directions, previous=plan,
        abbreviations=dict(plan.abbreviations), start_year=horizon.start_year, years=horizon.years,
        title=shift_years(plan.title, horizon.start_year - plan.start_year)[:500],
    )  # fmt: skip


def preview_rollover(plan: Plan, horizon: Horizon, today: dt.date) -> RollPreview:
    """What becomes of each activity of a plan: a constant number of queries whatever its size.

    Raises:
        RefusedError: years that do not follow the plan, or more than five.
    """
    if not plan.start_year < horizon.start_year <= plan.start_year + plan.years or not 1 <= horizon.years <= 5:
        raise RefusedError(
            "Новый план должен идти за прежним: со следующего года, на срок от одного года до пяти лет.",
            f"Укажите первый год от {plan.start_year + 1} до {plan.start_year + plan.years}.",
        )
    new = new_plan_of(plan, horizon)
    years = Years(years_of(new), calendars_of_plan(new))
    done, undone = _last_done(plan), _undone(plan, today)
    outlooks = _Outlooks(years)
    rows = tuple(
        RollRow(
            one,
            outlook := outlooks.of(one.terms_text, done.get(one.pk)),
            outlooks.shifted(one.terms_text) if outlook.fate in {Fate.ENDED, Fate.ASKED} else None,
            one.pk in undone,
            _closed(one, today),
        )
        for one in activities_of(plan).filter(dropped_at__isnull=True).select_related("source")
    )
    earlier = Plan.objects.filter(previous=plan, start_year=horizon.start_year).order_by("-pk")
    return RollPreview(plan, horizon, new.title, rows, tuple(earlier))


class _Outlooks:
    """Equal phrases are understood once."""

    def __init__(self, years: Years) -> None:
        self._years = years
        self._known: dict[tuple[str, dt.date | None], Outlook] = {}
        self._shifted: dict[str, Outlook | None] = {}

    def of(self, phrase: str, last_done: dt.date | None) -> Outlook:
        key = phrase, last_done
        if key not in self._known:
            self._known[key] = outlook_of(phrase, self._years, last_done)
        return self._known[key]

    def shifted(self, phrase: str) -> Outlook | None:
        if phrase not in self._shifted:
            moved = shifted_phrase(phrase, self._years)
            self._shifted[phrase] = outlook_of(moved, self._years) if moved else None
        return self._shifted[phrase]


def _last_done(plan: Plan) -> dict[int, dt.date]:
    """When activities of the plan were last done, over all plans of the owner that they lived in: key → the term."""
    rows = (
        Assignment.objects.filter(
            occurrence__activity__plan__owner=plan.owner,
            occurrence__activity__lineage__in=plan.activities.values("lineage"),
            done_on__isnull=False,
        )
        .exclude(role=UnitRole.CONTROLLER)
        .values("occurrence__activity__lineage")
        .annotate(last=Max(Coalesce("occurrence__ends_on", "done_on")))
    )
    by_lineage = {row["occurrence__activity__lineage"]: row["last"] for row in rows}
    keys = plan.activities.values_list("pk", "lineage")
    return {pk: by_lineage[lineage] for pk, lineage in keys if lineage in by_lineage}


def _undone(plan: Plan, today: dt.date) -> set[int]:
    """Activities with a term that is over and that somebody has not done."""
    waiting = Assignment.objects.filter(occurrence=OuterRef("pk"), done_on=None, released_at=None)
    terms = Occurrence.objects.filter(
        Exists(waiting.exclude(role=UnitRole.CONTROLLER)),
        activity__plan=plan, cancelled_at=None, in_horizon=True, ends_on__lt=today,
    )  # fmt: skip
    return set(terms.values_list("activity_id", flat=True))


def _closed(activity: Activity, today: dt.date) -> tuple[str, ...]:
    organizations = (unit.organization for unit in activity.units.all())
    return tuple(one.short_name for one in organizations if one and one.closed_on and one.closed_on <= today)


def chosen_for(rows: Iterable[RollRow], choices: dict[int, Choice]) -> list[tuple[RollRow, Choice]]:
    """Rows with what was decided about them.

    Raises:
        RefusedError: when a row that only a person can decide is not decided.
    """
    decided: Sequence[tuple[RollRow, Choice | None]] = [(row, choices.get(row.activity.pk, row.usual)) for row in rows]
    left = [row for row, choice in decided if choice is None]
    if left:
        first = left[0].activity
        raise RefusedError(
            f"Не решено, что делать с неисполненными мероприятиями: {len(left)}. "
            f"Первое – {first.number} «{first.title[:80]}».",
            "Выберите для каждого: перенести или исключить.",
        )
    return [(row, choice) for row, choice in decided if choice is not None]
