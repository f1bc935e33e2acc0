"""What of this system's procedures and schedules an activity «по графику» may mean: proposals for a person."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.fields.subjects import subject_named
from msoko.cycle.planning.api import Activity, ScheduleEntry
from msoko.cycle.procedures.models import ScheduledWork, ScheduleStatus
from msoko.cycle.procedures.queries import campaigns_visible
from msoko.cycle.procedures.schedule_queries import schedules_visible
from msoko.cycle.procedures.titles import procedure_short
from msoko.foundation.access.api import Scope
from msoko.foundation.catalog.bindings import procedures_named
from msoko.foundation.orgs.api import start_year_of

#: origin of a term that was taken from procedures and schedules of this system
ORIGIN = "procedures"
_GRADES = re.compile(
    r"(?<![\d.])(1[01]|[1-9])(?:-?(?:х|ых|м|ом|й|го))?(?:\s*(?:,|и|[-–])\s*(?:1[01]|[1-9])(?:-?(?:х|ых))?)*\s*класс"
)
_NUMBER = re.compile(r"1[01]|[1-9]")


@dataclass(frozen=True, slots=True)
class Source:
    """A dated campaign, or a work of a schedule in force, that may stand behind an activity."""

    procedure: str
    owner: int
    subject: str
    grade_level: int | None
    first: dt.date
    last: dt.date
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Works of one procedure in one school year as one term. `was` is the term that the activity has from it already;
    None when it has none."""

    procedure: str
    start_year: int
    sources: tuple[Source, ...]
    was: tuple[dt.date | None, dt.date | None] | None = None

    @property
    def key(self) -> str:
        return f"{self.procedure}:{self.start_year}"

    @property
    def first(self) -> dt.date:
        return min(one.first for one in self.sources)

    @property
    def last(self) -> dt.date:
        return max(one.last for one in self.sources)

    @property
    def is_new(self) -> bool:
        return self.was is None

    @property
    def is_changed(self) -> bool:
        """Whether the procedures have moved since the activity got its term."""
        return self.was is not None and self.was != (self.first if self.first != self.last else None, self.last)

    @property
    def title(self) -> str:
        """«ВПР 2026/27»."""
        return f"{procedure_short(self.procedure)} {self.start_year}/{(self.start_year + 1) % 100:02}"

    @property
    def works(self) -> str:
        """«процедур: 12, работ графика: 3»."""
        rows = sum(one.is_row for one in self.sources)
        counts = {"процедур": len(self.sources) - rows, "работ графика": rows}
        return ", ".join(f"{name}: {count}" for name, count in counts.items() if count)

    @property
    def entry(self) -> ScheduleEntry:
        """The term for the activity."""
        return ScheduleEntry(
            self.first if self.first != self.last else None, self.last, part=procedure_short(self.procedure),
            origin_kind=ORIGIN, origin_id=self.key, label=f"Из процедур и графиков: {self.title}, {self.works}",
        )  # fmt: skip


def binding_proposals(scope: Scope, activities: Sequence[Activity], since: dt.date) -> dict[int, list[Proposal]]:
    """Proposals by activity, in as many queries whatever the number of activities. The activities come with their
    plans, owners and occurrences."""
    named = {one.pk: procedures_named(f"{one.title} {one.terms_text or one.terms_raw}") for one in activities}
    if not any(named.values()):
        return {}
    sources = list(_sources(scope, since))
    return {one.pk: list(_proposed(one, named[one.pk], sources)) for one in activities if named[one.pk]}


def _sources(scope: Scope, since: dt.date) -> Iterable[Source]:
    campaigns = campaigns_visible(scope).filter(starts_on__gte=since)
    for one in campaigns.order_by("starts_on", "pk"):
        assert one.starts_on is not None
        last = one.ends_on or one.starts_on
        yield Source(one.procedure, one.owner_id, one.subject, one.grade_level, one.starts_on, last)
    in_force = schedules_visible(scope).filter(status=ScheduleStatus.APPROVED)
    rows = ScheduledWork.objects.filter(schedule__in=in_force.values("pk"), starts_on__gte=since, campaign=None)
    for owner, title, subject, grade, first, last in rows.values_list(
        "schedule__organization", "title", "subject", "grade_level", "starts_on", "ends_on"
    ):
        for procedure in procedures_named(title):
            yield Source(procedure, owner, subject, grade, first, last, is_row=True)


def _proposed(activity: Activity, named: Sequence[str], sources: Iterable[Source]) -> Iterable[Proposal]:
    subject, grades = subject_named(activity.title), _grades(activity.title)
    line = set(activity.plan.owner.line)
    found: dict[tuple[str, int], list[Source]] = defaultdict(list)
    for one in sources:
        is_of_subject = subject is None or one.subject in ("", subject)
        is_of_grade = not grades or one.grade_level is None or one.grade_level in grades
        if one.procedure in named and one.owner in line and is_of_subject and is_of_grade:
            found[one.procedure, start_year_of(one.first)].append(one)
    known = {
        one.origin_id: (one.starts_on, one.ends_on)
        for one in activity.occurrences.all()
        if one.origin_kind == ORIGIN and one.cancelled_at is None
    }
    for (procedure, year), group in sorted(found.items(), key=lambda item: min(one.first for one in item[1])):
        yield Proposal(procedure, year, tuple(group), known.get(f"{procedure}:{year}"))


def _grades(text: str) -> set[int]:
    """Grades that a title names: «4-х классов», «5, 6 и 7 классов», «5–8 классов»."""
    found: set[int] = set()
    for match in _GRADES.finditer(text):
        numbers = [int(one) for one in _NUMBER.findall(match[0])]
        is_range = len(numbers) == 2 and re.search(r"\d[-–]\s*\d", match[0])
        found |= set(range(numbers[0], numbers[1] + 1)) if is_range else set(numbers)
    return found
