"""Grammatical forms a pattern may give to a figure: `{share|percent}`, `{n|counted:участник:gent}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qualimetry.narrative import russian

Figure = float | int | str | None


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form may need beside the figure itself: N of the sentence and the other figures."""

    n: int | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)


def _number(value: Figure) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"a number is expected, not {value!r}")
    return value


def _whole(value: Figure) -> int:
    return round(_number(value))


def _percent(value: Figure, context: FormContext, of: str = "") -> str:
    """Fraction as percent; `of` names the figure that holds the N of this share (else N of the sentence)."""
    return russian.percent(_number(value), n=_base(context, of))


def _points(value: Figure, context: FormContext, of: str = "") -> str:
    """Size of a difference of fractions without its sign: «12,3 п. п.»."""
    return russian.percentage_points(abs(_number(value)), n=_base(context, of)).removeprefix("+")


def _base(context: FormContext, of: str) -> int | None:
    n = context.figures.get(of) if of else context.n
    return int(n) if isinstance(n, int | float) else None


def _bare(value: Figure, context: FormContext, of: str = "") -> str:
    """Percent without its sign, for the first end of a range: «40–52 %»."""
    return _percent(value, context, of).removesuffix(f"{russian.NBSP}%")


def _decimal(value: Figure, _: FormContext, places: str = "1") -> str:
    return russian.decimal(_number(value), places=int(places))


def _integer(value: Figure, _: FormContext) -> str:
    return russian.integer(_number(value))


def _counted(value: Figure, _: FormContext, noun: str, case: str = "nomn") -> str:
    return russian.counted(_whole(value), noun, case)


def _noun(value: Figure, _: FormContext, noun: str, case: str = "nomn") -> str:
    return russian.noun_after(_whole(value), noun, case)


def _choose(value: Figure, _: FormContext, singular: str, plural: str) -> str:
    """The form that goes with 1, 21, 31… or with the rest: verbs and participles («принял» / «приняли»)."""
    n = abs(_whole(value))
    return singular if n % 10 == 1 and n % 100 != 11 else plural


def _single(value: Figure, _: FormContext, one: str, several: str) -> str:
    """The form for a list of one and of several («организацией» / «организациями»), whatever their number."""
    return one if _whole(value) == 1 else several


def _score(value: Figure, _: FormContext) -> str:
    """A mean or a quantile of points: «12,5», but «12» for a whole number."""
    number = _number(value)
    return russian.decimal(number, places=0 if number == int(number) else 1)


def _quote(value: Figure, _: FormContext) -> str:
    return russian.quote(str(value))


def _capital(value: Figure, _: FormContext) -> str:
    return str(value)[:1].upper() + str(value)[1:]


def _lower(value: Figure, _: FormContext) -> str:
    return str(value)[:1].lower() + str(value)[1:]


FORMS: dict[str, Callable[..., str]] = {
    "percent": _percent,
    "bare": _bare,
    "points": _points,
    "decimal": _decimal,
    "integer": _integer,
    "counted": _counted,
    "noun": _noun,
    "choose": _choose,
    "single": _single,
    "score": _score,
    "quote": _quote,
    "capital": _capital,
    "lower": _lower,
}
