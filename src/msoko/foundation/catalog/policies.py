"""Thresholds of the analysis from `definitions/policies`."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from msoko.foundation.catalog.files import tables
from qualimetry.recipes.policy import Policy


@cache
def analysis_policy() -> Policy:
    """The policy in force."""
    return Policy.from_mapping(tables("policies")["analysis"])


@cache
def analysis_policy_key() -> str:
    """Hash of the policy's values: a changed threshold makes a new run."""
    text = json.dumps(tables("policies")["analysis"], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
