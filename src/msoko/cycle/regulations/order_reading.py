"""An order as read: dates of its terms, organizations and heads that it names. What is not certain is asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # ships no types
from django.db.models import Q

from intake.contracts import OrganizationClaim
from intake.orders import ReadPoint, read_order
from intake.terms import PlanYear, parse_term
from msoko.foundation.catalog.documents import order_rules
from msoko.foundation.documents.language import decline_name
from msoko.foundation.orgs.api import known_organizations, remembered_decisions
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.organizations import match
from msoko.foundation.roster.api import Appointment

CHOSEN = "chosen"
_HEAD = re.compile(r"директор|заведующ|руководител", re.IGNORECASE)
_OBLIQUE = ("nomn", "datv", "accs", "gent")


def reading_of(text: str, today: dt.date, owner: Organization) -> dict[str, Any]:
    """What stands in the order, as JSON; terms are dated from the day of the order on."""
    found = read_order(text.splitlines())
    since = found.signed_on or today
    names = _Names(owner, since)
    questions = list(found.questions)
    points = []
    for point in found.points:
        days, asked = due_days(point.term, since)
        chosen, unknown = names.of(point)
        circle = CHOSEN if chosen and not unknown else point.circle
        if unknown and circle != "none" and not point.is_parent:
            asked = [*asked, f"не узнаны: {', '.join(unknown)}"]
        if circle == "ask":
            asked = [*asked, "кому поручено, по словам не понять: выберите исполнителя"]
        if not point.is_parent and circle != "none":
            questions += [f"Пункт {point.number or point.line}: {words}" for words in asked]
        points.append(asdict(point) | {"days": [day.isoformat() for day in days], "circle": circle, "chosen": chosen})
    signed_on = found.signed_on.isoformat() if found.signed_on else ""
    return {
        "title": found.title, "number": found.number, "signed_on": signed_on,
        "preamble": found.preamble, "controller": found.controller, "signer": found.signer, "points": points,
        "questions": questions,
    }  # fmt: skip


def due_days(phrase: str, since: dt.date) -> tuple[list[dt.date], list[str]]:
    """Days by which the term wants the work done, not before the order, and what has to be asked.

    A recurring term gives all its days within the horizon; «постоянно» and words without a date give none.
    """
    if not phrase:
        return [], []
    rules = order_rules()
    until = since + relativedelta(months=rules.horizon_months)
    days: set[dt.date] = set()
    asked: list[str] = []
    for year in range(since.year, until.year + 1):
        term = parse_term(phrase, PlanYear(year, "calendar"))
        if term.status == "permanent":
            return [], []
        is_recurring = term.status == "recurring"
        if term.review:
            asked = [f"«{phrase}» – {question}" for question in term.questions]
        if not term.review or is_recurring:
            days |= {end for _, end in term.intervals if end is not None and since <= end < until}
        if is_recurring and not term.intervals:
            asked = [f"«{phrase}» – отдельные дни не расставлены: впишите их, если нужно"]
    if len(days) > rules.max_days:
        return [], [f"«{phrase}» – дней больше {rules.max_days}: впишите нужные"]
    return sorted(days), asked


class _Names:
    """Organizations below the owner and their heads, each loaded once when a point first names any."""

    def __init__(self, owner: Organization, on: dt.date) -> None:
        self._owner, self._on = owner, on
        self._heads: dict[str, list[int]] | None = None

    def of(self, point: ReadPoint) -> tuple[list[int], list[str]]:
        """Organizations that the point names, and names that are not known."""
        chosen: list[int] = []
        unknown: list[str] = []
        if point.organizations:
            for name in point.organizations:
                self._sort(self._named(name), name, chosen, unknown)
        elif point.circle not in {"owner", "none"}:
            for person in point.people:
                found = self._headed().get(_key(person), [])
                self._sort(found[0] if len(found) == 1 else None, person, chosen, unknown)
        return chosen, unknown

    @staticmethod
    def _sort(found: int | None, name: str, chosen: list[int], unknown: list[str]) -> None:
        if found is None:
            unknown.append(name)
        elif found not in chosen:
            chosen.append(found)

    def _named(self, name: str) -> int | None:
        known, decisions = known_organizations(self._owner), remembered_decisions(self._owner)
        return match(OrganizationClaim(name=name), known, decisions).organization

    def _headed(self) -> dict[str, list[int]]:
        """Forms of the names of heads → their organizations."""
        if self._heads is None:
            rows = Appointment.objects.filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=self._on),
                organization__path__startswith=self._owner.path, organization__closed_on__isnull=True,
            ).exclude(organization=self._owner).select_related("person", "organization")  # fmt: skip
            self._heads = _forms((row.person.full_name, row.organization_id) for row in rows if _HEAD.match(row.post))
        return self._heads


def _forms(people: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, organization in people:
        for case in _OBLIQUE:
            keys = found.setdefault(_key(_short(decline_name(name, case).split())), [])
            if organization not in keys:
                keys.append(organization)
    return found


def _short(parts: Sequence[str]) -> str:
    return f"{parts[0]} {''.join(f'{part[0]}.' for part in parts[1:3])}"


def _key(person: str) -> str:
    return person.casefold().replace("ё", "е").replace(" ", "")
