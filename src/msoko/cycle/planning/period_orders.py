"""Documents that the plans of a period demand: orders first of all, with what has been prepared of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msoko.cycle.planning.models import Deliverable, Evidence
from msoko.cycle.planning.period_rows import PeriodRow, Place
from msoko.foundation.catalog.plans import result_kinds


@dataclass(frozen=True, slots=True)
class NeededDocument:
    """A document of a term. `found`: what was attached to its tasks; `expected`: how many have to give it."""

    row: PeriodRow
    text: str
    kind: str
    found: tuple[Evidence, ...]
    expected: int

    @property
    def kind_title(self) -> str:
        return result_kinds().get(self.kind, "")

    @property
    def is_ready(self) -> bool:
        return bool(self.found)

    @property
    def state(self) -> str:
        """«есть: приказ № 45 от 12.10.2026», «есть у 12 из 18», «нет»."""
        if not self.found:
            return "нет"
        if self.expected > 1:
            holders = {one.assignment_id for one in self.found}
            return f"есть у {len(holders)} из {self.expected}"
        one = self.found[0]
        number = f" № {one.number}" if one.number else ""
        day = f" от {one.signed_on:%d.%m.%Y}" if one.signed_on else ""
        rest = f" и ещё {len(self.found) - 1}" if len(self.found) > 1 else ""
        return f"есть: {one.title}{day}{number}{rest}"


def needed_documents(rows: Iterable[PeriodRow], kinds: Iterable[str] = ()) -> list[NeededDocument]:
    """Documents of the terms that end in the period; of the kinds, or of all of them."""
    wanted = frozenset(kinds)
    return [
        NeededDocument(row, one.text, one.kind, _found(row, one), row.leads)
        for row in rows
        if row.place == Place.DUE and row.term.cancelled_at is None
        for one in row.activity.deliverables.all()
        if not wanted or one.kind in wanted
    ]


def _found(row: PeriodRow, wanted: Deliverable) -> tuple[Evidence, ...]:
    """Proofs of this very result; those that name none prove the only one."""
    is_only = len(row.activity.deliverables.all()) == 1
    return tuple(one for one in row.proofs if _text_of(one) == wanted.text or (is_only and one.deliverable_id is None))


def _text_of(one: Evidence) -> str:
    return one.deliverable.text if one.deliverable else ""
