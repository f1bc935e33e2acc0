"""Short way from hand-made works to assembled campaigns."""

from __future__ import annotations

from intake.contracts import Specification, Work
from msoko.foundation.processing.assembly import assemble
from msoko.foundation.processing.campaigns import group_works
from msoko.foundation.processing.grouping import GroupedOrganizations
from msoko.foundation.processing.values import Assembled

SECRET = b"a secret of the tests, 32 bytes."


def assemble_works(*works: Work, specifications: tuple[Specification, ...] = ()) -> list[Assembled]:
    claims = [(claim, work.file) for work in works for claim in work.participants.organizations]
    grouped = GroupedOrganizations(claims)
    return [
        part
        for key, members in group_works(works).items()
        for part in assemble(key, members, grouped.find, secret=SECRET, specifications=specifications)
    ]


def assemble_one(*works: Work, specifications: tuple[Specification, ...] = ()) -> Assembled:
    parts = assemble_works(*works, specifications=specifications)
    assert len(parts) == 1
    return parts[0]


def places(assembled: Assembled, code: str) -> list[tuple[str, str, int | None, str | None]]:
    """(severity, file, row, column) of the remarks with this code."""
    return [(p.severity.value, p.file, p.row, p.column) for p in assembled.problems if p.code == code]


def column(assembled: Assembled, name: str) -> list[object]:
    values: list[object] = assembled.table.column(name).to_pylist()
    return values
