"""The sufficient statistics of a campaign as a value: what a run stores and every result is computed from."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from qualimetry.statistics import canonical

#: Cells of counters of those who wrote; those who did not are counted by the same keys.
CELL_KEYS = ("organization", "class_group", "variant", "sex", "has_sen")
#: Item counters by raw score and mark.
SCORE_KEYS = ("organization", "variant", "total", "mark")
#: Tables of the statistics with their keys, in the order of their bytes.
TABLES: dict[str, tuple[str, ...]] = {"absences": CELL_KEYS, "cells": CELL_KEYS, "scores": SCORE_KEYS}

FORMAT = 2


def pair_code(mark: int, journal_mark: int) -> int:
    """Code of a mark and the mark of the journal, 0 where there is none: 43 = mark 4, journal 3."""
    return mark * 10 + journal_mark


class StatisticsMismatchError(ValueError):
    """Statistics of different blueprints or of different detail cannot be added."""


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items (positions from 1) whose summed points are counted together: a content element."""

    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CampaignStatistics:
    """Three tables of exact counts; only valid attempts, absent participants apart in `absences`.

    absences: CELL_KEYS → n.
    cells: CELL_KEYS → n and counters of those present: `i{k}={x}` (x = −1, 1…max), `i{k}=null`, `total={r}`,
    `marks={pair_code}`, `test_score={t}`, `passed={0, 1}`, `level={index}`, `g{j}` = Σ (points of item group j)².
    Counters absent from the table are zero.
    scores: SCORE_KEYS → the counters of items without −1, and `g{j}`.
    has_slices: whether `sex` and `has_sen` were kept (else they are 0 and NULL).
    """

    item_count: int
    groups: tuple[ItemGroup, ...]
    has_slices: bool
    absences: pa.Table
    cells: pa.Table
    scores: pa.Table

    def organizations(self) -> list[int]:
        """Keys of the organizations, ascending."""
        known = (pc.unique(table.column("organization")).to_pylist() for table in (self.absences, self.cells))
        return sorted(set().union(*known))

    def participants_by(self, key: str) -> dict[Any, int]:
        """How many of those who wrote have each value of a key of the cells."""
        counted = self.cells.group_by(key).aggregate([("n", "sum")])
        return dict(zip(counted.column(key).to_pylist(), counted.column("n_sum").to_pylist(), strict=True))

    def for_organizations(self, organizations: Collection[int]) -> CampaignStatistics:
        """The part that belongs to these organizations."""
        return self._where("organization", sorted(organizations))

    def for_organization(self, organization: int) -> CampaignStatistics:
        return self.for_organizations([organization])

    def without_organization(self, organization: int) -> CampaignStatistics:
        rest = [key for key in self.organizations() if key != organization]
        return self.for_organizations(rest)

    def with_organization(self, organization: int, statistics: CampaignStatistics) -> CampaignStatistics:
        """These statistics with one organization replaced by its part of `statistics`: a correction without a rescan.

        Raises StatisticsMismatchError.
        """
        return merge([self.without_organization(organization), statistics.for_organization(organization)])

    def _where(self, column: str, values: list[int]) -> CampaignStatistics:
        wanted = pa.array(values, pa.int64())
        parts = {
            name: (table := getattr(self, name)).filter(pc.is_in(table.column(column).cast(pa.int64()), wanted))
            for name in TABLES
        }
        return replace(self, **parts)

    def sha256(self) -> str:
        """Hash of the canonical form: equal for any engine, number of threads, order of rows and split into files."""
        digest = hashlib.sha256(_header(self).encode())
        for table, keys in self._tables():
            canonical.update_digest(digest, table, keys)
        return digest.hexdigest()

    def to_ipc(self) -> bytes:
        """Bytes to store, in canonical order."""
        sink = io.BytesIO()
        header = _header(self).encode()
        sink.write(len(header).to_bytes(4, "little") + header)
        for table, keys in self._tables():
            canonical.write(sink, canonical.ordered(table, keys))
        return sink.getvalue()

    @classmethod
    def from_ipc(cls, data: bytes) -> CampaignStatistics:
        """Statistics from `to_ipc` bytes. Raises StatisticsMismatchError for another format."""
        size = int.from_bytes(data[:4], "little")
        header = json.loads(data[4 : 4 + size])
        if header["format"] != FORMAT:
            raise StatisticsMismatchError(f"format {header['format']}, expected {FORMAT}")
        tables = dict(zip(TABLES, canonical.read_all(data[4 + size :]), strict=True))
        groups = tuple(ItemGroup(tuple(positions)) for positions in header["groups"])
        return cls(header["item_count"], groups, header["has_slices"], **tables)

    def _tables(self) -> list[tuple[pa.Table, tuple[str, ...]]]:
        return [(getattr(self, name), keys) for name, keys in TABLES.items()]


def _header(statistics: CampaignStatistics) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "item_count": statistics.item_count,
            "groups": [list(group.positions) for group in statistics.groups],
            "has_slices": statistics.has_slices,
        },
        sort_keys=True,
    )


def merge(parts: Iterable[CampaignStatistics]) -> CampaignStatistics:
    """The statistics of all parts together; exactly those of the pooled rows.

    Raises StatisticsMismatchError when the parts were counted for different items, groups of items or detail.
    """
    known = list(parts)
    first = known[0]
    for other in known[1:]:
        if _header(other) != _header(first):
            raise StatisticsMismatchError(f"{_header(other)} against {_header(first)}")
    if len(known) == 1:
        return first
    summed = {name: canonical.summed([getattr(part, name) for part in known], keys) for name, keys in TABLES.items()}
    return replace(first, **summed)
