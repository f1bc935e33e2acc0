"""Responsible units of a plan → addressees of the registry. What is not known is asked, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from msoko.cycle.planning.addressees import ALL_DEPARTMENTS
from msoko.cycle.planning.enums import UnitKind
from msoko.cycle.planning.models import UnitDecision
from msoko.foundation.catalog.addressees import AddresseeWords, addressee_words, fits
from msoko.foundation.orgs.api import municipality_of
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Department, Organization
from msoko.foundation.roster.models import Appointment, Body

_NOT_WORDS = re.compile(r"[^\w№]+")
_FORM = re.compile(
    r"\b(?:м[бак]?оу|м[бак]?доу|м[бак]?у ?до|муниципальн\w+|бюджетн\w+|автономн\w+|казенн\w+|учреждени\w+)\b"
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a unit means. `group`: kinds of organizations, separated by spaces."""

    kind: UnitKind
    organization: int | None = None
    department: int | None = None
    body: int | None = None
    appointment: int | None = None
    group: str = ""

    @property
    def is_known(self) -> bool:
        return self.kind is not UnitKind.UNKNOWN


UNKNOWN = Addressee(UnitKind.UNKNOWN)


def normal(text: str) -> str:
    """Words of a unit without case, «ё» and signs: what decisions are remembered by."""
    return " ".join(_NOT_WORDS.sub(" ", text.casefold().replace("ё", "е")).split())


@dataclass(slots=True)
class Directory:
    """Everything of one municipality that a unit may mean, loaded once (a constant number of queries)."""

    owner: Organization
    words: AddresseeWords
    decisions: dict[str, Addressee] = field(default_factory=dict)
    names: dict[str, Addressee] = field(default_factory=dict)
    #: names of closed organizations and of their departments → since when; nobody is charged by them
    closed: dict[str, dt.date] = field(default_factory=dict)
    authority: int | None = None
    advisory: int | None = None

    def closed_since(self, raw: str, meaning: str | None = None) -> dt.date | None:
        """Since when the unit is no more, None when it is not known to have been closed."""
        names = (one for text in (raw, meaning or "") if text for one in (normal(text), _bare(normal(text))))
        return next((self.closed[one] for one in names if one in self.closed), None)

    def resolve(self, raw: str, meaning: str | None = None) -> Addressee:
        """The addressee of a unit by its words and by what its abbreviation means."""
        for text in dict.fromkeys(normal(one) for one in (raw, meaning or "") if one):
            found = self._known(text)
            if found.is_known:
                return found
        for text in dict.fromkeys(normal(one) for one in (meaning or "", raw) if one):
            found = self._by_words(text)
            if found.is_known:
                return found
        return UNKNOWN

    def _known(self, text: str) -> Addressee:
        return self.decisions.get(text) or self.names.get(text) or self.names.get(_bare(text)) or UNKNOWN

    def _by_words(self, text: str) -> Addressee:
        if fits(text, self.words.departments):
            return Addressee(UnitKind.GROUP, organization=self.authority, group=ALL_DEPARTMENTS)
        if kinds := self.words.group(text):
            return Addressee(UnitKind.GROUP, group=" ".join(kinds))
        if self.authority and fits(text, self.words.authority):
            return Addressee(UnitKind.ORGANIZATION, organization=self.authority)
        if self.advisory and fits(text, self.words.advisory):
            return Addressee(UnitKind.ORGANIZATION, organization=self.advisory)
        if fits(text, self.words.external):
            return Addressee(UnitKind.EXTERNAL)
        return UNKNOWN


def directory_of(owner: Organization) -> Directory:
    """The directory of the municipality that `owner` belongs to; posts are those of `owner` itself."""
    found = Directory(owner, addressee_words())
    municipality = municipality_of(owner) or owner
    closed = _add_organizations(found, municipality)
    rows = Department.objects.filter(organization__path__startswith=municipality.path)
    for department in rows:
        if department.organization_id in closed:
            _close(found, (department.name, department.abbreviation), closed[department.organization_id])
            continue
        addressee = Addressee(UnitKind.DEPARTMENT, department.organization_id, department=department.pk)
        _name(found, (department.name, department.abbreviation), addressee)
    for body in Body.objects.filter(organization__path__startswith=municipality.path).exclude(organization__in=closed):
        _name(found, (body.name,), Addressee(UnitKind.BODY, body.organization_id, body=body.pk))
    _add_posts(found)
    for decision in UnitDecision.objects.filter(municipality=municipality):
        if decision.organization_id in closed:
            _close(found, (decision.raw,), closed[decision.organization_id])
            continue
        found.decisions[decision.normal] = Addressee(
            UnitKind(decision.kind), decision.organization_id, decision.department_id, decision.body_id,
            group=decision.group,
        )  # fmt: skip
    return found


def _add_organizations(found: Directory, municipality: Organization) -> dict[int, dt.date]:
    """Names of organizations that work; returns the closed ones with the day since when."""
    closed: dict[int, dt.date] = {}
    rows = Organization.objects.filter(path__startswith=municipality.path)
    for organization in rows.exclude(kind=OrganizationKind.MUNICIPALITY):
        if organization.closed_on is not None:
            closed[organization.pk] = organization.closed_on
            _close(found, (organization.short_name, organization.full_name), organization.closed_on)
            continue
        if organization.kind == OrganizationKind.AUTHORITY:
            found.authority = organization.pk
        if organization.kind == OrganizationKind.ADVISORY_SERVICE:
            found.advisory = organization.pk
        addressee = Addressee(UnitKind.ORGANIZATION, organization=organization.pk)
        _name(found, (organization.short_name, organization.full_name), addressee)
    return closed


def _close(found: Directory, names: Iterable[str], since: dt.date) -> None:
    for key in {one for name in names for one in (normal(name), _bare(normal(name)))} - {""}:
        found.closed[key] = since


def _add_posts(found: Directory) -> None:
    """Posts that exactly one person of the owner holds."""
    holders: dict[str, list[Appointment]] = {}
    rows = Appointment.objects.filter(organization=found.owner, valid_until__isnull=True).exclude(post="")
    for appointment in rows:
        holders.setdefault(normal(appointment.post), []).append(appointment)
    for post, appointments in holders.items():
        if len(appointments) == 1:
            only = appointments[0]
            found.names.setdefault(post, Addressee(UnitKind.PERSON, only.organization_id, appointment=only.pk))


def _name(found: Directory, names: Iterable[str], addressee: Addressee) -> None:
    for name in names:
        for key in {normal(name), _bare(normal(name))} - {""}:
            found.names[key] = addressee if found.names.get(key, addressee) == addressee else UNKNOWN


def _bare(text: str) -> str:
    """A name without its legal form: «мбоу сош № 5» → «сош № 5»."""
    return " ".join(_FORM.sub(" ", text).replace("№", "№ ").split())
