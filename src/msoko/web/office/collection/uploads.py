"""Files and pasted tables of a request as named bytes."""

from __future__ import annotations

from django.http import HttpRequest

PASTED_NAME = "Вставленная таблица.csv"


def named_bytes(request: HttpRequest) -> list[tuple[str, bytes]]:
    """Files of the field «files» and the table pasted into «table»."""
    found = [(upload.name or "файл", upload.read()) for upload in request.FILES.getlist("files")]
    pasted = request.POST.get("table", "")
    if pasted.strip():
        title = " ".join(request.POST.get("table_name", "").split())[:120]
        found.append((f"{title}.csv" if title else PASTED_NAME, pasted.encode("utf-8-sig")))
    return found
