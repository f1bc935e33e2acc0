"""Thresholds that a report names are those of the policy of its run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from qualimetry.frames.blueprint import LevelCuts, ResultKind
from qualimetry.narrative.blocks import Chart
from qualimetry.narrative.norms import norms_phrase, sufficient_phrase
from qualimetry.narrative.report import campaign_report, school_report
from qualimetry.recipes.contracts import CampaignResult, Estimate, GroupResult, Thresholds
from qualimetry.recipes.policy import ItemNorm
from qualimetry.recipes.serial import from_dict, to_dict
from tests.factories.reports import context, plain_text
from tests.factories.results import THRESHOLDS, campaign

NORMS = {"Б": ItemNorm(0.65, 0.6), "П": ItemNorm(0.4, 0.385), "В": ItemNorm(0.4, 0.385)}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_norms_are_said_by_groups_of_equal_levels() -> None:
    assert plain(norms_phrase(NORMS)) == (
        "базовый уровень – достаточно от 65 %, недостаточно ниже 60 %; "
        "повышенный и высокий уровни – достаточно от 40 %, недостаточно ниже 38,5 %"
    )
    assert plain(sufficient_phrase(NORMS)) == "Б – 65 %, П и В – 40 %"
    assert norms_phrase({}) == sufficient_phrase({}) == ""


def test_a_report_names_the_thresholds_of_its_run() -> None:
    result = campaign(thresholds=replace(THRESHOLDS, item_norms=NORMS, small_group=12))
    document = campaign_report(result, context())
    text = plain(plain_text(document))
    assert "достаточно от 65 %" in text
    assert "Менее 12 участников" in text
    chart = next(block for block in document.blocks if block.key == "items.chart")
    assert isinstance(chart, Chart)
    assert "Б – 65 %, П и В – 40 %" in plain(" ".join(chart.specification["title"]["subtitle"]))
    ticks = chart.specification["layer"][0]["data"]["values"]
    assert {row["norm"] for row in ticks} == {0.65, 0.4}


def test_a_run_stored_without_thresholds_still_has_reports() -> None:
    result = campaign(thresholds=Thresholds())
    for document in (campaign_report(result, context()), school_report(result, 5, context())):
        assert "None" not in plain_text(document)
        assert "Менее 10" not in plain_text(document)


def test_a_result_of_an_earlier_version_is_read() -> None:
    stored = to_dict(campaign())
    del stored["thresholds"]
    assert from_dict(CampaignResult, stored).thresholds == Thresholds()
    assert from_dict(CampaignResult, to_dict(campaign())).thresholds == THRESHOLDS


def unanswered(group: GroupResult) -> GroupResult:
    return replace(group, items=tuple(replace(item, facility=Estimate(None)) for item in group.items))


def test_items_without_a_facility_are_not_drawn() -> None:
    full = campaign()
    result = replace(full, whole=unanswered(full.whole), organizations=tuple(map(unanswered, full.organizations)))
    assert "items.chart" not in {block.key for block in campaign_report(result, context()).blocks}
    assert "items.table" in {block.key for block in campaign_report(result, context()).blocks}


@pytest.mark.parametrize("organization", [None, 1])
def test_levels_named_in_the_file_have_no_boundaries(organization: int | None) -> None:
    full = campaign(ResultKind.LEVELS)
    result = replace(full, blueprint=replace(full.blueprint, levels=LevelCuts(("призёр", "победитель"), ())))
    document = (
        campaign_report(result, context()) if organization is None else school_report(result, organization, context())
    )
    assert "raw_scores.chart" in {block.key for block in document.blocks}
    assert "Границы уровней для этой работы не заданы" in plain_text(document)


def test_a_report_without_names_of_place_and_authority_asks_for_them() -> None:
    page = campaign_report(campaign(), context(authority="", municipality="", place="")).title_page
    assert (page.authority, page.place) == ("(наименование органа или организации)", "")


def test_a_class_named_by_a_number_is_parted_from_its_level() -> None:
    full = campaign()
    classes = tuple(replace(c, group=replace(c.group, class_group="1")) for c in full.classes)
    assert "5-1 класс" in json.dumps(
        to_dict(school_report(replace(full, classes=classes), 1, context())), ensure_ascii=False
    )


def test_texts_name_the_level_of_confidence_the_weights_and_the_shares_of_the_policy() -> None:
    changed = replace(
        THRESHOLDS, confidence=0.9, sou_coefficients={2: 0.1, 3: 0.3, 4: 0.6, 5: 1.0}, discrimination_share=0.25,
        skipped_items=0.001,
    )  # fmt: skip
    text = plain(plain_text(campaign_report(campaign(thresholds=changed), context())))
    assert "90-процентный интервал" in text
    assert "уровень доверия – 90 %" in text
    assert "«5» – 1,00; «4» – 0,60; «3» – 0,30; «2» – 0,10" in text
    assert "25 % участников с наибольшими" in text
    assert "95-процентн" not in text
    assert "27 %" not in text
    assert "0,64" not in text
