"""Dependencies of activities: proposed, decided by people, put together as the network of a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from msoko.cycle.planning.enums import DependencyState
from msoko.cycle.planning.models import Activity, Dependency, Occurrence, Plan
from msoko.cycle.planning.network import (
    CircleError,
    Contradiction,
    Link,
    Node,
    Timing,
    check_no_circle,
    contradictions,
    timings,
)
from msoko.cycle.planning.proposing import Subject, propose
from msoko.cycle.planning.workdays import working_calendar
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

#: what only readers of phrases need
_HEAVY = ("predecessor__terms", "predecessor__warnings", "successor__terms", "successor__warnings")


@dataclass(frozen=True, slots=True)
class Network:
    """The network of one year of a plan: activities that have links or durations, with their timing."""

    year: int
    nodes: dict[int, Node]
    links: tuple[Link, ...]
    timings: dict[int, Timing]
    contradictions: tuple[Contradiction, ...]

    @property
    def without_duration(self) -> int:
        return sum(node.duration is None for node in self.nodes.values())


def dependencies_of(plan: Plan) -> QuerySet[Dependency]:
    """All dependencies between activities that are in the plan."""
    return (
        Dependency.objects.filter(
            predecessor__plan=plan, predecessor__dropped_at__isnull=True, successor__dropped_at__isnull=True
        )
        .select_related("predecessor", "successor")
        .defer(*_HEAVY)
    )


def activities_named(plan: Plan, words: str, most: int) -> list[str]:
    """Names of activities in the plan that have all the words, as `activity_named` takes them."""
    wanted = words.casefold().split()
    names = (_name(number, title) for _, number, title in _names(plan))
    return list(islice((name for name in names if all(word in name.casefold() for word in wanted)), most))


def activity_named(plan: Plan, name: str) -> Activity:
    """The activity of a plan by its number and title, or by its number alone.

    Raises:
        RefusedError: when there is none, or more than one.
    """
    text = " ".join(name.split()).casefold()
    rows = [(pk, number.casefold().rstrip("."), _name(number, title).casefold()) for pk, number, title in _names(plan)]
    found = [pk for pk, _, full in rows if full == text] or [pk for pk, number, _ in rows if number == text.rstrip(".")]
    if not text or len(found) != 1:
        several = f"По словам «{name[:80]}» найдено несколько мероприятий."
        none = f"Мероприятия «{name[:80]}» в плане нет." if text else "Мероприятие не выбрано."
        raise RefusedError(
            several if found else none,
            "Начните вводить номер или название и выберите мероприятие из списка.",
        )
    return plan.activities.select_related("plan__owner").get(pk=found[0])


def _names(plan: Plan) -> Iterable[tuple[int, str, str]]:
    return plan.activities.filter(dropped_at__isnull=True).values_list("pk", "number", "title")


def _name(number: str, title: str) -> str:
    return " ".join(f"{number} {title}".split())


@transaction.atomic
def propose_dependencies(act: Act, *, plan: Plan) -> int:
    """Proposals from the texts; pairs that a person has decided or added are left as they are. How many are new."""
    require(act, Permission.EDIT_PLANS, plan.owner)
    activities = plan.activities.filter(dropped_at__isnull=True).prefetch_related("deliverables")
    subjects = [
        Subject(one.pk, one.title, one.section_id, tuple(result.text for result in one.deliverables.all()))
        for one in activities
    ]
    known = {frozenset((one.predecessor_id, one.successor_id)) for one in dependencies_of(plan)}
    fresh = [
        Dependency(predecessor_id=one.before, successor_id=one.after, reason=one.reason[:500])
        for one in propose(subjects)
        if frozenset((one.before, one.after)) not in known
    ]
    Dependency.objects.bulk_create(fresh, batch_size=500)
    record(
        act, "planning.dependencies.proposed", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"count": len(fresh)},
    )  # fmt: skip
    return len(fresh)


@transaction.atomic
def decide_dependencies(act: Act, *, plan: Plan, keys: Sequence[int], state: DependencyState) -> int:
    """Confirm or reject dependencies of a plan; how many were decided.

    Raises:
        RefusedError: when activities would wait for each other; names them.
    """
    require(act, Permission.EDIT_PLANS, plan.owner)
    chosen = list(dependencies_of(plan).filter(pk__in=list(keys)))
    if state == DependencyState.CONFIRMED:
        confirmed = dependencies_of(plan).filter(state=DependencyState.CONFIRMED)
        _require_no_circle(plan, [*confirmed, *chosen])
    Dependency.objects.filter(pk__in=[one.pk for one in chosen]).update(
        state=state, decided_at=act.at, decided_by=act.actor.actor_label
    )
    record(
        act, "planning.dependencies.decided", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"count": len(chosen), "state": state.value},
    )  # fmt: skip
    return len(chosen)


@transaction.atomic
def add_dependency(act: Act, *, before: Activity, after: Activity, lag_days: int = 0, reason: str = "") -> Dependency:
    """A confirmed dependency that a person has put in."""
    plan = after.plan
    require(act, Permission.EDIT_PLANS, plan.owner)
    if before.plan_id != plan.pk:
        raise RefusedError("Мероприятия из разных планов не связываются.", "Выберите мероприятия одного плана.")
    if before.pk == after.pk:
        raise RefusedError("Мероприятие не может зависеть от самого себя.", "Выберите другое мероприятие.")
    row, _ = Dependency.objects.get_or_create(predecessor=before, successor=after)
    confirmed = dependencies_of(plan).filter(state=DependencyState.CONFIRMED)
    _require_no_circle(plan, [*confirmed, row])
    row.state, row.lag_days, row.reason = DependencyState.CONFIRMED, lag_days, reason[:500]
    row.decided_at, row.decided_by = act.at, act.actor.actor_label
    row.save()
    record(
        act, "planning.dependencies.added", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"before": before.pk, "after": after.pk},
    )  # fmt: skip
    return row


def network_of(plan: Plan, year: int) -> Network:
    """The network of a year by the confirmed dependencies, on the Russian production calendar."""
    links = tuple(
        Link(one.predecessor_id, one.successor_id, one.lag_days)
        for one in dependencies_of(plan).filter(state=DependencyState.CONFIRMED)
    )
    linked = {key for link in links for key in (link.before, link.after)}
    wanted = Q(pk__in=linked) | Q(duration_days__isnull=False)
    windows = Occurrence.objects.filter(year=year, cancelled_at__isnull=True)
    activities = plan.activities.filter(wanted, dropped_at__isnull=True).only("plan", "position", "duration_days")
    nodes = {one.pk: _node(one) for one in activities.prefetch_related(Prefetch("occurrences", windows))}
    calendar = working_calendar(year - 1, year + 2)
    return Network(
        year, nodes, links, timings(nodes, links, calendar), tuple(contradictions(nodes, links))
    )  # fmt: skip


def _node(activity: Activity) -> Node:
    """The window from the first start to the last end of the year; a mere deadline has no start."""
    windows = list(activity.occurrences.all())
    starts = [one.starts_on for one in windows if one.starts_on]
    ends = [one.ends_on for one in windows if one.ends_on]
    return Node(activity.pk, min(starts, default=None), max(ends, default=None), activity.duration_days)


def _require_no_circle(plan: Plan, rows: Sequence[Dependency]) -> None:
    try:
        check_no_circle(Link(one.predecessor_id, one.successor_id) for one in rows)
    except CircleError as error:
        names = {one.pk: one for one in plan.activities.filter(pk__in=error.keys)}
        chain = " → ".join(_short(names[key]) for key in (*error.keys, error.keys[0]))
        raise RefusedError(
            f"Мероприятия ждут друг друга: {chain}.", "Отклоните одну из этих связей и повторите."
        ) from error


def _short(activity: Activity) -> str:
    return f"«{activity.number} {activity.title[:60]}»".replace("« ", "«")
