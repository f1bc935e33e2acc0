"""The published sample of phrases: at least 98 % acceptable, never a confident date where there is none."""

from __future__ import annotations

from pathlib import Path

from tests.spec.terms.scoring import rows_of, score


def test_sample_is_understood(samples: Path) -> None:
    scores = [score(phrase, expected) for phrase, expected in rows_of(samples / "terms_sample.tsv")]
    assert len(scores) == 160
    assert [one.phrase for one in scores if one.is_confidently_wrong] == []
    assert sum(one.is_acceptable for one in scores) / len(scores) >= 0.98
    assert [one.phrase for one in scores if not one.is_exact] == []
