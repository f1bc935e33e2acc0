"""A scale that becomes known after the loading reaches marks and levels without loading the files again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from msoko.cycle.analysis.api import latest_run, summary_of
from msoko.cycle.collection.api import CurrentBatch, change_blueprint, participants_of
from msoko.cycle.procedures.api import Campaign, blueprint_value, store_blueprint
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.acts import Act, SystemActor
from qualimetry.frames.blueprint import CutScores, LevelCuts, ResultKind
from tests.factories.imports import SCORES, desk, table

pytestmark = pytest.mark.django_db(transaction=True)


def _choose(campaign: Campaign, **changes: Any) -> None:
    """Store a version of the campaign's specification with `changes` and choose it."""
    act = Act(SystemActor(), timezone.now())
    assert campaign.blueprint is not None
    value = replace(blueprint_value(campaign.blueprint), is_inferred=False, **changes)
    version = store_blueprint(act, owner=campaign.owner, blueprint=value, source="Приказ")
    change_blueprint(act, campaign=campaign, version=version)
    run_all()
    campaign.refresh_from_db()


def test_marks_follow_the_scale_chosen_now() -> None:
    place = desk()
    place.load(("ВПР 2031 Математика 4 класс.csv", table(place.place.schools[0].short_name, SCORES)))
    campaign = Campaign.objects.select_related("owner", "blueprint").get()
    run = latest_run(campaign)
    assert run is not None
    assert summary_of(run).whole.marks == {}

    # totals of SCORES are 3, 3, 3, 2, 3
    _choose(campaign, result_kind=ResultKind.MARKS, cut_scores=CutScores(2, 3, 4, "Приказ"))
    run = latest_run(campaign)
    assert run is not None
    assert summary_of(run).whole.marks == {2: 0, 3: 1, 4: 4, 5: 0}
    rows = participants_of(CurrentBatch.objects.select_related("batch", "campaign__blueprint").get())
    assert [row.mark for row in rows].count(4) == 4

    _choose(campaign, cut_scores=CutScores(1, 2, 3, "Исправленный приказ"))
    run = latest_run(campaign)
    assert run is not None
    assert summary_of(run).whole.marks == {2: 0, 3: 0, 4: 1, 5: 4}


def test_marks_of_files_stay_whatever_the_scale() -> None:
    place = desk()
    lines = table(place.place.schools[0].short_name, SCORES).decode().splitlines()
    marked = "\n".join([f"{lines[0]};Отметка", *(f"{line};5" for line in lines[1:])]).encode()
    place.load(("ВПР 2031 Математика 4 класс.csv", marked))
    campaign = Campaign.objects.select_related("owner", "blueprint").get()
    _choose(campaign, result_kind=ResultKind.MARKS, cut_scores=CutScores(2, 3, 4, "Приказ"))
    run = latest_run(campaign)
    assert run is not None
    assert summary_of(run).whole.marks == {2: 0, 3: 0, 4: 0, 5: 5}


def test_levels_follow_their_bounds() -> None:
    place = desk()
    place.load(("ВПР 2031 Математика 4 класс.csv", table(place.place.schools[0].short_name, SCORES)))
    campaign = Campaign.objects.select_related("owner", "blueprint").get()
    _choose(campaign, result_kind=ResultKind.LEVELS, levels=LevelCuts(("Низкий", "Высокий"), (3,)))
    run = latest_run(campaign)
    assert run is not None
    levels = summary_of(run).whole.levels
    assert {name: share.value for name, share in levels.items()} == {"Низкий": 0.2, "Высокий": 0.8}
