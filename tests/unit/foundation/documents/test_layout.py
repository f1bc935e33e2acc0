"""Numbers, breaks, widths: what both printers follow."""

from __future__ import annotations

import pytest

from msoko.foundation.documents.grid import lay_out
from msoko.foundation.documents.layout import lay_out_report
from msoko.foundation.documents.widths import text_mm
from qualimetry.narrative.blocks import Block, Column, Heading, PageBreak, Paragraph, ReportDocument, Table
from tests.golden.documents.sample import municipal_report, organizations_table, small_table, title_page, wide_table


def report(*blocks: Block, annexes: tuple[Block, ...] = ()) -> ReportDocument:
    return ReportDocument(title_page(), blocks, annexes)


def test_tables_and_figures_are_numbered_apart_through_annexes() -> None:
    layout = lay_out_report(municipal_report())
    placed = [item for section in layout.sections for item in section.placed if item.number]
    numbers = [(type(item.block).__name__, item.number) for item in placed]
    assert [number for kind, number in numbers if kind == "Table"] == [1, 2, 3, 4]
    assert [number for kind, number in numbers if kind == "Chart"] == [1, 2, 3, 4, 5, 6]


def test_annexes_with_tables_are_numbered_begin_a_page_and_follow_one_another() -> None:
    table = Table("t", "Таблица", (Column("а"),), (("б",),))
    annexes = (Heading("x", "Таблицы"), table, Heading("y", "Списки"))
    layout = lay_out_report(report(Paragraph("p", "а"), annexes=annexes))
    assert [entry.text for entry in layout.headings] == ["Приложение\u00a01. Таблицы", "Приложение\u00a02. Списки"]
    kinds = [type(item.block).__name__ for item in layout.sections[0].placed]
    assert kinds == ["Paragraph", "PageBreak", "Heading", "Table", "Heading"]


def test_an_annex_of_text_alone_follows_the_report() -> None:
    layout = lay_out_report(report(Paragraph("p", "а"), annexes=(Heading("x", "Методика"), Paragraph("q", "б"))))
    kinds = [type(item.block).__name__ for item in layout.sections[0].placed]
    assert kinds == ["Paragraph", "Heading", "Paragraph"]


def test_break_before_an_annex_is_not_doubled() -> None:
    annexes = (PageBreak("b", is_landscape=True), Heading("x", "Списки"), Paragraph("p", "а"))
    layout = lay_out_report(report(Paragraph("p", "а"), annexes=annexes))
    assert [(section.is_landscape, len(section.placed)) for section in layout.sections] == [(False, 1), (True, 2)]


def test_landscape_lasts_until_the_next_break() -> None:
    layout = lay_out_report(
        report(
            Paragraph("a", "а"),
            PageBreak("b", is_landscape=True),
            Paragraph("c", "в"),
            PageBreak("d"),
            Paragraph("e", "д"),
        )
    )
    assert [section.is_landscape for section in layout.sections] == [False, True, False]


def test_levels_of_headings_never_skip() -> None:
    layout = lay_out_report(report(Heading("a", "А", 2), Heading("b", "Б", 3), Heading("c", "В"), Heading("d", "Г", 3)))
    assert [entry.level for entry in layout.headings] == [1, 2, 1, 2]


def test_short_report_has_no_contents() -> None:
    assert lay_out_report(report(Heading("a", "А"), Heading("b", "Б"))).contents == ()


@pytest.mark.parametrize(("table", "width"), [(organizations_table(), 170), (wide_table(), 257), (small_table(), 170)])
def test_widths_fill_the_page_and_hold_the_words(table: Table, width: float) -> None:
    grid = lay_out(table, width)
    assert sum(grid.widths) == pytest.approx(width)
    assert not grid.is_tight


def test_type_shrinks_with_the_number_of_columns() -> None:
    sizes = [lay_out(table, 170).type_size for table in (small_table(), organizations_table(), wide_table())]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 12


def test_groups_of_the_header_span_and_empty_ones_join_rows() -> None:
    first, second = lay_out(organizations_table(), 170).header
    assert [(cell.columns, cell.rows) for cell in first] == [(1, 2), (1, 2), (4, 1), (1, 2), (1, 2), (1, 2)]
    assert [cell.text for cell in second] == ["«2»", "«3»", "«4»", "«5»"]


def test_wrong_tables_are_refused() -> None:
    columns = (Column("A"), Column("B"))
    with pytest.raises(ValueError, match="row 0 has 1 cells, 2 expected"):
        lay_out(Table("t", "", columns, (("a",),)), 170)
    with pytest.raises(ValueError, match="groups do not cover 2 columns"):
        lay_out(Table("t", "", columns, (), header_groups=(("g", 3),)), 170)


def test_long_texts_get_the_room_that_short_ones_do_not_need() -> None:
    long, short = "Разобрать на заседании методического объединения типичные ошибки " * 3, "в течение месяца"
    grid = lay_out(Table("t", "", (Column("Действие"), Column("Срок")), ((long, short),) * 5), 170)
    assert grid.widths[0] > 100


def test_numbers_written_as_texts_stand_as_numbers() -> None:
    columns = (Column("Отметка"), Column("Интервал"), Column("Задания"), Column("Слово"))
    rows = (("3,31", "56,7–70,4\u00a0%", "1, 2", "а"), ("—", "5–22\u00a0%", "3", "б"))
    assert lay_out(Table("t", "", columns, rows), 170).alignments == ("right", "right", "left", "left")


@pytest.mark.parametrize(
    ("text", "is_bold", "real"),
    [("Обыкновенные", False, 12 * 0.5438), ("Дискриминативность", True, 18 * 0.5498), ("1234567890", False, 5.0)],
)
def test_width_of_a_text_is_near_that_of_the_font(text: str, is_bold: bool, real: float) -> None:
    assert text_mm(text, 10, is_bold=is_bold) == pytest.approx(real * 10 * 25.4 / 72, rel=0.08)
