"""The whole text of reports: read the change of a snapshot as an official would."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.report import campaign_report, school_report
from qualimetry.recipes.contracts import CampaignResult, GapScope
from tests.factories.reports import context, finding, plain_text
from tests.factories.results import campaign, comparison, gap


def full_campaign() -> CampaignResult:
    return campaign(
        gaps=(
            gap(GapScope.MUNICIPALITY),
            gap(GapScope.ORGANIZATION, organization=1),
            gap(GapScope.CLASS, organization=3, class_group="А"),
            gap(GapScope.WEAK, organization=2),
        ),
        findings=(
            finding("few_participants", 5, severity="note", n=9),
            finding("low_share_two", 1, severity="strength", n=62),
            finding("high_quality", 1, severity="strength", n=62),
            finding("low_results_school", 2),
            finding("item_insufficient", n=188),
            finding("item_insufficient", n=188, label="7", level="В", facility=0.125, sufficient=0.3),
            finding("gap_municipality", n=188, expected=None, reference=None),
            finding("gap_school", 1, n=62),
            finding("gap_class", 3, class_group="А", n=23),
            finding("journal_inflation", 2),
            finding("journal_inflation", 4, n=24),
            finding("journal_deflation", 3, n=45),
            finding("peak_at_cut", 1, severity="note", n=62),
            finding("dynamics_two_up", n=188),
            finding("dynamics_two_down", 3, severity="strength", n=45, before=0.5, difference=-0.14),
            finding("low_reliability", severity="note", n=188),
        ),
        comparisons=(comparison(), comparison(is_comparable=False)),
    )


def test_report_of_the_municipality(snapshot: SnapshotAssertion) -> None:
    assert plain_text(campaign_report(full_campaign(), context())) == snapshot


def test_report_of_a_school(snapshot: SnapshotAssertion) -> None:
    assert plain_text(school_report(full_campaign(), 2, context())) == snapshot


def test_report_of_a_small_school(snapshot: SnapshotAssertion) -> None:
    assert plain_text(school_report(full_campaign(), 5, context())) == snapshot


@pytest.mark.parametrize("kind", [kind for kind in ResultKind if kind is not ResultKind.MARKS])
def test_report_of_another_kind_of_result(kind: ResultKind, snapshot: SnapshotAssertion) -> None:
    assert plain_text(campaign_report(campaign(kind), context())) == snapshot
