"""The product's own analysis finds the planted truths in stored batches, and nothing of the kind elsewhere."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from qualimetry.frames.store import write_batch
from qualimetry.recipes.campaign import analyse, scan
from qualimetry.recipes.contracts import CampaignResult, Estimate, GapScope, Group, GroupKind, GroupResult, ItemResult
from qualimetry.recipes.policy import Policy
from qualimetry.synthetic import SyntheticCampaign
from qualimetry.synthetic.batches import batch_table
from qualimetry.synthetic.truths import GAP_SCHOOL, JOURNAL_SCHOOL, LOW_SCHOOLS
from tests.unit.qualimetry.synthetic.demo import demo_campaigns


@cache
def policy() -> Policy:
    text = resources.files("definitions").joinpath("policies", "analysis.toml").read_text(encoding="utf-8")
    return Policy.from_mapping(tomllib.loads(text))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CampaignResult]:
    folder = tmp_path_factory.mktemp("batches")
    keys = ("VPR-MA5-2026", "VPR-MA6-2026", "VPR-MA7-2026", "VPR-RU8-2026")
    return {key: analysed(demo_campaigns()[key], folder) for key in keys}


def analysed(campaign: SyntheticCampaign, folder: Path) -> CampaignResult:
    path = write_batch(batch_table(campaign), folder)
    blueprint = campaign.blueprint
    statistics = scan([path], len(blueprint.items), blueprint=blueprint)
    return analyse(statistics, blueprint, policy(), references=[region_of(campaign)])


def region_of(campaign: SyntheticCampaign) -> GroupResult:
    region = campaign.region
    items = tuple(
        ItemResult(item.label, item.max_score, item.level, Estimate(facility, n=region.participants), 0, 0, 0, 0)
        for item, facility in zip(campaign.blueprint.items, region.facilities, strict=True)
    )
    return GroupResult(
        group=Group(GroupKind.REFERENCE, label=region.name),
        participants=region.participants,
        absent=0,
        max_raw_score=campaign.blueprint.max_score,
        mean_raw_score=Estimate(region.mean_raw_score, n=region.participants),
        mean_percent=Estimate(region.mean_raw_score / campaign.blueprint.max_score, n=region.participants),
        raw_score_distribution=(),
        items=items,
    )


def test_counts_agree_with_the_campaign(results: dict[str, CampaignResult]) -> None:
    for key, result in results.items():
        campaign = demo_campaigns()[key]
        assert result.whole.participants == campaign.participants
        assert result.whole.absent == int((~campaign.columns.present).sum())


def test_the_topic_not_learnt_by_the_municipality_is_found(results: dict[str, CampaignResult]) -> None:
    found = {
        key: {gap.element for gap in result.gaps
              if gap.scope is GapScope.MUNICIPALITY and gap.element_kind == "content_element"}
        for key, result in results.items()
    }  # fmt: skip
    assert found["VPR-MA5-2026"] == {"2"}


def test_the_topic_not_learnt_by_one_school_is_found(results: dict[str, CampaignResult]) -> None:
    own = {
        key: {(gap.organization, gap.element) for gap in result.gaps
              if gap.scope is GapScope.ORGANIZATION and gap.element_kind == "content_element"}
        for key, result in results.items()
    }  # fmt: skip
    assert own["VPR-MA6-2026"] == {(GAP_SCHOOL, "3")}
    assert own["VPR-MA7-2026"] == own["VPR-RU8-2026"] == set()


def test_schools_with_low_results_stand_below(results: dict[str, CampaignResult]) -> None:
    for key, result in results.items():
        below = {group.group.organization for group in result.organizations if group.band == "below"}
        assert set(LOW_SCHOOLS) <= below, key


def test_the_school_with_high_journal_marks_is_found(results: dict[str, CampaignResult]) -> None:
    for result in results.values():
        lower = {
            group.group.organization: group.journal.lower.low
            for group in result.organizations
            if group.journal is not None and group.journal.lower.low is not None
        }
        assert max(lower, key=lambda organization: lower[organization] or 0) == JOURNAL_SCHOOL
