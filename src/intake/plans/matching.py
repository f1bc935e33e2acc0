"""Rows of a plan read again matched with rows known before: by content, never by number.

A number is no key: documents renumber, repeat and skip. Rows are the same when title, section, term and units say so;
where two candidates are equally near nobody guesses, a person chooses.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.plans.contracts import Activity
from intake.plans.vocabulary import folded_text

_WORD = re.compile(r"[^\W_]+")
_STEM = 6
#: likeness of titles below which rows are different activities, and of whole rows
_TITLE_LEAST = 0.55
_LEAST = 0.6
#: candidates nearer to each other than this cannot be told apart
_MARGIN = 0.04
_WEIGHTS = {"title": 0.7, "section": 0.12, "terms": 0.08, "units": 0.06, "results": 0.04}
#: words of more rows than this do not bring candidates
_COMMON = 80
#: candidates that are compared as a whole: those that share most of the telling words
_CANDIDATES = 40
_FIELDS = ("number", "title", "section", "label", "terms", "units", "results")


@dataclass(frozen=True, slots=True)
class PlanRowText:
    """What a row says, for comparison. `section`: titles from the top down; `units`, `results` as written."""

    title: str
    section: tuple[str, ...] = ()
    terms: str = ""
    units: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    number: str = ""
    label: str = ""

    @classmethod
    def of(cls, activity: Activity) -> PlanRowText:
        """From an activity that was read."""
        return cls(
            title=activity.title,
            section=tuple(title for _, title in activity.section_path),
            terms=activity.terms_raw,
            units=tuple(one.raw for one in activity.responsible),
            results=tuple(one.text for one in activity.deliverables),
            number=activity.number,
            label=activity.label,
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field (`title`, `section`, `terms`, `units`, `results`, `number`, `label`) with both texts."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The same activity in both: indices, likeness 0–1, what differs."""

    old: int
    new: int
    likeness: float
    changes: tuple[FieldChange, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything but the number differs: a plan is renumbered whenever a row is put in."""
        return any(change.field != "number" for change in self.changes)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A new row that fits several old ones equally well."""

    new: int
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanMatch:
    """Indices into the two sequences. Every row stands in exactly one place; rows of `candidates` of ambiguities that
    nothing else took are also in `removed`, so that no old row is lost from sight."""

    same: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    ambiguous: tuple[Ambiguity, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs in order of the new rows."""
        return tuple(sorted((*self.same, *self.changed), key=lambda pair: pair.new))


@dataclass(frozen=True, slots=True)
class _Words:
    """A row as sets of stems and folded texts."""

    title: frozenset[str]
    section: frozenset[str]
    terms: str
    units: frozenset[str]
    results: frozenset[str]

    @classmethod
    def of(cls, row: PlanRowText) -> _Words:
        return cls(
            _stems(row.title),
            _stems(" ".join(row.section)),
            folded_text(row.terms),
            frozenset(map(folded_text, row.units)),
            frozenset(map(folded_text, row.results)),
        )


def match_rows(old: Sequence[PlanRowText], new: Sequence[PlanRowText]) -> PlanMatch:
    """Pair the rows of two readings of a plan."""
    pairs: dict[int, tuple[int, float]] = {}
    left_old, left_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))
    for key in (_whole_key, _placed_key, _title_key):
        _pair_equal(old, new, left_old, left_new, pairs, key)
    ambiguous = _pair_similar(old, new, left_old, left_new, pairs)
    found = [
        Pair(one, place, round(likeness, 3), _changes(old[one], new[place])) for place, (one, likeness) in pairs.items()
    ]
    unclear = {one.new for one in ambiguous}
    return PlanMatch(
        same=tuple(pair for pair in found if not pair.is_changed),
        changed=tuple(pair for pair in found if pair.is_changed),
        added=tuple(place for place in left_new if place not in unclear),
        removed=tuple(left_old),
        ambiguous=tuple(ambiguous),
    )


def _pair_equal(
    old: Sequence[PlanRowText],
    new: Sequence[PlanRowText],
    left_old: dict[int, None],
    left_new: dict[int, None],
    pairs: dict[int, tuple[int, float]],
    key: Callable[[PlanRowText], Hashable],
) -> None:
    """Pair rows with equal keys; several of the same key only when both sides have as many, then in order."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place in left_old:
        groups[key(old[place])][0].append(place)
    for place in left_new:
        groups[key(new[place])][1].append(place)
    for mine, theirs in groups.values():
        if mine and len(mine) == len(theirs) and (len(mine) == 1 or key is _whole_key):
            for one, other in zip(mine, theirs, strict=True):
                pairs[other] = (one, _likeness_of(key))
                del left_old[one], left_new[other]


def _likeness_of(key: Callable[[PlanRowText], Hashable]) -> float:
    return 1.0 if key is _whole_key else 0.95 if key is _placed_key else 0.9


def _whole_key(row: PlanRowText) -> Hashable:
    return (*_placed(row), folded_text(row.terms), tuple(map(folded_text, row.units)))


def _placed_key(row: PlanRowText) -> Hashable:
    return _placed(row)


def _title_key(row: PlanRowText) -> Hashable:
    return _folded(row.title)


def _placed(row: PlanRowText) -> tuple[str, str]:
    return _folded(row.title), _folded(row.section[-1] if row.section else "")


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(folded_text(text)))


def _pair_similar(
    old: Sequence[PlanRowText],
    new: Sequence[PlanRowText],
    left_old: dict[int, None],
    left_new: dict[int, None],
    pairs: dict[int, tuple[int, float]],
) -> list[Ambiguity]:
    """Pair what is left by likeness, the nearest first; equally near candidates are left to a person."""
    scores = _scores([(place, old[place]) for place in left_old], [(place, new[place]) for place in left_new])
    ambiguous: list[Ambiguity] = []
    wanted_by: dict[int, list[int]] = defaultdict(list)
    for place, candidates in scores.items():
        for one in candidates:
            wanted_by[one].append(place)
    for place, _ in sorted(scores.items(), key=lambda item: -max(item[1].values())):
        free = {one: score for one, score in scores[place].items() if one in left_old}
        if not free:
            continue
        best = max(free.values())
        near = sorted(one for one, score in free.items() if best - score < _MARGIN)
        rivals = [other for other in wanted_by[near[0]] if other != place and other in left_new]
        if len(near) > 1 and not _settles(near, place, rivals, scores):
            ambiguous.append(Ambiguity(place, tuple(near)))
            continue
        one = max(near, key=lambda candidate: free[candidate])
        pairs[place] = (one, free[one])
        del left_old[one], left_new[place]
    return sorted(ambiguous, key=lambda one: one.new)


def _settles(near: list[int], place: int, rivals: list[int], scores: Mapping[int, Mapping[int, float]]) -> bool:
    """Whether the best candidate is strictly better and no other new row wants it more."""
    ordered = sorted((scores[place][one] for one in near), reverse=True)
    wanted = max(near, key=lambda one: scores[place][one])
    return (
        ordered[0] > ordered[1]
        and all(scores[other].get(wanted, 0) < ordered[0] - _MARGIN for other in rivals)
        and (ordered[0] - ordered[1] >= _MARGIN / 2)
    )


def _scores(
    old: Iterable[tuple[int, PlanRowText]], new: Iterable[tuple[int, PlanRowText]]
) -> dict[int, dict[int, float]]:
    """Likeness of new rows (first key) to old ones, only where it is enough."""
    mine = {place: _Words.of(row) for place, row in old}
    theirs = {place: _Words.of(row) for place, row in new}
    counts = Counter(stem for words in (*mine.values(), *theirs.values()) for stem in words.title)
    total = max(1, len(mine) + len(theirs))
    weights = {stem: math.log(1 + total / count) for stem, count in counts.items()}
    index: dict[str, list[int]] = defaultdict(list)
    for place, words in mine.items():
        for stem in words.title:
            index[stem].append(place)
    result: dict[int, dict[int, float]] = {}
    for place, words in theirs.items():
        shared = Counter(one for stem in _telling(words.title, counts) for one in index[stem])
        near = [one for one, _ in shared.most_common(_CANDIDATES)]
        found = {one: _likeness(mine[one], words, weights) for one in near}
        if enough := {one: score for one, score in found.items() if score >= _LEAST}:
            result[place] = enough
    return result


def _telling(stems: frozenset[str], counts: Mapping[str, int]) -> list[str]:
    """The rarer half of the words, of which two like titles must share one; words of half the plan tell nothing."""
    ordered = sorted(stems, key=lambda stem: counts[stem])
    half = ordered[: max(3, len(ordered) // 2 + 1)]
    return [stem for stem in half if counts[stem] <= _COMMON] or half[:2]


def _likeness(one: _Words, other: _Words, weights: Mapping[str, float]) -> float:
    title = _dice(one.title, other.title, weights)
    if title < _TITLE_LEAST:
        return 0.0
    return (
        _WEIGHTS["title"] * title
        + _WEIGHTS["section"] * _dice(one.section, other.section, {})
        + _WEIGHTS["terms"] * (one.terms == other.terms)
        + _WEIGHTS["units"] * _dice(one.units, other.units, {})
        + _WEIGHTS["results"] * _dice(one.results, other.results, {})
    )


def _dice(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    if not one and not other:
        return 1.0
    common = sum(weights.get(stem, 1.0) for stem in one & other)
    return 2 * common / sum(weights.get(stem, 1.0) for stems in (one, other) for stem in stems)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(folded_text(text)) if len(word) > 2 or word.isdecimal())


def _changes(old: PlanRowText, new: PlanRowText) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, mine, theirs)
        for name in _FIELDS
        for mine, theirs in [(_shown(getattr(old, name)), _shown(getattr(new, name)))]
        if _WORD.findall(folded_text(mine)) != _WORD.findall(folded_text(theirs))
    )


def _shown(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)
