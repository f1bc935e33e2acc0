"""Directions and parts of the management cycle: recognised by labels and headings, otherwise proposed by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.plans.contracts import ClaimSource, Section
from intake.plans.vocabulary import CyclePart, Edition, Patterns, Vocabulary, folded_text, header_words


@dataclass(frozen=True, slots=True)
class Claim:
    """A direction or part with its source; empty when nothing fits."""

    id: str = ""
    source: ClaimSource | None = None


NOTHING = Claim()


def edition_of(sections: Iterable[Section], vocabulary: Vocabulary) -> Edition | None:
    """The list of directions that most headings follow; the later one on a tie, None when no heading does."""
    titles = [folded_text(section.title) for section in sections]
    counts = {
        edition.id: len({one.id for one in edition.directions for title in titles if _found(one.sections, title)})
        for edition in vocabulary.editions
    }
    if not any(counts.values()):
        return None
    return max(vocabulary.editions, key=lambda edition: (counts[edition.id], edition.year))


def direction_of(path: Sequence[tuple[str, str]], title: str, edition: Edition | None, words: Vocabulary) -> Claim:
    """Direction by the innermost heading that names one; proposed by words of the title otherwise."""
    chosen = edition or max(words.editions, key=lambda one: one.year, default=None)
    if chosen is None:
        return NOTHING
    for _, heading in reversed(path):
        folded = folded_text(heading)
        if found := next((one.id for one in chosen.directions if _found(one.sections, folded)), ""):
            return Claim(found, ClaimSource.SECTION)
    folded = folded_text(title)
    found = next((one.id for one in chosen.directions if _found(one.keywords, folded)), "")
    return Claim(found, ClaimSource.PROPOSED) if found else NOTHING


def part_of_label(label: str, edition: Edition | None, words: Vocabulary) -> str:
    """Part of the cycle that a label («Цели:») or a heading of a stage names, "" when none."""
    folded = header_words(label)
    found = next((part.id for part in words.parts if folded and _whole(part, folded)), "")
    return _folded(found, edition)


def part_of_title(title: str, edition: Edition | None, words: Vocabulary) -> str:
    """Part of the cycle that the words of an activity propose, "" when none."""
    folded = folded_text(title)
    return _folded(next((part.id for part in words.parts if _found(part.keywords, folded)), ""), edition)


def _folded(part: str, edition: Edition | None) -> str:
    return edition.fold.get(part, part) if edition is not None else part


def _whole(part: CyclePart, text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in part.labels)


def _found(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
