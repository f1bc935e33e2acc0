"""Free summaries by organization: one row an organization (or its class), any figures.

Serves the flattened tables «Год | Класс | Предмет | Муниципалитет | Логин | ОО | Кол-во участников | 2 | 3 | 4 | 5»
(and «… | 0 | 1 | … | max»), where every work of the table is a summary of its own, and tables that municipalities
keep by hand, whose work is named above the table, on the sheet tab or in the file name.

Keys of values: «2»…«5» counts of marks (`GENERIC`) or shares in percent (`MARKS`), «2_percent» shares beside counts,
«0»…«max» shares of raw scores in percent (`SCORES`), item labels (`ITEMS`), `mean_mark`, `mean_raw_score`,
`mean_test_score`, `level:…`, `level_percent:…`,
`pass_rate_percent`, `quality_rate_percent`, `sou_percent`, `absent`, and headers as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from intake.contracts import CampaignClaim, GroupLevel, OrganizationClaim, Procedure, Summary, SummaryKind, SummaryRow
from intake.fields.cells import whole
from intake.fields.classes import grade_in_class
from intake.fields.names import NameFacts, facts_of_name, facts_of_text
from intake.fields.organizations import organization_in_titles, organization_of_path
from intake.fields.subjects import subject_named
from intake.fields.text import clean, header_key
from intake.layouts.base import Book, Cell, Recognised, Sheet
from intake.layouts.summary_columns import FreeColumns, read_columns
from intake.layouts.summary_rows import number_at

_TOTALS = re.compile(
    r"(?:итого|всего|среднее|в среднем|по (?:району|округу|муниципалитету|городу|мо)|муниципалитет)(?: .*)?"
)
_FEDERAL_LOGIN = re.compile(r"(?:sch|edu|ksh|spo)\d{6}")
_FIGURES = ("absent", "mean_mark", "mean_raw_score", "mean_test_score", "mean_score", "below_minimum",
            "pass_rate_percent", "quality_rate_percent", "sou_percent")  # fmt: skip
_EXAMS = (Procedure.EGE,)
_DEPTH = 30
_Key = tuple[int | None, int | None, str]


class GenericSummary:
    """Layout «free summary by organization»."""

    id = "generic_summary"

    def read(self, book: Book) -> list[Recognised] | None:
        found: list[Recognised] = []
        for sheet in book.sheets:
            if not sheet.is_hidden:
                found.extend(_summaries(book, sheet))
        return found or None


def _summaries(book: Book, sheet: Sheet) -> list[Summary]:
    for index in range(min(_DEPTH, len(sheet.rows))):
        columns = read_columns(sheet.rows, index)
        if columns is not None:
            return _read(book, sheet, index, columns)
    return []


def _read(book: Book, sheet: Sheet, index: int, columns: FreeColumns) -> list[Summary]:
    first = index + columns.header_rows
    titled = OrganizationClaim() if columns.names_organizations else _titled(book, sheet, index)
    if not columns.names_organizations and not (titled.name or titled.code):
        return []
    rows = [(place, row) for place, row in enumerate(sheet.rows[first:], first) if _is_data(row, columns)]
    if "participants" not in columns.roles and _repeats_organizations([row for _, row in rows], columns):
        return []
    known = _known(book, sheet, index)
    kind, values = _value_plan(columns, [row for _, row in rows])
    if "mean_score" in values:
        is_exam = next((fact.procedure for fact in known if fact.procedure), None) in _EXAMS
        role = "mean_test_score" if is_exam else _mean_role([row for _, row in rows], columns.roles["mean_score"])
        values.setdefault(role, values.pop("mean_score"))
    if "below_minimum" in values and "below_minimum" in columns.shares:
        values["below_minimum_percent"] = values.pop("below_minimum")
    groups: dict[_Key, list[SummaryRow]] = {}
    for place, row in rows:
        groups.setdefault(_work_key(row, columns), []).append(_row(place, row, columns, values, titled))
    return [
        Summary(
            file=book.file,
            sheet=sheet.name,
            layout=f"summary_table_{kind.value}",
            kind=kind,
            campaign=_campaign(key, known, group),
            rows=group,
            declared_max_score=_highest_score(group) if kind is SummaryKind.SCORES else None,
        )
        for key, group in groups.items()
    ]


def _repeats_organizations(rows: Sequence[Sequence[Cell]], columns: FreeColumns) -> bool:
    """Several rows of one organization in one work: pupils, not organizations."""
    keys = {
        (_work_key(row, columns), *(_text(row, columns, role) for role in ("code", "name", "grade"))) for row in rows
    }
    return len(keys) < len(rows)


def _is_data(row: Sequence[Cell], columns: FreeColumns) -> bool:
    if columns.names_organizations:
        name = any(_text(row, columns, role) for role in ("code", "name"))
    else:
        grade = _text(row, columns, "grade")
        name = bool(grade) and _TOTALS.fullmatch(header_key(grade)) is None
    figures = [*columns.marks.values(), *columns.numbers.values(), *columns.levels.values()]
    figures += [place for role, place in columns.roles.items() if role in ("participants", *_FIGURES)]
    return name and any(number_at(row, place) is not None for place in figures)


def _text(row: Sequence[Cell], columns: FreeColumns, role: str) -> str:
    place = columns.roles.get(role, len(row))
    return clean(row[place]) if place < len(row) else ""


def _mean_role(rows: Sequence[Sequence[Cell]], place: int) -> str:
    """«Средний балл» of 2 to 5 is a mean mark, as schools say it."""
    values = [value for row in rows if (value := number_at(row, place)) is not None]
    return "mean_mark" if values and all(2 <= value <= 5 for value in values) else "mean_raw_score"


def _value_plan(
    columns: FreeColumns, rows: Sequence[Sequence[Cell]]
) -> tuple[SummaryKind, dict[str, tuple[int, float]]]:
    """Kind of the table and key → (column, factor); shares kept as fractions of one become percents."""
    figures = {role: (columns.roles[role], 1.0) for role in _FIGURES if role in columns.roles}
    scores = sorted(columns.numbers)
    if scores[:1] == [0] and len(scores) > 5 and scores == list(range(len(scores))):
        places = [columns.numbers[score] for score in scores]
        factor = _factor(rows, places)
        return SummaryKind.SCORES, {str(score): (columns.numbers[score], factor) for score in scores}
    if scores[:1] == [1] or columns.items:
        items = {**{str(score): place for score, place in columns.numbers.items()}, **columns.items}
        factor = _item_factor(rows, list(items.values()))
        return SummaryKind.ITEMS, {label: (place, factor) for label, place in items.items()}
    marks = _mark_plan(columns, rows)
    if marks and set(marks) <= {"2", "3", "4", "5"} and _are_shares(columns, rows) and not figures:
        return SummaryKind.MARKS, marks
    figures |= _level_plan(columns, rows)
    others = {name: (place, 1.0) for name, place in columns.others.items() if _is_numeric(rows, place)}
    renamed = {f"{mark}_percent": plan for mark, plan in marks.items()} if _are_shares(columns, rows) else marks
    return SummaryKind.GENERIC, {**renamed, **figures, **others}


def _mark_plan(columns: FreeColumns, rows: Sequence[Sequence[Cell]]) -> dict[str, tuple[int, float]]:
    counts = {mark: place for (mark, is_share), place in columns.marks.items() if not is_share}
    shares = {mark: place for (mark, is_share), place in columns.marks.items() if is_share}
    factor = _factor(rows, list(shares.values() or counts.values()))
    if not counts:
        return {mark: (place, factor) for mark, place in shares.items()}
    own = factor if not shares and _are_shares(columns, rows) else 1.0
    return {
        **{mark: (place, own) for mark, place in counts.items()},
        **{f"{mark}_percent": (place, factor) for mark, place in shares.items()},
    }


def _level_plan(columns: FreeColumns, rows: Sequence[Sequence[Cell]]) -> dict[str, tuple[int, float]]:
    """«level:Высокий» numbers of participants, «level_percent:Высокий» shares."""
    if len({word for word, _ in columns.levels}) < 2:
        return {}
    factor = _factor(rows, [place for (_, is_share), place in columns.levels.items() if is_share])
    return {
        f"level_percent:{word}" if is_share else f"level:{word}": (place, factor if is_share else 1.0)
        for (word, is_share), place in columns.levels.items()
    }


def _are_shares(columns: FreeColumns, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the only mark columns are shares: said so, or their sum is 100 (or 1) and not the participants."""
    is_share = {share for _, share in columns.marks}
    if len(is_share) != 1 or True in is_share:
        return is_share == {True}
    places, people = list(columns.marks.values()), columns.roles.get("participants")
    votes = 0
    for row in rows:
        total = sum(number_at(row, place) or 0.0 for place in places)
        count = number_at(row, people) if people is not None else None
        votes += (
            -1 if count is not None and abs(total - count) < 0.01 else int(min(abs(total - 100), abs(total - 1)) < 0.6)
        )
    return votes > len(rows) / 2


