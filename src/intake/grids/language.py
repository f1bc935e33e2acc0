"""Whether a document is written in Russian: words of headers and terms of other languages are not known here."""

from __future__ import annotations

from intake.grids.contracts import Document

#: texts that are looked at, and the share of Cyrillic letters below which a document is foreign
_TEXTS, _LEAST_SHARE = 400, 0.2


def is_foreign(document: Document) -> bool:
    """Whether hardly any letter of the document is Cyrillic; a document without letters is not foreign."""
    texts = [*(one.text for one in document.paragraphs), *(c for g in document.grids for r in g.rows for c in r.cells)]
    letters = [letter.lower() for text in texts[:_TEXTS] for letter in text if letter.isalpha()]
    return sum("а" <= letter <= "я" or letter == "ё" for letter in letters) < _LEAST_SHARE * len(letters)
