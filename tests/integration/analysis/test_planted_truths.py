"""What is planted in the demo is found through the database: gaps told apart, low results, the journal."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from msoko.cycle.analysis.api import summary_of
from qualimetry.recipes.contracts import CampaignResult, GapScope
from qualimetry.synthetic import TRUTHS, Truth, build_campaign, build_municipality, schedule
from qualimetry.synthetic.batches import batch_table
from tests.factories import campaigns, orgs

pytestmark = pytest.mark.django_db


@cache
def _campaign(key: str) -> Any:
    conduct = next(one for one in schedule() if one.key == key)
    return build_campaign(_municipality(), conduct)


@cache
def _municipality() -> Any:
    return build_municipality()


def _result(key: str) -> tuple[CampaignResult, dict[int | None, int]]:
    """The run of a demo campaign in the database; organizations of the run → keys of the demo."""
    source = _campaign(key)
    table = batch_table(source)
    keys = sorted(set(table.column("organization").to_pylist()))
    place = orgs.place(len(keys))
    stored = {old: school.pk for old, school in zip(keys, place.schools, strict=True)}
    renamed = pa.array([stored[old] for old in table.column("organization").to_pylist()], pa.int32())
    table = table.set_column(table.schema.get_field_index("organization"), table.schema.field("organization"), renamed)
    found = campaigns.campaign(place, source.blueprint)
    campaigns.load_table(found, table.take(pc.sort_indices(table.column("organization"))))
    return summary_of(campaigns.compute(found)), {new: old for old, new in stored.items()}


def _truth(name: str) -> Truth:
    return next(truth for truth in TRUTHS if truth.id == name)


def test_the_topic_that_the_municipality_has_not_learnt() -> None:
    truth = _truth("municipal_gap")
    result, _ = _result("VPR-MA5-2026")
    gaps = {gap.element for gap in result.gaps if gap.scope is GapScope.MUNICIPALITY and gap.element_kind != "skill"}
    assert gaps == set(truth.elements)


def test_the_topic_that_one_school_has_not_learnt_is_told_apart_from_weak_schools() -> None:
    truth, low = _truth("school_gap"), _truth("low_results")
    result, keys = _result("VPR-MA6-2026")
    own = {(keys[gap.organization], gap.element) for gap in result.gaps
           if gap.scope is GapScope.ORGANIZATION and gap.element_kind == "content_element"}  # fmt: skip
    assert own == {(truth.organizations[0], truth.elements[0])}
    weak = {keys[gap.organization] for gap in result.gaps if gap.scope is GapScope.WEAK}
    assert weak >= set(low.organizations) - {truth.organizations[0]}


def test_low_results_and_the_journal_far_above() -> None:
    low, journal = _truth("low_results"), _truth("journal_far_above")
    result, keys = _result("VPR-MA6-2026")
    found = {rule: {keys[one.subject.organization] for one in result.findings if one.rule == rule
                    and one.subject.organization is not None}
             for rule in ("low_results_school", "journal_inflation")}  # fmt: skip
    assert found["low_results_school"] >= set(low.organizations)
    assert found["journal_inflation"] >= set(journal.organizations)
