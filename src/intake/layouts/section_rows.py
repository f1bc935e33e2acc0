"""Lines between pupils that name the organization or the class of the rows below: «МБОУ СОШ № 5», «5 «А» класс»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intake.contracts import OrganizationClaim
from intake.fields.classes import class_title
from intake.fields.organizations import organization_in_line
from intake.layouts.base import Cell, Sheet
from intake.layouts.generic_header import FoundTable
from intake.layouts.row_table import TableColumns
from intake.layouts.rows_left_out import is_totals_title

#: a name, and perhaps a number or a count of participants beside it
_MOST_CELLS = 3
_ORGANIZATION_ROLES = ("organization_code", "organization_name")


@dataclass(frozen=True, slots=True)
class _Section:
    """What a line says of the rows below it; blank is not said."""

    organization: OrganizationClaim = field(default_factory=OrganizationClaim)
    class_group: str = ""


def with_sections(
    sheet: Sheet, table: FoundTable, columns: TableColumns, titled: OrganizationClaim, titled_class: str
) -> tuple[Sheet, TableColumns]:
    """The sheet with what the lines say written into columns of its own, the lines themselves blank.

    `titled`, `titled_class`: what stands above the table and holds until the first line. Tables with a column of
    organizations keep it, and so do those with a column of classes.
    """
    has_organizations = any(role in columns.roles for role in _ORGANIZATION_ROLES)
    has_classes = "class_group" in columns.roles
    if has_organizations and has_classes:
        return sheet, columns
    found = _sections(sheet, table, columns)
    names = not has_organizations and any(one.organization.name or one.organization.code for one in found.values())
    classes = not has_classes and any(one.class_group for one in found.values())
    if not names and not classes:
        return sheet, columns
    return _written(sheet, table, columns, found, _Section(titled, titled_class), names=names, classes=classes)


def _sections(sheet: Sheet, table: FoundTable, columns: TableColumns) -> dict[int, _Section]:
    items = {index for index, _ in columns.items}
    found = {}
    for number in range(table.first, table.end):
        text = _lone_text(sheet.rows[number], items)
        if text and not is_totals_title(text):
            section = _Section(organization_in_line(text), class_title(text))
            if section.organization.name or section.organization.code or section.class_group:
                found[number] = section
    return found


def _lone_text(row: Sequence[Cell], items: set[int]) -> str:
    """The text of a row that has nothing else but perhaps a number or a remark; "" for rows with scores."""
    filled = [(place, cell) for place, cell in enumerate(row) if cell != ""]
    texts = list(dict.fromkeys(cell.strip() for _, cell in filled if isinstance(cell, str) and cell.strip()))
    if not texts or (len(texts) > 1 and len(filled) > _MOST_CELLS):
        return ""
    if len(texts) == 1:  # once, or repeated in every cell of a merged row
        is_repeated = len(filled) > 1 and all(cell == filled[0][1] for _, cell in filled)
        others = [place for place, cell in filled if not isinstance(cell, str)]
        return texts[0] if is_repeated or (len(filled) <= _MOST_CELLS and not items.intersection(others)) else ""
    return texts[0] if not items.intersection(place for place, _ in filled[1:]) else ""


def _written(
    sheet: Sheet,
    table: FoundTable,
    columns: TableColumns,
    found: dict[int, _Section],
    current: _Section,
    *,
    names: bool,
    classes: bool,
) -> tuple[Sheet, TableColumns]:
    width = max((len(row) for row in sheet.rows[table.first : table.end]), default=0)
    rows: list[Sequence[Cell]] = list(sheet.rows)
    for number in range(table.first, table.end):
        if number in found:
            current = _next(current, found[number])
            rows[number] = ()
            continue
        row = rows[number]
        if any(cell != "" for cell in row):
            own = (current.organization.code, current.organization.name, current.class_group)
            rows[number] = (*row, *[""] * (width - len(row)), *own)
    roles = dict(columns.roles)
    if names:
        roles |= {"organization_code": width, "organization_name": width + 1}
    if classes:
        roles["class_group"] = width + 2
    return replace(sheet, rows=rows, memo={}), replace(columns, roles=roles)


def _next(current: _Section, section: _Section) -> _Section:
    """A new organization begins with no class; a new class stays in its organization."""
    if section.organization.name or section.organization.code:
        return section
    return replace(current, class_group=section.class_group)
