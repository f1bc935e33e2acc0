"""Thresholds of the analysis: set by decree or decision, never in code (`definitions/policies/analysis.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ItemNorm:
    """Facility of a sufficient and below which of an insufficient result; between them the zone of error."""

    sufficient: float
    insufficient: float


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that an analysis decides by. `sources[name]` says where the value comes from (Russian)."""

    version: str
    confidence: float
    false_discovery: float
    small_group: int
    histogram_minimum: int
    histogram_caution: int
    correlation_minimum: int
    discrimination_share: float
    sou_coefficients: dict[int, float]
    #: coefficient of participants without a mark; None leaves them out of the denominator
    sou_not_attested: float | None
    item_norms: dict[str, ItemNorm]
    gap_minimum: float
    journal_gap: int
    journal_shift: float
    share_two_growth: float
    low_share_two: float
    high_quality: float
    low_results: float
    test_score_bands: tuple[tuple[int, int], ...]
    peak_level: float
    reliability_minimum: float
    skipped_items: float
    sources: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Policy:
        """Policy from the parsed TOML. Raises KeyError naming the missing entry."""
        sou = data["sou"]
        return cls(
            version=str(data["version"]),
            sou_coefficients={int(mark): float(value) for mark, value in sou["coefficients"].items()},
            sou_not_attested=sou.get("not_attested"),
            item_norms={level: ItemNorm(**norm) for level, norm in data["item_norms"]["levels"].items()},
            test_score_bands=tuple((int(low), int(high)) for low, high in data["test_score_bands"]["bands"]),
            sources={name: entry["source"] for name, entry in data.items() if isinstance(entry, Mapping)},
            **{name: kind(data[name]["value"]) for name, kind in _SCALARS.items()},
        )


_SCALARS: dict[str, type] = {
    "confidence": float, "false_discovery": float, "small_group": int, "histogram_minimum": int,
    "histogram_caution": int, "correlation_minimum": int, "discrimination_share": float, "gap_minimum": float,
    "journal_gap": int, "journal_shift": float, "share_two_growth": float, "low_share_two": float,
    "high_quality": float, "low_results": float, "peak_level": float, "reliability_minimum": float,
    "skipped_items": float,
}  # fmt: skip
