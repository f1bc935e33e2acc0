"""Campaigns of a generic table: from its titles, the file name, and columns such as «Предмет» and «Год»."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.contracts import CampaignClaim
from intake.fields.cells import whole
from intake.fields.classes import CLASS_ALONE, class_letter, class_title, grade_in_class
from intake.fields.names import NameFacts, facts_of_name, facts_of_text
from intake.fields.subjects import subject_named
from intake.fields.text import clean
from intake.layouts.base import Cell
from intake.layouts.row_table import TableColumns
from intake.layouts.works import campaign_of

_DATE = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](20\d\d)(?!\d)")
_FACT_ROLES = ("subject", "grade_level", "year", "held_on", "procedure")


@dataclass(frozen=True, slots=True)
class CampaignRows:
    """Rows of one campaign; `numbers` are row indices of the sheet."""

    campaign: CampaignClaim
    numbers: list[int]


def claim_of_titles(titles: Sequence[str], sheet_name: str, file: str) -> CampaignClaim:
    """What the lines above the table say, then the sheet, then the file name."""
    facts = [facts_of_text(title) for title in titles]
    claim = campaign_of(*facts, _facts_of_sheet(sheet_name), facts_of_name(file))
    held_on = next((date for title in titles if (date := date_in(title)) is not None), None)
    return replace(claim, held_on=held_on, year=claim.year or (held_on.year if held_on else None))


def class_of_titles(titles: Sequence[str], grade_level: int | None) -> str:
    """Letter of the class that a title («Класс: 5А») or the name of a sheet («5 «Б»») gives to the whole table."""
    for title in titles:
        if found := class_title(title):
            return class_letter(found, grade_level)
    return ""


def _facts_of_sheet(name: str) -> NameFacts:
    if CLASS_ALONE.fullmatch(name.strip()):
        return NameFacts(grade_level=grade_in_class(name))
    facts = facts_of_text(name)
    return facts if facts.subject or facts.procedure or "класс" in name.casefold() else NameFacts()


def date_in(value: Cell) -> dt.date | None:
    """Date of a cell or inside a text, dd.mm.yyyy."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = _DATE.search(clean(value))
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def split_by_campaign(
    rows: Sequence[Sequence[Cell]], numbers: Sequence[int], columns: TableColumns, common: CampaignClaim
) -> list[CampaignRows]:
    """Rows grouped by what their own cells say about the campaign, in order of appearance."""
    places = [(role, columns.roles[role]) for role in _FACT_ROLES if role in columns.roles]
    class_place = columns.roles.get("class_group") if "grade_level" not in columns.roles else None
    reads_grade = common.grade_level is None and class_place is not None
    if not places and not reads_grade:
        return [CampaignRows(common, list(numbers))]
    groups: dict[CampaignClaim, list[int]] = {}
    known: dict[tuple[Cell, ...], CampaignClaim] = {}
    indices = [place for _, place in places] + ([class_place] if reads_grade and class_place is not None else [])
    for number in numbers:
        row = rows[number]
        key = tuple(row[index] if index < len(row) else "" for index in indices)
        claim = known.get(key)
        if claim is None:
            claim = known[key] = _claim(common, places, key, reads_grade=reads_grade)
        groups.setdefault(claim, []).append(number)
    return _without_orphans([CampaignRows(claim, found) for claim, found in groups.items()])


def _claim(
    common: CampaignClaim, places: Sequence[tuple[str, int]], key: tuple[Cell, ...], *, reads_grade: bool
) -> CampaignClaim:
    cells = {role: cell for (role, _), cell in zip(places, key, strict=False)}
    subject = clean(cells.get("subject", ""))
    procedure = facts_of_text(clean(cells.get("procedure", "")))
    held_on = date_in(cells.get("held_on", "")) or common.held_on
    grade = _grade(cells.get("grade_level", "")) or (grade_in_class(key[-1]) if reads_grade else None)
    year = facts_of_text(clean(cells.get("year", ""))).year
    return CampaignClaim(
        procedure=procedure.procedure or common.procedure,
        subject=(subject_named(subject) if subject else None)
        or procedure.subject
        or (None if subject else common.subject),
        grade_level=grade or procedure.grade_level or common.grade_level,
        year=year or common.year or procedure.year or (held_on.year if held_on else None),
        held_on=held_on,
        raw_subject=subject or common.raw_subject,
    )


def _grade(cell: Cell) -> int | None:
    value = whole(cell)
    if value is None:
        found = re.search(r"(?<!\d)(1[01]|[1-9])(?!\d)", clean(cell))
        value = int(found[1]) if found else None
    return value if value is not None and 1 <= value <= 11 else None


def _without_orphans(groups: list[CampaignRows]) -> list[CampaignRows]:
    """Rows that do not name their grade (a class «А» among «5А») belong to the only campaign that does."""
    named = [group for group in groups if group.campaign.grade_level is not None]
    silent = [group for group in groups if group.campaign.grade_level is None]
    result = list(named)
    for group in silent:
        same = [one for one in named if replace(one.campaign, grade_level=None) == group.campaign]
        if len(same) == 1:
            place = result.index(same[0])
            result[place] = replace(same[0], numbers=sorted([*same[0].numbers, *group.numbers]))
            named = [one for one in result if one.campaign.grade_level is not None]
        else:
            result.append(group)
    return result
