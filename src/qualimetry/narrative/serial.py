"""A report as JSON and back: what a draft and a frozen issue are stored as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from qualimetry.narrative.blocks import (
    Block,
    BulletList,
    Chart,
    Column,
    Grounds,
    Heading,
    PageBreak,
    Paragraph,
    ReportDocument,
    Table,
    TitlePage,
)


def document_to_json(document: ReportDocument) -> dict[str, Any]:
    """Plain JSON of a document; blocks carry their type."""
    return {
        "title_page": asdict(document.title_page),
        "blocks": [_block_to_json(block) for block in document.blocks],
        "annexes": [_block_to_json(block) for block in document.annexes],
        "stamp": document.stamp,
        "language": document.language,
    }


def document_from_json(data: Mapping[str, Any]) -> ReportDocument:
    """The document of `document_to_json`. Raises KeyError for an unknown type of block."""
    return ReportDocument(
        title_page=TitlePage(**data["title_page"]),
        blocks=tuple(_block_from_json(block) for block in data["blocks"]),
        annexes=tuple(_block_from_json(block) for block in data["annexes"]),
        stamp=data["stamp"],
        language=data["language"],
    )


def _block_to_json(block: Block) -> dict[str, Any]:
    return {"type": type(block).__name__, **asdict(block)}


def _block_from_json(data: Mapping[str, Any]) -> Block:
    values = {name: value for name, value in data.items() if name != "type"}
    return _READERS[data["type"]](values)


def _grounds(values: dict[str, Any]) -> tuple[Grounds, ...]:
    return tuple(Grounds(**ground) for ground in values.get("grounds", ()))


def _paragraph(values: dict[str, Any]) -> Paragraph:
    return Paragraph(**{**values, "grounds": _grounds(values)})


def _list(values: dict[str, Any]) -> BulletList:
    return BulletList(**{**values, "entries": tuple(values["entries"]), "grounds": _grounds(values)})


def _table(values: dict[str, Any]) -> Table:
    return Table(
        **{
            **values,
            "columns": tuple(Column(**column) for column in values["columns"]),
            "rows": tuple(tuple(row) for row in values["rows"]),
            "header_groups": tuple((title, span) for title, span in values["header_groups"]),
        }
    )


def _chart(values: dict[str, Any]) -> Chart:
    table = values["table"]
    return Chart(**{**values, "table": _table(table) if table else None})


_READERS: dict[str, Callable[[dict[str, Any]], Block]] = {
    "Heading": lambda values: Heading(**values),
    "Paragraph": _paragraph,
    "BulletList": _list,
    "Table": _table,
    "Chart": _chart,
    "PageBreak": lambda values: PageBreak(**values),
}
