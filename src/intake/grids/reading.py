"""One file or pasted text → a document of paragraphs and tables. The kind is told by content, never by name."""

from __future__ import annotations

from intake.grids.contracts import Document
from intake.grids.remarks import document_problem
from intake.grids.text import text_document
from intake.tables import limits
from intake.tables.encodings import decode
from intake.tables.remarks import file_problem
from intake.tables.sniffing import Kind, kind_of

_REFUSALS = {
    Kind.EMPTY: "file.empty",
    Kind.ENCRYPTED: "file.encrypted",
    Kind.BROKEN_ZIP: "file.corrupt",
    Kind.OTHER_ARCHIVE: "file.unsupported_archive",
    Kind.ZIP: "file.unsupported",
    Kind.UNSUPPORTED: "file.unsupported",
}


def read_document(name: str, data: bytes) -> Document:
    """Paragraphs and tables of the file; a file that cannot be read is a document without blocks, with problems."""
    kind = kind_of(data)
    if kind in _REFUSALS:
        return Document(name, problems=[document_problem(_REFUSALS[kind], name)])
    if len(data) > limits.MAX_TEXT_BYTES:
        return Document(name, problems=[file_problem("file.too_large", name)])
    text, is_certain = decode(data)
    document = text_document(name, text)
    if not is_certain:
        document.problems.append(file_problem("text.encoding_guessed", name))
    return document


def read_pasted_document(text: str, name: str = "Вставленный текст") -> Document:
    """Document of text pasted into a page: HTML of the clipboard or text with tabs."""
    return text_document(name, text)
