"""The first block of «Мои задачи»: what a person has to do with plans, section by section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.planning.api import (
    Activity,
    AssignmentState,
    Desk,
    Group,
    Occurrence,
    OwnTask,
    addressee_of,
    days_late,
    desk_of,
    facts_of,
)
from msoko.web.office.planning.tasks.looks import LOOKS, term_words
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative import russian

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: what, why and by when, and the button that leads to where it is done."""

    title: str
    basis: str
    url: str
    action: str
    state: str
    tone: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that are shown, how many there are, where the rest is."""

    title: str
    lines: list[Line]
    total: int
    url: str

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def planning_sections(request: WorkplaceRequest) -> list[Section]:
    """Sections that are not empty, the most urgent first."""
    today = timezone.localdate()
    desk = desk_of(request.scope, today)
    tasks = reverse("office:tasks:list")
    found = [
        _own("Просрочено", desk.overdue, f"{tasks}?own=1&view=overdue", today),
        _own("Возвращено на доработку", desk.returned, f"{tasks}?own=1&state=returned", today),
        _own("На этой неделе", desk.week, f"{tasks}?own=1", today),
        _groups("Ждут моего подтверждения", desk.to_confirm, f"{tasks}?view=confirm", _to_confirm),
        _own("В ближайший месяц", desk.month, f"{tasks}?own=1", today),
        _own("Ждут предшествующего мероприятия", desk.blocked, f"{tasks}?own=1&view=blocked", today),
        _groups("Просрочено у исполнителей", desk.late_elsewhere, f"{tasks}?view=overdue", _late),
        _waiting(desk),
    ]
    return [section for section in found if section.total]


def _own(title: str, found: list[OwnTask], url: str, today: dt.date) -> Section:
    return Section(title, [_own_line(one, today) for one in found[:SHOWN]], len(found), url)


def _own_line(one: OwnTask, today: dt.date) -> Line:
    row, occurrence = one.row, one.row.occurrence
    late = days_late(facts_of(row), today)
    basis = [term_words(occurrence), addressee_of(row), occurrence.activity.plan.title]
    if one.state == AssignmentState.RETURNED:
        basis.insert(0, f"Замечание: {row.remark}")
    is_blocked = one.state == AssignmentState.BLOCKED
    page, pk = ("detail", occurrence.pk) if is_blocked else ("done", row.pk)
    url = reverse(f"office:tasks:{page}", args=[pk])
    tone, sign = LOOKS[one.state]
    words = f"Просрочено на {russian.counted(late, 'день')}" if late else str(one.state.label)
    return Line(_title(occurrence), " · ".join(basis), url, "Открыть" if is_blocked else "Отметить исполнение", words,
                tone.value, sign)  # fmt: skip


def _title(occurrence: Occurrence) -> str:
    title = occurrence.activity.title
    return f"{title} ({occurrence.part})" if occurrence.part else title


def _groups(title: str, found: list[Group], url: str, line: Callable[[Group], Line]) -> Section:
    return Section(title, [line(one) for one in found[:SHOWN]], len(found), url)


def _to_confirm(one: Group) -> Line:
    url = reverse("office:tasks:detail", args=[one.occurrence.pk]) + f"?state={AssignmentState.DONE.value}"
    since = f" с {one.since:%d.%m.%Y}" if one.since else ""
    basis = f"{term_words(one.occurrence)} · {one.occurrence.activity.plan.title}"
    return Line(_title(one.occurrence), basis, url, "Проверить", f"Ждут {one.count}{since}", "info", "clock")


def _late(one: Group) -> Line:
    url = reverse("office:tasks:detail", args=[one.occurrence.pk]) + f"?state={AssignmentState.OVERDUE.value}"
    basis = f"{term_words(one.occurrence)} · {one.occurrence.activity.plan.title}"
    return Line(_title(one.occurrence), basis, url, "Кого ждём", f"Не сдали {one.count}", "bad", "alert-circle")


def _waiting(desk: Desk) -> Section:
    words = "Пора внести" if desk.schedules_are_due else "Ждём график"
    lines = [_waiting_line(one, words) for one in desk.waiting[:SHOWN]]
    return Section("Ждут внешнего графика", lines, len(desk.waiting), reverse("office:tasks:schedules"))


def _waiting_line(activity: Activity, words: str) -> Line:
    basis = f"{activity.terms_text or 'по графику'} · {activity.plan.title}"
    url = reverse("office:tasks:schedule_bind", args=[activity.pk])
    return Line(activity.title, basis, url, "Внести даты", words, "wait", "calendar")
