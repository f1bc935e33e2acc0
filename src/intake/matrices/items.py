"""Cells of a matrix → items: functions, positions, documents that stand one after another without separators."""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.fields.text import clean_text
from intake.matrices.vocabulary import DOCUMENTS, FUNCTION, RESPONSIBLE, MatrixWords

_CAPITAL = re.compile(r"(?<=[а-яёА-ЯЁ»).;,/!])\s+(?=[А-ЯЁ])")
_BULLET = re.compile(r"^[\s•·*–—-]+(?=\S)")


def items_of(text: str, role: str, words: MatrixWords) -> list[str]:
    """Items of a cell: lines, and inside of a line those that begin with a capital word of the column."""
    items: list[str] = []
    for line in text.split("\n"):
        for piece in _split(clean_text(line), role, words):
            part = _BULLET.sub("", piece).strip(" ;,/" if role == RESPONSIBLE else " ;")
            if not part:
                continue
            if items and part[0].islower() and role != RESPONSIBLE:
                items[-1] = f"{items[-1]} {part}"
            else:
                items.append(part)
    return [one for item in items for one in (_positions(item) if role == RESPONSIBLE else [item])]


def starts_anew(text: str, role: str, words: MatrixWords) -> bool:
    """Whether the cell begins an item; otherwise it goes on with the cell of the row above."""
    first = clean_text(text)
    if role == FUNCTION:
        return words.begins(role, first)
    return words.begins(role, first) or first[:1].isupper()


def _split(line: str, role: str, words: MatrixWords) -> list[str]:
    pieces, start = [], 0
    for match in _CAPITAL.finditer(line):
        before, after = line[start : match.start()], line[match.end() :]
        if words.begins(role, after) and _is_closed(before):
            pieces.append(before)
            start = match.end()
    return [*pieces, line[start:]]


def _is_closed(text: str) -> bool:
    """Whether brackets are closed and the text does not wait for its noun («Приказы об утверждении Положений»)."""
    if text.count("(") > text.count(")") or text.count("«") > text.count("»"):
        return False
    last = text.rsplit(" ", 1)[-1].casefold().strip("«(")
    if re.fullmatch(r"\w+(?:[кщшч]ий|ый|ой)", last):  # «Методический Совет», but «… организаций Положение …»
        return False
    return last not in {"в", "во", "и", "или", "о", "об", "по", "с", "на", "для", "утверждении", "утверждение"}


def _positions(item: str) -> list[str]:
    """Positions of one item: by semicolons, slashes, and commas before another position."""
    parts: list[str] = []
    for piece in re.split(r"\s*[;/]\s*(?!\s*или)|,\s+", item):
        if not piece:
            continue
        separator = item[: item.find(piece)].rstrip()[-1:] if parts else ""
        if parts and (separator == "," or item.startswith("и/или")) and _goes_on(piece):
            parts[-1] = f"{parts[-1]}, {piece}"
        else:
            parts.append(piece)
    return _with_slashes(parts)


def _goes_on(piece: str) -> bool:
    """Whether the piece is said about the position before: «ответственный за …», «обеспечивающие …»."""
    word = piece.split()[0].casefold()
    return bool(re.match(r"(?:ответственн|\w+ющи|\w+ящи|\w+щий)", word)) or word in {"и", "в", "по", "включая"}


def _with_slashes(parts: Iterable[str]) -> list[str]:
    """«финансово-экономического и/или материально-технического» is one thing."""
    result: list[str] = []
    for part in parts:
        if result and (result[-1].endswith(" и") or part.startswith("или ")):
            result[-1] = f"{result[-1]}/{part}"
        else:
            result.append(part)
    return result


__all__ = ["DOCUMENTS", "FUNCTION", "RESPONSIBLE", "items_of", "starts_anew"]
