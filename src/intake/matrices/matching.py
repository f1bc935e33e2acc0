"""Functions of two matrices matched: by a code of both, by equal words, by likeness – which a person confirms."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from intake.plans.vocabulary import folded_text

_WORD = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010-\u2013]\s*(?=\w)")
#: words are compared by so many first letters: «организует» and «организация» are one word here
_STEM = 5
#: likeness below which nobody is asked, and what standing in a group of the same number adds
LEAST = 0.38
_SAME_GROUP = 0.06
#: what is not word for word the same is never shown as the same
_MOST = 0.99
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class FunctionText:
    """A function for comparison; `group` is the number of its group, or its title when it has none."""

    text: str
    group: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class FunctionPair:
    """Indices of the same function in both. `is_certain`: by code, by equal words or by a person's word."""

    old: int
    new: int
    likeness: float
    is_certain: bool


@dataclass(frozen=True, slots=True)
class FunctionMatch:
    """`candidates`: for each new function without a certain pair, old ones with likeness, the nearest first."""

    pairs: tuple[FunctionPair, ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    candidates: Mapping[int, tuple[tuple[int, float], ...]]

    @property
    def proposed(self) -> tuple[FunctionPair, ...]:
        """Pairs that wait for a person."""
        return tuple(pair for pair in self.pairs if not pair.is_certain)


def same_words(text: str) -> str:
    """What is compared: words without case, «ё», hyphens inside of words or at ends of lines, and punctuation."""
    return " ".join(_WORD.findall(_HYPHEN.sub("", folded_text(text))))


def match_functions(
    old: Sequence[FunctionText],
    new: Sequence[FunctionText],
    decided: Mapping[int, int | None] | None = None,
    unlike: frozenset[tuple[int, int]] = frozenset(),
) -> FunctionMatch:
    """Pair functions. `decided`: new → old, or None for «new», by a person; `unlike`: (old, new) that never pair."""
    left_old, left_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))
    pairs: dict[int, FunctionPair] = {}

    def pair(one: int, place: int, likeness: float, *, is_certain: bool) -> None:
        pairs[place] = FunctionPair(one, place, round(likeness, 3), is_certain)
        del left_old[one], left_new[place]

    fixed = {place: one for place, one in (decided or {}).items() if place in left_new}
    for place, one in fixed.items():
        if one is not None and one in left_old:
            pair(one, place, 1.0, is_certain=True)
    for key in (_code, _placed, _plain):
        for one, place in _equal(old, new, left_old, [place for place in left_new if place not in fixed], key):
            if (one, place) not in unlike:
                pair(one, place, 1.0, is_certain=True)
    scores = _scores(old, new, list(left_old), [place for place in left_new if place not in fixed], unlike)
    for likeness, place, one in sorted(((s, n, o) for (o, n), s in scores.items()), key=lambda row: (-row[0], row[1:])):
        if one in left_old and place in left_new:
            pair(one, place, likeness, is_certain=False)
    return FunctionMatch(
        tuple(sorted(pairs.values(), key=lambda pair: pair.new)), tuple(left_new), tuple(left_old),
        _candidates(scores),
    )  # fmt: skip


def _code(one: FunctionText) -> Hashable:
    return one.code


def _placed(one: FunctionText) -> Hashable:
    return (same_words(one.group), words) if (words := same_words(one.text)) else ""


def _plain(one: FunctionText) -> Hashable:
    return same_words(one.text)


def _equal(
    old: Sequence[FunctionText],
    new: Sequence[FunctionText],
    left_old: Mapping[int, None],
    left_new: Sequence[int],
    key: Callable[[FunctionText], Hashable],
) -> list[tuple[int, int]]:
    """Pairs with equal keys that stand once on both sides; blank keys pair nothing."""
    mine: dict[Hashable, list[int]] = defaultdict(list)
    theirs: dict[Hashable, list[int]] = defaultdict(list)
    for place in left_old:
        mine[key(old[place])].append(place)
    for place in left_new:
        theirs[key(new[place])].append(place)
    return [
        (mine[value][0], places[0])
        for value, places in theirs.items()
        if value and len(places) == 1 and len(mine.get(value, ())) == 1
    ]


def _scores(
    old: Sequence[FunctionText],
    new: Sequence[FunctionText],
    left_old: Sequence[int],
    left_new: Sequence[int],
    unlike: frozenset[tuple[int, int]],
) -> dict[tuple[int, int], float]:
    """Likeness (old, new) where it is enough to ask: shared stems, rare ones weigh more."""
    mine = {place: _stems(old[place].text) for place in left_old}
    theirs = {place: _stems(new[place].text) for place in left_new}
    counts = Counter(stem for stems in (*mine.values(), *theirs.values()) for stem in stems)
    total = max(1, len(mine) + len(theirs))
    weights = {stem: math.log(1 + total / count) for stem, count in counts.items()}
    found: dict[tuple[int, int], float] = {}
    for place, words in theirs.items():
        for one, others in mine.items():
            near = bool(new[place].group) and same_words(new[place].group) == same_words(old[one].group)
            likeness = min(_MOST, _dice(words, others, weights) + (_SAME_GROUP if near else 0))
            if likeness >= LEAST and (one, place) not in unlike:
                found[one, place] = likeness
    return found


def _dice(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    whole = sum(weights[stem] for stems in (one, other) for stem in stems)
    return 2 * sum(weights[stem] for stem in one & other) / whole if whole else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in same_words(text).split() if len(word) > 2 or word.isdecimal())


def _candidates(scores: Mapping[tuple[int, int], float]) -> dict[int, tuple[tuple[int, float], ...]]:
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (one, place), likeness in scores.items():
        found[place].append((one, round(likeness, 3)))
    return {
        place: tuple(sorted(rows, key=lambda row: (-row[1], row[0]))[:_CANDIDATES]) for place, rows in found.items()
    }
