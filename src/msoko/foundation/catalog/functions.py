"""Matrices of functions as definitions (`definitions/functions`): groups, functions, posts, documents, powers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from msoko.foundation.catalog.files import tables

_POWERS = "powers"


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document that a function is carried out by. `kind` is a code of `definitions/documents`."""

    code: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    """`code`: its identity, whatever its words; `is_reconstructed`: the published table lost it, the group says from
    what it was rebuilt."""

    code: str
    text: str
    power: str
    power_note: str
    positions: tuple[str, ...]
    documents: tuple[str, ...]
    is_reconstructed: bool = False


@dataclass(frozen=True, slots=True)
class GroupDefinition:
    """A group row with its own posts and documents (codes of documents)."""

    number: str
    title: str
    level: int
    positions: tuple[str, ...]
    documents: tuple[str, ...]
    functions: tuple[FunctionDefinition, ...]
    is_reconstructed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatrixDefinition:
    """A matrix that an organization of the kinds `applies_to` may adopt."""

    id: str
    title: str
    system: str
    applies_to: tuple[str, ...]
    source: str
    documents: dict[str, RequiredDocument]
    groups: tuple[GroupDefinition, ...]

    @property
    def functions(self) -> list[FunctionDefinition]:
        """Functions of all groups."""
        return [function for group in self.groups for function in group.functions]

    @property
    def posts(self) -> set[str]:
        """Posts and bodies of groups and functions."""
        found = {post for group in self.groups for post in group.positions}
        return found | {post for function in self.functions for post in function.positions}


def powers() -> list[tuple[str, str, str]]:
    """Kinds of power: code, title, how to tell."""
    return [(one["id"], one["title"], one["hint"]) for one in tables("functions")[_POWERS]["power"]]


def power_title(code: str) -> str:
    """Title of a kind of power; empty for none."""
    return next((title for found, title, _ in powers() if found == code), "")


@cache
def matrix_definitions() -> dict[str, MatrixDefinition]:
    """All definitions by code."""
    return {name: _matrix(name) for name in tables("functions") if name != _POWERS}


def definitions_for(kind: str) -> list[MatrixDefinition]:
    """Definitions for organizations of a kind."""
    return [one for one in matrix_definitions().values() if kind in one.applies_to]


def _matrix(name: str) -> MatrixDefinition:
    own = tables("functions")[name]
    base: dict[str, Any] = tables("functions")[own["base"]] if "base" in own else {}
    positions = base.get("positions", {}) | own["positions"]
    documents = base.get("documents", {}) | own["documents"]
    groups = own.get("group") or base["group"]
    return MatrixDefinition(
        id=name,
        title=own["title"],
        system=own.get("system") or base["system"],
        applies_to=tuple(own["applies_to"]),
        source=own["source"],
        documents={code: RequiredDocument(code, *row) for code, row in documents.items()},
        groups=tuple(_group(one, positions, documents) for one in groups),
    )


def _group(row: dict[str, Any], positions: dict[str, str], documents: dict[str, Any]) -> GroupDefinition:
    functions: list[FunctionDefinition] = []
    for one in row.get("functions", []):
        before = functions[-1] if functions else None
        functions.append(
            FunctionDefinition(
                code=one["code"],
                text=one["text"],
                power=one["power"],
                power_note=one["power_note"],
                positions=_titles(one, positions) if "positions" in one or before is None else before.positions,
                documents=_codes(one, documents) if "documents" in one or before is None else before.documents,
                is_reconstructed=one.get("is_reconstructed", False),
            )
        )
    return GroupDefinition(
        row["number"], row["title"], row.get("level", 1), _titles(row, positions), _codes(row, documents),
        tuple(functions), row.get("is_reconstructed", False), row.get("note", ""),
    )  # fmt: skip


def _titles(row: dict[str, Any], positions: dict[str, str]) -> tuple[str, ...]:
    return tuple(positions[code] for code in row.get("positions", ()))


def _codes(row: dict[str, Any], documents: dict[str, Any]) -> tuple[str, ...]:
    missing = [code for code in row.get("documents", ()) if code not in documents]
    if missing:
        raise ValueError(f"documents that are not there: {missing}")
    return tuple(row.get("documents", ()))
