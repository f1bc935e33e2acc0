"""Dependencies proposed from the texts of a plan. Whoever proposes does not decide: a person confirms or rejects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msoko.foundation.catalog.dependencies import STEM, DependencyRules, dependency_rules

_WORD = re.compile(r"[а-яa-z0-9]{2,}")
_STAGES = "Одна и та же работа: более поздний этап нуждается в результате более раннего."


@dataclass(frozen=True, slots=True)
class Subject:
    """An activity as the proposer reads it: title, section, where its results go."""

    key: int
    title: str
    section: int | None
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    before: int
    after: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A subject with its folded texts, telling words and stage (None: no stage of a known work)."""

    subject: Subject
    title: str
    results: str
    words: frozenset[str]
    stage: int | None


def propose(subjects: Sequence[Subject]) -> list[Proposal]:
    """Proposals over all pairs of one plan, each pair once and in one direction, in the order of the plan."""
    rules = dependency_rules()
    read = [_read(one, rules) for one in subjects]
    found: dict[tuple[int, int], str] = {}
    for consumer in read:
        for source, reason in _sources(consumer, read, rules):
            pair = (source.subject.key, consumer.subject.key)
            if pair[::-1] not in found:
                found.setdefault(pair, reason)
    return [Proposal(before, after, reason) for (before, after), reason in found.items()]


def _sources(consumer: _Read, read: Sequence[_Read], rules: DependencyRules) -> Iterator[tuple[_Read, str]]:
    others = [one for one in read if one is not consumer]
    yield from _looked_back_at(consumer, others, rules)
    yield from _earlier_stages(consumer, others, rules)
    yield from _fed(consumer, others, rules)
    yield from _heard(consumer, others, rules)


def _looked_back_at(consumer: _Read, others: Sequence[_Read], rules: DependencyRules) -> list[tuple[_Read, str]]:
    """«По результатам…»: those that speak of the object, in the same section where there are any."""
    for words, reason in rules.look_back:
        match = next((found for word in words if (found := word.search(consumer.title))), None)
        if match is None:
            continue
        wanted = _telling(match["object"], rules)
        fitting = [one for one in others if wanted and _likeness(wanted, one.words) >= rules.object_likeness]
        near = [one for one in fitting if one.subject.section == consumer.subject.section] or fitting
        earlier = [one for one in near if not any(word.search(one.title) for word in words)]
        return [(one, reason) for one in earlier[: rules.most]]
    return []


def _earlier_stages(consumer: _Read, others: Sequence[_Read], rules: DependencyRules) -> list[tuple[_Read, str]]:
    """The nearest earlier stage of the same object in the same section."""
    if not consumer.stage:
        return []
    alike = [
        one
        for one in others
        if one.stage is not None
        and one.stage < consumer.stage
        and one.subject.section == consumer.subject.section
        and _overlap(one.words, consumer.words) >= rules.likeness
    ]
    nearest = max((one.stage or 0 for one in alike), default=None)
    return [(one, _STAGES) for one in alike if one.stage == nearest][: rules.most]


def _fed(consumer: _Read, others: Sequence[_Read], rules: DependencyRules) -> Iterator[tuple[_Read, str]]:
    """Those whose result goes into the document that this one makes."""
    for rule in rules.feeds:
        if not rule.maker.search(consumer.title) or rule.destination.search(consumer.results):
            continue
        made = _telling(consumer.title, rules)
        for one in others:
            match = rule.destination.search(one.results)
            if match and match["object"][:STEM] in made:
                yield one, rule.reason


def _heard(consumer: _Read, others: Sequence[_Read], rules: DependencyRules) -> Iterator[tuple[_Read, str]]:
    for rule in rules.heard:
        if rule.meeting.search(consumer.title):
            makers = (feed.maker for feed in rules.feeds)
            patterns = tuple(makers)
            for one in others:
                if rule.document[:STEM] in one.words and any(maker.search(one.title) for maker in patterns):
                    yield one, rule.reason


def _read(one: Subject, rules: DependencyRules) -> _Read:
    title = _folded(one.title)
    stages = [n for n, words in enumerate(rules.stages) if any(word.search(title) for word in words)]
    return _Read(one, title, _folded("; ".join(one.results)), _telling(title, rules), max(stages, default=None))


def _telling(text: str, rules: DependencyRules) -> frozenset[str]:
    words = _WORD.findall(_folded(text))
    spelled = [part for word in words for part in _WORD.findall(rules.synonyms.get(word, word))]
    stems = (word[:STEM] for word in spelled if len(word) > 2)
    return frozenset(stem for stem in stems if stem not in rules.empty_words)


def _likeness(wanted: frozenset[str], words: frozenset[str]) -> float:
    """What share of the wanted words is there."""
    return len(wanted & words) / len(wanted) if wanted else 0.0


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """What share of the shorter text is in the longer one."""
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