def _factor(rows: Sequence[Sequence[Cell]], places: Sequence[int]) -> float:
    sums = [sum(number_at(row, place) or 0.0 for place in places) for row in rows]
    near_one = sum(1 for total in sums if abs(total - 1) < 0.02)
    return 100.0 if rows and near_one > len(rows) / 2 else 1.0


def _item_factor(rows: Sequence[Sequence[Cell]], places: Sequence[int]) -> float:
    """Facilities of 0 to 1 with fractions among them are shares of one."""
    values = [value for row in rows for place in places if (value := number_at(row, place)) is not None]
    is_fraction = all(0 <= value <= 1 for value in values) and any(not value.is_integer() for value in values)
    return 100.0 if is_fraction else 1.0


def _is_numeric(rows: Sequence[Sequence[Cell]], place: int) -> bool:
    filled = [row for row in rows if place < len(row) and clean(row[place])]
    return bool(filled) and sum(number_at(row, place) is not None for row in filled) > len(filled) / 2


def _work_key(row: Sequence[Cell], columns: FreeColumns) -> _Key:
    return _year(_text(row, columns, "year")), _grade(_text(row, columns, "grade")), _text(row, columns, "subject")


@lru_cache(maxsize=256)
def _year(printed: str) -> int | None:
    """A school year «2024-2025» is named by the year in which it ends."""
    return whole(printed) or facts_of_text(printed).year


