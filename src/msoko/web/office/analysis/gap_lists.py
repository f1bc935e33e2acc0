"""Learning gaps in words: of the municipality, of a school itself, of a weak school, of a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from msoko.web.office.analysis.desk import Desk
from qualimetry.recipes.contracts import Gap, GapScope

SCOPE_TITLES = {
    GapScope.MUNICIPALITY: "Не освоено в муниципалитете",
    GapScope.ORGANIZATION: "Собственный дефицит организации",
    GapScope.WEAK: "Низко вместе со всей работой",
    GapScope.CLASS: "Собственный дефицит класса",
}
SCOPE_NOTES = {
    GapScope.MUNICIPALITY: "Выполнение значимо ниже нормы уровня сложности или ниже региона.",
    GapScope.ORGANIZATION: "Выполнение ниже, чем у участников с такими же первичными баллами в других организациях: "
    "дело в этой теме, а не в общем уровне.",
    GapScope.WEAK: "Ниже остальных, но соответствует общему уровню организации: помощь нужна по предмету в целом.",
    GapScope.CLASS: "Выполнение ниже, чем у участников с такими же первичными баллами: тема в этом классе.",
}


@dataclass(frozen=True, slots=True)
class ToldGap:
    """A gap with the words around it."""

    gap: Gap
    where: str
    scope_title: str
    scope_note: str
    topic: str


@dataclass(frozen=True, slots=True)
class GapList:
    """Gaps of one kind."""

    scope: GapScope
    title: str
    note: str
    gaps: tuple[ToldGap, ...]

    @property
    def by_place(self) -> list[tuple[str, tuple[ToldGap, ...]]]:
        """Gaps of each organization together, where that says enough: a weak school is low on everything."""
        if self.scope is not GapScope.WEAK:
            return []
        return [(where, tuple(found)) for where, found in groupby(self.gaps, key=lambda told: told.where)]


def told_gaps(desk: Desk, gaps: Iterable[Gap]) -> list[ToldGap]:
    """Gaps in words, in the given order."""
    return [_told(desk, gap) for gap in gaps]


def gap_lists(desk: Desk, gaps: Iterable[Gap]) -> list[GapList]:
    """Gaps by kind; kinds without gaps are left out."""
    told = told_gaps(desk, gaps)
    lists = (
        GapList(scope, SCOPE_TITLES[scope], SCOPE_NOTES[scope], tuple(one for one in told if one.gap.scope is scope))
        for scope in GapScope
    )
    return [found for found in lists if found.gaps]


def _told(desk: Desk, gap: Gap) -> ToldGap:
    where = desk.owner_name
    if gap.organization is not None:
        where = desk.names.get(gap.organization, f"Организация {gap.organization}")
    if gap.class_group is not None:
        where = f"{where}, {desk.class_title(gap.class_group)}"
    topic = f"Задание {gap.name}" if gap.element_kind == "item" else gap.name
    return ToldGap(gap, where, SCOPE_TITLES[gap.scope], SCOPE_NOTES[gap.scope], topic)
