"""Test specifications: tables typed from the official descriptions (1.11) and the product's own template.

The template is a table with the headers of `specification_template_headers()` and, optionally, a sheet «Шкала» with
the headers of `scale_template_headers()`: one row a mark, lowest and highest raw score, source of the boundaries;
«Уровни» of a work without marks; «Условия» of marks (a sum of points over some items).
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.contracts import CampaignClaim, Problem, Severity, Specification
from intake.fields.names import facts_of_name, facts_of_text
from intake.fields.text import clean, header_key
from intake.layouts.base import Book, Recognised, Sheet
from intake.layouts.specification_columns import SpecificationColumns, find_specification
from intake.layouts.specification_items import ItemMerger, tidy
from intake.layouts.specification_levels import CONDITION_HEADERS, LEVEL_HEADERS, read_conditions, read_levels
from intake.layouts.specification_scale import SCALE_HEADERS, read_scale, scale_start

_TEMPLATE = ("№ задания", "Макс. балл", "Уровень", "КЭС", "Умение / Планируемый результат", "Раздел")
_DEPTH = 30


def specification_template_headers() -> tuple[str, ...]:
    """Headers of the product's own specification table, in order."""
    return _TEMPLATE


def scale_template_headers() -> tuple[str, ...]:
    """Headers of the sheet «Шкала» of the product's own specification, in order."""
    return SCALE_HEADERS


def level_template_headers() -> tuple[str, ...]:
    """Headers of the sheet «Уровни», in order."""
    return LEVEL_HEADERS


def condition_template_headers() -> tuple[str, ...]:
    """Headers of the sheet «Условия», in order."""
    return CONDITION_HEADERS


class SpecificationLayout:
    """Layout of formats.md 1.11 and of the own template: every sheet with such a table is a specification."""

    id = "specification"

    def read(self, book: Book) -> list[Recognised] | None:
        sheets = [sheet for sheet in book.sheets if not sheet.is_hidden]
        found: list[Recognised] = []
        for sheet in sheets:
            header = _header(sheet)
            if header is not None:
                found.append(_specification(book, sheets, sheet, *header))
        return found or None


def _header(sheet: Sheet) -> tuple[int, list[SpecificationColumns]] | None:
    for index, row in enumerate(sheet.rows[:_DEPTH]):
        if tables := find_specification(row):
            return index, tables
    return None


def _specification(
    book: Book, sheets: Sequence[Sheet], sheet: Sheet, header_row: int, tables: Sequence[SpecificationColumns]
) -> Specification:
    merger = ItemMerger()
    rows = sheet.rows[: scale_start(sheet, header_row + 1)]
    for table in tables:
        merger.add_table(rows, header_row, table)
    elements, requirements = _names(sheets)
    items = merger.items(requirements)
    scale, levels = read_scale(book.file, sheets), read_levels(book.file, sheets)
    conditions, remarks = read_conditions(book.file, sheets, [item.label for item in items])
    problems = [
        Problem(
            Severity.ERROR if is_error else Severity.WARNING,
            "specification.row",
            message[:1].upper() + message[1:] + ".",
            book.file,
            sheet.name,
            row,
            column,
        )
        for row, column, is_error, message in merger.faults
    ]
    if not items:
        message = "В таблице спецификации нет ни одного задания."
        problems.append(Problem(Severity.ERROR, "specification.empty", message, book.file, sheet.name, header_row + 1))
    return Specification(
        file=book.file,
        campaign=_campaign(book, sheet, header_row),
        items=items,
        cut_scores=scale.cut_scores,
        cut_scores_source=scale.source,
        element_names=elements,
        problems=[*problems, *scale.problems, *levels.problems, *remarks],
        level_names=levels.names,
        level_lowest=levels.lowest,
        conditions=conditions,
    )


def _names(sheets: Sequence[Sheet]) -> tuple[dict[str, str], dict[str, str]]:
    """Names of content elements and of requirements by code, from sheets «Код | Проверяемые …»."""
    elements: dict[str, str] = {}
    requirements: dict[str, str] = {}
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:10]):
            keys = [header_key(cell) for cell in row[:6]]
            target = next((k for k in keys if k.startswith(("проверяемые элементы", "проверяемые требования"))), None)
            if target is None or not any(key.startswith("код") for key in keys):
                continue
            code = next(place for place, key in enumerate(keys) if key.startswith("код"))
            names = elements if target.startswith("проверяемые элементы") else requirements
            _collect(names, sheet, index, code, keys.index(target))
            break
    return elements, requirements


def _collect(names: dict[str, str], sheet: Sheet, header_row: int, code: int, name: int) -> None:
    for row in sheet.rows[header_row + 1 :]:
        if max(code, name) < len(row) and clean(row[code]) and tidy(row[name]):
            names.setdefault(clean(row[code]), tidy(row[name]))


def _campaign(book: Book, sheet: Sheet, header_row: int) -> CampaignClaim:
    lines = [" ".join(clean(cell) for cell in row if clean(cell)) for row in sheet.rows[:header_row]]
    known = [*(facts_of_text(line) for line in lines if line), facts_of_name(book.file), facts_of_text(sheet.name)]
    return CampaignClaim(
        procedure=next((fact.procedure for fact in known if fact.procedure), None),
        subject=next((fact.subject for fact in known if fact.subject), None),
        grade_level=next((fact.grade_level for fact in known if fact.grade_level), None),
        year=next((fact.year for fact in known if fact.year), None),
        raw_subject=next((fact.raw_subject for fact in known if fact.raw_subject), ""),
    )
