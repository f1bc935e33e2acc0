"""Edits of a specialist over a document generated again."""

from __future__ import annotations

from dataclasses import replace

from qualimetry.narrative.blocks import (
    BulletList,
    Chart,
    Grounds,
    Heading,
    PageBreak,
    Paragraph,
    ReportDocument,
    Table,
    TitlePage,
)
from qualimetry.narrative.edits import Conflict, Edit, apply_edits, text_of

GROUNDS = (Grounds("pass_rate", {"rate": 0.9}, 100),)
DOCUMENT = ReportDocument(
    TitlePage("Управление", "Справка", "о результатах", "Заречный", 2026),
    blocks=(
        Heading("marks.heading", "Отметки"),
        Paragraph("marks.summary", "Успеваемость – 90 %.", GROUNDS),
        BulletList("gaps.sentences", ("Первое.", "Второе."), grounds=GROUNDS),
        Table("marks.table", "Отметки", (), ()),
        Chart("marks.chart", "Доли", {}, "Доли"),
        PageBreak("page"),
    ),
    annexes=(Paragraph("annex.text", "Приложение.", GROUNDS),),
)


def test_without_edits_the_document_stays_itself() -> None:
    assert apply_edits(DOCUMENT, ()) == (DOCUMENT, ())


def test_an_edit_replaces_the_text_and_keeps_the_grounds() -> None:
    document, conflicts = apply_edits(
        DOCUMENT, [Edit("marks.summary", "Успеваемость – 90 %.", "Успеваемость высокая.")]
    )
    assert document.blocks[1] == Paragraph("marks.summary", "Успеваемость высокая.", GROUNDS)
    assert conflicts == ()


def test_entries_of_a_list_are_edited_as_lines() -> None:
    document, _ = apply_edits(DOCUMENT, [Edit("gaps.sentences", "Первое.\nВторое.", "Первое.\n\nНовое.\nЕщё.")])
    assert document.blocks[2] == BulletList("gaps.sentences", ("Первое.", "Новое.", "Ещё."), grounds=GROUNDS)


def test_captions_headings_and_annexes_are_edited_too() -> None:
    edits = [
        Edit("marks.heading", "Отметки", "Итоги"),
        Edit("marks.table", "Отметки", "Таблица отметок"),
        Edit("marks.chart", "Доли", "Доли отметок"),
        Edit("annex.text", "Приложение.", "Изменено."),
    ]
    document, conflicts = apply_edits(DOCUMENT, edits)
    texts = [text_of(block) for block in (*document.blocks, *document.annexes)]
    assert texts == [
        "Итоги",
        "Успеваемость – 90 %.",
        "Первое.\nВторое.",
        "Таблица отметок",
        "Доли отметок",
        None,
        "Изменено.",
    ]
    assert conflicts == ()


def test_an_empty_edit_takes_the_block_out() -> None:
    document, _ = apply_edits(DOCUMENT, [Edit("marks.summary", "Успеваемость – 90 %.", " ")])
    assert "marks.summary" not in [block.key for block in document.blocks]


def test_new_figures_under_an_edit_are_a_conflict_that_keeps_the_edit() -> None:
    edit = Edit("marks.summary", "Успеваемость – 88 %.", "Успеваемость высокая.")
    document, conflicts = apply_edits(DOCUMENT, [edit])
    assert text_of(document.blocks[1]) == "Успеваемость высокая."
    assert conflicts == (Conflict("marks.summary", edit.original, "Успеваемость – 90 %.", edit.new),)


def test_a_block_that_has_gone_is_reported_with_the_edit() -> None:
    edit = Edit("journal.summary", "Совпали.", "Совпали почти все.")
    assert apply_edits(DOCUMENT, [edit]) == (DOCUMENT, (Conflict(edit.key, "Совпали.", None, edit.new),))


def test_what_was_typed_and_is_generated_now_agree() -> None:
    _, conflicts = apply_edits(DOCUMENT, [Edit("marks.summary", "Успеваемость – 80 %.", "Успеваемость – 90 %.")])
    assert conflicts == ()


def test_edits_survive_regeneration_twice() -> None:
    edits = [Edit("marks.summary", "Успеваемость – 90 %.", "Моя фраза.")]
    once, _ = apply_edits(DOCUMENT, edits)
    again, conflicts = apply_edits(replace(DOCUMENT), edits)
    assert (again, conflicts) == (once, ())


def test_the_last_edit_of_a_block_counts() -> None:
    edits = [Edit("marks.summary", "Успеваемость – 90 %.", text) for text in ("Первая.", "Вторая.")]
    document, _ = apply_edits(DOCUMENT, edits)
    assert text_of(document.blocks[1]) == "Вторая."
