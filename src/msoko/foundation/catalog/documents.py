"""Kinds of documents of the register and the rules of their files (`definitions/documents`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """`review_years` is 0 for kinds that are not reviewed; `words`: expressions by which a title tells its kind."""

    id: str
    title: str
    plural: str
    genitive: str
    accusative: str
    gender: str
    review_years: int
    retention: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRules:
    """Suffixes without a dot; sizes in bytes and characters."""

    max_bytes: int
    max_text: int
    document_suffixes: tuple[str, ...]
    scan_suffixes: tuple[str, ...]


@cache
def document_kinds() -> dict[str, DocumentKind]:
    """Kinds by code in the order of the file."""
    rows = tables("documents")["kinds"]["kind"]
    return {row["id"]: DocumentKind(**(row | {"words": tuple(row["words"])})) for row in rows}


def review_source() -> str:
    """Where the terms of review by kind come from."""
    return str(tables("documents")["kinds"]["source"]).rpartition("; ")[2]


def kind_title(code: str) -> str:
    """Title of a kind; the code itself when definitions have lost it."""
    found = document_kinds().get(code)
    return found.title if found else code


def kind_of_title(title: str) -> str:
    """The kind that a title of a document tells; the earliest word decides, of equal ones the longer."""
    text = title.casefold().strip()
    found = [
        (match.start(), -len(match.group()), kind.id)
        for kind in document_kinds().values()
        for word in kind.words
        if (match := re.search(word, text))
    ]
    return min(found)[2] if found else "other"


@cache
def file_rules() -> FileRules:
    """What may be attached."""
    table = tables("documents")["files"]
    return FileRules(
        max_bytes=table["max_megabytes"] * 1024 * 1024,
        max_text=table["max_text"],
        document_suffixes=tuple(table["document_suffixes"]),
        scan_suffixes=tuple(table["scan_suffixes"]),
    )


@dataclass(frozen=True, slots=True)
class OrderRules:
    """How far ahead a recurring term of an order is set out, and in how many days at most."""

    horizon_months: int
    max_days: int


@cache
def order_rules() -> OrderRules:
    """Rules of imported orders."""
    table = tables("documents")["orders"]
    return OrderRules(table["horizon_months"], table["max_days"])


@cache
def expert_criteria() -> dict[str, str]:
    """Questions of the form of an expert opinion by code."""
    return {row["id"]: row["title"] for row in tables("documents")["expertise"]["criterion"]}
