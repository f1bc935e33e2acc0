"""The result of analysing a campaign: what pages, reports and `result.json` are made of.

Everything is a plain frozen value that serialises to JSON (`qualimetry.recipes.serial`). Rates are fractions 0–1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qualimetry.frames.blueprint import Blueprint
from qualimetry.recipes.policy import ItemNorm, Policy


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval (policy `confidence`) and N; all None where undefined (n = 0)."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0


class GroupKind(StrEnum):
    WHOLE = "whole"
    ORGANIZATION = "organization"
    CLASS = "class"
    SLICE = "slice"  # any other: type, place, sex, variant…
    REFERENCE = "reference"  # region, country: figures given from outside


@dataclass(frozen=True, slots=True)
class Group:
    """What a result speaks of. `organization` is the key of the batch; names are resolved by the caller."""

    kind: GroupKind
    organization: int | None = None
    class_group: str | None = None
    label: str = ""


class Reading(StrEnum):
    """Reading of an item's facility against the norm of its difficulty level (policy `item_norms`)."""

    SUFFICIENT = "sufficient"
    BORDERLINE = "borderline"
    INSUFFICIENT = "insufficient"
    NOT_ENOUGH_DATA = "not_enough_data"
    NO_NORM = "no_norm"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Statistics of one item in one group. facility = Σ points / (max · n); n = those the item applied to.

    discrimination, item_total, item_rest are computed for groups large enough only (None otherwise).
    """

    label: str
    max_score: int
    level: str | None
    facility: Estimate
    not_attempted: int
    not_taught: int
    zero: int
    full: int
    discrimination: float | None = None
    item_total_correlation: float | None = None
    item_rest_correlation: float | None = None
    reading: Reading = Reading.NO_NORM
    #: facility of the reference group (the rest of the municipality for a school)
    reference: float | None = None
    #: mean points of those who got marks 2, 3, 4, 5 as a share of the maximum
    facility_by_mark: dict[int, Estimate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ElementResult:
    """A content element or a skill: its items taken together, share of points of the maximum."""

    kind: str  # "content_element" | "skill" | "section" | "level"
    code: str
    name: str
    labels: tuple[str, ...]
    facility: Estimate
    reading: Reading
    reference: float | None = None


@dataclass(frozen=True, slots=True)
class JournalConcordance:
    """Mark of the test against the mark of the journal: lower, same, higher; table[(journal, mark)] → n."""

    n: int
    lower: Estimate
    same: Estimate
    higher: Estimate
    differs_by_two: Estimate
    table: dict[str, int] = field(default_factory=dict)  # "journal>mark", e.g. "4>3"


@dataclass(frozen=True, slots=True)
class ScaledScores:
    """Test scores of EGE kind: mean, below the minimum, bands 61–80, 81–99, 100."""

    mean: Estimate
    below_minimum: Estimate
    minimum: int | None
    bands: dict[str, Estimate] = field(default_factory=dict)
    distribution: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """Results of one group. `raw_score_distribution[r]` = participants with raw score r, r = 0…max."""

    group: Group
    participants: int
    absent: int
    max_raw_score: int
    mean_raw_score: Estimate
    mean_percent: Estimate
    raw_score_distribution: tuple[int, ...]
    quantiles: dict[str, float] = field(default_factory=dict)  # "p10" "p25" "p50" "p75" "p90"
    marks: dict[int, int] = field(default_factory=dict)
    mark_shares: dict[int, Estimate] = field(default_factory=dict)
    pass_rate: Estimate | None = None
    quality_rate: Estimate | None = None
    sou_index: Estimate | None = None
    mean_mark: Estimate | None = None
    journal: JournalConcordance | None = None
    scaled: ScaledScores | None = None
    passed: Estimate | None = None
    levels: dict[str, Estimate] = field(default_factory=dict)
    items: tuple[ItemResult, ...] = ()
    elements: tuple[ElementResult, ...] = ()
    #: "above", "below", "indistinct" against the rest of the municipality; None when not compared
    band: str | None = None
    #: fewer participants than the policy's small group: shown with a mark inside, suppressed outside
    is_small: bool = False


class GapScope(StrEnum):
    MUNICIPALITY = "municipality"  # the whole municipality has not learnt it
    ORGANIZATION = "organization"  # specific to the school, beyond its general level
    WEAK = "weak"  # the school is low on it as on everything: a weak school, not a gap of its own
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Gap:
    """A learning gap with its evidence. `expected` is the facility given the group's raw scores (O − E analysis)."""

    scope: GapScope
    element: str
    element_kind: str
    name: str
    labels: tuple[str, ...]
    organization: int | None
    class_group: str | None
    facility: Estimate
    reference: float | None
    expected: float | None
    p_value: float | None
    q_value: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact found by a rule: what narrative, recommendations and the pages speak of.

    `rule` is the id of the rule in `definitions/reports`; `figures` are the numbers a sentence needs.
    """

    rule: str
    severity: str  # "strength" | "note" | "concern"
    subject: Group
    figures: dict[str, float | int | str | None] = field(default_factory=dict)
    n: int = 0


@dataclass(frozen=True, slots=True)
class YearComparison:
    """The same work a year earlier: comparable only where the blueprint allows it; `reason` in Russian if not."""

    year: int
    is_comparable: bool
    reason: str
    previous: GroupResult | None = None
    differences: dict[str, Estimate] = field(default_factory=dict)  # by figure name


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the policy of the run said and its readers need again: None and empty where a stored run did not keep it."""

    item_norms: dict[str, ItemNorm] = field(default_factory=dict)
    small_group: int | None = None
    histogram_minimum: int | None = None
    histogram_caution: int | None = None
    confidence: float | None = None
    sou_coefficients: dict[int, float] = field(default_factory=dict)
    discrimination_share: float | None = None
    skipped_items: float | None = None

    @classmethod
    def of(cls, policy: Policy) -> Thresholds:
        """What readers of a result need of the policy again."""
        return cls(
            item_norms=policy.item_norms,
            small_group=policy.small_group,
            histogram_minimum=policy.histogram_minimum,
            histogram_caution=policy.histogram_caution,
            confidence=policy.confidence,
            sou_coefficients=policy.sou_coefficients,
            discrimination_share=policy.discrimination_share,
            skipped_items=policy.skipped_items,
        )


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """Everything one run found. Groups are keyed by batch organization codes; no names of people anywhere.

    `classes` is a tuple but for tens of thousands of them, which are finished when they are asked for.
    """

    blueprint: Blueprint
    method_version: str
    whole: GroupResult
    organizations: tuple[GroupResult, ...]
    classes: Sequence[GroupResult]
    alpha: Estimate | None
    references: tuple[GroupResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    findings: tuple[Finding, ...] = ()
    comparisons: tuple[YearComparison, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
