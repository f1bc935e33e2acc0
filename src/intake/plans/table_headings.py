"""Paragraphs above tables of a plan that name sections: numbered, marked as headings, or alone above their tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from intake.grids.contracts import Paragraph
from intake.plans.headline import is_title, period_of
from intake.plans.numbers import heading_number
from intake.plans.vocabulary import Vocabulary, folded_text

#: a heading is no longer than this; one that only its place tells is shorter
_LONGEST = 250
_LONGEST_PLAIN = 150
#: headings of levels one below another above one table at most
_MOST = 3
#: words of the paper itself: «Приложение № 1 к приказу», «УТВЕРЖДЕНО», «Таблица 2»
_OF_PAPER = re.compile(r"(?:приложени|утвержд|согласован|рассмотрен|принят|таблиц)", re.IGNORECASE)
_BLANK_TO_FILL = re.compile(r"_{3,}|[.…]{4,}")


def numbered_headings(between: Sequence[Paragraph], *, is_first: bool) -> tuple[Paragraph, ...]:
    """Headings right above the table: marked or numbered ones, above the first table only «1.», «I.», «Раздел 1»."""
    found: list[Paragraph] = []
    for paragraph in reversed(between):
        if len(found) == _MOST or not (
            _is_marked(paragraph, is_first=is_first) or _is_numbered(paragraph, is_first=is_first)
        ):
            break
        found.append(paragraph)
    return tuple(reversed(found))


def between_headings(above: Sequence[Sequence[Paragraph]], vocabulary: Vocabulary) -> list[tuple[Paragraph, ...]]:
    """For every table, the plain paragraph that stands alone between it and the table before and names its section.

    The paragraph above the first table is one too when the other tables have theirs; a text that comes again is the
    running title of a page.
    """
    counts = Counter(folded_text(one.text) for texts in above for one in texts)
    found: list[tuple[Paragraph, ...]] = [()]
    for texts in above[1:]:
        is_alone = len(texts) == 1 and counts[folded_text(texts[0].text)] == 1
        found.append(tuple(texts) if is_alone and _reads_as_section(texts[0], vocabulary) else ())
    last = above[0][-1:] if above else ()
    if any(found) and last and _reads_as_section(last[0], vocabulary) and last[0].text[:1].isupper():
        found[0] = (last[0],)
    return found[: len(above)]


def _is_marked(paragraph: Paragraph, *, is_first: bool) -> bool:
    """A heading of the document; above the first table it may belong to the title of the plan."""
    text = paragraph.text.strip()
    is_title_line = is_title(text) or (is_first and (text[:1].islower() or bool(period_of(text))))
    return paragraph.level > 0 and len(text) < _LONGEST and not is_title_line and not _OF_PAPER.match(text)


def _is_numbered(paragraph: Paragraph, *, is_first: bool) -> bool:
    number = heading_number(paragraph.text)
    text = paragraph.text.strip()
    is_heading = bool(number.parts and number.rest) and len(text) < _LONGEST and text[-1] not in ";,"
    return is_heading and (not is_first or number.parts[0] == 1)


def _reads_as_section(paragraph: Paragraph, vocabulary: Vocabulary) -> bool:
    text = paragraph.text.strip()
    rows = vocabulary.rows
    is_note = any(
        pattern.search(folded_text(text))
        for pattern in (*rows.amendments, *rows.footnotes, *rows.continued, *rows.totals)
    )
    is_short = len(text) < _LONGEST_PLAIN and sum(map(str.isalpha, text)) > 3
    is_plain = paragraph.page is None and text[-1:] not in ".;,:" and not _BLANK_TO_FILL.search(text)
    is_plain = is_plain and not _OF_PAPER.match(text)
    return is_short and is_plain and not is_note and not is_title(text) and not period_of(text)
