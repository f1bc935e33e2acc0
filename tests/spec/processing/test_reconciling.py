"""Summary reports beside participants' data and without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.contracts import (
    CampaignClaim,
    GroupLevel,
    Problem,
    Procedure,
    Summary,
    SummaryKind,
    SummaryRow,
    Work,
)  # fmt: skip
from msoko.foundation.processing.analysis import analyse_readings
from msoko.foundation.processing.pipeline import Readings
from msoko.foundation.processing.result_json import AnalysedCampaign
from msoko.foundation.processing.summary_figures import apportion
from tests.factories.works import Row, make_work

CLAIM = CampaignClaim(Procedure.VPR, "Математика", 4, 2019)


def _work() -> Work:
    marks = [2, 3, 3, 4, 4, 4, 5, 5]
    rows = [Row(str(40001 + n), [1, n % 2], mark=mark, journal=4) for n, mark in enumerate(marks)]
    return make_work(rows, [1, 1], year=2019)


def _summary(kind: SummaryKind, participants: int, values: dict[str, float], level=GroupLevel.ORGANIZATION) -> Summary:
    row = SummaryRow(level, "МБОУ «СОШ № 1»", "edu220001", None, participants, values, 12)
    return Summary("отчёт.xlsx", "Лист1", "test", kind, CLAIM, [row])


def _run(tmp_path: Path, works: list[Work], *summaries: Summary) -> tuple[list[AnalysedCampaign], list[Problem]]:
    return analyse_readings(Readings(works=works, summaries=list(summaries)), tmp_path)


def _remarks(problems: list[Problem]) -> list[tuple[str, int | None, str]]:
    return [(p.severity.value, p.row, p.message) for p in problems if p.code == "summaries_match_results"]


def test_agreement_is_said(tmp_path: Path):
    shares = {"2": 12.5, "3": 25.0, "4": 37.5, "5": 25.0}
    _, problems = _run(tmp_path, [_work()], _summary(SummaryKind.MARKS, 8, shares))
    assert _remarks(problems) == [
        ("info", None, "Сводный отчёт совпадает с результатами участников: сверено показателей — 5.")
    ]


def test_difference_names_both_figures(tmp_path: Path):
    shares = {"2": 0.0, "3": 37.5, "4": 37.5, "5": 25.0}
    _, problems = _run(tmp_path, [_work()], _summary(SummaryKind.MARKS, 8, shares))
    printed, computed = "0,00\xa0%", "12,50\xa0%"
    assert _remarks(problems)[0] == (
        "warning", 12,
        f"МБОУ «СОШ № 1»: доля отметки «2» в сводном отчёте — {printed}, по результатам участников — {computed}.",
    )  # fmt: skip
    assert len(_remarks(problems)) == 2


def test_another_number_of_participants_explains_the_rest(tmp_path: Path):
    _, problems = _run(tmp_path, [_work()], _summary(SummaryKind.MARKS, 9, {"2": 50.0, "3": 50.0}))
    assert [message for _, _, message in _remarks(problems)] == [
        "МБОУ «СОШ № 1»: число участников в сводном отчёте — 9, по результатам участников — 8."
    ]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (SummaryKind.ITEMS, {"1": 100.0, "2": 50.0}),
        (SummaryKind.SCORES, {"0": 0.0, "1": 50.0, "2": 50.0}),
        (SummaryKind.JOURNAL, {"lower": 3, "same": 3, "higher": 2, "lower_percent": 37.5}),
        (
            SummaryKind.GENERIC,
            {"2": 1, "3": 2, "4": 3, "5": 2, "pass_rate_percent": 87.5, "quality_rate_percent": 62.5},
        ),
    ],
)
def test_every_kind_of_report_is_compared(tmp_path: Path, kind: SummaryKind, values: dict[str, float]):
    _, problems = _run(tmp_path, [_work()], _summary(kind, 8, values))
    assert [severity for severity, _, _ in _remarks(problems)] == ["info"]


def test_figures_of_region_become_references(tmp_path: Path):
    shares = {"2": 10.0, "3": 40.0, "4": 30.0, "5": 20.0}
    campaigns, _ = _run(tmp_path, [_work()], _summary(SummaryKind.MARKS, 1000, shares, GroupLevel.REGION))
    (reference,) = campaigns[0].result.references
    assert reference.marks == {2: 100, 3: 400, 4: 300, 5: 200}
    assert reference.pass_rate is not None
    assert reference.pass_rate.value == pytest.approx(0.9)
    assert reference.mean_mark is not None
    assert reference.mean_mark.value == pytest.approx(3.6)


def test_without_participants_the_summary_gives_the_results(tmp_path: Path):
    campaigns, problems = _run(
        tmp_path, [],
        _summary(SummaryKind.MARKS, 56, {"2": 3.57, "3": 44.64, "4": 42.86, "5": 8.93}),
        _summary(SummaryKind.ITEMS, 56, {"1": 61.0, "2": 40.5}),
        _summary(SummaryKind.JOURNAL, 50, {"lower": 20, "same": 28, "higher": 2}),
    )  # fmt: skip
    whole = campaigns[0].result.whole
    assert (whole.participants, whole.marks) == (56, {2: 2, 3: 25, 4: 24, 5: 5})
    assert {item.label: item.facility.value for item in whole.items} == pytest.approx({"1": 0.61, "2": 0.405})
    assert whole.journal is not None
    assert whole.journal.lower.value == pytest.approx(0.4)
    assert {p.code for p in problems} == {"participants_are_known"}


def test_printed_means_stand_where_nothing_can_be_counted(tmp_path: Path):
    campaigns, _ = _run(tmp_path, [], _summary(SummaryKind.GENERIC, 30, {"mean_mark": 3.7, "pass_rate_percent": 90.0}))
    whole = campaigns[0].result.whole
    assert (whole.participants, whole.mean_mark.value, whole.pass_rate.value) == (30, 3.7, 0.9)
    assert whole.marks in ({}, {2: 0, 3: 0, 4: 0, 5: 0})


@pytest.mark.parametrize(
    ("shares", "n", "counts"),
    [
        ([3.57, 44.64, 42.86, 8.93], 56, [2, 25, 24, 5]),
        ([33.33, 33.33, 33.33], 10, [4, 3, 3]),
        ([0, 0], 5, [0, 0]),
        ([100, 0], 0, [0, 0]),
    ],
)
def test_shares_become_whole_numbers(shares: list[float], n: int, counts: list[int]):
    assert apportion(shares, n) == counts


def _generic(*rows: SummaryRow) -> Summary:
    return Summary("свод.xlsx", "Лист1", "test", SummaryKind.GENERIC, CLAIM, list(rows))


def _row(name: str, n: int, marks: list[float], *, subgroup: str = "", level=GroupLevel.ORGANIZATION) -> SummaryRow:
    values = dict(zip("2345", marks, strict=True))
    return SummaryRow(level, name, "", None, n, values, 5, subgroup)


def test_rows_of_classes_are_put_together_to_their_school(tmp_path: Path):
    summary = _generic(
        _row("СОШ № 1", 24, [2, 8, 10, 4], subgroup="5А"),
        _row("СОШ № 1", 20, [2, 8, 8, 2], subgroup="5Б"),
        _row("СОШ № 2", 20, [5, 5, 5, 5], subgroup="5А"),
    )
    (campaign,), _ = _run(tmp_path, [], summary)
    assert [(one.participants, one.marks) for one in campaign.result.organizations] == [
        (44, {2: 4, 3: 16, 4: 18, 5: 6}), (20, {2: 5, 3: 5, 4: 5, 5: 5}),
    ]  # fmt: skip
    assert campaign.result.whole.participants == 64


def test_totals_that_do_not_add_up_are_named(tmp_path: Path):
    summary = _generic(
        _row("СОШ № 1", 20, [2, 8, 6, 3]), _row("Итого", 25, [2, 8, 6, 4], level=GroupLevel.MUNICIPALITY)
    )
    _, problems = _run(tmp_path, [], summary)
    assert [p.message for p in problems if p.code.startswith("summary_")] == [
        "В строке «Итого» участников — 25, по строкам организаций вместе — 20.",
        "СОШ № 1: участников — 20, отметок вместе — 19.",
    ]


def test_an_examination_known_by_its_mean_and_those_below_the_minimum(tmp_path: Path):
    rows = [
        SummaryRow(GroupLevel.ORGANIZATION, name, "", None, n, {"mean_test_score": mean, "below_minimum": below}, 5)
        for name, n, mean, below in (("СОШ № 1", 20, 65.5, 1), ("СОШ № 2", 10, 71.2, 0))
    ]
    claim = CampaignClaim(Procedure.EGE, "Русский язык", 11, 2026)
    summary = Summary("свод.xlsx", "Лист1", "test", SummaryKind.GENERIC, claim, rows)
    (campaign,), _ = _run(tmp_path, [], summary)
    scaled = campaign.result.whole.scaled
    assert scaled is not None
    assert (scaled.mean.value, scaled.below_minimum.value) == (pytest.approx(67.4), pytest.approx(1 / 30))
