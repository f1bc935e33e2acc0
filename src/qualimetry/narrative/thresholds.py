"""Thresholds of the run in words: sentences and notes name what the policy says, never a number of their own."""

from __future__ import annotations

from qualimetry.narrative.norms import norms_phrase
from qualimetry.narrative.patterns import Figures
from qualimetry.narrative.russian import decimal
from qualimetry.recipes.contracts import Thresholds


def threshold_figures(thresholds: Thresholds) -> Figures:
    """Figures that every sentence may use; None where a stored run did not keep a threshold."""
    return {
        "few": thresholds.small_group,
        "histogram_minimum": thresholds.histogram_minimum,
        "histogram_caution": thresholds.histogram_caution,
        "norms": norms_phrase(thresholds.item_norms) or None,
        "confidence": share_text(thresholds.confidence),
        "interval_word": interval_word(thresholds, "ый"),
        "interval_words": interval_word(thresholds, "ыми"),
        "sou_weights": sou_phrase(thresholds) or None,
        "discrimination_share": share_text(thresholds.discrimination_share),
        "skipped_share": share_text(thresholds.skipped_items),
    }


def interval_word(thresholds: Thresholds, ending: str) -> str:
    """«95-процентный»; «доверительный» where the level of confidence is not known."""
    known = thresholds.confidence is not None
    return f"{_percent(thresholds.confidence or 0)}-процентн{ending}" if known else f"доверительн{ending}"


def share_text(value: float | None) -> str | None:
    """«95 %», «2,5 %»."""
    return None if value is None else f"{_percent(value)}\u00a0%"


def sou_phrase(thresholds: Thresholds) -> str:
    """«5» – 1,00; «4» – 0,64; «3» – 0,36; «2» – 0,16."""
    weights = sorted(thresholds.sou_coefficients.items(), reverse=True)
    return "; ".join(f"«{mark}» – {decimal(weight, places=2)}" for mark, weight in weights)


def _percent(value: float) -> str:
    percent = round(value * 100, 1)
    return decimal(percent, places=0 if percent == int(percent) else 1)
