"""Windows that bound a rule: «ежемесячно, сентябрь – май» in a plan of either kind of year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from intake.terms.placing import Placed
from intake.terms.values import PlanYear

Span = tuple[dt.date, dt.date]


def spans_allowed(placed: Sequence[Placed], plan: PlanYear) -> list[Span]:
    """Whole windows; in a calendar year one over the New Year without its own year is the two ends of that year."""
    spans: list[Span] = []
    for one in placed:
        start, end = one.interval
        if start is None or end is None:
            continue
        if plan.is_school or one.window.is_explicit or not start < plan.start <= end:
            spans.append((start, end))
        else:
            spans += [(plan.start, end), (start.replace(year=plan.start_year), plan.end)]
    return spans
