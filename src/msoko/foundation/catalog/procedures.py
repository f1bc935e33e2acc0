"""Catalogue of assessment procedures by the classification of the regulations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from msoko.foundation.catalog.files import tables
from qualimetry.frames.blueprint import ResultKind


class Regime(StrEnum):
    CONTINUOUS = "continuous"
    PERIODIC = "periodic"


class Mandate(StrEnum):
    CORE = "core"
    LOCAL = "local"


class AssessedObject(StrEnum):
    PROGRAMMES = "programmes"
    CONDITIONS = "conditions"
    RESULTS = "results"
    SATISFACTION = "satisfaction"


class EducationLevel(StrEnum):
    PRESCHOOL = "preschool"
    PRIMARY_GENERAL = "primary_general"
    BASIC_GENERAL = "basic_general"
    SECONDARY_GENERAL = "secondary_general"
    SUPPLEMENTARY = "supplementary"


class Holder(StrEnum):
    INTERNATIONAL = "international"
    FEDERAL = "federal"
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    SCHOOL = "school"


class Purpose(StrEnum):
    """What results may be used for. A use that is not allowed is refused with the norm quoted."""

    TEACHING_IMPROVEMENT = "teaching_improvement"
    CURRICULUM_ADJUSTMENT = "curriculum_adjustment"
    METHODICAL_SUPPORT = "methodical_support"
    TARGETED_SUPPORT = "targeted_support"
    TALENT_SUPPORT = "talent_support"
    SELF_EVALUATION = "self_evaluation"
    MONITORING = "monitoring"
    ACCREDITATION = "accreditation"
    ORGANIZATION_COMPARISON = "organization_comparison"
    ORGANIZATION_RANKING = "organization_ranking"
    STAFF_EVALUATION = "staff_evaluation"


class Repeats(StrEnum):
    """What a second row of the same participant means."""

    DUPLICATE = "duplicate"
    ATTEMPT = "attempt"


class CodeScope(StrEnum):
    """Within what a participant code is unique."""

    REGION = "region"
    ORGANIZATION = "organization"
    CLASS = "class"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Names:
    """Official names in Russian: nominative, usual short form, genitive, plural."""

    full: str
    short: str
    genitive: str
    plural: str


@dataclass(frozen=True, slots=True)
class Ban:
    """A use that the law forbids, with the words of the norm and where they stand."""

    purpose: Purpose
    norm: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class ProcedureDefinition:
    """One procedure of the catalogue. `organization_order` lists the ways a table of organizations may be ordered
    («result» is absent where ranking is forbidden)."""

    id: str
    names: Names
    regime: Regime
    mandate: Mandate
    objects: tuple[AssessedObject, ...]
    mechanism: str
    levels: tuple[EducationLevel, ...]
    grade_levels: tuple[int, ...]
    holder: Holder
    result_kind: ResultKind
    repeats: Repeats
    code_scope: CodeScope
    allowed_purposes: tuple[Purpose, ...]
    bans: tuple[Ban, ...]
    organization_order: tuple[str, ...]
    act: str
    is_act_verified: bool
    author: str
    reviewed_on: dt.date

    def allows(self, purpose: Purpose) -> bool:
        return purpose in self.allowed_purposes

    def ban_on(self, purpose: Purpose) -> Ban | None:
        """The norm that forbids this use, None when no norm is known."""
        return next((ban for ban in self.bans if ban.purpose == purpose), None)

    @property
    def only_grade_level(self) -> int | None:
        """The grade level of the work where the procedure has a single one (ОГЭ: 9, ЕГЭ: 11)."""
        return self.grade_levels[0] if len(self.grade_levels) == 1 else None


@cache
def procedures() -> MappingProxyType[str, ProcedureDefinition]:
    """The whole catalogue by id."""
    loaded = (_definition(table) for table in tables("procedures").values())
    return MappingProxyType({definition.id: definition for definition in loaded})


def procedure(procedure_id: str) -> ProcedureDefinition | None:
    """A procedure by id, None when the catalogue has no such."""
    return procedures().get(procedure_id)


_ANY_ORDER = ("name", "size", "band", "result")


def _definition(table: dict[str, Any]) -> ProcedureDefinition:
    return ProcedureDefinition(
        id=table["id"],
        names=Names(**table["names"]),
        regime=Regime(table["regime"]),
        mandate=Mandate(table["mandate"]),
        objects=tuple(AssessedObject(name) for name in table["objects"]),
        mechanism=table["mechanism"],
        levels=tuple(EducationLevel(name) for name in table["levels"]),
        grade_levels=tuple(table["grade_levels"]),
        holder=Holder(table["holder"]),
        result_kind=ResultKind(table["result_kind"]),
        repeats=Repeats(table["repeated_participant"]),
        code_scope=CodeScope(table["participant_codes"]),
        allowed_purposes=tuple(Purpose(name) for name in table["allowed_purposes"]),
        bans=tuple(_ban(ban) for ban in table.get("forbidden", ())),
        organization_order=tuple(table.get("organization_order", _ANY_ORDER)),
        act=table["basis"]["act"],
        is_act_verified=table["basis"]["is_verified"],
        author=table["passport"]["author"],
        reviewed_on=table["passport"]["reviewed_on"],
    )


def _ban(table: dict[str, Any]) -> Ban:
    return Ban(Purpose(table["purpose"]), table["norm"], table["source"], table["is_verified"])
