"""Words of schedules from `definitions/schedules.toml`: kinds of works and short names of subjects."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from intake.fields.text import header_key


@dataclass(frozen=True, slots=True)
class ScheduleWords:
    """`kinds`: short form → title; `kind_levels`: short form → level; `subjects`: short form → canonical name. Short
    forms are folded by `short_key`."""

    kinds: dict[str, str]
    kind_levels: dict[str, str]
    subjects: dict[str, str]


def short_key(text: str) -> str:
    """«Лит. чт.» and «ЛИТЧТ» are one short form."""
    return header_key(text).replace(" ", "")


@lru_cache(maxsize=1)
def schedule_words() -> ScheduleWords:
    """The definitions in force."""
    text = resources.files("definitions").joinpath("schedules.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    kinds, levels, subjects = (
        {short_key(word): str(value) for word, value in table[name].items()}
        for name in ("kinds", "kind_levels", "subjects")
    )
    return ScheduleWords(kinds, levels, subjects)
