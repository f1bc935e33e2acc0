"""Words of headers → roles of columns (`definitions/headers.toml`): one vocabulary for all participants' tables."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from intake.fields.text import header_key

#: «Сумма баллов (макс. 20)», «Балл из 12»
_MAXIMUM = re.compile(r" (?:макс\w*(?: балл\w*)?|мах|max|из) ?\d{1,3}(?: балл\w*)?$")


class _Words:
    """Whole headers and patterns of one entry."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.words = frozenset(map(header_key, entry.get("words", ())))
        patterns = entry.get("patterns", ())
        self.pattern = re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None

    def fit(self, key: str) -> bool:
        return key in self.words or (self.pattern is not None and self.pattern.fullmatch(key) is not None)


class _Vocabulary:
    def __init__(self) -> None:
        text = resources.files("definitions").joinpath("headers.toml").read_text(encoding="utf-8")
        entries = tomllib.loads(text)
        self.roles = {role: _Words(entry) for role, entry in entries["role"].items()}
        self.personal = _Words(entries["personal"])
        self.name_or_code = _Words(entries["name_or_code"])
        self.summary = _Words(entries["summary"])


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    return _Vocabulary()


@lru_cache(maxsize=8192)
def role_of(key: str) -> str | None:
    """Role of a column by the folded words of its header, None when the vocabulary does not know it.

    Beside MAPPING_ROLES: `variant_2` (second part), `subject`, `grade_level`, `year`, `held_on`, `procedure` (facts of
    the campaign), `known` (not needed).
    """
    if not key:
        return None
    key = _MAXIMUM.sub("", key) or key
    return next((role for role, words in _vocabulary().roles.items() if words.fit(key)), None)


@lru_cache(maxsize=8192)
def is_personal(key: str) -> bool:
    """Whether a column with this header holds names, documents or contacts of people."""
    return bool(key) and _vocabulary().personal.fit(key)


@lru_cache(maxsize=8192)
def may_hold_names(key: str) -> bool:
    """Whether names and codes are both usual under this header."""
    return bool(key) and _vocabulary().name_or_code.fit(key)


@lru_cache(maxsize=8192)
def is_summary_word(key: str) -> bool:
    """Whether the header belongs to a table of totals, one row an organization or class."""
    return bool(key) and _vocabulary().summary.fit(key)
