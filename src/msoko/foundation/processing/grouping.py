"""Organizations of files where there is no registry: grouped by code, else by name; codes unify names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from intake.contracts import OrganizationClaim
from msoko.foundation.processing.organization_names import (
    Identity,
    code_digits,
    is_named,
    name_key,
    normalise_municipality,
)
from msoko.foundation.processing.values import Organization

#: Which of several logins of one organization is shown: the newest federal system first.
_LOGIN_ORDER = ("edu", "ksh", "sch")


@dataclass(slots=True)
class _Group:
    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)

    def add(self, claim: OrganizationClaim) -> None:
        for values, value in ((self.codes, claim.code), (self.names, claim.name)):
            if value and value not in values:
                values.append(value)
        if claim.municipality and claim.municipality not in self.municipalities:
            self.municipalities.append(claim.municipality)


class GroupedOrganizations:
    """Organizations met in a run, with keys 1, 2, … in order of first appearance.

    Claims with the same digits of the code are one organization. A claim without a code is the organization of an
    equal name when exactly one fits; a claim without code and name stands for its file.
    """

    def __init__(self, claims: Iterable[tuple[OrganizationClaim, str]]) -> None:
        self._groups: dict[str, _Group] = {}
        self._places: dict[OrganizationClaim, str] = {}
        self._files: dict[str, str] = {}
        self._identities: dict[Identity, dict[str, None]] = {}
        unique = dict.fromkeys(claims)
        for claim, file in unique:
            self._place_named(claim, file)
        for claim, _ in unique:
            if claim.name and not claim.code:
                self._place_by_name(claim)
        keys = enumerate(self._groups, 1)
        self._organizations = {place: self._organization(number, place) for number, place in keys}

    def find(self, claim: OrganizationClaim, file: str) -> Organization:
        """The organization of a claim that was given to the constructor."""
        place = self._places[claim] if claim.code or claim.name else self._files[file]
        return self._organizations[place]

    def __iter__(self) -> Iterator[Organization]:
        return iter(self._organizations.values())

    def _place_named(self, claim: OrganizationClaim, file: str) -> None:
        if claim.code:
            self._put(f"code:{code_digits(claim.code)}", claim)
        elif not claim.name:
            place = f"file:{file}"
            self._files[file] = place
            self._groups.setdefault(place, _Group(names=[_file_title(file)]))

    def _place_by_name(self, claim: OrganizationClaim) -> None:
        alike = self._identities.get(name_key(claim.name).identity, {})
        equal = [place for place in alike if _is_equal(claim, self._groups[place])]
        own = f"name:{claim.name}|{claim.municipality}"
        self._put(equal[0] if len(equal) == 1 else own, claim)

    def _put(self, place: str, claim: OrganizationClaim) -> None:
        self._places[claim] = place
        self._groups.setdefault(place, _Group()).add(claim)
        if claim.name:
            self._identities.setdefault(name_key(claim.name).identity, {})[place] = None

    def _organization(self, number: int, place: str) -> Organization:
        group = self._groups[place]
        codes = sorted(group.codes, key=_login_rank)
        code = codes[0] if codes else ""
        name = max(group.names, key=len) if group.names else code
        return Organization(number, name, code, group.municipalities[0] if group.municipalities else "")


def _is_equal(claim: OrganizationClaim, group: _Group) -> bool:
    claimed = name_key(claim.name)
    if claimed.is_empty:
        return claim.name in group.names
    known = {normalise_municipality(name) for name in group.municipalities}
    municipality = normalise_municipality(claim.municipality)
    if municipality and known and municipality not in known:
        return False
    return is_named(claimed, group.names)


def _login_rank(code: str) -> int:
    return next((rank for rank, prefix in enumerate(_LOGIN_ORDER) if code.casefold().startswith(prefix)), 9)


def _file_title(file: str) -> str:
    return f"Организация из файла «{PurePath(file.replace(chr(92), '/')).stem}»"
