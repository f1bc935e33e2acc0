"""Headings → a tree of sections, whatever mixture of arabic, roman and missing numbers they have."""

from __future__ import annotations

from dataclasses import dataclass

from intake.plans.contracts import RowPlace, Section
from intake.plans.numbers import Number, heading_number
from intake.plans.vocabulary import Vocabulary, folded_text


@dataclass(frozen=True, slots=True)
class _Open:
    """An open section: its way of numbering and its number."""

    style: str
    parts: tuple[int, ...]
    section: Section


class SectionTree:
    """Sections in order of reading. `current` is the innermost open one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary
        self._stack: list[_Open] = []
        self.sections: list[Section] = []

    @property
    def path(self) -> tuple[tuple[str, str], ...]:
        return self._stack[-1].section.path if self._stack else ()

    @property
    def open_sections(self) -> tuple[Section, ...]:
        """Open sections from the top down."""
        return tuple(one.section for one in self._stack)

    @property
    def year(self) -> int | None:
        """Calendar year that the innermost heading of a year gives."""
        years = (self._words.year_of_heading(one.section.title) for one in reversed(self._stack))
        return next((year for year in years if year), None)

    @property
    def term(self) -> str:
        """Term that the innermost heading of a period gives."""
        return next((one.section.term for one in reversed(self._stack) if one.section.term), "")

    def reset(self) -> None:
        """Close everything: another sheet begins."""
        self._stack.clear()

    def open(self, heading: str, place: RowPlace | None = None, level: int = 0) -> Section:
        """Add the heading; the same heading again («продолжение») opens nothing. `level`: as the document marks it."""
        is_term = self._words.is_term_heading(heading) or self._words.year_of_heading(heading) is not None
        number = Number("", (), heading.strip()) if is_term else heading_number(heading)
        title = number.rest.strip()
        if self._stack and _same(self._stack[-1].section, number.raw, title):
            return self._stack[-1].section
        style = f"level {level}" if level and not number.parts else _style(number, title, is_term)
        self._close_for(style, number)
        parent = self.path
        section = Section(
            number.raw,
            title,
            len(parent) + 1,
            (*parent, (number.raw, title)),
            place,
            title if self._words.is_term_heading(heading) else "",
        )
        self._stack.append(_Open(style, number.parts, section))
        self.sections.append(section)
        return section

    def _close_for(self, style: str, number: Number) -> None:
        """Close what the new heading does not belong to."""
        depths = range(len(self._stack))
        same = [depth for depth in depths if self._stack[depth].style == style]
        next_ = [depth for depth in depths if _follows(self._stack[depth], number)]
        if same or next_:
            del self._stack[(same or next_)[0] :]
            return
        while self._stack and not _holds(self._stack[-1], number):
            self._stack.pop()


def _style(number: Number, title: str, is_term: bool) -> str:
    if is_term:
        return "term"
    if number.parts:
        return f"{'roman' if number.is_roman else 'arabic'} {len(number.parts)}"
    letters = [letter for letter in title if letter.isalpha()]
    return "capitals" if letters and all(letter.isupper() for letter in letters) else "plain"


def _follows(one: _Open, number: Number) -> bool:
    """Whether the number continues the count of an open section in the other script: «2.» and «III.»."""
    return len(number.parts) == len(one.parts) == 1 and number.parts[0] == one.parts[0] + 1


def _holds(one: _Open, number: Number) -> bool:
    """Whether the heading may stand below: a longer number must begin with that of the open section."""
    if len(number.parts) < 2 or not one.parts or len(one.parts) >= len(number.parts):
        return len(number.parts) < 2 or not one.parts
    return number.parts[: len(one.parts)] == one.parts


def _same(section: Section, number: str, title: str) -> bool:
    return section.number == number and folded_text(section.title) == folded_text(title)
