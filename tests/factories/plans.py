"""One plan as files of every kind: Word, Excel, OpenDocument, PDF, HTML, text with tabs. All content is invented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

#: a section is one text; an activity is the texts of its cells
Row = str | Sequence[str]

HEADER = ("№ п/п", "Мероприятия", "Сроки проведения", "Ответственные исполнители", "Результат. Вид документа")

ROWS: tuple[Row, ...] = (
    "I. Организационное обеспечение",
    ("1.1.", "Назначение ответственных за сбор сведений", "до 15 сентября", "ИМЦ", "Приказ"),
    ("1.2.", "Утверждение графика оценочных процедур", "сентябрь, ежегодно", "отдел контроля, ОО", "Приказ, график"),
    ("1.3.", "Совещание по итогам первого полугодия", "январь", "отдел контроля", "Протокол"),
    "II. Мониторинг",
    "2.1. Качество подготовки обучающихся",
    ("2.1.1.", "Сбор результатов работ в 5 и 7 классах", "октябрь, апрель", "ИМЦ, ОО", "Аналитическая справка"),
    ("2.1.2.", "Выборочная перепроверка работ", "ежеквартально", "ИМЦ, ОО, показавшие необъективные результаты",
     "Протокол, рекомендации"),
    "2.2. Воспитание и социализация обучающихся",
    ("2.2.1.", "Опрос родителей об удовлетворенности условиями обучения", "март, ежегодно", "ОО",
     "Аналитическая информация для включения в Доклад начальника управления"),
    ("2.2.2.", "Консультации классных руководителей", "по запросу ОО", "ИМЦ", "Рекомендации"),
    "III. Управленческие решения",
    ("3.1.", "Принятие решений по итогам мониторинга", "июнь", "отдел контроля", "Приказ"),
)  # fmt: skip

ABBREVIATIONS = (
    "Перечень сокращений:",
    "ОО – общеобразовательная организация;",
    "ИМЦ – информационно-методический центр.",
)
TITLE = ("План мероприятий («дорожная карта»)", "по развитию муниципальной системы оценки качества образования",
         "на 2026-2027 учебный год")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a file of a plan says. `broken`: rows (by place) whose last cell is torn over two pages."""

    header: Sequence[str] = HEADER
    rows: Sequence[Row] = ROWS
    before: Sequence[str] = (*TITLE, *ABBREVIATIONS)
    after: Sequence[str] = ("Заведующий ИМЦ ____________",)
    broken: Sequence[int] = field(default_factory=tuple)

    @property
    def width(self) -> int:
        return len(self.header)

    def shuffled(self, order: Sequence[int]) -> PlanText:
        """The same plan with columns in another order."""
        rows = [row if isinstance(row, str) else [row[place] for place in order] for row in self.rows]
        return PlanText([self.header[place] for place in order], rows, self.before, self.after, self.broken)

    def lines(self) -> list[tuple[str, ...]]:
        """Rows with torn ones as two lines: the second has nothing but the tail."""
        result: list[tuple[str, ...]] = []
        for place, row in enumerate(self.rows):
            if isinstance(row, str):
                result.append((row,))
            elif place in self.broken:
                head, _, tail = row[-1].partition(" ")
                result += [(*row[:-1], head), (*[""] * (len(row) - 1), tail)]
            else:
                result.append(tuple(row))
        return result


def as_text(plan: PlanText, *, separator: str = "\t") -> bytes:
    """Text with tabs; sections have empty cells, torn rows an empty line between their parts."""
    lines = [*plan.before, "", separator.join(plan.header)]
    for row in plan.lines():
        if not row[0] and len(row) > 1:
            lines.append("")
        lines.append(separator.join((*row, *[""] * (plan.width - len(row)))))
    return "\n".join([*lines, "", *plan.after]).encode()


def as_html(plan: PlanText) -> bytes:
    """A page as Word saves it: paragraphs inside of cells, sections over all columns."""
    rows = [_html_row(plan.header)]
    for row in plan.rows:
        is_section = isinstance(row, str)
        rows.append(f'<tr><td colspan="{plan.width}"><p class="MsoNormal"><b>{escape(row)}</b><o:p></o:p></p></td></tr>'
                    if isinstance(row, str) and is_section else _html_row(row))  # fmt: skip
    before = "".join(f"<p>{escape(text)}</p>" for text in plan.before)
    after = "".join(f"<p>{escape(text)}</p>" for text in plan.after)
    style = "<style>p { margin: 0 }</style>"
    page = f"<html><head>{style}</head><body>{before}<table>{''.join(rows)}</table>{after}</body></html>"
    return page.encode()


