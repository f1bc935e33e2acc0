"""Words of matrices of functions, as the caller gives them (`definitions/plans/functions.toml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.plans.vocabulary import Patterns, compiled, header_words

#: columns of a matrix
FUNCTION, RESPONSIBLE, DOCUMENTS = "function", "responsible", "documents"


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """`headers`: role → patterns of header words; `starts`: role → pattern of a first word of an item."""

    headers: Mapping[str, Patterns]
    starts: Mapping[str, re.Pattern[str]]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> MatrixWords:
        """From the TOML file."""
        starts = {
            FUNCTION: table["starts"]["functions"],
            DOCUMENTS: table["starts"]["documents"],
            RESPONSIBLE: table["starts"]["responsible"],
        }
        return cls(
            {role: compiled(table["headers"][role]) for role in (DOCUMENTS, RESPONSIBLE, FUNCTION)},
            {role: re.compile(rf"(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE) for role, patterns in starts.items()},
        )

    def role_of(self, header: str) -> str:
        """Role of a column by its header, "" when unknown."""
        words = header_words(header)
        return next((role for role, all_ in self.headers.items() if any(one.search(words) for one in all_)), "")

    def begins(self, role: str, text: str) -> bool:
        """Whether the text begins with a word that begins an item of the column."""
        return bool(text) and text[0].isupper() and self.starts[role].match(text) is not None
