"""Filters of the journal, read from the address."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from msoko.foundation.audit.api import AuditEvent, event_titles
from msoko.web.ui.numbers import whole_number

_STEPS = {
    "access": "Вход и доступ",
    "orgs": "Организации",
    "roster": "Люди",
    "procedures": "Процедуры",
    "collection": "Данные",
    "analysis": "Анализ и справки",
    "jobs": "Задания",
    "audit": "Журнал",
}


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    titles = event_titles()
    return [
        (title, [(event, text) for event, text in titles.items() if event.startswith(f"{step}.")])
        for step, title in _STEPS.items()
    ]


#: headings with (event, title), for the filter
EVENT_GROUPS = _groups()


def filtered(events: QuerySet[AuditEvent], query: QueryDict) -> QuerySet[AuditEvent]:
    """Events that the address asks for: period, person, event, organization."""
    first, last = _moment(query.get("from", "")), _moment(query.get("to", ""), dt.timedelta(days=1))
    if first is not None:
        events = events.filter(at__gte=first)
    if last is not None:
        events = events.filter(at__lt=last)
    for key, field in (("actor", "actor_id"), ("event", "event")):
        if query.get(key):
            events = events.filter(**{field: query[key]})
    if query.get("organization", "").isdecimal():
        events = events.filter(organization_id=whole_number(str(query["organization"])))
    return events


def actors_of(events: QuerySet[AuditEvent]) -> list[tuple[str, str]]:
    """Who stands in the journal, by name."""
    rows = events.order_by("actor_label").values_list("actor_id", "actor_label").distinct()[:500]
    return list(dict(rows).items())


def _moment(text: str, later: dt.timedelta = dt.timedelta()) -> dt.datetime | None:
    try:
        day = parse_date(text)
    except ValueError:  # 31 February
        return None
    return timezone.make_aware(dt.datetime.combine(day + later, dt.time())) if day else None
