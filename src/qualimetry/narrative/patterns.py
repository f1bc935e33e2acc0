"""The template language of sentences: figures and their grammatical form, nothing else.

    «{pass_rate|percent} [[(интервал {low|percent}–{high|percent})]] у {n|counted:участник:gent}»

`{figure|form:argument…}` puts a figure in; `[[…]]` is left out when a figure inside it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qualimetry.narrative.forms import FORMS, Figure, FormContext

Figures = Mapping[str, Figure]

_FIELD = re.compile(r"\{(?P<name>\w+)(?P<forms>(?:\|[^{}|]+)*)\}")
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
_SPACES = re.compile(r" {2,}")
_SPACE_BEFORE_STOP = re.compile(r" +([.,;:)])")


class PatternError(ValueError):
    """A pattern names an unknown form or a figure that is absent; the message says which."""


@dataclass(frozen=True, slots=True)
class Field:
    """One `{…}` of a pattern: the figure and the forms applied to it in order, each with its arguments."""

    name: str
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with holes. Compare and hash by text."""

    text: str

    def __post_init__(self) -> None:
        leftover = _FIELD.sub("", _OPTIONAL.sub(r"\1", self.text))
        if any(sign in leftover for sign in ("{", "}", "[[", "]]")):
            raise PatternError(f"unbalanced signs in pattern: {self.text!r}")
        for field in self.fields():
            for form in field.forms:
                if form[0] not in FORMS:
                    raise PatternError(f"unknown form {form[0]!r} in pattern: {self.text!r}")

    def fields(self) -> tuple[Field, ...]:
        """All figures of the pattern in order of appearance, optional ones included."""
        return tuple(_parse(match) for match in _FIELD.finditer(self.text))

    def required(self) -> frozenset[str]:
        """Names of figures without which the sentence cannot be said."""
        return frozenset(_parse(match).name for match in _FIELD.finditer(_OPTIONAL.sub("", self.text)))

    def can_render(self, figures: Figures) -> bool:
        """Whether every required figure is known."""
        return all(figures.get(name) is not None for name in self.required())

    def render(self, figures: Figures, *, n: int | None = None) -> str:
        """The sentence. `n` sets the precision of percents: whole below 100, one decimal from 100 on.

        Raises PatternError when a required figure is absent or None.
        """
        context = FormContext(n=n, figures=figures)
        # split() alternates plain and optional parts, so a value that itself holds braces is never read as a pattern
        parts = enumerate(_OPTIONAL.split(self.text))
        return _tidy("".join(self._part(part, context, is_optional=bool(place % 2)) for place, part in parts))

    def _part(self, part: str, context: FormContext, *, is_optional: bool) -> str:
        names = [match["name"] for match in _FIELD.finditer(part)]
        if is_optional and any(context.figures.get(name) is None for name in names):
            return ""
        return _FIELD.sub(lambda match: self._fill(_parse(match), context), part)

    def _fill(self, field: Field, context: FormContext) -> str:
        value = context.figures.get(field.name)
        if value is None:
            raise PatternError(f"figure {field.name!r} is absent for pattern: {self.text!r}")
        for name, *arguments in field.forms:
            value = FORMS[name](value, context, *arguments)
        return str(value)


def _parse(match: re.Match[str]) -> Field:
    forms = tuple(tuple(part.split(":")) for part in match["forms"].split("|") if part)
    return Field(match["name"], forms)


def _tidy(text: str) -> str:
    return _SPACE_BEFORE_STOP.sub(r"\1", _SPACES.sub(" ", text)).strip()
