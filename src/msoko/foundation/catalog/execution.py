"""Rules of execution of plans from `definitions/policies/execution.toml`: evidence, reasons of delay, reminders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class ReminderDefaults:
    """What a person is told who has not chosen otherwise."""

    days_before: int
    on_day: bool
    overdue_every_days: int
    escalation: bool
    by_email: bool
    weekly_digest: bool


@dataclass(frozen=True, slots=True)
class ExecutionPolicy:
    """`reasons` is code → words; `max_bytes` the largest file of an evidence, `suffixes` its kinds without a dot."""

    max_bytes: int
    suffixes: tuple[str, ...]
    reasons: dict[str, str]
    reminders: ReminderDefaults
    digest_weekday: int
    schedule_months: tuple[int, ...]
    letter_attempts: int
    letters_from_hour: int


@cache
def execution_policy() -> ExecutionPolicy:
    """The policy in force."""
    table: dict[str, Any] = tables("policies")["execution"]
    told = dict(table["reminders"])
    weekday, months = told.pop("digest_weekday"), told.pop("schedule_months")
    return ExecutionPolicy(
        max_bytes=table["evidence"]["max_megabytes"] * 1024 * 1024,
        suffixes=tuple(table["evidence"]["suffixes"]),
        reasons={reason["id"]: reason["title"] for reason in table["reason"]},
        reminders=ReminderDefaults(**told),
        digest_weekday=weekday,
        schedule_months=tuple(months),
        letter_attempts=table["letters"]["attempts"],
        letters_from_hour=table["letters"]["from_hour"],
    )
