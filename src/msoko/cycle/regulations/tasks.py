"""Jobs of the step."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from intake.grids.contracts import Document, Grid
from intake.grids.reading import read_document
from msoko.cycle.regulations.models import RegisteredDocument
from msoko.cycle.regulations.searching import key_of
from msoko.foundation.catalog.documents import file_rules
from msoko.foundation.jobs.api import JobContext
from msoko.foundation.kernel.storage import default_storage


def read_text_task(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Read the text of an attached file for the search. A file that was replaced meanwhile is left alone."""
    context.progress(0, 1, "Чтение текста")
    data = default_storage().read(payload["file"])
    reading = read_document(payload["file"].rpartition("/")[2], data)
    text = text_of(reading)[: file_rules().max_text]
    with transaction.atomic():
        rows = RegisteredDocument.objects.select_for_update().filter(pk=payload["document"], file_key=payload["file"])
        document = rows.first()
        if document is not None and text:
            document.text = text
            document.search_key = key_of(document)
            document.save(update_fields=["text", "search_key"])
    return {"characters": len(text), "problems": [problem.message for problem in reading.problems][:5]}


def text_of(reading: Document) -> str:
    """Paragraphs and cells of a document as lines."""
    lines: list[str] = []
    for block in reading.blocks:
        if isinstance(block, Grid):
            lines += [" | ".join(" ".join(row.cells[place].split()) for place in row.filled) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(line for line in lines if line.strip())
