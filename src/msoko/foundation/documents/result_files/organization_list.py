"""The list of organizations from which the registry is started, under the headers that reading expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from intake.layouts.organizations import organization_list_headers
from msoko.foundation.documents.result_files.printed import Cell
from msoko.foundation.documents.result_files.sheets import write_table


@dataclass(frozen=True, slots=True)
class ListedOrganization:
    """A line of the list. The coordinator is a member of staff."""

    full_name: str
    short_name: str
    kind: str
    code: str
    address: str
    place: str
    place_kind: str
    founder: str
    coordinator: str = ""
    coordinator_post: str = ""
    email: str = ""


def write_organization_list(path: Path, title: str, lines: Iterable[ListedOrganization]) -> None:
    """The list with a title row above its header; ИНН and ОГРН are left blank."""
    write_table(path, "Организации", _rows(title, lines))


def _rows(title: str, lines: Iterable[ListedOrganization]) -> Iterator[list[Cell]]:
    yield [title]
    yield []
    yield list(organization_list_headers())
    for line in lines:
        yield [line.full_name, line.short_name, line.kind, line.code, None, None, line.address, line.place,
               line.place_kind, line.founder, line.coordinator, line.coordinator_post, line.email]  # fmt: skip
