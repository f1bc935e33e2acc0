"""A table pasted into a page: its markup from the clipboard when there is one, else its text."""

from __future__ import annotations

from django.http import HttpRequest


def pasted_table(request: HttpRequest) -> str:
    """HTML of the field «table_html» when it holds a table, else the text of «table». Nothing of it is shown as HTML:
    readers parse it into cells."""
    markup = request.POST.get("table_html", "")
    return markup.strip() if "<table" in markup.lower() else request.POST.get("table", "").strip("\r\n")
