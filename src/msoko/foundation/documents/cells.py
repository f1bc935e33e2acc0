"""A raw value of a table as the text of its cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, Literal

from msoko.foundation.documents.language.typography import bind, clean
from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Column

Alignment = Literal["left", "center", "right"]

_PLACES = {"integer": 0, "decimal": 1, "percent": 1, "mark": 2}


def cell_text(value: Any, column: Column, *, has_percent_sign: bool = True) -> str:
    """«1 234», «54,2 %», «3,87», «—» for None and NaN; a string stands as it is.

    `has_percent_sign` is False where the heading of the column says «%» already.
    """
    if value is None:
        return russian.DASH
    if isinstance(value, str):
        return bind(clean(value))
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.date):
        return russian.date_digits(value)
    if isinstance(value, Real | Decimal):
        return _number_text(value, column, has_percent_sign=has_percent_sign)
    return bind(clean(str(value)))


def _number_text(value: Any, column: Column, *, has_percent_sign: bool) -> str:
    if column.kind == "percent":
        text = russian.percent(float(value), places=places_of(column))
        return text if has_percent_sign else text.removesuffix(f"{russian.NBSP}%")
    if isinstance(value, Integral) and column.kind in ("text", "mark", "integer"):
        return str(int(value)) if column.kind != "integer" else russian.integer(int(value))  # years are not grouped
    return russian.decimal(float(value), places_of(column))


def places_of(column: Column) -> int:
    """Decimals of a numeric column: its own, else by kind."""
    return column.places if column.places is not None else _PLACES.get(column.kind, 1)


def alignment(column: Column) -> Alignment:
    """Numbers right, marks in the middle, words left."""
    if column.kind == "mark":
        return "center"
    return "right" if column.kind in _PLACES else "left"
