"""The list of organizations from which the registry is started."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msoko.foundation.documents.result_files.printed import Cell
from msoko.foundation.documents.result_files.sheets import write_table

HEADER = (
    "№ п/п", "Вид организации", "Тип организации", "Полное наименование", "Краткое наименование", "Логин в ФИС ОКО",
    "Код ОО в РИС ГИА", "Населённый пункт", "Вид населённого пункта", "Адрес", "Численность обучающихся",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedOrganization:
    """A line of the list; every field is official, no one's personal data."""

    kind: str
    type_name: str
    full_name: str
    short_name: str
    code: str
    exam_code: str
    place: str
    place_kind: str
    address: str
    enrolment: int | None = None


def write_organization_list(path: Path, title: str, lines: Iterable[ListedOrganization]) -> None:
    """The list with a title row above its header."""
    write_table(path, "Организации", _rows(title, lines))


def _rows(title: str, lines: Iterable[ListedOrganization]) -> Iterator[list[Cell]]:
    yield [title]
    yield []
    yield list(HEADER)
    for number, line in enumerate(lines, start=1):
        yield [number, line.kind, line.type_name, line.full_name, line.short_name, line.code, line.exam_code or None,
               line.place, line.place_kind, line.address, line.enrolment]  # fmt: skip
