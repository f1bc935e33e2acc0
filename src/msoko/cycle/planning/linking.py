"""An organization takes activities of the plan above into its own plan, follows their changes, declines what is not its
own. Such rows are linked: what is done is done once, at the task of the plan above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from msoko.cycle.planning.assigning import deal_out_activities
from msoko.cycle.planning.editing import make_room, parts_of, require_open_plan, unit_of
from msoko.cycle.planning.mirrors import is_followed, mirror
from msoko.cycle.planning.models import Activity, ActivityUnit, Deliverable, Occurrence, Plan, PlanSection
from msoko.cycle.planning.offers import (
    BY_PROCEDURE,
    CAMPAIGN,
    PLAN,
    Offer,
    OfferKind,
    Procedure,
    offers_of,
    snapshot_of,
)
from msoko.cycle.planning.requests import year_of
from msoko.cycle.planning.scheduling import Understanding, with_facts
from msoko.cycle.planning.units import directory_of
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

SECTION = "Мероприятия муниципального уровня"
_TAKEABLE = (OfferKind.NEW, OfferKind.CONTINUED, OfferKind.DECLINED, OfferKind.ELSEWHERE)


@transaction.atomic
def take_in(
    act: Act,
    *,
    plan: Plan,
    keys: Iterable[str],
    procedures: Sequence[Procedure] = (),
    section: PlanSection | None = None,
    responsible: str = "",
) -> int:
    """Offered activities and procedures become linked rows; rows of last year that go on are linked anew.

    `section`: where new rows stand, a section of their own unless said; `responsible`: people of the organization, by
    «;», the organization itself unless said. How many rows were taken in.

    Raises:
        RefusedError: nothing of what was asked is offered any more.
    """
    plan = _locked(act, plan)
    chosen = _chosen(plan, keys, procedures, _TAKEABLE)
    continued = [one for one in chosen if one.kind == OfferKind.CONTINUED]
    fresh = [one for one in chosen if one.kind != OfferKind.CONTINUED]
    for one in continued:
        _continue(one)
    if fresh:
        _add(act, plan, fresh, section or _own_section(plan), parts_of(responsible))
    mirror(one.activity.pk for one in chosen if one.activity is not None)
    taken = {one.key for one in chosen}
    if taken & set(plan.declined):
        plan.declined = [key for key in plan.declined if key not in taken]
        plan.save(update_fields=["declined"])
    _told(act, "planning.activities.taken_in", plan, len(chosen))
    return len(chosen)


@transaction.atomic
def link_row(act: Act, *, plan: Plan, row: Activity, key: str) -> None:
    """A row that the organization wrote itself is the same work as an offered activity: from now on it follows it.

    Number, section and people of the row stay.

    Raises:
        RefusedError: the row follows an activity already, was left out, or its own terms have reports.
    """
    plan = _locked(act, plan)
    found = plan.activities.select_related("plan", "source__plan").filter(pk=row.pk, dropped_at=None).first()
    if found is None or is_followed(found) or found.origin_kind == CAMPAIGN:
        raise RefusedError("Эту строку связать нельзя.", "Выберите строку плана, которая ещё не связана.")
    if any(term.has_facts for term in with_facts(found.occurrences.all())):  # type: ignore[attr-defined]
        raise RefusedError(
            f"По строке «{found.title[:80]}» уже есть отметки об исполнении или переносы.",
            "Исключите её из плана с причиной и возьмите мероприятие новой строкой.",
        )
    [offer] = _chosen(plan, [key], (), _TAKEABLE)
    found.origin_kind = PLAN
    found.save(update_fields=["origin_kind"])
    _continue(replace(offer, row=found))
    mirror([offer.activity.pk] if offer.activity else [])
    _told(act, "planning.activities.taken_in", plan, 1)


@transaction.atomic
def accept_updates(act: Act, *, plan: Plan, keys: Iterable[str], procedures: Sequence[Procedure] = ()) -> int:
    """Changed rows say what the plan above says now; rows that are gone there are left out here."""
    plan = _locked(act, plan)
    chosen = _chosen(plan, keys, procedures, (OfferKind.CHANGED, OfferKind.DROPPED))
    touched = []
    for one in chosen:
        assert one.row is not None
        steps: dict[OfferKind, Callable[[Act, Offer], None]] = {OfferKind.DROPPED: _drop, OfferKind.CHANGED: _renew}
        steps[one.kind](act, one)
        touched.append(one.row)
    deal_out_activities(act, plan, touched)
    _told(act, "planning.activities.followed", plan, len(chosen))
    return len(chosen)


@transaction.atomic
def decline(act: Act, *, plan: Plan, keys: Iterable[str], procedures: Sequence[Procedure] = ()) -> int:
    """What does not concern the organization is not offered any more; it can still be taken in."""
    plan = _locked(act, plan)
    chosen = _chosen(plan, keys, procedures, (OfferKind.NEW,))
    plan.declined = sorted({*plan.declined, *(one.key for one in chosen)})
    plan.save(update_fields=["declined"])
    _told(act, "planning.activities.declined", plan, len(chosen))
    return len(chosen)


def _locked(act: Act, plan: Plan) -> Plan:
    row = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    require_open_plan(act, row)
    return row


def _chosen(
    plan: Plan, keys: Iterable[str], procedures: Sequence[Procedure], kinds: Sequence[OfferKind]
) -> list[Offer]:
    wanted = set(keys)
    chosen = [one for one in offers_of(plan, procedures).of(*kinds) if one.key in wanted]
    if not chosen:
        raise RefusedError("Не отмечено ни одного мероприятия.", "Отметьте строки и повторите.")
    return chosen


def _own_section(plan: Plan) -> PlanSection:
    """The section where rows of the plan above stand, made when it is not there."""
    known = plan.sections.filter(title=SECTION).first()
    if known is not None:
        return known
    last = plan.sections.aggregate(last=Max("position"))["last"] or 0
    tops = [one.number.strip().rstrip(".") for one in plan.sections.filter(parent=None)]
    numbers = [int(number) for number in tops if number.isdecimal()]
    number = f"{max(numbers, default=0) + 1}." if numbers or not tops else ""
    return PlanSection.objects.create(plan=plan, position=last + 1, number=number, title=SECTION)


def _add(act: Act, plan: Plan, offers: Sequence[Offer], section: PlanSection, responsible: list[str]) -> None:
    last = plan.activities.filter(section=section).aggregate(last=Max("position"))["last"]
    place = last if last is not None else plan.activities.aggregate(last=Max("position"))["last"] or 0
    make_room(plan, place, len(offers))
    understanding = Understanding(plan)
    in_section = plan.activities.filter(section=section).count()
    prefix = section.number.strip().rstrip(".")
    made = []
    for shift, one in enumerate(offers, 1):
        number = f"{prefix}.{in_section + shift}" if prefix else ""
        made.append(_activity(plan, one, section, place + shift, number, understanding))
    Activity.objects.bulk_create(made)
    _give_units(plan, made, responsible)
    pairs = list(zip(made, offers, strict=True))
    Deliverable.objects.bulk_create(result for row, one in pairs for result in _results(row, one.activity))
    for row, one in pairs:
        if one.procedure is not None:
            _dated(row, one.procedure)
    deal_out_activities(act, plan, made)


def _activity(
    plan: Plan, one: Offer, section: PlanSection, position: int, number: str, understanding: Understanding
) -> Activity:
    of, phrase = one.activity, one.activity.terms_text if one.activity else BY_PROCEDURE
    row = Activity(
        plan=plan, section=section, position=position, number=number[:40], title=one.title, terms_raw=phrase,
        terms_text=phrase, terms=understanding.stored(phrase), origin_label=one.label[:300],
        origin_kind=PLAN if of else CAMPAIGN, origin_id=str(of.pk if of else one.procedure.pk if one.procedure else ""),
    )  # fmt: skip
    if of is not None:
        row.source, row.taken, row.deliverable_raw = of, snapshot_of(of), of.deliverable_raw
        row.direction, row.cycle_part, row.label = of.direction, of.cycle_part, of.label
        row.direction_source, row.cycle_part_source = of.direction_source, of.cycle_part_source
    return row


def _give_units(plan: Plan, rows: Sequence[Activity], responsible: list[str]) -> None:
    names = responsible or [plan.owner.short_name]
    directory = directory_of(plan.owner)
    units: list[ActivityUnit] = []
    for row in rows:
        for position, raw in enumerate(dict.fromkeys(names), 1):
            unit = unit_of(row, raw, directory)
            unit.position, unit.role = position, "lead" if position == 1 else "co"
            units.append(unit)
        row.responsible_raw = "; ".join(names)
    ActivityUnit.objects.bulk_create(units)
    Activity.objects.bulk_update(rows, ["responsible_raw"])


def _dated(row: Activity, one: Procedure) -> None:
    """The term of a procedure: made, or moved while nobody has done it."""
    term = row.occurrences.filter(origin_kind=CAMPAIGN, origin_id=str(one.pk)).first()
    if term is None:
        day = one.ends_on or one.starts_on
        term = Occurrence(activity=row, origin_kind=CAMPAIGN, origin_id=str(one.pk), position=1)
        term.year = year_of(row.plan, day) if day else row.plan.start_year
    elif term.assignments.filter(done_on__isnull=False).exists():
        raise RefusedError(
            f"«{row.title[:80]}»: по прежним датам уже есть отметки об исполнении.",
            "Перенесите срок на странице задачи с указанием основания.",
        )
    term.starts_on, term.ends_on, term.origin_label = one.starts_on, one.ends_on or one.starts_on, "график процедур"
    term.save()


def _continue(one: Offer) -> None:
    """A row of last year follows the plan above of this year; dates it had by itself go where nobody touched them."""
    row, of = one.row, one.activity
    assert row is not None
    assert of is not None
    row.source, row.origin_id, row.origin_label = of, str(of.pk), one.label[:300]
    row.save(update_fields=["source", "origin_id", "origin_label"])
    own = with_facts(Occurrence.objects.filter(activity=row, source__isnull=True))
    Occurrence.objects.filter(pk__in=[term.pk for term in own if not term.has_facts]).delete()  # type: ignore[attr-defined]
    _say(row, of, one.label)


def _drop(act: Act, one: Offer) -> None:
    row = one.row
    assert row is not None
    row.dropped_at, row.dropped_reason = act.at, f"{one.label}: {one.changes[0].now}"[:500]
    row.save(update_fields=["dropped_at", "dropped_reason"])


def _renew(_: Act, one: Offer) -> None:
    assert one.row is not None
    if one.activity is not None:
        _say(one.row, one.activity, one.label)
    elif one.procedure is not None:
        _dated(one.row, one.procedure)


def _say(row: Activity, of: Activity, label: str) -> None:
    """The row says what the activity of the plan above says."""
    row.title, row.taken, row.deliverable_raw = of.title, snapshot_of(of), of.deliverable_raw
    row.origin_label = label[:300]
    row.save(update_fields=["title", "taken", "deliverable_raw", "origin_label"])
    Deliverable.objects.filter(activity=row).delete()
    Deliverable.objects.bulk_create(_results(row, of))


def _results(row: Activity, of: Activity | None) -> Iterator[Deliverable]:
    for one in of.deliverables.all() if of else ():
        yield Deliverable(
            activity=row, position=one.position, text=one.text, kind=one.kind, destination=one.destination
        )


def _told(act: Act, event: str, plan: Plan, count: int) -> None:
    record(
        act, event, kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
        details={"count": count},
    )  # fmt: skip
