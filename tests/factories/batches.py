"""Batches of results from rows written as dictionaries, and the policy that the product ships."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from qualimetry.engines.base import Engine
from qualimetry.frames.batch import batch_schema, item_column
from qualimetry.frames.blueprint import Blueprint, Item
from qualimetry.frames.store import write_batch
from qualimetry.recipes.campaign import scan
from qualimetry.recipes.policy import Policy
from qualimetry.statistics.campaign import CampaignStatistics

USUAL: dict[str, Any] = {
    "organization": 1, "class_group": "А", "variant": 1, "sex": 0, "has_sen": None, "present": True,
    "is_valid_attempt": True, "attempt": 1, "file_total": None, "mark": None, "journal_mark": None,
    "test_score": None, "passed": None, "level": None,
}  # fmt: skip


def policy() -> Policy:
    text = files("definitions").joinpath("policies/analysis.toml").read_text(encoding="utf-8")
    return Policy.from_mapping(tomllib.loads(text))


def blueprint(maxima: Sequence[int], **fields: Any) -> Blueprint:
    items = tuple(Item(str(k), top) for k, top in enumerate(maxima, start=1))
    return Blueprint(
        **{"procedure": "VPR", "subject": "Математика", "grade_level": 4, "year": 2026, "items": items} | fields
    )


def batch(rows: Sequence[Mapping[str, Any]], item_count: int) -> pa.Table:
    """A batch of `rows`: columns that differ from USUAL, and `items`, a sequence of scores. The total is their sum."""
    full = [_row(dict(row), number, item_count) for number, row in enumerate(rows)]
    return pa.Table.from_pylist(full, schema=batch_schema(item_count))


def _row(row: dict[str, Any], number: int, item_count: int) -> dict[str, Any]:
    scores = list(row.pop("items", [])) or [None] * item_count
    columns = {item_column(k): score for k, score in enumerate(scores, start=1)}
    total = sum(max(score, 0) for score in scores if score is not None) if item_count else None
    return USUAL | {"participant": number.to_bytes(16, "big"), "total": total} | row | columns


def answers(scores: Any, **columns: Any) -> list[dict[str, Any]]:
    """Rows of a score matrix; `columns` are one value for all or one a row."""
    matrix = np.asarray(scores)
    return [
        {"items": line.tolist()}
        | {
            name: (value[n] if isinstance(value, list | tuple | np.ndarray) else value)
            for name, value in columns.items()
        }
        for n, line in enumerate(matrix)
    ]


def statistics(
    rows: Sequence[Mapping[str, Any]], specification: Blueprint, folder: Path, engine: Engine | None = None
) -> CampaignStatistics:
    count = len(specification.items)
    path = write_batch(batch(rows, count), folder)
    return scan([path], count, engine, blueprint=specification)
