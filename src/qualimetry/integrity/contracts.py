"""A sign at a school or class: what was seen, what was expected, how unusual that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """Which check spoke."""

    LIFTED = "lifted"
    PATTERN = "pattern"
    JOURNAL_HIGH = "journal_high"
    JOURNAL_KEPT = "journal_kept"
    SPREAD = "spread"


class Why(StrEnum):
    """Why a check does not apply."""

    FEW_PERSONS = "few_persons"
    NO_CUTS = "no_cuts"
    NO_ITEMS = "no_items"
    NO_JOURNAL = "no_journal"
    NO_SCALE = "no_scale"
    FEW_SCHOOLS = "few_schools"


@dataclass(frozen=True, slots=True)
class Evidence:
    """n: persons behind it; observed, expected: in the units of the sign; effect: its size; p: one-sided mid-p under
    the stated null; None with the reason where the check does not apply.

    LIFTED: persons at and just above boundaries against the model; effect – share of persons near boundaries in
    excess. PATTERN: points on the harder half of items; effect – points a person. JOURNAL_HIGH, JOURNAL_KEPT: share of
    marks below (not below) the journal; effect – difference of shares. SPREAD: variance of raw scores; effect – its
    ratio less one.
    """

    sign: Sign
    n: int
    observed: float | None = None
    expected: float | None = None
    effect: float | None = None
    p: float | None = None
    why: Why | None = None
