"""What a file is, by its first bytes and contents."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from intake.tables.encodings import unmarked_utf16


class Kind(StrEnum):
    EMPTY = "empty"
    XLSX = "xlsx"  # XLSX, XLSM
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    ENCRYPTED = "encrypted"
    ZIP = "zip"
    BROKEN_ZIP = "broken_zip"
    OTHER_ARCHIVE = "other_archive"
    HTML = "html"
    XML_SPREADSHEET = "xml_spreadsheet"
    TEXT = "text"
    UNSUPPORTED = "unsupported"


_XLSX_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/")
#: tab, line and page breaks, end of file, separators
_TEXT_CONTROLS = frozenset((9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"MZ", b"\x7fELF", b"PAR1", b"SQLite format")


def kind_of(data: bytes) -> Kind:
    """Kind of the file with these bytes."""
    if not data:
        return Kind.EMPTY
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if data.startswith(_ARCHIVES):
        return Kind.OTHER_ARCHIVE
    if data.startswith(_NOT_TABLES):
        return Kind.UNSUPPORTED
    if data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08") and data[2:4] in (
        b"\x04\x00",
        b"\x06\x00",
        b"\x08\x00",
        b"\x10\x00",
    ):
        return Kind.XLS  # a bare BIFF stream without the OLE envelope
    return _kind_of_text(data)


def _begins_like_xlsx(data: bytes) -> bool:
    """Told by the name of the first member, without reading the directory of the archive."""
    first = data[30 : 30 + int.from_bytes(data[26:28], "little")]
    return first.startswith(_XLSX_MEMBERS) and b"xl/workbook.xml" in data


def _kind_of_zip(data: bytes) -> Kind:
    if _begins_like_xlsx(data):
        return Kind.XLSX
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Kind.BROKEN_ZIP
    lowered = {name.replace("\\", "/").lower() for name in names}
    if "xl/workbook.xml" in lowered:
        return Kind.XLSX
    if "xl/workbook.bin" in lowered:
        return Kind.XLSB
    if "content.xml" in lowered and "mimetype" in lowered:
        return Kind.ODS
    if "[content_types].xml" in lowered:
        return Kind.XLSX if any(name.startswith("xl/") for name in lowered) else Kind.UNSUPPORTED
    return Kind.ZIP


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _kind_of_ole(data: bytes) -> Kind:
    if _utf16("EncryptedPackage") in data or _utf16("EncryptionInfo") in data:
        return Kind.ENCRYPTED
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return Kind.XLS
    return Kind.UNSUPPORTED if _utf16("WordDocument") in data or _utf16("PowerPoint") in data else Kind.XLS


def _kind_of_text(data: bytes) -> Kind:
    head = data[:4096]
    lowered = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        return Kind.XML_SPREADSHEET
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<div")):
        return Kind.HTML
    if lowered.startswith((b"<?xml", b"<!--")) and (b"<html" in lowered or b"<table" in lowered):
        return Kind.HTML
    return Kind.TEXT if _looks_textual(head) else Kind.UNSUPPORTED


def _looks_textual(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or unmarked_utf16(head):
        return True
    return not any(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
