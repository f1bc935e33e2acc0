"""Conditions of the graduate's medal from `definitions/policies/medals.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class MedalDegree:
    """What confirms a degree: test scores, the mark of the alternative subject, final marks.

    `lowest_mark` may stand `lowest_mark_times` times (0: without limit).
    """

    number: int
    title: str
    test_score: int
    alternative_mark: int
    lowest_mark: int
    lowest_mark_times: int


@dataclass(frozen=True, slots=True)
class MedalRules:
    """The examination and its subjects; `grade_level` is that of graduation."""

    source: str
    is_verified: bool
    procedure: str
    grade_level: int
    required_subject: str
    alternative_subject: str
    degrees: tuple[MedalDegree, ...]

    def degree(self, number: int) -> MedalDegree:
        """A degree by its number.

        Raises:
            KeyError: when there is no such degree.
        """
        found = next((one for one in self.degrees if one.number == number), None)
        if found is None:
            raise KeyError(number)
        return found


@cache
def medal_rules() -> MedalRules:
    """The conditions in force."""
    table = tables("policies")["medals"]
    names = ("source", "is_verified", "procedure", "grade_level", "required_subject", "alternative_subject")
    degrees = tuple(MedalDegree(**degree) for degree in table["degrees"])
    return MedalRules(**{name: table[name] for name in names}, degrees=degrees)
