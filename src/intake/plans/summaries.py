"""Rows without a term whose parts below them have terms: «2» over «2.1», «2.2»."""

from __future__ import annotations

from dataclasses import replace

from intake.contracts import Severity
from intake.plans.contracts import Activity, PlanReading, Remark
from intake.plans.numbers import number_of


def mark_summaries(reading: PlanReading) -> None:
    """Say of such rows that their terms stand below, instead of asking for one."""
    activities = reading.activities
    for place, activity in enumerate(activities[:-1]):
        if not activity.terms_raw and _is_above(activity, activities[place + 1]):
            message = "Сводная строка: сроки указаны у строк, которые в неё входят."
            remark = Remark("summary_row", message, "", Severity.INFO, activity.place)
            kept = tuple(one for one in activity.remarks if one.code != "term_missing")
            activities[place] = replace(activity, remarks=(*kept, remark))


def _is_above(activity: Activity, following: Activity) -> bool:
    mine, other = number_of(activity.number).parts, number_of(following.number).parts
    return bool(mine) and len(other) == len(mine) + 1 and other[: len(mine)] == mine
