"""What is written of an organization in the registry, and the rules it obeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from intake.layouts.organization_values import Fault, valid_email, valid_inn, valid_ogrn
from msoko.foundation.orgs.api import Organization, OrganizationKind

#: what may be entered by hand or from a list; region and municipality are made on the first run
ENTERABLE = tuple(
    kind for kind in OrganizationKind if kind not in {OrganizationKind.REGION, OrganizationKind.MUNICIPALITY}
)


@dataclass(frozen=True, slots=True)
class OrganizationEntry:
    """Fields of the entry as a person fills them in; names are those of the model."""

    kind: str
    short_name: str
    full_name: str = ""
    school_type: str = ""
    code: str = ""
    exam_code: str = ""
    inn: str = ""
    ogrn: str = ""
    address: str = ""
    place_name: str = ""
    place_kind: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""

    def values(self) -> dict[str, str]:
        """Field of the model → value; the full name is the short one where it is not given."""
        return asdict(self) | {"full_name": self.full_name or self.short_name}


def problems_of(entry: OrganizationEntry) -> dict[str, str]:
    """Field → what is wrong with it; empty when the entry may be stored."""
    found: dict[str, str] = {}
    if not entry.short_name.strip():
        found["short_name"] = "Укажите краткое наименование, например «МБОУ СОШ № 5»."
    if entry.school_type and entry.kind != OrganizationKind.SCHOOL:
        found["school_type"] = "Тип указывается только для общеобразовательной организации."
    for name, check in (("inn", valid_inn), ("ogrn", valid_ogrn), ("email", valid_email)):
        outcome = check(getattr(entry, name))
        if isinstance(outcome, Fault):
            found[name] = outcome.message
    return found | _too_long(entry.values())


def _too_long(values: Mapping[str, str]) -> dict[str, str]:
    limits = {field.name: field.max_length for field in Organization._meta.get_fields() if hasattr(field, "max_length")}
    return {
        name: f"Слишком длинно: не больше {limit} знаков."
        for name, value in values.items()
        if (limit := limits.get(name)) is not None and len(value) > limit
    }


def changed_fields(organization: Organization, entry: OrganizationEntry, *, keep_blank: bool = False) -> list[str]:
    """Names of fields in which the entry differs; `keep_blank` leaves alone what the entry does not say."""
    return [
        name
        for name, value in entry.values().items()
        if value != getattr(organization, name) and (value or not keep_blank)
    ]
