"""Table of contents: a real field, already filled in, so that it is there at opening and no question is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.foundation.documents.layout import CONTENTS_LEVELS, Entry
from msoko.foundation.documents.word.markup import field, field_begin, field_end, paragraph, run, w

TITLE = "Содержание"


def contents_element(entries: Sequence[Entry], pages: Mapping[str, int], ids: Mapping[str, str]) -> Any:
    """`pages` are page numbers by anchor; Word refreshes them when the field is updated."""
    paragraphs = [paragraph(ids["TOC Heading"], run(TITLE))]
    for number, entry in enumerate(entries):
        lead = field_begin(_code()) if number == 0 else []
        paragraphs.append(paragraph(ids[f"toc {entry.level}"], *lead, _link(entry, pages.get(entry.anchor))))
    paragraphs[-1].append(field_end())
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    return w("sdt", w("sdtPr", gallery), w("sdtContent", *paragraphs))


def _code() -> Any:
    code = w("instrText")
    code.text = f' TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z \\u '
    return code


def _link(entry: Entry, page: int | None) -> Any:
    shown = "" if page is None else str(page)
    return w(
        "hyperlink",
        run(f"{entry.text}\t"),
        *field(f"PAGEREF {entry.anchor} \\h", shown),
        anchor=entry.anchor,
        history=1,
    )
