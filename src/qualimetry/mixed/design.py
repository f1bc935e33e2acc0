"""The data of a model: outcome, fixed part with an intercept, groups from inner to outer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.mixed.errors import MixedError

Float = npt.NDArray[np.float64]
Int64 = npt.NDArray[np.int64]
INTERCEPT = "(Intercept)"
#: A column explained by the others up to this share of its length is no column of its own.
_COLLINEAR = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Groups of a level: name, labels in order of appearance, [n] position of each row's group."""

    name: str
    labels: tuple[str, ...]
    of_row: Int64


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """names: of the fixed part, intercept first. rows: [n, p+1] columns of the fixed part, then the outcome.

    All columns but the intercept are kept less their means (`means`), which moves only the intercept and keeps sums of
    squares precise. slopes: [n, q−1] columns with random slopes, as given; levels: inner to outer.
    """

    names: tuple[str, ...]
    rows: Float
    means: Float
    levels: tuple[Level, ...]
    slope_names: tuple[str, ...]
    slopes: Float

    @property
    def size(self) -> int:
        return int(self.rows.shape[0])

    @property
    def fixed(self) -> int:
        return len(self.names)


def design(
    outcome: Float, fixed: Mapping[str, Float], groups: Mapping[str, Sequence[str]], slopes: Sequence[str] = ()
) -> Design:
    """Check and centre. `groups`: labels of rows by level, inner to outer; equal labels in different outer groups are
    different groups.

    Raises MixedError: no rows, a covariate that is constant or follows from the others, one group, nobody shares a
    group, a slope that is not in the fixed part.
    """
    n = outcome.size
    names = (INTERCEPT, *fixed)
    if n == 0:
        raise MixedError("no_data", "no rows")
    columns = np.column_stack([np.ones(n), *fixed.values(), outcome]).astype(np.float64)
    if not np.isfinite(columns).all():
        raise MixedError("no_data", "values are not finite")
    means = columns.mean(axis=0)
    means[0] = 0.0
    centred = columns - means
    if n <= len(names) + 1:
        raise MixedError("too_few", f"{n} rows for {len(names)} coefficients", rows=n)
    _independent(centred[:, :-1], names)
    if not float(np.abs(centred[:, -1]).max()) > 0:
        raise MixedError("no_spread", "the outcome is constant")
    missing = [name for name in slopes if name not in fixed]
    if missing:
        raise MixedError("slope_not_fixed", f"slope outside the fixed part: {missing[0]}", name=missing[0])
    chosen = np.column_stack([fixed[name] for name in slopes]).astype(np.float64) if slopes else np.empty((n, 0))
    return Design(names, centred, means, tuple(_levels(groups, n)), tuple(slopes), chosen)


def _independent(columns: Float, names: Sequence[str]) -> None:
    """Gram–Schmidt column by column: which one adds nothing."""
    basis: list[Float] = []
    for name, column in zip(names, columns.T, strict=True):
        rest = column.copy()
        for _ in range(2):
            for one in basis:
                rest -= one * float(one @ rest)
        length = float(np.linalg.norm(rest))
        if length <= _COLLINEAR * max(float(np.linalg.norm(column)), 1e-300) or length == 0:
            raise MixedError("collinear", f"{name} is constant or follows from the other columns", name=name)
        basis.append(rest / length)


def _levels(groups: Mapping[str, Sequence[str]], n: int) -> list[Level]:
    names = list(groups)
    found: list[Level] = []
    for place, name in enumerate(names):
        outer = names[place:]
        keys = list(zip(*(groups[one] for one in outer), strict=True))
        known: dict[tuple[str, ...], int] = {}
        of_row = np.array([known.setdefault(key, len(known)) for key in keys], np.int64)
        found.append(Level(name, _labels(list(known)), of_row))
    for level in found:
        if len(level.labels) < 2:
            raise MixedError("one_group", f"one group at level {level.name}", level=level.name)
    finer = n
    for level in found:
        if len(level.labels) >= finer:
            raise MixedError("single_members", f"nobody shares a group at level {level.name}", level=level.name)
        finer = len(level.labels)
    return found


def _labels(keys: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Own labels where they are unique, else with those of the outer groups: «5А / Школа 1»."""
    times = Counter(key[0] for key in keys)
    return tuple(key[0] if times[key[0]] == 1 else " / ".join(key) for key in keys)
