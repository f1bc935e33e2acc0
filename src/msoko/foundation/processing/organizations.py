"""Which known organization a file speaks of: by code, by a remembered decision, by a unique equal name, or ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from intake.contracts import OrganizationClaim
from msoko.foundation.processing.organization_names import (
    NameKey,
    code_digits,
    is_named,
    name_key,
    normalise_municipality,
    normalise_name,
)

__all__ = [
    "KnownOrganization", "Match", "MatchKind", "Suggestion", "code_digits", "decision_key", "match", "normalise_name",
    "suggest",
]  # fmt: skip

_MAX_SUGGESTIONS = 5
_MIN_SCORE = 0.45


@dataclass(frozen=True, slots=True)
class KnownOrganization:
    """An organization of the registry: `key` of the batch, codes (logins, ГИА codes), all its names."""

    key: int
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate for a person to choose. `score` is 0…1, `reason` is Russian."""

    organization: KnownOrganization
    score: float
    reason: str


class MatchKind(StrEnum):
    CODE = "code"
    DECISION = "decision"
    NAME = "name"
    PERSON = "person"  # nothing certain: a person decides


@dataclass(frozen=True, slots=True)
class Match:
    """Outcome for one claim; `organization` None means that a person has to decide."""

    kind: MatchKind
    organization: int | None
    suggestions: tuple[Suggestion, ...] = ()


def decision_key(claim: OrganizationClaim) -> str:
    """Under what a decision of a person is remembered: the code where there is one, else name and municipality."""
    if claim.code:
        return f"code:{code_digits(claim.code)}"
    return f"name:{normalise_name(claim.name)}|{normalise_municipality(claim.municipality)}"


def match(
    claim: OrganizationClaim, known: Sequence[KnownOrganization], decisions: Mapping[str, int] | None = None
) -> Match:
    """The organization a claim means. Never a guess: exact code, remembered decision, unique equal name, or a person.

    An equal name counts only when exactly one organization has it and neither place nor municipality contradicts.
    A code that belongs to nobody does not forbid a match by name.
    """
    by_code = _with_code(claim.code, known)
    if len(by_code) == 1:
        return Match(MatchKind.CODE, by_code[0].key)
    decided = (decisions or {}).get(decision_key(claim))
    if decided is not None:
        return Match(MatchKind.DECISION, decided)
    by_name = [organization for organization in known if _is_same(claim, organization)]
    if len(by_name) == 1 and not by_code:
        return Match(MatchKind.NAME, by_name[0].key)
    return Match(MatchKind.PERSON, None, tuple(suggest(claim, known)))


def suggest(claim: OrganizationClaim, known: Sequence[KnownOrganization]) -> list[Suggestion]:
    """The most alike organizations, best first. An organization with another number is never suggested by name."""
    coded = {organization.key for organization in _with_code(claim.code, known)}
    found = [_suggestion(claim, organization, organization.key in coded) for organization in known]
    good = [suggestion for suggestion in found if suggestion is not None and suggestion.score >= _MIN_SCORE]
    return sorted(good, key=lambda suggestion: (-suggestion.score, suggestion.organization.names))[:_MAX_SUGGESTIONS]


def _with_code(code: str, known: Iterable[KnownOrganization]) -> list[KnownOrganization]:
    if not code:
        return []
    exact = [o for o in known if code.strip().casefold() in (c.strip().casefold() for c in o.codes)]
    if exact:
        return exact
    digits = code_digits(code)
    return [o for o in known if digits in (code_digits(c) for c in o.codes)]


def _is_same(claim: OrganizationClaim, organization: KnownOrganization) -> bool:
    return _may_be_neighbours(claim.municipality, organization.municipality) and is_named(
        name_key(claim.name), organization.names
    )


def _may_be_neighbours(one: str, other: str) -> bool:
    first, second = normalise_municipality(one), normalise_municipality(other)
    return not first or not second or first == second


def _suggestion(claim: OrganizationClaim, organization: KnownOrganization, has_code: bool) -> Suggestion | None:
    if has_code:
        return Suggestion(organization, 1.0, "совпадает код организации")
    claimed = name_key(claim.name)
    if claimed.is_empty:
        return None
    if is_named(claimed, organization.names):
        rated = [(0.98, "совпадает название без правовой формы и места")]
    else:
        rated = [_rate(claimed, name_key(name)) for name in organization.names]
    score, reason = max(rated, default=(0.0, ""))
    if not _may_be_neighbours(claim.municipality, organization.municipality):
        score, reason = score * 0.5, f"{reason}, но указан другой муниципалитет"
    return Suggestion(organization, round(score, 3), reason)


def _rate(one: NameKey, other: NameKey) -> tuple[float, str]:
    if one.number != other.number and one.number and other.number:
        return 0.0, "другой номер"
    if one.identity == other.identity:
        return 0.7, "совпадает название, но место другое"
    if one.number and one.number == other.number:
        return (0.8, "тот же номер, вид организации записан иначе") if _overlap(one, other) else (0.5, "тот же номер")
    alike = SequenceMatcher(None, _spelled(one), _spelled(other)).ratio()
    return 0.85 * alike, "похожее название"


def _overlap(one: NameKey, other: NameKey) -> bool:
    schools = {"сош", "оош", "нош", "сш", "ош", "нш", "школа"}
    return bool(one.kinds & other.kinds) or bool(one.kinds & schools and other.kinds & schools) or not one.kinds


def _spelled(key: NameKey) -> str:
    return " ".join((*sorted(key.kinds), key.number, *sorted(key.words), key.place))
