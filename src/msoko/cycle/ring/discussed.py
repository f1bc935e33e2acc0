"""What may be put to discussion besides a draft of the register: its title, kind and text by clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msoko.cycle.planning.api import Activity, activities_of, outlined, plans_visible
from msoko.cycle.procedures.api import (
    BlueprintVersion,
    Campaign,
    blueprint_title,
    blueprint_value,
    blueprints_visible,
    campaign_title,
    campaigns_visible,
)
from msoko.cycle.regulations.api import DiscussionSubject
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.orgs.models import Organization
from qualimetry.narrative.russian import counted, period_words


@dataclass(frozen=True, slots=True)
class Discussed:
    """A text to begin a discussion with; a person changes it before the discussion is opened."""

    owner: Organization
    title: str
    subject: DiscussionSubject
    text: str


def discussed_of(scope: Scope, kind: str, pk: int) -> Discussed | None:
    """The thing of the kind («plan», «campaign», «blueprint»), for those who keep documents of its owner."""
    found = _KINDS[kind](scope, pk) if kind in _KINDS and pk else None
    return found if found and scope.may(Permission.EDIT_DOCUMENTS, found.owner) else None


def _plan(scope: Scope, pk: int) -> Discussed | None:
    plan = plans_visible(scope).filter(pk=pk).first()
    if plan is None:
        return None
    lines = _of_plan(list(activities_of(plan)))
    return Discussed(plan.owner, plan.title, DiscussionSubject.DOCUMENT, "\n".join(lines))


def _of_plan(activities: list[Activity]) -> Iterator[str]:
    for begun, one in outlined(activities):
        yield from (f"{section.number} {section.title}".strip() for section in begun)
        units = ", ".join(unit.raw for unit in one.units.all())
        parts = (f"срок: {one.terms_text}" if one.terms_text else "", f"ответственные: {units}" if units else "")
        told = "; ".join(part for part in parts if part)
        yield " ".join(f"{one.number} {one.title}{f' ({told})' if told else ''}".split())


def _campaign(scope: Scope, pk: int) -> Discussed | None:
    found = campaigns_visible(scope).select_related("owner").filter(pk=pk).first()
    if found is None:
        return None
    return Discussed(found.owner, campaign_title(found), DiscussionSubject.PROCEDURE, "\n".join(_of_campaign(found)))


def _of_campaign(found: Campaign) -> Iterator[str]:
    definition = procedure(found.procedure)
    yield f"1. Процедура: {definition.names.full if definition else campaign_title(found)}."
    if found.starts_on:
        yield f"2. Сроки: {period_words(found.starts_on, found.ends_on or found.starts_on)}."
    yield f"3. Участники: {counted(found.organizations.count(), 'организация')}."
    if found.basis:
        yield f"4. Основание: {'; '.join(line.strip() for line in found.basis.splitlines() if line.strip())}."


def _blueprint(scope: Scope, pk: int) -> Discussed | None:
    version = blueprints_visible(scope).select_related("owner").filter(pk=pk).first()
    if version is None:
        return None
    lines = _of_blueprint(version)
    return Discussed(version.owner, blueprint_title(version), DiscussionSubject.INSTRUMENT, "\n".join(lines))


def _of_blueprint(version: BlueprintVersion) -> Iterator[str]:
    value = blueprint_value(version)
    for number, item in enumerate(value.items, 1):
        elements = ", ".join(value.element_names.get(code, code) for code in item.content_elements)
        parts = (
            f"наибольший балл – {item.max_score}", f"уровень {item.level}" if item.level else "",
            f"проверяется: {elements}" if elements else "", f"умения: {', '.join(item.skills)}" if item.skills else "",
        )  # fmt: skip
        yield f"{number}. Задание {item.label}: {'; '.join(part for part in parts if part)}."


_KINDS: dict[str, Callable[[Scope, int], Discussed | None]] = {
    "plan": _plan, "campaign": _campaign, "blueprint": _blueprint,
}  # fmt: skip
