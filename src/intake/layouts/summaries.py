"""Summary reports of the federal system: marks (1.7), journal comparison (1.8) and four not verified ones (1.9).

A report is told by its name in the first rows, never by the file name (downloads have numeric names).
"""

from __future__ import annotations

from intake.contracts import Problem, Severity, Summary, SummaryKind
from intake.layouts.base import Book, Recognised, Sheet
from intake.layouts.remarks import Remarks
from intake.layouts.summary_heading import Heading, read_heading
from intake.layouts.summary_rows import SummaryTable, read_table

_VERIFIED = frozenset({SummaryKind.MARKS, SummaryKind.JOURNAL})
#: Kinds whose values in a row are shares of one whole.
_WHOLES = frozenset({SummaryKind.MARKS, SummaryKind.SCORES})
#: Rounding of up to fifty shares to 0.01 each.
_TOLERANCE = 0.5


class FederalSummary:
    """Layout of formats.md 1.7–1.9."""

    id = "federal_summary"

    def read(self, book: Book) -> list[Recognised] | None:
        found: list[Recognised] = []
        for sheet in book.sheets:
            heading = None if sheet.is_hidden else read_heading(sheet)
            if heading is not None:
                found.append(_summary(book, sheet, heading))
        return found or None


def _summary(book: Book, sheet: Sheet, heading: Heading) -> Summary:
    table = read_table(heading.kind, sheet.rows, heading.header_row)
    is_verified = heading.kind in _VERIFIED
    return Summary(
        file=book.file,
        sheet=sheet.name,
        layout=f"summary_{heading.kind.value}",
        kind=heading.kind,
        campaign=heading.campaign,
        rows=table.rows,
        declared_max_score=heading.max_score,
        is_verified_layout=is_verified,
        problems=_problems(book, sheet, heading, table),
        items=table.items,
        outcomes=table.outcomes,
    )


def _problems(book: Book, sheet: Sheet, heading: Heading, table: SummaryTable) -> list[Problem]:
    remarks = Remarks(book.file, sheet.name)
    if heading.kind not in _VERIFIED:
        message = "Структура отчёта не подтверждена по официальному образцу: проверьте прочитанные значения."
        hint = "Сверьте несколько строк с отчётом в федеральной системе."
        remarks.add(Severity.WARNING, "summary.layout_not_verified", message, row=heading.header_row, hint=hint)
    if not table.rows:
        message = "В отчёте нет ни одной строки с данными."
        remarks.add(Severity.WARNING, "summary.empty", message, row=heading.header_row)
    for row, column, message in table.faults:
        remarks.add(Severity.WARNING, "summary.unreadable", message, row=row, column=column)
    for one in table.rows if heading.kind in _WHOLES else ():
        total = sum(one.values.values())
        if abs(total - 100) > _TOLERANCE and one.row is not None:
            shown = f"{total:.2f}".replace(".", ",")
            message = f"Сумма долей в строке — {shown} %, ожидалось 100 %."
            remarks.add(Severity.WARNING, "summary.shares_sum", message, row=one.row - 1)
    return remarks.finished()
