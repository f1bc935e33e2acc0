"""Federal acts that the domain rests on (`definitions/norms`): status, source, what replaced them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from msoko.foundation.catalog.files import tables

REPEALED, NOT_APPLIED, CHANGED, IN_FORCE = "repealed", "not_applied", "changed", "in_force"
STATUS_TITLES = {
    IN_FORCE: "Действует", CHANGED: "Действует с изменениями", NOT_APPLIED: "Не применяется", REPEALED: "Отменён",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Norm:
    """An act. `replaced_by`, `changed_by` are codes of other acts; dates are None when the source does not say them."""

    id: str
    kind: str
    number: str
    title: str
    governs: str
    status: str
    is_verified: bool
    source: str
    date: dt.date | None = None
    in_force_from: dt.date | None = None
    in_force_until: dt.date | None = None
    changed_on: dt.date | None = None
    changed_by: list[str] = field(default_factory=list)
    replaced_on: dt.date | None = None
    replaced_by: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """«Приказ Рособрнадзора от 04.08.2023 № 1493»."""
        day = f" от {self.date:%d.%m.%Y}" if self.date else ""
        return f"{self.kind}{day} № {self.number}" if self.kind != "ГОСТ Р" else f"{self.kind} {self.number}"

    @property
    def status_title(self) -> str:
        return STATUS_TITLES[self.status]

    def status_on(self, day: dt.date) -> str:
        """The status on a day: an act whose term is over is repealed."""
        if self.in_force_until is not None and self.in_force_until < day:
            return REPEALED
        return self.status


@cache
def norms() -> dict[str, Norm]:
    """Acts by code in the order of the file."""
    found = {row["id"]: Norm(**row) for row in tables("norms")["acts"]["act"]}
    unknown = {code for norm in found.values() for code in (*norm.replaced_by, *norm.changed_by)} - set(found)
    if unknown or not all(norm.status in STATUS_TITLES for norm in found.values()):
        raise ValueError(f"acts that are not there: {sorted(unknown)}")
    return found


def norms_checked_on() -> dt.date:
    """The day as of which statuses are given."""
    day: dt.date = tables("norms")["acts"]["checked_on"]
    return day


def successors(norm: Norm) -> list[Norm]:
    """Acts that replaced this one."""
    return [norms()[code] for code in norm.replaced_by]
