"""The stored batch: one Parquet file a campaign × acceptance, sorted by organization, named by its content hash."""

from __future__ import annotations

import pyarrow as pa

#: Columns before the items. Items follow as int8 `i1`…`iK` by position in the blueprint:
#: 0…max score, −1 not attempted, NULL not taught or not in the variant.
BASE_FIELDS: tuple[pa.Field, ...] = (
    pa.field("organization", pa.int32(), nullable=False),  # key of the organization given by the caller
    pa.field("class_group", pa.string(), nullable=False),  # "" = the only class or unknown
    pa.field("participant", pa.binary(16), nullable=False),  # keyed hash, never the printed code
    pa.field("variant", pa.int16(), nullable=False),  # 0 = unknown
    pa.field("sex", pa.int8(), nullable=False),  # 0 unknown, 1 female, 2 male
    pa.field("has_sen", pa.bool_()),  # special educational needs, NULL unknown
    pa.field("present", pa.bool_(), nullable=False),  # False = absent: in no denominator but participation
    pa.field("is_valid_attempt", pa.bool_(), nullable=False),  # False = superseded by a re-sit or an appeal
    pa.field("attempt", pa.int16(), nullable=False),  # 1, 2… in order of exam days
    pa.field("total", pa.int16()),  # recomputed from the items (file's total where there are no items)
    pa.field("file_total", pa.int16()),
    pa.field("mark", pa.int8()),  # 2…5
    pa.field("journal_mark", pa.int8()),
    pa.field("test_score", pa.int16()),
    pa.field("passed", pa.bool_()),
    pa.field("level", pa.int8()),  # index into Blueprint.levels.names
)


def item_column(position: int) -> str:
    """Name of the column of the item at `position`, counted from 1."""
    return f"i{position}"


def batch_schema(item_count: int) -> pa.Schema:
    """Schema of a batch whose blueprint has `item_count` items."""
    items = [pa.field(item_column(k), pa.int8()) for k in range(1, item_count + 1)]
    return pa.schema([*BASE_FIELDS, *items])
