"""What a document file is, beside what tables of results may be: Word, PDF, OpenDocument text."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from intake.contracts import Problem
from intake.grids.remarks import document_problem
from intake.tables.sniffing import Kind, kind_of

#: unpacked bytes of a document without its pictures
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_RATIO = 300
_RATIO_FREE = 5 * 1024 * 1024
_ODF_TEXT = b"application/vnd.oasis.opendocument.text"
_MEDIA = (".png", ".jpg", ".jpeg", ".emf", ".wmf", ".gif", ".tif", ".tiff", ".bmp", ".bin", ".mp4", ".wav")


class DocumentKind(StrEnum):
    DOCX = "docx"
    ODF = "odf"  # ODS and ODT
    WORKBOOK = "workbook"  # XLSX, XLSB, XLS, «XML Spreadsheet 2003»
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"


def document_kind(name: str, data: bytes) -> DocumentKind | Problem:
    """Kind of the file by its content, or the problem that says why it is not read."""
    if data[:1024].lstrip().startswith(b"%PDF"):
        return DocumentKind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        zipped = _zipped(name, data)
        if zipped is not None:
            return zipped
    if data.startswith(b"\xd0\xcf\x11\xe0") and "WordDocument".encode("utf-16-le") in data:
        return document_problem("document.old_word", name)
    if data.startswith(b"{\\rtf"):
        return document_problem("document.rtf", name)
    kind = kind_of(data)
    if kind in (Kind.XLSX, Kind.XLSB, Kind.XLS):
        return DocumentKind.WORKBOOK
    if kind is Kind.XML_SPREADSHEET:
        return DocumentKind.WORKBOOK
    if kind is Kind.HTML or _is_clipboard(data):
        return DocumentKind.HTML
    if kind is Kind.TEXT:
        return DocumentKind.TEXT
    refusals = {
        Kind.EMPTY: "file.empty",
        Kind.ENCRYPTED: "file.encrypted",
        Kind.BROKEN_ZIP: "file.corrupt",
        Kind.OTHER_ARCHIVE: "file.unsupported_archive",
        Kind.ZIP: "document.archive",
    }
    return document_problem(refusals.get(kind, "file.unsupported"), name)


def looks_like_html(text: str) -> bool:
    """Whether pasted text is HTML with a table."""
    lowered = text[:200_000].lower()
    return "<table" in lowered or "<html" in lowered[:4000] or "<!--startfragment" in lowered


def _is_clipboard(data: bytes) -> bool:
    head = data[:4096].lower()
    return b"<table" in head and (head.startswith(b"version:") or b"<tr" in head)


def _zipped(name: str, data: bytes) -> DocumentKind | Problem | None:
    """Word or OpenDocument, a problem of the archive, None for other archives."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename.replace("\\", "/").lower() for member in members}
            is_word = "word/document.xml" in names
            is_odf = "content.xml" in names and "mimetype" in names
            if not (is_word or is_odf):
                return None
            if any(member.flag_bits & 1 for member in members):
                return document_problem("file.encrypted", name)
            if _is_bomb(members):
                return document_problem("document.bomb", name)
            if (
                is_odf
                and "meta-inf/manifest.xml" in names
                and b"encryption-data" in archive.read("META-INF/manifest.xml")
            ):
                return document_problem("file.encrypted", name)
    except Exception:  # whatever is wrong with the archive, the file cannot be opened
        return document_problem("file.corrupt", name)
    return DocumentKind.DOCX if is_word else DocumentKind.ODF


def _is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    texts = [member for member in members if not member.filename.lower().endswith(_MEDIA)]
    if sum(member.file_size for member in texts) > _MAX_UNPACKED:
        return True
    return any(
        member.file_size > _RATIO_FREE and member.file_size > _MAX_RATIO * max(member.compress_size, 1)
        for member in texts
    )
