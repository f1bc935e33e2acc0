"""Order and titles of sections (`definitions/reports/outline_*.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.rulebook import read_definitions


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A section or an annex. `kinds` empty = every result kind; `is_internal` names organizations."""

    id: str
    title: str
    kinds: tuple[ResultKind, ...] = ()
    is_internal: bool = False

    def suits(self, kind: ResultKind, *, is_internal: bool) -> bool:
        return (not self.kinds or kind in self.kinds) and (is_internal or not self.is_internal)


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan of a document: word of its kind («Аналитическая справка»), sections, annexes."""

    kind: str
    sections: tuple[OutlineEntry, ...]
    annexes: tuple[OutlineEntry, ...]


@cache
def load_outline(name: str) -> Outline:
    """The outline `municipality` or `school`. Raises LookupError for another name."""
    for file, content in read_definitions("reports", "outline_"):
        if file == f"outline_{name}.toml":
            return Outline(content["kind"], _entries(content["section"]), _entries(content["annex"]))
    raise LookupError(name)


def _entries(rows: list[dict[str, Any]]) -> tuple[OutlineEntry, ...]:
    return tuple(
        OutlineEntry(
            row["id"],
            row["title"],
            tuple(ResultKind(kind) for kind in row.get("kinds", ())),
            row.get("internal", False),
        )
        for row in rows
    )
