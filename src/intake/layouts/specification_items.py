"""Rows of a specification table merged into items: a task stands once for every content element × skill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.contracts import SpecificationItem
from intake.fields.cells import whole
from intake.fields.items import parse_item_header
from intake.fields.text import clean, column_letters, header_key
from intake.layouts.base import Cell
from intake.layouts.specification_columns import SpecificationColumns

#: Hyphenation left by a text processor: a control character or «- » inside a word.
_HYPHEN_GARBAGE = re.compile(r"_x00(?:02|1[EF]|AD)_|[\x00-\x08\x0b\x0c\x0e-\x1f\xad]", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<=[а-яё])- (?!и |или )(?=[а-яё])")
_LEVELS = {"б": "Б", "базовый": "Б", "базовыи": "Б", "п": "П", "повышенный": "П", "в": "В", "высокий": "В"}


@dataclass(slots=True)
class _Draft:
    label: str
    position: int
    row: int
    maxima: list[int] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    requirements: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


class ItemMerger:
    """Collects rows of one or more tables of a sheet. `faults`: (row from 1, column or None, is an error, message)."""

    def __init__(self) -> None:
        self._drafts: dict[str, _Draft] = {}
        self.faults: list[tuple[int, str | None, bool, str]] = []

    def add_table(self, rows: Sequence[Sequence[Cell]], header_row: int, columns: SpecificationColumns) -> None:
        """Add all rows under the header; an empty label continues the item above (merged cells)."""
        current: _Draft | None = None
        for index in range(header_row + 1, len(rows)):
            row = rows[index]
            texts = {role: tidy(row[place]) if place < len(row) else "" for role, place in columns.roles.items()}
            if not any(texts.values()):
                continue
            if texts["label"]:
                current = self._draft(texts["label"], index, row, columns)
            if current is not None:
                self._add(current, texts, index, columns)

    def items(self, requirement_names: dict[str, str]) -> list[SpecificationItem]:
        """Merged items in the order of positions."""
        items = [item for draft in self._drafts.values() if (item := self._item(draft, requirement_names)) is not None]
        return sorted(items, key=lambda item: item.position)

    def _draft(self, text: str, index: int, row: Sequence[Cell], columns: SpecificationColumns) -> _Draft | None:
        if re.match(r"(?:итого|всего|примечани)", header_key(text)):
            return None
        claim = parse_item_header(text)
        if claim is None:
            message = f"не понят номер задания «{text[:40]}»: строка не использована"
            self.faults.append((index + 1, column_letters(columns.roles["label"]), True, message))
            return None
        if claim.label not in self._drafts:
            self._drafts[claim.label] = _Draft(claim.label, self._position(row, columns), index + 1)
        return self._drafts[claim.label]

    def _position(self, row: Sequence[Cell], columns: SpecificationColumns) -> int:
        place = columns.position
        printed = whole(row[place]) if place is not None and place < len(row) else None
        taken = {draft.position for draft in self._drafts.values()}
        return printed if printed and printed not in taken else max(taken, default=0) + 1

    def _add(self, draft: _Draft, texts: dict[str, str], index: int, columns: SpecificationColumns) -> None:
        points, level = texts.get("max_score", ""), texts.get("level", "")
        if points:
            self._add_maximum(draft, points, index, columns)
        if level and (known := _LEVELS.get(header_key(level))):
            draft.levels.append(known)
        elif level and level not in ("-", "–", "—"):
            letters = column_letters(columns.roles["level"])
            self.faults.append((index + 1, letters, False, f"неизвестный уровень сложности «{level[:20]}»"))
        _extend(draft.content, _codes(texts.get("content", "")))
        _extend(draft.requirements, _codes(texts.get("requirement", "")))
        _extend(draft.skills, [text for role in ("skill", "outcome") if (text := texts.get(role, ""))])
        _extend(draft.sections, [texts.get("section", "")])

    def _add_maximum(self, draft: _Draft, text: str, index: int, columns: SpecificationColumns) -> None:
        value, letters = whole(text), column_letters(columns.roles["max_score"])
        if value is None or not 0 < value <= 127:
            self.faults.append((index + 1, letters, True, f"максимальный балл «{text[:20]}» — не целое число от 1"))
        elif draft.maxima and value != draft.maxima[0]:
            message = f"у задания {draft.label} разные максимальные баллы: {draft.maxima[0]} и {value}; взят первый"
            self.faults.append((index + 1, letters, False, message))
        else:
            draft.maxima.append(value)

    def _item(self, draft: _Draft, requirement_names: dict[str, str]) -> SpecificationItem | None:
        if not draft.maxima:
            self.faults.append((draft.row, None, True, f"у задания {draft.label} не указан максимальный балл"))
            return None
        named = [requirement_names.get(code, f"КТ {code}") for code in draft.requirements]
        return SpecificationItem(
            label=draft.label,
            position=draft.position,
            max_score=draft.maxima[0],
            level=draft.levels[0] if draft.levels else None,
            content_elements=tuple(draft.content),
            skills=tuple(draft.skills or named),
            section="; ".join(draft.sections),
        )


def tidy(cell: Cell) -> str:
    """Cell as one line of text without the traces of hyphenation and the closing full stop."""
    text = _HYPHEN_GARBAGE.sub("", cell) if isinstance(cell, str) else cell
    return _BROKEN_WORD.sub("", clean(text)).rstrip(". ")


def _codes(text: str) -> list[str]:
    return [code for part in re.split(r"[;\n]|,\s+|,(?=\d+\.)", text) if (code := part.strip())]


def _extend(known: list[str], more: Sequence[str]) -> None:
    known.extend(text for text in more if text and text not in known)
