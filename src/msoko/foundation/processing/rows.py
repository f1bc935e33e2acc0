"""All rows of one campaign as arrays, with the way back to file, sheet and row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from intake.contracts import MISSING, Work
from intake.layouts.gia_keys import KEY_PREFIX

IntArray = npt.NDArray[np.integer]
BoolArray = npt.NDArray[np.bool_]
#: Organization of a row that could not be placed.
UNPLACED = -1


@dataclass(slots=True)
class Rows:
    """Struct of arrays: one element (one line of `items`) a row of participants.

    work: index into `works`. code, class_group, level: indices into `codes`, `class_groups`, `levels`; index of ""
    is 0 in each. Nullable columns hold `NO_VALUE`. items: n × K aligned to the blueprint.
    """

    works: tuple[Work, ...]
    codes: list[str]
    class_groups: list[str]
    levels: list[str]
    #: K names of sheet columns for every work, "" where the work has no such item
    columns: tuple[tuple[str, ...], ...]
    work: IntArray
    row: IntArray
    organization: IntArray
    code: IntArray
    class_group: IntArray
    level: IntArray
    variant: IntArray
    sex: IntArray
    present: BoolArray
    items: IntArray
    file_total: IntArray
    mark: IntArray
    journal_mark: IntArray
    test_score: IntArray
    passed: IntArray

    def __len__(self) -> int:
        return len(self.row)

    def take(self, chosen: npt.NDArray[np.generic]) -> Rows:
        """Rows by mask or by positions."""
        arrays = {
            f.name: getattr(self, f.name)[chosen] for f in fields(self) if isinstance(getattr(self, f.name), np.ndarray)
        }
        return replace(self, **arrays)


def stack_rows(
    works: Sequence[Work], columns: Sequence[Sequence[int]], organizations: Sequence[Sequence[int | None]]
) -> Rows:
    """Put works one under another.

    `columns[w][k]` is the item column of work w for item k of the blueprint (−1: none);
    `organizations[w][c]` the key of its c-th organization claim (None: not placed).
    """
    parts = [work.participants for work in works]
    code, codes = _encode([text for part in parts for text in part.participant])
    class_group, class_groups = _encode([text for part in parts for text in part.class_group])
    level, levels = _encode([text for part in parts for text in part.level])
    joined = {name: _join([getattr(part, name) for part in parts]) for name in _PLAIN}
    return Rows(
        works=tuple(works), codes=codes, class_groups=class_groups, levels=levels,
        columns=tuple(_column_names(work, chosen) for work, chosen in zip(works, columns, strict=True)),
        work=np.repeat(np.arange(len(works), dtype=np.int32), [len(part) for part in parts]),
        organization=_join([_placed(w, keys) for w, keys in zip(works, organizations, strict=True)]),
        code=code, class_group=class_group, level=level,
        items=_join([_aligned(work, chosen) for work, chosen in zip(works, columns, strict=True)]),
        **joined,
    )  # fmt: skip


_PLAIN = ("row", "variant", "sex", "present", "file_total", "mark", "journal_mark", "test_score", "passed")


def _join(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    joined: npt.NDArray[Any] = arrays[0].copy() if len(arrays) == 1 else np.concatenate(arrays)
    return joined


def rows_with_code(rows: Rows) -> dict[int, int]:
    """Organization → rows whose participant code is printed in the file, not made of a document or a name."""
    printed = np.array([bool(code) and not code.startswith(KEY_PREFIX) for code in rows.codes], dtype=bool)
    found, counts = np.unique(rows.organization[printed[rows.code]], return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _encode(texts: list[str]) -> tuple[IntArray, list[str]]:
    """Texts as indices into a list whose first element is ""."""
    encoded = pa.array(["", *texts], pa.string()).dictionary_encode()
    indices = np.frombuffer(encoded.indices.buffers()[1], dtype=np.int32, count=len(encoded))
    return indices[1:].copy(), encoded.dictionary.to_pylist()


def _placed(work: Work, keys: Sequence[int | None]) -> IntArray:
    table = np.array([UNPLACED if key is None else key for key in keys] or [UNPLACED], dtype=np.int64)
    return table[work.participants.organization].astype(np.int32)


def _aligned(work: Work, chosen: Sequence[int]) -> IntArray:
    source = work.participants.items
    if list(chosen) == list(range(source.shape[1])):
        return np.ascontiguousarray(source, dtype=np.int8)
    target = np.full((len(work.participants), len(chosen)), MISSING, dtype=np.int8)
    for place, column in enumerate(chosen):
        if column >= 0:
            target[:, place] = source[:, column]
    return target


def _column_names(work: Work, chosen: Sequence[int]) -> tuple[str, ...]:
    return tuple(work.items[column].column or "" if column >= 0 else "" for column in chosen)
