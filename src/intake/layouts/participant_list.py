"""Any table with one row a participant: words of the header in any order, extra titles, several campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intake.contracts import Severity, Work
from intake.fields.cells import ITEM_VALUES
from intake.fields.organizations import organization_in_titles
from intake.layouts.base import Book, Sheet
from intake.layouts.generic_blocks import subject_blocks
from intake.layouts.generic_campaign import CampaignRows, claim_of_titles, class_of_titles, split_by_campaign
from intake.layouts.generic_header import FoundTable, find_tables, participant_columns_of
from intake.layouts.headers import readable_sheets
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import ReadingRules, TableColumns
from intake.layouts.rows_left_out import row_filter
from intake.layouts.section_rows import with_sections
from intake.layouts.sum_rows import without_sums
from intake.layouts.works import build_work
from intake.layouts.written_once import with_values_written_once


class ParticipantList:
    """The generic layout: every table and every campaign in it is a work."""

    id = "participant_list"

    def read(self, book: Book) -> list[Work] | None:
        works: list[Work] = []
        for sheet in readable_sheets(book):
            titles: list[str] = []
            for table in find_tables(sheet):
                titles = table.titles or titles
                works += self._read(book, sheet, table, titles)
        return works or None

    def _read(self, book: Book, sheet: Sheet, table: FoundTable, titles: list[str]) -> list[Work]:
        blocks = subject_blocks(sheet, table)
        parts = [(block.header(table.header), [block.raw_subject, *titles]) for block in blocks]
        found = [
            (columns, lines)
            for header, lines in parts or [(table.header, titles)]
            if (columns := participant_columns_of(sheet, table, header)) is not None
        ]
        return [work for columns, lines in found for work in read_table(book, sheet, self.id, table, columns, lines)]


def read_table(
    book: Book, sheet: Sheet, layout: str, table: FoundTable, columns: TableColumns, titles: list[str]
) -> list[Work]:
    """Works of one table, a work a campaign."""
    common = claim_of_titles(titles, sheet.name, book.file)
    above = organization_in_titles([*titles, sheet.name])
    printed = columns
    sheet, columns = with_sections(
        sheet, table, columns, above, class_of_titles([*titles, sheet.name], common.grade_level)
    )
    rows = sheet.rows[: table.end]
    numbers = row_filter(rows, table.first, columns.roles, [index for index, _ in columns.items], needs_code=False)
    remarks = Remarks(book.file, sheet.name)
    numbers = without_sums(rows, numbers, columns, remarks)
    sheet = with_values_written_once(sheet, printed, numbers, remarks)
    rows = sheet.rows[: table.end]
    _say_unknown(sheet, columns, numbers, remarks)
    groups = split_by_campaign(rows, numbers, columns, common) or [CampaignRows(common, [])]
    works = []
    for group in groups:
        own = _own_items(sheet, columns, group) if len(groups) > 1 else columns
        rules = ReadingRules(
            is_ordinal_class="порядковый номер класса" in table.header_keys(),
            grade_level=group.campaign.grade_level,
            class_group=class_of_titles([*titles, sheet.name], group.campaign.grade_level),
            organization=above,
        )
        works.append(
            build_work(
                book,
                sheet,
                layout,
                campaign=group.campaign,
                columns=own,
                first=table.first,
                rules=rules,
                numbers=group.numbers,
            )
        )
    if works:
        works[0].problems += remarks.finished()
    return works


def _say_unknown(sheet: Sheet, columns: TableColumns, numbers: Sequence[int], remarks: Remarks) -> None:
    """Columns of numbers that nobody reads may be scores: «Тест», «Практика»."""
    rows = [sheet.rows[number] for number in numbers[:50]]
    found = {
        index: text
        for index, text in columns.unknown.items()
        if 2 * sum(index < len(row) and ITEM_VALUES[row[index]] >= 0 for row in rows) > len(rows)
    }
    if found:
        remarks.add(
            Severity.WARNING,
            "columns.unknown",
            f"Столбцы с числами не узнаны и не учтены: {', '.join(f'«{text}»' for text in found.values())}.",
            row=numbers[0] - 1,
            column=min(found),
            hint="Если это баллы за задания, назовите столбцы номерами заданий: «1 (2б)», «2 (1б)».",
        )


def _own_items(sheet: Sheet, columns: TableColumns, group: CampaignRows) -> TableColumns:
    """Items that anybody of the campaign has: campaigns of one table need not share them."""
    items = [
        (index, claim)
        for index, claim in columns.items
        if any(index < len(sheet.rows[number]) and sheet.rows[number][index] != "" for number in group.numbers)
    ]
    return replace(columns, items=items)
