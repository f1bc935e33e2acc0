"""Words of a page by coordinates → lines, paragraphs and texts of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.fields.text import clean_text
from intake.grids.known_words import is_word

#: words that stand alone before any other, so that what follows is no piece of a torn word
LITTLE_WORDS = frozenset(
    [
        "а",
        "без",
        "в",
        "во",
        "для",
        "до",
        "за",
        "и",
        "из",
        "или",
        "к",
        "ко",
        "на",
        "над",
        "не",
        "о",
        "об",
        "от",
        "по",
        "под",
        "при",
        "с",
        "со",
        "у",
    ]
)
#: letters from the end of a text in which its last word is looked for
_TAIL = 60
_LETTERS = re.compile(r"[^\W\d_]+")
#: margins of a cell take at most so many points
ROOM = 14.0
#: a cut word fills its line up to so many letters; shorter words are not cut; endings that are also words
_CUT_SLACK = 3.0
_SHORTEST_CUT = 4
_LONGEST_ENDING = 3
_CLOSING = frozenset(",.;:)»!?")
#: words of one line stand no farther apart than this share of their height
_SAME_LINE = 0.55


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in points from the upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line from the left."""

    words: tuple[Word, ...]
    page: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words gathered into lines by their heights."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.top, one.x0)):
        height = word.bottom - word.top
        if lines and abs(word.top - lines[-1][0].top) < max(2.0, height * _SAME_LINE):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda one: one.x0))) for line in lines]


def words_of_lines(lines: Iterable[Line]) -> frozenset[str]:
    """Words that stand inside of lines: those at the edges may be pieces."""
    found: set[str] = set()
    for line in lines:
        found.update(word.casefold() for word in _LETTERS.findall(" ".join(one.text for one in line.words[1:-1])))
    return frozenset(found)


def joined_lines(lines: Sequence[Line], width: float, vocabulary: frozenset[str], full: float = 0.0) -> str:
    """Text of a cell: a line is broken where the next word would still have fitted, otherwise it was only wrapped.

    `full`: how wide a full line of the column is; a word longer than that is broken where the line ends.
    """
    text = ""
    for place, line in enumerate(lines):
        if not place:
            text = line.text
            continue
        last = lines[place - 1]
        is_hard = (last.x1 - last.x0) + _width_of_first(line) + _space(last) < width - _padding(width)
        if _is_cut(last, line, full):
            text += line.text
            continue
        is_item = bool(re.match(r"^(?:[-–—•]|\d{1,2}[.)])\s", line.text)) and not text.endswith("-")
        text = (
            f"{text}\n{line.text}"
            if (is_hard and not text.endswith("-")) or is_item
            else wrapped(text, line.text, vocabulary)
        )
    return text


def _is_cut(line: Line, following: Line, full: float) -> bool:
    """Whether a word was too long for its column: the line is this word alone, nearly full, and goes on small."""
    if _is_cut_date(line.text, following.text):
        return True
    piece, rest = re.search(r"[^\W\d_]+$", line.text), _LETTERS.match(following.text)
    if len(line.words) > 1 or not full or piece is None or rest is None or not rest[0].islower():
        return False
    letter = (line.x1 - line.x0) / len(line.text)
    if line.x1 - line.x0 < full - letter * _CUT_SLACK or len(piece[0]) < _SHORTEST_CUT:
        return False
    return is_word(piece[0] + rest[0]) and not (is_word(piece[0]) and _stands_alone(rest[0]))


def _is_cut_date(text: str, following: str) -> bool:
    """«20.09.202» and «6»."""
    head, tail = re.search(r"\d\.\d{1,2}\.(\d{1,3})$", text), re.match(r"\d{1,3}(?![\d.])", following)
    return bool(head and tail and re.fullmatch(r"(?:19|20)\d\d", head[1] + tail[0]))


def _stands_alone(text: str) -> bool:
    """Whether the text may follow a whole word; «а» would need a comma before it."""
    return (text in LITTLE_WORDS and text != "а") or (len(text) > _LONGEST_ENDING and is_word(text))


def wrapped(first: str, second: str, vocabulary: frozenset[str]) -> str:
    """Two lines of one paragraph as one text: hyphens and words torn without a hyphen are mended."""
    if second[:1] in _CLOSING:
        return first + second
    last, begin = re.search(r"([^\W\d_]+)([-\u00ad]?)$", first[-_TAIL:]), re.match(r"[^\W\d_]+", second)
    if last is None or begin is None:
        return f"{first} {second}" if not first.endswith(("-", "/")) or first.endswith(" -") else first + second
    whole = (last[1] + begin[0]).casefold()
    if last[2]:
        is_soft = last[2] != "-" or (whole in vocabulary and not last[1].casefold().endswith("о"))
        return first[:-1] + second if is_soft else first + second
    is_orphan = begin[0][0] in "ьъы"
    is_known = {last[1].casefold(), begin[0].casefold()} <= vocabulary or last[1].casefold() in LITTLE_WORDS
    is_torn = whole in vocabulary and not is_known and begin[0].islower()
    return first + second if is_orphan or is_torn else f"{first} {second}"


def _width_of_first(line: Line) -> float:
    return line.words[0].x1 - line.words[0].x0


def _space(line: Line) -> float:
    return (line.bottom - line.top) * 0.3


def _padding(width: float) -> float:
    """Margins of a cell on both sides, and room for what justification stretches."""
    return min(ROOM, width * 0.2)


def paragraphs_of(lines: Sequence[Line], first: int) -> list[tuple[str, int, int]]:
    """Paragraphs as (text, number, page): a line that reaches the right edge goes on with a small letter."""
    result: list[tuple[str, int, int]] = []
    right = max((line.x1 for line in lines), default=0.0)
    last: Line | None = None
    for line in lines:
        text = clean_text(line.text)
        goes_on = last is not None and last.x1 > right * 0.85 and text[:1].islower() and last.page == line.page
        if goes_on and result:
            result[-1] = (wrapped(result[-1][0], text, frozenset()), result[-1][1], result[-1][2])
        elif text:
            result.append((text, first + len(result) + 1, line.page))
        last = line
    return result
