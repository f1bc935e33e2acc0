"""Words by which plans and matrices of functions are read, from `definitions/plans`."""

from __future__ import annotations

from functools import cache

from intake.matrices import MatrixWords
from intake.plans import Vocabulary
from msoko.foundation.catalog.files import tables


@cache
def plan_vocabulary() -> Vocabulary:
    """Words of plans: headers, results, units, abbreviations, directions, parts of the cycle."""
    return Vocabulary.from_tables(tables("plans"))


@cache
def matrix_words() -> MatrixWords:
    """Words of matrices of functions."""
    return MatrixWords.from_table(tables("plans")["functions"])


@cache
def order_kinds() -> tuple[str, ...]:
    """Kinds of results that the list of orders to be prepared holds."""
    return tuple(tables("plans")["results"]["orders"])


@cache
def result_kinds() -> dict[str, str]:
    """Kinds of results of activities: code → words."""
    return {kind["id"]: kind["title"] for kind in tables("plans")["results"]["kind"]}
