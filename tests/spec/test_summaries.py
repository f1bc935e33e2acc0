"""Summary reports as control totals. Expected numbers were read from the files with openpyxl."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from intake.contracts import GroupLevel, Procedure, Severity, Summary, SummaryKind
from intake.layouts.generic_summary import GenericSummary
from intake.layouts.summaries import FederalSummary
from intake.tables import read_book


def summaries_of(path: Path) -> list[Summary]:
    book, _ = read_book(path.name, path.read_bytes())
    found = FederalSummary().read(book) or GenericSummary().read(book) or []
    return [one for one in found if isinstance(one, Summary)]


@pytest.fixture
def twins(samples: Path) -> Path:
    return samples / "results" / "twins"


def test_statistics_of_marks(twins: Path) -> None:
    (report,) = summaries_of(twins / "TWIN_Ф3_Статистика по отметкам.xlsx")
    assert (report.kind, report.is_verified_layout, report.declared_max_score) == (SummaryKind.MARKS, True, 24)
    campaign = report.campaign
    assert (campaign.procedure, campaign.subject, campaign.grade_level, campaign.year, campaign.held_on) == (
        Procedure.VPR, "Русский язык", 4, 2026, dt.date(2026, 4, 20)
    )  # fmt: skip
    assert [(r.level, r.name, r.code, r.organization_count, r.participants) for r in report.rows] == [
        (GroupLevel.COUNTRY, "Вся выборка", "", 35589, 1722202),
        (GroupLevel.REGION, "Условный край", "", 560, 30216),
        (GroupLevel.MUNICIPALITY, "Примерский муниципальный район", "reg99_m012", 47, 3162),
        (GroupLevel.ORGANIZATION, "МБОУ «СОШ №1 г.Примерск»", "edu990001", None, 89),
    ]
    assert report.rows[3].values == {"2": 12.36, "3": 52.81, "4": 26.97, "5": 7.87}
    assert report.problems == []


def test_comparison_with_the_journal(twins: Path) -> None:
    (report,) = summaries_of(twins / "TWIN_Сравнение отметок с отметками по журналу.xlsx")
    assert (report.kind, report.campaign.subject, report.campaign.year) == (SummaryKind.JOURNAL, "Математика", 2024)
    assert [row.level for row in report.rows] == [
        GroupLevel.REGION, GroupLevel.MUNICIPALITY, GroupLevel.ORGANIZATION
    ]  # fmt: skip
    assert report.rows[2].participants == 93
    assert report.rows[2].values == {
        "lower_percent": 55.91, "lower": 52, "same_percent": 39.78, "same": 37, "higher_percent": 4.3, "higher": 4
    }  # fmt: skip


def test_distribution_of_scores_says_that_its_layout_is_not_verified(twins: Path) -> None:
    (report,) = summaries_of(twins / "UNVERIFIED_Распределение первичных баллов.xlsx")
    assert (report.kind, report.is_verified_layout) == (SummaryKind.SCORES, False)
    assert [(p.code, p.severity, p.row) for p in report.problems] == [
        ("summary.layout_not_verified", Severity.WARNING, 8)
    ]
    assert [(len(row.values), row.values["0"], row.values["24"]) for row in report.rows] == [
        (25, 0.79, 0.93), (25, 0.46, 2.34), (25, 0.22, 2.63), (25, 1.48, 0.6)
    ]  # fmt: skip


def test_items(twins: Path) -> None:
    (report,) = summaries_of(twins / "UNVERIFIED_Выполнение заданий.xlsx")
    assert report.kind is SummaryKind.ITEMS
    assert {item.label: item.max_score for item in report.items} == {
        "1": 2, "2": 1, "3": 2, "4": 3, "5": 2, "6": 1, "7": 1, "8": 2, "9.1": 1, "9.2": 2, "10.1": 1, "10.2": 2,
        "11": 1, "12.1": 2, "12.2": 1,
    }  # fmt: skip
    assert len(report.rows) == 4
    assert (report.rows[3].values["1"], report.rows[3].values["12.2"]) == (56.34, 82.24)


def test_items_by_groups_of_marks(twins: Path) -> None:
    (report,) = summaries_of(twins / "UNVERIFIED_Выполнение заданий группами участников.xlsx")
    assert report.kind is SummaryKind.ITEMS_BY_MARK
    assert [(row.code, row.subgroup, row.participants) for row in report.rows[-4:]] == [
        ("edu990001", mark, 89) for mark in ("2", "3", "4", "5")
    ]
    assert len(report.rows) == 16
    assert report.rows[-1].values["12.2"] == 91.02


def test_planned_results(twins: Path) -> None:
    (report,) = summaries_of(twins / "UNVERIFIED_Достижение планируемых результатов.xlsx")
    assert report.kind is SummaryKind.OUTCOMES
    assert [(row.level, row.participants, row.values["1"], row.values["12.2"]) for row in report.rows] == [
        (GroupLevel.REGION, 30216, 74.64, 41.8),
        (GroupLevel.MUNICIPALITY, 3162, 84.08, 63.51),
        (GroupLevel.ORGANIZATION, 89, 51.85, 68.85),
        (GroupLevel.COUNTRY, 1722202, 41.73, 42.13),
    ]
    assert report.outcomes["9.1"] == "Умение (формулировка из описания КИМ, задание 9.1)"
    assert (len(report.items), report.items[3].max_score) == (15, 3)


def test_flattened_marks_are_one_summary_a_work(twins: Path) -> None:
    reports = summaries_of(twins / "TWIN_marks.xlsx")
    found = {
        (r.campaign.grade_level, r.campaign.subject): (len(r.rows), sum(row.participants or 0 for row in r.rows))
        for r in reports
    }
    assert found == {
        (4, "Математика"): (495, 24118),
        (4, "Русский язык"): (491, 24149),
        (5, "Математика"): (490, 22850),
        (5, "Русский язык"): (490, 22946),
    }
    assert {(r.kind, r.campaign.year, r.campaign.procedure) for r in reports} == {
        (SummaryKind.MARKS, 2021, Procedure.VPR)
    }
    first = reports[0].rows[0]
    assert (first.code, first.name, first.municipality) == ("sch990248", 'МБОУ "СОШ № 248"', "МО-26")
    assert first.values == {"2": 3.57, "3": 44.64, "4": 42.86, "5": 8.93}


def test_flattened_scores(twins: Path) -> None:
    reports = summaries_of(twins / "TWIN_scores.xlsx")
    found = {(r.campaign.grade_level, r.campaign.subject): (len(r.rows), r.declared_max_score, r.kind) for r in reports}
    assert found == {
        (4, "Математика"): (495, 20, SummaryKind.SCORES),
        (4, "Русский язык"): (491, 38, SummaryKind.SCORES),
        (5, "Математика"): (490, 20, SummaryKind.SCORES),
        (5, "Русский язык"): (490, 38, SummaryKind.SCORES),
    }
    assert reports[0].rows[0].values["11"] == 17.86
