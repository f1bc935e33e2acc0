"""From the mask columns of an examination to one matrix of items with labels and maxima."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from intake.contracts import MISSING, NOT_ATTEMPTED, Int8, ItemClaim
from intake.fields.masks import Mask, clean_mask, parse_long_mask, parse_mixed_mask, parse_short_mask

#: Called with code, message, index of the row in the table and role of the mask column.
Report = Callable[[str, str, int, str], None]


@dataclass(slots=True)
class _Part:
    """A mask column: masks by row (None = blank cell), the length that most rows have, maxima by position."""

    role: str
    masks: list[Mask | None]
    length: int = 0
    maxima: list[int | None] = field(default_factory=list)


def read_items(columns: Mapping[str, Sequence[object]], row_count: int, report: Report) -> tuple[list[ItemClaim], Int8]:
    """Items of the mask columns (`answers`, `short`, `long`, `oral` in this order), numbered through, n × K.

    A row whose mask has another length than most rows cannot be aligned: all its items are MISSING and the row is
    named. A blank mask beside a filled one is «not attempted»; all masks blank is MISSING.
    """
    parts = [_read_part(role, cells, report) for role, cells in columns.items()]
    parts = [part for part in parts if part.length]
    matrix = np.full((row_count, sum(part.length for part in parts)), MISSING, dtype=np.int8)
    misfits = [_misfits(part, report) for part in parts]
    for row in range(row_count):
        masks = [part.masks[row] for part in parts]
        if any(row in found for found in misfits) or all(mask is None for mask in masks):
            continue
        matrix[row] = [point for part, mask in zip(parts, masks, strict=True) for point in _points(part, mask)]
    maxima = [maximum for part in parts for maximum in part.maxima]
    return [ItemClaim(label=str(place), max_score=maximum) for place, maximum in enumerate(maxima, 1)], matrix


def _read_part(role: str, cells: Sequence[object], report: Report) -> _Part:
    texts = [clean_mask(cell) for cell in cells]
    parse = _parser(role, texts)
    part = _Part(role=role, masks=[parse(text) if text else None for text in texts])
    lengths = Counter(len(mask) for mask in part.masks if mask is not None)
    part.length = max(lengths, key=lambda length: (lengths[length], length), default=0)
    for row, mask in enumerate(part.masks):
        for fault in mask.faults if mask is not None else ():
            message = f"непонятный знак «{fault.text[:20]}» на месте {fault.position} в строке результатов заданий"
            report("mask_bad_character", message, row, role)
    part.maxima = [_maximum(part, position, report) for position in range(part.length)]
    return part


def _parser(role: str, texts: Sequence[str]) -> Callable[[object], Mask]:
    has_brackets = any("(" in text for text in texts)
    if role in ("answers", "short"):
        return parse_mixed_mask if has_brackets else parse_short_mask
    return parse_long_mask if has_brackets else parse_short_mask


def _misfits(part: _Part, report: Report) -> set[int]:
    found = {row for row, mask in enumerate(part.masks) if mask is not None and len(mask) != part.length}
    for row in sorted(found):
        mask = part.masks[row]
        message = (
            f"в строке результатов {len(mask or ())} заданий, в большинстве строк этого экзамена — {part.length}; "
            "задания этого участника не использованы"
        )
        report("mask_length", message, row, part.role)
    return found


def _points(part: _Part, mask: Mask | None) -> Sequence[int]:
    return (NOT_ATTEMPTED,) * part.length if mask is None else mask.points


def _maximum(part: _Part, position: int, report: Report) -> int | None:
    """Maximum of an item: as printed in brackets; 1 for an item of «+» and «-» only; None when digits stand there."""
    met = [
        (row, mask.items[position])
        for row, mask in enumerate(part.masks)
        if mask is not None and len(mask) == part.length
    ]
    printed = Counter(item.max_score for _, item in met if item.max_score is not None)
    if printed:
        usual = max(printed, key=lambda maximum: (printed[maximum], maximum or 0))
        for row, item in met:
            if item.max_score not in (None, usual):
                message = f"максимум задания {position + 1} указан как {item.max_score}, в большинстве строк — {usual}"
                report("mask_maximum", message, row, part.role)
        return usual
    marks = {item.mark for _, item in met}
    if "d" not in marks:
        return 1
    if "+" in marks:
        row = next(row for row, item in met if item.mark == "+")
        message = f"на месте {position + 1} встречаются и «+», и баллы числом: «+» прочитан как 1 балл"
        report("mask_plus_and_points", message, row, part.role)
    return None
