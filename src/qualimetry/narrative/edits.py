"""A specialist's edits over a document that was generated again: nothing typed by a person is lost in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualimetry.narrative.blocks import Block, BulletList, Chart, Heading, PageBreak, Paragraph, ReportDocument, Table


@dataclass(frozen=True, slots=True)
class Edit:
    """The text of the block `key`: what was generated then and what the specialist wrote instead.

    Entries of a list are lines. An empty `new` takes the block out of the document.
    """

    key: str
    original: str
    new: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The generated text is another one now. The document keeps the edit; `generated` is None where the block has
    gone from the document, and the edit with it."""

    key: str
    original: str
    generated: str | None
    edited: str


def text_of(block: Block) -> str | None:
    """The text that may be edited: of a list its entries as lines, of tables and charts the caption."""
    match block:
        case Heading() | Paragraph():
            return block.text
        case BulletList():
            return "\n".join(block.entries)
        case Table() | Chart():
            return block.caption
        case PageBreak():
            return None


def apply_edits(document: ReportDocument, edits: Iterable[Edit]) -> tuple[ReportDocument, tuple[Conflict, ...]]:
    """The document with the edits in it, and the edits whose generated text has changed since.

    The last edit of a key counts. An edit that says what is generated now anyway is no conflict.
    """
    by_key = {edit.key: edit for edit in edits}
    texts = {block.key: text_of(block) for block in (*document.blocks, *document.annexes)}
    conflicts = tuple(
        Conflict(edit.key, edit.original, texts.get(edit.key), edit.new)
        for edit in by_key.values()
        if texts.get(edit.key) not in (edit.original, edit.new)
    )
    edited = replace(document, blocks=_edited(document.blocks, by_key), annexes=_edited(document.annexes, by_key))
    return edited, conflicts


def _edited(blocks: tuple[Block, ...], edits: dict[str, Edit]) -> tuple[Block, ...]:
    changed = (_with_text(block, edits[block.key].new) if block.key in edits else block for block in blocks)
    return tuple(block for block in changed if block is not None)


def _with_text(block: Block, text: str) -> Block | None:
    if not text.strip() and not isinstance(block, PageBreak):
        return None
    match block:
        case Heading() | Paragraph():
            return replace(block, text=text)
        case BulletList():
            return replace(block, entries=tuple(line for line in text.splitlines() if line.strip()))
        case Table() | Chart():
            return replace(block, caption=text)
        case PageBreak():
            return block
