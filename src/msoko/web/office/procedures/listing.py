"""Rows and filters of the list of campaigns."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from msoko.cycle.collection.api import Delivery, DeliveryState, deliveries
from msoko.cycle.procedures.api import Campaign, campaigns_visible, procedure_short
from msoko.foundation.access.api import Scope
from msoko.foundation.orgs.api import SchoolYear

STATES = [
    (DeliveryState.NONE.value, "Данных нет"),
    (DeliveryState.PARTLY.value, "Сданы не все"),
    (DeliveryState.FULL.value, "Данные есть"),
]
_TONES = {
    DeliveryState.NONE: ("wait", "circle-dashed"),
    DeliveryState.PARTLY: ("warn", "circle-half-2"),
    DeliveryState.FULL: ("good", ""),
}
ALL_YEARS = "all"


@dataclass(frozen=True, slots=True)
class CampaignRow:
    campaign: Campaign
    procedure: str
    delivery: Delivery

    @property
    def state_title(self) -> str:
        return dict(STATES)[self.delivery.state.value]

    @property
    def tone(self) -> str:
        return _TONES[self.delivery.state][0]

    @property
    def sign(self) -> str:
        return _TONES[self.delivery.state][1]


def campaign_rows(scope: Scope, query: QueryDict, year: SchoolYear | None) -> list[CampaignRow]:
    """Campaigns that the address asks for, with who has delivered."""
    campaigns = list(filtered(campaigns_visible(scope), query, year))
    known = deliveries(campaigns)
    rows = [CampaignRow(one, procedure_short(one.procedure), known[one.pk]) for one in campaigns]
    state = query.get("state")
    chosen = [row for row in rows if not state or row.delivery.state.value == state]
    return sorted(chosen, key=_order(query.get("sort", "")), reverse=query.get("sort", "").startswith("-"))


def filtered(rows: QuerySet[Campaign], query: QueryDict, year: SchoolYear | None) -> QuerySet[Campaign]:
    """Filters of the address; the school year of the frame unless another is asked for."""
    start = query.get("year") or (str(year.start_year) if year else ALL_YEARS)
    if start.isdecimal():
        rows = rows.filter(school_year__start_year=int(start[:4]))
    for field in ("procedure", "subject"):
        if query.get(field):
            rows = rows.filter(**{field: query[field]})
    grade = query.get("grade_level", "")
    return rows.filter(grade_level=int(grade)) if grade.isdecimal() and len(grade) < 3 else rows


def filter_options(scope: Scope) -> dict[str, list[tuple[object, str]]]:
    """What can be chosen: values that the visible campaigns have."""
    known = list(campaigns_visible(scope).values_list("procedure", "subject", "grade_level").distinct())
    return {
        "procedures": [(key, procedure_short(key)) for key in sorted({row[0] for row in known}, key=procedure_short)],
        "subjects": [(name, name) for name in sorted({row[1] for row in known})],
        "grades": [(level, f"{level} класс") for level in sorted({row[2] for row in known if row[2]})],
    }


def _order(asked: str):  # type: ignore[no-untyped-def]  # a key function for sorted
    def key(row: CampaignRow) -> tuple[object, ...]:
        base = (row.procedure, row.campaign.grade_level or 0, row.campaign.subject, -row.campaign.year)
        fields: dict[str, tuple[object, ...]] = {
            "subject": (row.campaign.subject,),
            "participants": (row.delivery.participants,),
            "delivered": (row.delivery.delivered,),
            "year": (row.campaign.year,),
        }
        return (*fields.get(asked.lstrip("-"), ()), *base)

    return key
