"""One file or pasted text → a document of paragraphs and tables. The kind is told by content, never by name."""

from __future__ import annotations

from intake.contracts import Problem
from intake.grids.contracts import Document
from intake.grids.kinds import DocumentKind, document_kind, looks_like_html
from intake.grids.text import text_document
from intake.tables import limits
from intake.tables.encodings import decode
from intake.tables.remarks import file_problem


def read_document(name: str, data: bytes) -> Document:
    """Paragraphs and tables of the file; a file that cannot be read is a document without blocks, with problems."""
    kind = document_kind(name, data)
    if isinstance(kind, Problem):
        return Document(name, problems=[kind])
    is_text = kind in (DocumentKind.TEXT, DocumentKind.HTML)
    if len(data) > (limits.MAX_TEXT_BYTES // 5 if is_text else limits.MAX_FILE_BYTES):
        return Document(name, problems=[file_problem("file.too_large", name)])
    return _read_text(name, data, kind) if is_text else _read_binary(name, data, kind)


def read_pasted_document(text: str, name: str = "Вставленный текст") -> Document:
    """Document of text pasted into a page: HTML of the clipboard or text with tabs."""
    if len(text) > limits.MAX_TEXT_BYTES // 5:
        return Document(name, problems=[file_problem("file.too_large", name)])
    if looks_like_html(text):
        from intake.grids.markup import read_markup  # noqa: PLC0415 -- slow import

        return read_markup(name, text)
    return text_document(name, text)


def _read_text(name: str, data: bytes, kind: DocumentKind) -> Document:
    text, is_certain = decode(data)
    if kind is DocumentKind.HTML or looks_like_html(text):
        from intake.grids.markup import read_markup  # noqa: PLC0415 -- slow import

        document = read_markup(name, text)
    else:
        document = text_document(name, text)
    if not is_certain:
        document.problems.append(file_problem("text.encoding_guessed", name))
    return document


def _read_binary(name: str, data: bytes, kind: DocumentKind) -> Document:
    if kind is DocumentKind.DOCX:
        from intake.grids.word import read_word  # noqa: PLC0415 -- slow import

        return read_word(name, data)
    if kind is DocumentKind.ODF:
        from intake.grids.opendocument import read_opendocument  # noqa: PLC0415 -- slow import

        return read_opendocument(name, data)
    if kind is DocumentKind.PDF:
        from intake.grids.pdf import read_pdf  # noqa: PLC0415 -- slow import

        return read_pdf(name, data)
    from intake.grids.workbooks import read_workbook_document  # noqa: PLC0415 -- slow import

    return read_workbook_document(name, data)
