"""Specifications of charts: one for page, Word and PDF, self-contained, without expressions, with a table behind."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import vl_convert

from qualimetry.charts.elements import heat_map
from qualimetry.charts.items import facility_chart
from qualimetry.charts.labels import axis_labels
from qualimetry.charts.marks import marks_chart
from qualimetry.charts.means import means_chart
from qualimetry.charts.raw_scores import raw_score_chart
from qualimetry.charts.scaled import score_bins
from qualimetry.charts.theme import MARK_COLORS, wrapped
from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.blocks import Chart
from qualimetry.narrative.report import campaign_report, school_report
from qualimetry.narrative.sections.elements import ELEMENT_WORDS
from qualimetry.narrative.sections.items import READING_WORDS
from qualimetry.recipes.contracts import CampaignResult, Estimate, GroupResult
from tests.factories.reports import context
from tests.factories.results import campaign, comparison

THIRTY = tuple(10 + number * 37 % 90 for number in range(30))


def charts_of(result: CampaignResult) -> list[Chart]:
    documents = [campaign_report(result, context())]
    if result.organizations:
        documents.append(school_report(result, 1, context()))
    return [block for document in documents for block in document.blocks if isinstance(block, Chart)]


def every_chart() -> list[Chart]:
    results = [campaign(kind) for kind in ResultKind]
    results += [campaign(sizes=sizes) for sizes in [(1,), (9,), (27,), (0, 30), THIRTY]]
    results.append(campaign(comparisons=(comparison(), comparison(is_comparable=False))))
    return [chart for result in results for chart in charts_of(result)]


CHARTS = every_chart()
BY_KEY = {chart.key: chart for chart in CHARTS}


def walk(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def test_all_sorts_of_charts_are_drawn() -> None:
    assert set(BY_KEY) == {
        "marks.chart", "achievement.chart", "journal.chart", "raw_scores.chart", "raw_scores.means", "items.chart",
        "elements.content_element.chart", "scaled.chart", "scaled.means", "levels.chart", "passing.chart",
        "dynamics.chart",
    }  # fmt: skip


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_a_specification_compiles_without_a_warning(key: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compiled = vl_convert.vegalite_to_vega(BY_KEY[key].specification, vl_version="6.1")
    assert compiled["marks"]


def test_specifications_need_no_expression_and_no_network() -> None:
    for chart in CHARTS:
        for name, value in walk(chart.specification):
            assert name not in {"expr", "calculate", "labelExpr", "signal", "url", "href", "test"}
            assert not (name == "filter" and isinstance(value, str))


def test_specifications_are_plain_json_without_nan() -> None:
    for chart in CHARTS:
        assert json.loads(json.dumps(chart.specification, allow_nan=False)) == chart.specification


def test_every_chart_has_words_for_those_who_do_not_see_it() -> None:
    for chart in CHARTS:
        assert chart.alt.endswith(".")
        assert chart.caption
        assert chart.table is not None
        assert chart.table.rows
        title = chart.specification["title"]
        assert title["text"]
        assert title["subtitle"]


def test_bars_begin_at_zero_and_numbers_are_russian() -> None:
    specification = BY_KEY["raw_scores.chart"].specification
    assert specification["layer"][0]["encoding"]["y2"] == {"datum": 0}
    assert specification["config"]["locale"]["number"]["decimal"] == ","


def test_boundaries_stand_before_the_score_that_they_let_in() -> None:
    lines = BY_KEY["raw_scores.chart"].specification["layer"][2]["data"]["values"]
    assert lines == [{"at": 3.5, "text": "«3»"}, {"at": 5.5, "text": "«4»"}, {"at": 8.5, "text": "«5»"}]


def test_segments_of_marks_add_up_to_the_whole() -> None:
    chart = marks_chart("marks", [("Муниципалитет", campaign().whole)])
    values = chart.specification["layer"][0]["data"]["values"]
    assert [value["category"] for value in values] == list(MARK_COLORS)
    assert values[0]["start"] == 0
    assert values[-1]["end"] == pytest.approx(1)
    assert [value["start"] for value in values[1:]] == [value["end"] for value in values[:-1]]


def test_a_reference_without_counts_is_drawn_by_shares() -> None:
    region: GroupResult = replace(campaign().whole, participants=0, marks={})
    layer = marks_chart("marks", [("Регион", region)]).specification["layer"][2]
    assert layer["data"]["values"][0]["text"] == ""


def test_a_small_group_is_drawn_hollow() -> None:
    result = campaign()
    groups = [(str(n), group) for n, group in enumerate(result.organizations, 1)]
    rows = means_chart("means", groups, result.whole).specification["layer"][3]["data"]["values"]
    assert [row["size"] for row in rows] == ["enough", "enough", "enough", "enough", "few"]


def test_a_mean_beyond_the_scale_is_clipped_to_it() -> None:
    result = campaign()
    wild = replace(result.whole, mean_percent=Estimate(0.98, 0.9, 1.06, 12))
    row = means_chart("means", [("А", wild), ("Б", wild)], result.whole).specification["layer"][2]["data"]["values"][0]
    assert (row["low"], row["high"]) == (0.9, 1.0)


def test_cells_of_the_heat_map_say_their_reading_by_a_sign_too() -> None:
    result = campaign(sizes=(30, 5))
    elements = [(element.code, element) for element in result.whole.elements if element.kind == "content_element"]
    parts = [(str(n), {e.code: e for e in group.elements}) for n, group in enumerate(result.organizations, 1)]
    values = heat_map("map", "Элементы", elements, parts, ELEMENT_WORDS).specification["data"]["values"]
    signs = {value["word"]: value["text"][-1] for value in values if not value["text"][-1].isdigit()}
    assert signs == {"не освоено": "▼", "данных недостаточно": "?"}


def test_a_work_without_levels_has_no_norms_on_its_chart() -> None:
    items = [replace(item, level=None, reading=item.reading.NO_NORM) for item in campaign().whole.items]
    chart = facility_chart("items", items, READING_WORDS, reference_name="Остальные")
    assert "норма" not in json.dumps(chart.specification["title"], ensure_ascii=False)
    assert chart.specification["layer"][0]["data"]["values"] == []


def test_long_works_and_names_stay_readable() -> None:
    names = [f"Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № {n}»"
             for n in range(1, 31)]  # fmt: skip
    labels = axis_labels(names)
    assert len(set(labels)) == 30
    assert max(map(len, labels)) <= 40
    assert labels[11] == "«СОШ № 12»"
    assert axis_labels(["А" * 60, "А" * 60])[1].endswith("(2)")


@pytest.mark.parametrize("minimum", [None, 0, 24, 27, 36, 40, 100])
def test_bins_of_test_scores_cover_the_scale_and_part_at_the_minimum(minimum: int | None) -> None:
    bins = score_bins(dict.fromkeys(range(101), 1), minimum)
    assert [n for low, high, _ in bins for n in range(low, high + 1)] == list(range(101))
    assert all(count == high - low + 1 for low, high, count in bins)
    if minimum:
        assert minimum in {low for low, _, _ in bins}


def test_a_long_scale_keeps_few_ticks() -> None:
    group = replace(campaign().whole, raw_score_distribution=tuple(range(69)), max_raw_score=68)
    axis = raw_score_chart("scores", group, ()).specification["layer"][0]["encoding"]["x"]["axis"]
    assert len(axis["values"]) <= 26
    assert axis["values"][0] == 0


def test_titles_are_broken_between_words() -> None:
    assert wrapped("раз два три", 7) == ["раз два", "три"]
    assert wrapped("", 7) == [""]
