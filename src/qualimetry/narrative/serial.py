"""A report as JSON and back: what a draft and a frozen issue are stored as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualimetry.narrative.blocks import (
    Block,
    BulletList,
    Chart,
    Heading,
    PageBreak,
    Paragraph,
    ReportDocument,
    Table,
    TitlePage,
)
from qualimetry.recipes.serial import from_dict, to_dict

_KINDS: dict[str, type[Block]] = {
    kind.__name__: kind for kind in (Heading, Paragraph, BulletList, Table, Chart, PageBreak)
}


def document_to_json(document: ReportDocument) -> dict[str, Any]:
    """Plain JSON of a document; blocks carry their type."""
    return {
        "title_page": to_dict(document.title_page),
        "blocks": [_block_to_json(block) for block in document.blocks],
        "annexes": [_block_to_json(block) for block in document.annexes],
        "stamp": document.stamp,
        "language": document.language,
        "has_contents": document.has_contents,
    }


def document_from_json(data: Mapping[str, Any]) -> ReportDocument:
    """The document of `document_to_json`. Raises KeyError for an unknown type of block."""
    return ReportDocument(
        title_page=from_dict(TitlePage, data["title_page"]),
        blocks=tuple(_block_from_json(block) for block in data["blocks"]),
        annexes=tuple(_block_from_json(block) for block in data["annexes"]),
        stamp=data["stamp"],
        language=data["language"],
        has_contents=data.get("has_contents", True),
    )


def _block_to_json(block: Block) -> dict[str, Any]:
    return {"type": type(block).__name__, **to_dict(block)}


def _block_from_json(data: Mapping[str, Any]) -> Block:
    return from_dict(_KINDS[data["type"]], data)
