"""A campaign of the demo as a stored batch, so that analyses can be tried on it without files and import."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pyarrow as pa

from qualimetry.frames.batch import batch_schema, item_column
from qualimetry.synthetic.results import MISSING, NO_VALUE, SyntheticCampaign

#: columns of a batch whose absent values are NULL; the batch has them under the same names
_NUMBERS = ("total", "mark", "journal_mark", "test_score", "level")


def batch_table(campaign: SyntheticCampaign) -> pa.Table:
    """The rows of `campaign` under the schema of `frames.batch`, all attempts included.

    The key of a participant is a plain hash of campaign, organization and code: these people do not exist.
    """
    columns = campaign.columns
    items = columns.items
    values: dict[str, object] = {
        "organization": columns.organization,
        "class_group": columns.class_group.tolist(),
        "participant": _keys(campaign),
        "variant": columns.variant,
        "sex": columns.sex,
        "has_sen": columns.has_sen,
        "present": columns.present,
        "is_valid_attempt": columns.is_valid_attempt,
        "attempt": columns.attempt,
        "file_total": _nullable(columns.total, NO_VALUE),
        "passed": [None] * len(columns),
        **{name: _nullable(getattr(columns, name), NO_VALUE) for name in _NUMBERS},
        **{item_column(k + 1): _nullable(items[:, k], MISSING) for k in range(items.shape[1])},
    }
    schema = batch_schema(items.shape[1])
    return pa.table([pa.array(values[field.name]).cast(field.type) for field in schema], schema=schema)


def _nullable(values: np.ndarray, absent: int) -> pa.Array:
    return pa.array(values, mask=values == absent)


def _keys(campaign: SyntheticCampaign) -> list[bytes]:
    columns = campaign.columns
    return [
        blake2b(f"{campaign.key}|{organization}|{code}".encode(), digest_size=16).digest()
        for organization, code in zip(columns.organization.tolist(), columns.code.tolist(), strict=True)
    ]
