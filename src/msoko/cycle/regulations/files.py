"""Files of documents: checked by content, never by name alone."""

from __future__ import annotations

import io
import re
import zipfile

from msoko.foundation.catalog.documents import file_rules
from msoko.foundation.kernel.errors import RefusedError

PREFIX = "documents"
_ZIP = b"PK\x03\x04"
_SIGNS = {
    "docx": _ZIP, "odt": _ZIP, "xlsx": _ZIP, "ods": _ZIP, "pdf": b"%PDF", "rtf": b"{\\rtf",
    "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG",
}  # fmt: skip
_WITH_MACROS = ("docm", "dotm", "xlsm", "xltm", "xlsb")
_UNPACKED = 200 * 1024 * 1024


def checked_suffix(name: str, data: bytes, *, is_scan: bool = False) -> str:
    """The kind of a file that may be kept, in lower case.

    Raises:
        RefusedError: empty, too large, of a kind that is not taken, not what its name says, with macros.
    """
    rules = file_rules()
    shown, suffix = safe_name(name), name.rpartition(".")[2].lower() if "." in name else ""
    taken = rules.scan_suffixes if is_scan else rules.document_suffixes
    if suffix in _WITH_MACROS:
        raise RefusedError(f"Файл «{shown}» может содержать макросы.", "Сохраните документ как DOCX без макросов.")
    if suffix not in taken:
        hint = "Сохраните документ Word как DOCX. " if suffix == "doc" else ""
        raise RefusedError(f"Файл «{shown}» такого вида не принимается.", f"{hint}Можно: {', '.join(taken)}.")
    if not data:
        raise RefusedError(f"Файл «{shown}» пустой.", "Проверьте, открывается ли он на вашем компьютере.")
    if len(data) > rules.max_bytes:
        raise RefusedError(
            f"Файл «{shown}» больше {rules.max_bytes // 2**20} МБ.",
            "Уменьшите скан (150 точек на дюйм достаточно) или уберите рисунки.",
        )
    if not data.startswith(_SIGNS[suffix]):
        raise RefusedError(
            f"Содержимое файла «{shown}» не соответствует расширению .{suffix}.",
            "Откройте файл, сохраните его заново в нужном формате и загрузите.",
        )
    if _SIGNS[suffix] == _ZIP:
        _check_package(shown, data)
    return suffix


def _check_package(shown: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile:
        raise RefusedError(f"Файл «{shown}» повреждён.", "Откройте его и сохраните заново.") from None
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise RefusedError(f"Файл «{shown}» содержит макросы.", "Сохраните документ как DOCX без макросов.")
    if sum(entry.file_size for entry in entries) > _UNPACKED:
        raise RefusedError(f"Файл «{shown}» слишком велик в распакованном виде.", "Уберите из него рисунки.")


def safe_name(name: str) -> str:
    """A file name without folders and control characters."""
    bare = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[\x00-\x1f\"<>|:*?]", "", bare).strip()[-200:] or "файл"
