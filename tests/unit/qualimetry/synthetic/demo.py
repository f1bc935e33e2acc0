"""The demo municipality and its campaigns, built once for all tests of this folder."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache

import numpy as np

from qualimetry.synthetic import Municipality, SyntheticCampaign, build_municipality, campaigns


@cache
def demo_municipality() -> Municipality:
    return build_municipality()


@cache
def demo_campaigns() -> dict[str, SyntheticCampaign]:
    return {campaign.key: campaign for campaign in campaigns(demo_municipality())}


def digest_of(found: list[SyntheticCampaign]) -> str:
    """SHA-256 over every column of every campaign, little-endian, texts in UTF-8."""
    digest = hashlib.sha256()
    for campaign in found:
        digest.update(campaign.key.encode())
        for column in fields(campaign.columns):
            values = getattr(campaign.columns, column.name)
            if values.dtype.kind == "U":
                digest.update("\n".join(values.tolist()).encode())
            else:
                digest.update(np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()
