"""Copies of accepted files without names and identity documents of pupils."""

from __future__ import annotations

from collections.abc import Iterator

from intake.layouts.base import Book
from intake.redaction import redacted
from intake.tables import is_archive, read_archive, read_book
from msoko.cycle.collection.models import ImportSession
from msoko.foundation.documents.excel.plain import plain_workbook
from msoko.foundation.kernel.storage import default_storage


def store_redacted_copies(session: ImportSession, excluded: frozenset[str]) -> dict[str, str]:
    """Store a copy of every accepted file of the import; returns file name → stored name."""
    storage = default_storage()
    copies: dict[str, str] = {}
    for upload in session.uploads:
        for book in _books(upload["name"], storage.read(upload["stored"])):
            sheets = [(sheet.name, sheet.rows) for sheet in redacted(book).sheets]
            if sheets and book.file not in excluded:
                copies[book.file] = storage.write("originals", plain_workbook(sheets), ".xlsx")
    return copies


def _books(name: str, data: bytes) -> Iterator[Book]:
    if not is_archive(data):
        yield read_book(name, data)[0]
        return
    members, _ = read_archive(name, data)
    for member, content in members:
        yield read_book(member, content)[0]
