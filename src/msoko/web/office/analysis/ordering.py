"""The order of tables of organizations: only the ways that the procedure allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msoko.cycle.analysis.api import estimate_of, is_ranking_allowed, ranking_ban
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.catalog.procedures import Ban
from msoko.web.office.analysis.tables import GroupRow

NAME, SIZE, BAND, RESULT = "name", "size", "band", "result"
_BANDS = {"below": 0, "indistinct": 1, "above": 2, None: 3}


@dataclass(frozen=True, slots=True)
class Order:
    """An order that was asked for. `ban` is the norm that forbids it; the table then stands by name."""

    key: str
    is_descending: bool
    is_refused: bool = False
    ban: Ban | None = None


def order_of(campaign: Campaign, asked: str) -> Order:
    """The order named in the address («name», «-size», «band», a key of a figure)."""
    key, is_descending = asked.lstrip("-") or NAME, asked.startswith("-")
    kind = key if key in (NAME, SIZE, BAND) else RESULT
    if is_ranking_allowed(campaign, kind):
        return Order(key, is_descending)
    return Order(NAME, is_descending=False, is_refused=True, ban=ranking_ban(campaign))


def ordered(rows: list[GroupRow], order: Order) -> list[GroupRow]:
    """Rows (given by name) in the order; among equals they stay by name. Groups without the figure come last."""
    if order.key == NAME:
        return rows[::-1] if order.is_descending else rows
    known = [row for row in rows if _value(row, order.key) is not None]
    unknown = [row for row in rows if _value(row, order.key) is None]
    return sorted(known, key=_key(order.key), reverse=order.is_descending) + unknown


def _key(key: str) -> Callable[[GroupRow], float]:
    return lambda row: _value(row, key) or 0.0


def _value(row: GroupRow, key: str) -> float | None:
    if key == SIZE:
        return float(row.group.participants)
    if key == BAND:
        return float(_BANDS[row.group.band])
    estimate = estimate_of(row.group, key)
    return estimate.value if estimate else None
