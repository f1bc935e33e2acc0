"""Rows of participants of an organization, from the batch that speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from msoko.cycle.collection.models import CurrentBatch
from msoko.cycle.collection.pupil_keys import short_key
from msoko.cycle.procedures.api import Campaign, blueprint_value
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.rescaling import rescaled
from qualimetry.frames.batch import item_column


@dataclass(frozen=True, slots=True)
class Participant:
    """A row as stored. `key` stands for the participant in this campaign and organization only; `items` by position:
    points, −1 not attempted, None not taught or not in the variant."""

    key: bytes
    class_group: str
    variant: int
    present: bool
    is_valid_attempt: bool
    attempt: int
    total: int | None
    mark: int | None
    journal_mark: int | None
    test_score: int | None
    passed: bool | None
    level: int | None
    items: tuple[int | None, ...]

    @property
    def short_code(self) -> str:
        """«A3F-9C2»: enough to tell the rows of a class apart, no way back to the printed code."""
        return short_key(self.key)


_PLAIN = (
    "class_group", "variant", "present", "is_valid_attempt", "attempt", "total", "mark", "journal_mark", "test_score",
    "passed", "level",
)  # fmt: skip


def participants_of(current: CurrentBatch, *, class_group: str | None = None) -> list[Participant]:
    """Rows of the organization of `current`, of one class when it is given."""
    count = len(current.batch.item_labels)
    return [_participant(row, count) for row in scaled_table(current, class_group).to_pylist()]


def classes_of(current: CurrentBatch) -> dict[str, int]:
    """Classes of the organization with how many of their participants wrote."""
    table = _read(current, ["organization", "class_group", "present", "is_valid_attempt"], None)
    counts: dict[str, int] = {}
    for row in table.to_pylist():
        counts[row["class_group"]] = counts.get(row["class_group"], 0) + (row["present"] and row["is_valid_attempt"])
    return dict(sorted(counts.items()))


def participant_keys_of(current: CurrentBatch) -> set[bytes]:
    """Keys of all participants of the organization."""
    return set(_read(current, ["organization", "participant"], None)["participant"].to_pylist())


def current_of(campaigns: Sequence[Campaign], organization: Organization) -> dict[int, CurrentBatch]:
    """What speaks for the organization in each of the campaigns."""
    rows = (
        CurrentBatch.objects.filter(campaign__in=campaigns, organization=organization)
        .select_related("batch", "campaign__blueprint")
        .prefetch_related("campaign__blueprint__items")
    )
    return {row.campaign_id: row for row in rows}


def scaled_table(current: CurrentBatch, class_group: str | None = None) -> pa.Table:
    """Rows of the organization of `current` with marks and levels by the specification that is chosen now."""
    batch, version = current.batch, current.campaign.blueprint
    table = _read(current, None, class_group)
    if version is None:
        return table
    return rescaled(table, blueprint_value(version), marks=not batch.gives_marks, levels=not batch.gives_levels)


def _read(current: CurrentBatch, columns: list[str] | None, class_group: str | None) -> pa.Table:
    wanted: list[tuple[str, str, object]] = [("organization", "=", current.organization_id)]
    if class_group is not None:
        wanted.append(("class_group", "=", class_group))
    return pq.read_table(default_storage().path(current.batch.stored_name), columns=columns, filters=wanted)


def _participant(row: Mapping[str, Any], count: int) -> Participant:
    plain = {name: row[name] for name in _PLAIN}
    items = tuple(row.get(item_column(place)) for place in range(1, count + 1))
    return Participant(key=bytes(row["participant"]), items=items, **plain)
