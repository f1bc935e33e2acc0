"""Campaigns agree with their blueprints, and the same seed gives the same bytes everywhere."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from qualimetry.synthetic import SittingKind, build_municipality, campaigns
from qualimetry.synthetic.results import MISSING, NO_VALUE, NOT_ATTEMPTED
from tests.unit.qualimetry.synthetic.demo import demo_campaigns, demo_municipality, digest_of

KEYS = sorted(demo_campaigns())


def test_same_seed_gives_the_same_results() -> None:
    assert digest_of(campaigns(build_municipality())) == digest_of(list(demo_campaigns().values()))


def test_digest_of_the_default_seed_is_the_recorded_one() -> None:
    """Guards against a silent change of the demo data: other tests and documents quote its figures."""
    assert digest_of(list(demo_campaigns().values())) == (
        "b278a318cdfa54e094432025fca420e8d01e416d5eab23a1425bc02ffc411ee7"
    )


def test_another_seed_gives_other_results() -> None:
    other = campaigns(build_municipality(2))
    assert [campaign.key for campaign in other] == list(demo_campaigns())
    assert digest_of(other) != digest_of(list(demo_campaigns().values()))


def test_volume_is_sensible() -> None:
    assert len(demo_campaigns()) == 42
    assert 20_000 < sum(campaign.participants for campaign in demo_campaigns().values()) < 25_000


def test_procedures_of_three_years() -> None:
    found = Counter(campaign.blueprint.procedure for campaign in demo_campaigns().values())
    assert found == {"VPR": 23, "OGE": 8, "EGE": 9, "MUNICIPAL_DIAGNOSTIC": 1, "BASELINE": 1}
    assert {campaign.school_year for campaign in demo_campaigns().values()} == {"2023/24", "2024/25", "2025/26"}


@pytest.mark.parametrize("key", KEYS)
def test_item_scores_lie_within_the_blueprint(key: str) -> None:
    campaign = demo_campaigns()[key]
    items = campaign.columns.items
    assert items.dtype == np.int8
    assert items.shape == (len(campaign.columns), len(campaign.blueprint.items))
    maxima = np.array([item.max_score for item in campaign.blueprint.items])
    assert ((items <= maxima) & ((items >= NOT_ATTEMPTED) | (items == MISSING))).all()


@pytest.mark.parametrize("key", KEYS)
def test_totals_and_marks_follow_from_items(key: str) -> None:
    campaign = demo_campaigns()[key]
    columns, cuts = campaign.columns, campaign.blueprint.cut_scores
    appeals = [index for index, sitting in enumerate(campaign.sittings) if sitting.kind is SittingKind.APPEAL]
    counted = columns.take(columns.present & ~np.isin(columns.sitting, appeals))
    assert counted.total.tolist() == np.maximum(counted.items, 0).sum(axis=1).tolist()
    if cuts is not None and not cuts.conditions:
        assert counted.mark.tolist() == [cuts.mark(total) for total in counted.total.tolist()]


def test_absent_pupils_have_no_results() -> None:
    columns = demo_campaigns()["VPR-MA4-2026"].columns
    absent = columns.take(~columns.present)
    assert 20 <= len(absent) <= 60
    assert (absent.items == MISSING).all()
    assert set(absent.total.tolist()) | set(absent.mark.tolist()) | set(absent.journal_mark.tolist()) == {NO_VALUE}


def test_conditions_cap_marks_of_mathematics() -> None:
    """OGE mathematics: fewer than two points in geometry give «2» whatever the total."""
    campaign = demo_campaigns()["OGE-MA-2026"]
    geometry = [*range(14, 19), *range(22, 25)]
    columns = campaign.columns.take((campaign.columns.items >= 0).all(axis=1))
    capped = columns.items[:, geometry].sum(axis=1) < 2
    assert capped.any()
    assert set(columns.mark[capped].tolist()) == {2}


def test_codes_are_unique_in_a_school_and_begin_with_the_grade() -> None:
    for campaign in demo_campaigns().values():
        valid = campaign.columns.take(campaign.columns.is_valid_attempt)
        pairs = set(zip(valid.organization.tolist(), valid.code.tolist(), strict=True))
        assert len(pairs) == len(valid)
        assert all(code.startswith(str(campaign.blueprint.grade_level)) for _, code in pairs)


def test_codes_are_no_person_keys() -> None:
    first, second = (demo_campaigns()[key].columns for key in ("VPR-RU4-2026", "VPR-MA4-2026"))
    codes = dict(zip(first.pupil.tolist(), first.code.tolist(), strict=True))
    same = [codes.get(p) == c for p, c in zip(second.pupil.tolist(), second.code.tolist(), strict=True)]
    assert sum(same) / len(same) < 0.2


def test_every_pupil_has_one_valid_attempt() -> None:
    for key in ("OGE-RU-2026", "OGE-MA-2026", "OGE-MA-2024"):
        columns = demo_campaigns()[key].columns
        assert Counter(columns.pupil[columns.is_valid_attempt].tolist()).most_common(1)[0][1] == 1
        assert set(columns.pupil.tolist()) == set(columns.pupil[columns.is_valid_attempt].tolist())


def test_those_who_failed_sit_again_in_september() -> None:
    campaign = demo_campaigns()["OGE-MA-2026"]
    columns = campaign.columns
    kinds = np.array([sitting.kind for sitting in campaign.sittings])[columns.sitting]
    failed = set(columns.pupil[(columns.attempt == 1) & (columns.mark == 2)].tolist())
    assert set(columns.pupil[kinds == SittingKind.RESIT].tolist()) == failed


def test_appeals_replace_the_result_without_items() -> None:
    campaign = demo_campaigns()["OGE-RU-2026"]
    columns = campaign.columns
    kinds = np.array([sitting.kind for sitting in campaign.sittings])[columns.sitting]
    appeals = columns.take(kinds == SittingKind.APPEAL)
    before = {pupil: total for pupil, total, valid in zip(columns.pupil.tolist(), columns.total.tolist(),
              columns.is_valid_attempt.tolist(), strict=True) if not valid}  # fmt: skip
    gains = [total - before[pupil] for pupil, total in zip(appeals.pupil.tolist(), appeals.total.tolist(), strict=True)]
    assert sorted(gains) == [0, 1, 2]
    assert appeals.is_valid_attempt.all()
    assert (appeals.items == MISSING).all()


def test_a_topic_not_taught_is_missing_not_zero() -> None:
    campaign = demo_campaigns()["VPR-MA7-2024"]
    columns = campaign.columns.take(campaign.columns.present)
    position = [item.label for item in campaign.blueprint.items].index("15")
    assert (columns.items[columns.organization == 12, position] == MISSING).all()
    assert (columns.items[columns.organization != 12] != MISSING).all()


def test_test_scores_reach_from_zero_to_hundred() -> None:
    campaign = demo_campaigns()["EGE-RU-2026"]
    scores = campaign.columns.test_score
    assert campaign.blueprint.test_score_minimum == 24
    assert 0 <= scores.min() < 24 < 90 < scores.max() <= 100


def test_reference_figures_are_shares() -> None:
    for campaign in demo_campaigns().values():
        for group in (campaign.country, campaign.region):
            assert len(group.facilities) == len(campaign.blueprint.items)
            assert all(0 < facility < 1 for facility in group.facilities)
            if campaign.blueprint.cut_scores is not None:
                assert abs(sum(group.mark_shares.values()) - 1) < 1e-9


def test_organizations_of_a_campaign_are_schools_that_teach_the_grade() -> None:
    for campaign in demo_campaigns().values():
        for key in campaign.organization_keys:
            first, last = demo_municipality().school(key).grades
            assert first <= (campaign.blueprint.grade_level or 0) <= last