def _html_row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{_html_lines(cell)}</td>" for cell in cells) + "</tr>"


def _html_lines(cell: str) -> str:
    return "".join(f'<p class="MsoNormal">{escape(line)}</p>' for line in cell.split("\n"))


def as_docx(plan: PlanText, *, breaks: bool = True) -> bytes:
    """Word: sections merged over all columns, torn rows with a break of pages inside of the cell."""
    import docx
    from docx.enum.text import WD_BREAK

    document = docx.Document()
    for text in plan.before:
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=plan.width)
    for place, text in enumerate(plan.header):
        table.rows[0].cells[place].text = text
    for place, row in enumerate(plan.rows):
        cells = table.add_row().cells
        if isinstance(row, str):
            cells[0].merge(cells[-1]).text = row
            continue
        for column, text in enumerate(row):
            cells[column].text = text
        if place in plan.broken and breaks:
            head, _, tail = row[-1].partition(" ")
            cells[-1].text = head
            run = cells[-1].paragraphs[0].add_run()
            run.add_break(WD_BREAK.PAGE)
            cells[-1].paragraphs[0].add_run(tail)
    for text in plan.after:
        document.add_paragraph(text)
    return _saved(document)


def as_xlsx(plan: PlanText) -> bytes:
    """Excel: the title above the table, sections merged."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for text in plan.before:
        sheet.append([text])
    sheet.append([])
    sheet.append(list(plan.header))
    for row in plan.rows:
        sheet.append([row] if isinstance(row, str) else list(row))
        if isinstance(row, str):
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=plan.width)
    return _saved(book)


def as_ods(plan: PlanText) -> bytes:
    """OpenDocument: sections span all columns."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="План")
    for row in [*((text,) for text in plan.before), (), tuple(plan.header), *plan.rows]:
        line = TableRow()
        cells = (row,) if isinstance(row, str) else row
        for text in cells:
            span = {"numbercolumnsspanned": plan.width} if isinstance(row, str) else {}
            cell = TableCell(valuetype="string", **span)
            cell.addElement(P(text=text))
            line.addElement(cell)
        if isinstance(row, str):
            line.addElement(CoveredTableCell(numbercolumnsrepeated=plan.width - 1))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    return _saved(book)


def as_pdf(plan: PlanText, *, has_lines: bool = True, height: int = 560) -> bytes:
    """PDF on low pages, so that rows go over from page to page; with lines around cells or without."""
    import typst

    columns = _typst_columns(plan)
    stroke = "0.5pt" if has_lines else "none"
    cells = ["table.header(repeat: true, " + ", ".join(_typst(text) for text in plan.header) + ")"]
    for row in plan.rows:
        cells += [f"table.cell(colspan: {plan.width}, {_typst(row)})"] if isinstance(row, str) else map(_typst, row)
    source = "\n".join(
        [
            f"#set page(width: 842pt, height: {height}pt, margin: 40pt)",
            '#set text(size: 10pt, lang: "ru", hyphenate: false)',
            *(f"#par{_typst(text)}" for text in plan.before),
            f"#table(columns: {columns}, stroke: {stroke}, row-gutter: {'0pt' if has_lines else '4pt'}, "
            f"column-gutter: {'0pt' if has_lines else '14pt'}, {', '.join(cells)})",
            *(f"#par{_typst(text)}" for text in plan.after),
        ]
    )  # fmt: skip
    compiled: Any = typst.compile(source.encode())
    return bytes(compiled)


def _typst_columns(plan: PlanText) -> str:
    longest = [max(len(row[place]) for row in [plan.header, *(one for one in plan.rows if not isinstance(one, str))])
               for place in range(plan.width)]  # fmt: skip
    return "(" + ", ".join(f"{max(2, min(length, 40))}fr" for length in longest) + ")"


def _typst(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'[#"{escaped}"]'


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
