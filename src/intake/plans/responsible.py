"""The cell of responsible units → units, with care for commas that belong to one unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.fields.text import clean_text
from intake.plans.abbreviations import Abbreviations, abbreviations_in
from intake.plans.contracts import Responsible
from intake.plans.vocabulary import UnitWords, folded_text

_OPENING, _CLOSING = "(«“[", ")»”]"
#: a dot that belongs to the last word: «г.», initials of a name
_ENDS_SHORT = re.compile(r"(?:\b[А-ЯЁ]|\bг|\bим|\bт\. ?д|\bдр|\bоб[лр]|\bпос|\bрук)\.$")
#: an adjective in the nominative waits for its noun: «старший методист»
_NOMINATIVE = re.compile(r"(?:ый|[шщк]ий|ой|ая|ые|[шщк]ие|ое)$")
_DASHES = frozenset("-–—и")
_BULLET = re.compile(r"^[\s•·*–—-]+(?=\S)")


def split_units(text: str, words: UnitWords) -> list[str]:
    """Units of the cell. Commas inside quotes and brackets do not split; a qualifier stays with its unit."""
    parts: list[str] = []
    for line in _lines(text, words):
        for piece in _pieces(line):
            piece = _BULLET.sub("", piece).strip(" ,;")
            if not _ENDS_SHORT.search(piece):
                piece = piece.rstrip(".")
            if not piece:
                continue
            if parts and _is_qualifier(piece, words):
                parts[-1] = f"{parts[-1]}, {piece}"
            else:
                parts.append(piece)
    return parts


def _lines(text: str, words: UnitWords) -> list[str]:
    """Lines of the cell that are units of their own; a line that goes on is put to the one before."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = clean_text(line)
        if not line:
            continue
        is_low = bool(lines) and line[0].islower() and not _begins_unit(line, lines[-1], words)
        goes_on = lines and not lines[-1].endswith((",", ";", ".")) and (is_low or _depth(lines[-1]) > 0)
        if goes_on or (lines and lines[-1].endswith((" и", "-", "–", " г.", "№", " им."))):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _begins_unit(line: str, before: str, words: UnitWords) -> bool:
    """Whether a line in lower case names another unit: «методисты», but not «управления» after «начальник»."""
    folded, above = folded_text(line), folded_text(before)
    if any(pattern.search(folded) for pattern in words.genitives):
        return " " in above or not any(pattern.search(above) for pattern in words.heads)
    return any(pattern.search(folded) for pattern in words.heads)


def _depth(text: str) -> int:
    return sum(text.count(mark) for mark in _OPENING) - sum(text.count(mark) for mark in _CLOSING)


def _pieces(line: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for place, letter in enumerate(line):
        if letter in _OPENING:
            depth += 1
        elif letter in _CLOSING:
            depth = max(0, depth - 1)
        elif letter in ",;" and depth == 0 and not _is_between_numbers(line, place):
            pieces.append(line[start:place])
            start = place + 1
    pieces.append(line[start:])
    return pieces


def _is_between_numbers(line: str, place: int) -> bool:
    """«руководители 9, 11 классов»."""
    return line[:place].rstrip()[-1:].isdecimal() and line[place + 1 :].lstrip()[:1].isdecimal()


def _is_qualifier(piece: str, words: UnitWords) -> bool:
    folded = folded_text(piece)
    return piece[0].islower() and any(pattern.search(folded) for pattern in words.qualifiers)


def split_joined(parts: Sequence[str], standing: frozenset[str], words: UnitWords) -> tuple[list[str], list[str]]:
    """Units again, and those that lacked a comma: «управление образования ОО», when both stand alone elsewhere."""
    result: list[str] = []
    mended: list[str] = []
    for part in parts:
        two = _two_units(part, standing, words)
        if two:
            result += two
            mended.append(part)
        else:
            result.append(part)
    return result, mended


def _two_units(part: str, standing: frozenset[str], words: UnitWords) -> list[str]:
    """Both units when each stands alone elsewhere and the second is an abbreviation or begins in the nominative."""
    pieces = part.split(" ")
    for place in range(1, len(pieces)):
        head, tail = " ".join(pieces[:place]), " ".join(pieces[place:])
        stand = folded_text(head) in standing and folded_text(tail) in standing
        is_short = stand and tail in standing and abbreviations_in(tail) == (tail,)
        is_known = stand and place > 1 and _begins_unit(tail, head, words)
        if is_short or is_known or _are_two(pieces[:place], pieces[place:], words):
            return [head, *(_two_units(tail, standing, words) or [tail])]
    return []


def _are_two(head: Sequence[str], tail: Sequence[str], words: UnitWords) -> bool:
    """«Заместитель начальника управления методисты школ»: a noun in the nominative after a whole unit."""
    before, after = folded_text(" ".join(head)), folded_text(" ".join(tail))
    is_named = bool(abbreviations_in(head[0])) and (len(head) == 1 or head[-1].endswith("»"))
    is_post = len(head) > 1 and any(pattern.search(before) for pattern in words.heads)
    is_whole = (is_named or is_post) and head[-1] not in _DASHES and not _NOMINATIVE.search(folded_text(head[-1]))
    begins = any(pattern.search(after) for pattern in words.heads)
    return is_whole and begins and not any(pattern.search(after) for pattern in words.genitives) and len(tail) > 1


def units_standing_alone(cells: Iterable[Sequence[str]]) -> frozenset[str]:
    """Units as written and folded, for telling two units without a comma from one."""
    units = {unit for cell in cells for unit in cell}
    return frozenset(units | {folded_text(unit) for unit in units})


def resolved_unit(
    raw: str, abbreviations: Abbreviations, words: UnitWords, *, is_lead: bool, is_executor: bool = False
) -> Responsible:
    """The unit with its abbreviations replaced by full names; None where one of them is not known."""
    short = abbreviations_in(raw, words.not_abbreviations)
    main, _, qualifier = _qualified(raw, words)
    meanings = {one: abbreviations.meaning(one) for one in short}
    sources = dict.fromkeys(meaning.source for meaning in meanings.values() if meaning.source)
    resolved: str | None = raw
    for abbreviation, meaning in meanings.items():
        if meaning.text is None:
            resolved = None
            break
        resolved = meaning.text if raw == abbreviation else _inserted(resolved or raw, abbreviation, meaning.text)
    return Responsible(raw, resolved, short, ", ".join(sources), qualifier if main != raw else "", is_lead, is_executor)


def _inserted(text: str, abbreviation: str, meaning: str) -> str:
    return re.sub(rf"(?<![\w-]){re.escape(abbreviation)}(?!\w)", lambda _: f"{abbreviation} ({meaning})", text, count=1)


def _qualified(raw: str, words: UnitWords) -> tuple[str, str, str]:
    """Unit, separator, qualifier: «ОО», «, », «реализующие программы»; «отделы УО», « », «в части касающейся»."""
    for match in re.finditer(r",?\s+", raw):
        rest = raw[match.end() :]
        if rest and (match[0].startswith(",") or rest.startswith("в части ")) and _is_qualifier(rest, words):
            return raw[: match.start()], match[0], rest
    return raw, "", ""
