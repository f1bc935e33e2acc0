"""Runs: the same inputs give the same run, a correction scans its batch only, a withdrawal restores what was."""

from __future__ import annotations

import pytest

from msoko.cycle.analysis.api import Run, campaigns_with_results, latest_run, result_of, summary_of
from msoko.cycle.collection.api import withdraw_batch
from msoko.foundation.access.api import SYSTEM_SCOPE
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.storage import default_storage
from qualimetry.recipes.serial import to_dict
from tests.factories import campaigns, orgs

pytestmark = pytest.mark.django_db


def _scans() -> int:
    return sum(1 for _ in default_storage().path("scans").iterdir())


def test_the_same_inputs_give_the_stored_run() -> None:
    found = campaigns.computed(orgs.place())
    first = latest_run(found)
    assert campaigns.compute(found) == first
    assert Run.objects.count() == 1


def test_a_correction_of_one_school_scans_its_batch_only() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    before = _scans()
    campaigns.load(found, campaigns.pupils(place.schools[0].pk, 41, level=0.9))
    run = campaigns.compute(found)
    assert _scans() == before + 1
    assert [group.participants for group in result_of(run).organizations] == [41, 30, 6]


def test_a_corrected_run_is_that_of_everything_loaded_at_once() -> None:
    place = orgs.place()
    corrected, at_once = campaigns.computed(place), campaigns.campaign(place, label="сразу")
    new = campaigns.pupils(place.schools[0].pk, 41, level=0.9)
    campaigns.load(corrected, new)
    rest = [row for n, size, level in ((1, 30, 0.3), (2, 6, 0.6)) for row in
            campaigns.pupils(place.schools[n].pk, size, level=level, seed=n)]  # fmt: skip
    campaigns.load(at_once, [*new, *rest])
    one, other = result_of(campaigns.compute(corrected)), result_of(campaigns.compute(at_once))
    assert to_dict(one) == to_dict(other)


def test_a_withdrawal_restores_the_earlier_result_and_at_last_none() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    first = latest_run(found)
    better = campaigns.load(found, campaigns.pupils(place.schools[0].pk, 40, level=0.95))
    assert campaigns.compute(found) != first
    withdraw_batch(orgs.system_act(), batch=better, basis="Загружена чужая работа")
    run_all()
    assert latest_run(found) == first
    withdraw_batch(orgs.system_act(), batch=found_batch(found), basis="Загружена по ошибке")
    run_all()
    assert latest_run(found) is None
    assert not campaigns_with_results(SYSTEM_SCOPE).exists()


def found_batch(found: campaigns.Campaign) -> campaigns.Batch:
    return campaigns.Batch.objects.get(campaign=found, withdrawn_at=None)


def test_a_run_that_was_silent_speaks_again_when_its_batch_returns() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    first = latest_run(found)
    rows = list(campaigns.CurrentBatch.objects.filter(campaign=found))
    campaigns.CurrentBatch.objects.all().delete()
    assert campaigns.compute_with_later(orgs.system_act(), found, lambda done, total, note: None) is None
    assert latest_run(found) is None
    campaigns.CurrentBatch.objects.bulk_create(rows)
    assert campaigns.compute(found) == first
    assert latest_run(found) == first


def test_an_earlier_year_loaded_later_enters_the_comparison() -> None:
    place = orgs.place()
    found = campaigns.computed(place)
    assert summary_of(_latest(found)).comparisons == ()
    campaigns.computed(place, plan=campaigns.blueprint(year=2025))
    compared = summary_of(_latest(found)).comparisons
    assert [(one.year, one.is_comparable) for one in compared] == [(2025, True)]


def _latest(found: campaigns.Campaign) -> Run:
    run = latest_run(found)
    assert run is not None
    return run
