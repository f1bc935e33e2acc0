"""Limits of the load of units (`definitions/plans/load.toml`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class LoadRules:
    """`long`: a window longer than this is no work of one month; `most_on_a_day`: more terms of a unit are a clash."""

    long: dt.timedelta
    most_on_a_day: int


@cache
def load_rules() -> LoadRules:
    table = tables("plans")["load"]
    return LoadRules(dt.timedelta(days=int(table["long_days"])), int(table["most_on_a_day"]))