@lru_cache(maxsize=256)
def _grade(printed: str) -> int | None:
    return whole(printed) or grade_in_class(printed) or facts_of_text(printed).grade_level


def _row(
    place: int,
    row: Sequence[Cell],
    columns: FreeColumns,
    plan: dict[str, tuple[int, float]],
    titled: OrganizationClaim,
) -> SummaryRow:
    values = {key: _value(value, factor) for key, (column, factor) in plan.items()
              if (value := number_at(row, column)) is not None}  # fmt: skip
    code = _text(row, columns, "code") or titled.code
    name = _text(row, columns, "name") or titled.name
    grade = _text(row, columns, "grade")
    people = columns.roles.get("participants")
    is_total = _TOTALS.fullmatch(header_key(name or code)) is not None
    return SummaryRow(
        level=GroupLevel.MUNICIPALITY if is_total else GroupLevel.ORGANIZATION,
        name=name,
        code=code,
        participants=None if people is None else whole(clean(row[people]) if people < len(row) else ""),
        values=values,
        row=place + 1,
        subgroup="" if re.fullmatch(r"\d{1,2}(?:[ -]?(?:й )?класс\w*)?", grade) else grade,
        municipality=_text(row, columns, "municipality"),
    )


def _value(value: float, factor: float) -> float:
    return value if factor == 1.0 else round(value * factor, 6)


def _highest_score(rows: Sequence[SummaryRow]) -> int | None:
    return max((int(score) for row in rows for score in row.values), default=None)


def _titled(book: Book, sheet: Sheet, index: int) -> OrganizationClaim:
    """The school that the lines above a table of classes name, else the file."""
    lines = ["\t".join(text for cell in row if (text := clean(cell))) for row in sheet.rows[:index]]
    found = organization_in_titles([*lines, sheet.name])
    return found if found.name or found.code else organization_of_path(book.file)


def _known(book: Book, sheet: Sheet, index: int) -> list[NameFacts]:
    lines = [clean(cell) for row in sheet.rows[:index] for cell in row if isinstance(cell, str) and clean(cell)]
    return [*map(facts_of_text, lines), facts_of_text(sheet.name), facts_of_name(book.file)]


def _campaign(key: _Key, known: Sequence[NameFacts], rows: Sequence[SummaryRow]) -> CampaignClaim:
    year, grade, printed = key
    is_federal = any(_FEDERAL_LOGIN.fullmatch(row.code) for row in rows[:50])
    procedure = next((fact.procedure for fact in known if fact.procedure), Procedure.VPR if is_federal else None)
    return CampaignClaim(
        procedure=procedure,
        subject=subject_named(printed) if printed else next((fact.subject for fact in known if fact.subject), None),
        grade_level=grade or next((fact.grade_level for fact in known if fact.grade_level), None),
        year=year or next((fact.year for fact in known if fact.year), None),
        raw_subject=printed or next((fact.raw_subject for fact in known if fact.raw_subject), ""),
    )
