"""The published rules: which sentence is said of which finding or figure. Read from `definitions/reports`."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from qualimetry.narrative.blocks import Grounds
from qualimetry.narrative.conditions import Condition, parse_conditions
from qualimetry.narrative.patterns import Figures, Pattern


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern with the conditions under which it is the right one; its figures must be known too."""

    conditions: tuple[Condition, ...]
    pattern: Pattern

    def suits(self, figures: Figures) -> bool:
        return self.pattern.can_render(figures) and all(condition.holds(figures) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the narrative with its passport.

    `wordings` are tried in order. `group` says the finding of several organizations in one sentence, with `entry`
    said of each. A rule with `own` is grouped so in the conclusions only: its section tells organization by
    organization, `own_entry` for each of its findings (in reports of `own_scope` only, where given). `section` is
    where a finding is told. The fields from `findings` on are those of proposals.
    """

    id: str
    severity: str
    source: str
    author: str
    reviewed: dt.date
    wordings: tuple[Wording, ...]
    section: str = ""
    group: Pattern | None = None
    entry: Pattern | None = None
    own: Pattern | None = None
    own_entry: Pattern | None = None
    own_scope: str = ""
    findings: tuple[str, ...] = ()
    addressee: str = ""
    term: str = ""
    control: str = ""
    audience: str = ""

    def patterns(self) -> Iterator[Pattern]:
        """Every pattern of the rule."""
        yield from (wording.pattern for wording in self.wordings)
        yield from (pattern for pattern in (self.group, self.entry, self.own, self.own_entry) if pattern is not None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A said sentence and where it comes from."""

    text: str
    grounds: Grounds


class UnknownRuleError(KeyError):
    """No rule with this id is published in `definitions/reports`."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules by id."""

    rules: Mapping[str, Rule]

    def rule(self, rule_id: str) -> Rule:
        try:
            return self.rules[rule_id]
        except KeyError:
            raise UnknownRuleError(rule_id) from None

    def say(
        self, rule_id: str, figures: Figures, *, n: int | None = None, thresholds: Figures | None = None
    ) -> Sentence | None:
        """The first wording that suits the figures; None when the rule has nothing to say of them. `thresholds` may be
        decided by and said, but are no grounds of the sentence."""
        known = {**(thresholds or {}), **figures}
        for wording in self.rule(rule_id).wordings:
            if wording.suits(known):
                grounds = Grounds(rule=rule_id, figures=dict(figures), n=n)
                return Sentence(wording.pattern.render(known, n=n), grounds)
        return None

    def of_section(self, section: str) -> tuple[Rule, ...]:
        """Rules of findings that are told in this section, in the order of the file."""
        return tuple(rule for rule in self.rules.values() if rule.section == section)


@cache
def load_rulebook() -> Rulebook:
    """Rules of every `rules_*.toml`. Raises ValueError on a repeated id, PatternError on a bad pattern."""
    rules: dict[str, Rule] = {}
    for name, content in read_definitions("reports", "rules_"):
        for row in content["rule"]:
            rule = _rule(row, passport=content["passport"])
            if rule.id in rules:
                raise ValueError(f"rule {rule.id!r} is repeated in {name}")
            rules[rule.id] = rule
    return Rulebook(rules)


def read_definitions(folder: str, prefix: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Name and content of each TOML file of `definitions/<folder>` whose name starts with `prefix`, by name."""
    place = files("definitions").joinpath(folder)
    names = sorted(entry.name for entry in place.iterdir())
    return [
        (name, tomllib.loads(place.joinpath(name).read_text(encoding="utf-8")))
        for name in names
        if name.startswith(prefix) and name.endswith(".toml")
    ]


def _rule(row: dict[str, Any], *, passport: dict[str, Any]) -> Rule:
    texts = [{"say": row["say"]}] if "say" in row else row["text"]
    return Rule(
        id=row["id"],
        severity=row.get("severity", "note"),
        source=row.get("source", passport["source"]),
        author=row.get("author", passport["author"]),
        reviewed=row.get("reviewed", passport["reviewed"]),
        wordings=tuple(Wording(parse_conditions(text.get("when", "")), Pattern(text["say"])) for text in texts),
        section=row.get("section", ""),
        group=Pattern(row["group"]) if "group" in row else None,
        entry=Pattern(row["entry"]) if "entry" in row else None,
        own=Pattern(row["own"]) if "own" in row else None,
        own_entry=Pattern(row["own_entry"]) if "own_entry" in row else None,
        own_scope=row.get("own_scope", ""),
        findings=tuple(row.get("findings", ())),
        addressee=row.get("addressee", ""),
        term=row.get("term", ""),
        control=row.get("control", ""),
        audience=row.get("audience", ""),
    )
