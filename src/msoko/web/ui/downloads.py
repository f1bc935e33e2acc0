"""Files given to the browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def download(name: str, data: bytes) -> HttpResponse:
    """`data` saved by the browser under a Russian `name` («Организации.xlsx»); never shown in the page."""
    response = HttpResponse(data, content_type=TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream"))
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    return response
