"""Totals of public VPR files, counted apart from the product (openpyxl, cell by cell) and written down here."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from intake import read_file
from intake.contracts import MISSING, NO_VALUE, NOT_ATTEMPTED, FileReading, Severity, Work


@dataclass(frozen=True)
class Expected:
    """What a file holds: counts of participants, sums and «X» by item, cells «не пройд.», problems by code."""

    layout: str
    subject: str | None
    grade_level: int | None
    year: int | None
    written: int
    absent: int
    sums: list[int]
    not_attempted: list[int]
    not_taught: int = 0
    organizations: int = 1
    problems: tuple[tuple[str, int], ...] = ()


REAL = {
    "2020_raw_export__4_Математика.anon.xlsx": Expected(
        "vpr_raw_export", "Математика", 4, 2020, 951, 118,
        [813, 646, 1513, 410, 433, 381, 859, 752, 423, 631, 464, 350, 1032, 1070, 141],
        [6, 10, 6, 49, 33, 90, 6, 7, 54, 133, 75, 84, 72, 47, 301],
        organizations=18,
    ),
    "2021__Проведение работы по математике, 4 класс. ВПР 2021.anon.xlsx": Expected(
        "vpr_regional_export", "Математика", 4, 2021, 1001, 63,
        [929, 812, 1686, 522, 574, 511, 920, 829, 599, 800, 504, 394, 1144, 1412, 236],
        [0, 3, 5, 39, 20, 56, 4, 7, 27, 82, 53, 63, 35, 10, 224],
        not_taught=20,
        organizations=17,
    ),
    "2021__Проведение работы по русскому языку, 5 класс. ВПР 2021.anon.xlsx": Expected(
        "vpr_regional_export", "Русский язык", 5, 2021, 925, 96,
        [2208, 1711, 1685, 1285, 2097, 887, 1220, 1382, 2016, 897, 1058,
         794, 1000, 382, 996, 399, 851, 963, 458, 596, 755],
        [0, 0, 0, 18, 25, 31, 60, 1, 13, 35, 10, 84, 18, 100, 19, 96, 19, 40, 35, 27, 22],
        not_taught=173,
        organizations=18,
    ),
    "2022__11_География.anon.xlsx": Expected(
        "vpr_regional_collection", "География", 11, 2022, 593, 65,
        [460, 503, 949, 459, 403, 443, 455, 503, 460, 345, 404, 1028, 452, 501, 405, 329, 419, 203],
        [2, 6, 1, 1, 0, 16, 10, 3, 0, 23, 5, 0, 9, 16, 19, 58, 80, 83],
        organizations=25,
        problems=(("total.differs", 26),),
    ),
}  # fmt: skip
TWINS = {
    "TWIN_Форма сбора результатов Английский язык 8 класс ВПР 2026 (заполненная).xlsx": Expected(
        "vpr_form", "Английский язык", 8, 2026, 53, 3, [107, 108, 131, 76, 44, 71, 52], [6, 7, 1, 6, 8, 7, 4]
    ),
    "TWIN_Форма сбора результатов Английский язык 8 класс ВПР 2026 (пустая).xlsx": Expected(
        "vpr_form", "Английский язык", 8, 2026, 0, 0, [0] * 7, [0] * 7,
        organizations=0,
        problems=(("work.no_participants", 1),),
    ),
    "TWIN_Ф1_Индивидуальные результаты (школа).xlsx": Expected(
        "vpr_individual", "Русский язык", 4, 2026, 89, 0,
        [124, 60, 121, 188, 120, 57, 56, 129, 39, 85, 44, 86, 55, 115, 58],
        [1, 0, 0, 0, 0, 1, 1, 0, 2, 0, 1, 0, 2, 0, 0],
    ),
    "TWIN_Ф1_Индивидуальные результаты (муниципалитет).xlsx": Expected(
        "vpr_individual", "Русский язык", 4, 2026, 201, 0,
        [272, 151, 268, 411, 278, 134, 139, 290, 100, 194, 107, 209, 132, 273, 144],
        [0, 0, 1, 1, 1, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0],
        organizations=4,
    ),
}  # fmt: skip


def read(path: Path) -> FileReading:
    return read_file(path.name, path.read_bytes())


def only_work(path: Path) -> Work:
    reading = read(path)
    assert reading.problems == []
    assert len(reading.works) == 1
    return reading.works[0]


def found(work: Work) -> Expected:
    people = work.participants
    scores = people.items[people.present]
    return Expected(
        work.layout,
        work.campaign.subject,
        work.campaign.grade_level,
        work.campaign.year,
        written=int(people.present.sum()),
        absent=int((~people.present).sum()),
        sums=np.where(scores > 0, scores, 0).sum(axis=0, dtype=int).tolist(),
        not_attempted=(scores == NOT_ATTEMPTED).sum(axis=0).tolist(),
        not_taught=int((scores == MISSING).sum()),
        organizations=len(people.organizations),
        problems=tuple(sorted(Counter(problem.code for problem in work.problems).items())),
    )


@pytest.mark.parametrize("name", REAL)
def test_public_files_have_their_counted_totals(samples: Path, name: str) -> None:
    assert found(only_work(samples / "results" / "real" / name)) == REAL[name]


@pytest.mark.parametrize("name", TWINS)
def test_forms_of_2026_have_their_counted_totals(samples: Path, name: str) -> None:
    assert found(only_work(samples / "results" / "twins" / name)) == TWINS[name]


def test_form_of_2024_is_read_from_both_sheets_with_the_variant_column_in_the_middle(samples: Path) -> None:
    works = read(samples / "results" / "real" / "form_2024-25.xlsx").works
    sums = [17, 13, 22, 17, 18, 18, 17, 17, 17, 21, 17, 17, 18, 21, 36]
    labels = ["1", "2", "3", "4", "5.1", "5.2", "6.1", "6.2", "7", "8", "9.1", "9.2", "10", "11.3К1", "12"]
    expected = Expected("vpr_form", None, None, 2025, 18, 2, sums, [0] * 15)
    assert [work.sheet for work in works] == ["Протокол", "Протокол_2"]
    assert [found(work) for work in works] == [expected, expected]
    assert [item.label for item in works[0].items] == labels
    assert [item.max_score for item in works[0].items] == [1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2]


def reference(samples: Path) -> dict[str, dict[str, str]]:
    with (samples / "results" / "real" / "REFERENCE_psych_math4_2021.csv").open(encoding="utf-8") as stream:
        return {row["task"]: row for row in csv.DictReader(stream)}


MATH_2021 = "2021__Проведение работы по математике, 4 класс. ВПР 2021.anon.xlsx"


def test_item_means_agree_with_the_reference_when_everything_that_is_not_a_number_is_zero(samples: Path) -> None:
    work = only_work(samples / "results" / "real" / MATH_2021)
    table = reference(samples)
    caps = np.array([int(table[item.label]["max"]) for item in work.items])
    scores = work.participants.items[work.participants.present].astype(int)
    means = np.clip(np.where(scores > 0, scores, 0), 0, caps).mean(axis=0)
    assert len(scores) == int(table["1"]["n"]) == 1001
    assert [round(float(mean), 6) for mean in means] == [float(table[item.label]["mean"]) for item in work.items]


def test_topics_not_taught_are_no_zeros(samples: Path) -> None:
    """The other view of the same file: «не пройд.» leaves the denominator, X stays in it as 0."""
    work = only_work(samples / "results" / "real" / MATH_2021)
    scores = work.participants.items[work.participants.present].astype(int)
    taught = (scores != MISSING).sum(axis=0)
    assert taught.tolist() == [1001, 1001, 1001, 1001, 1001, 996, 1001, 1001, 1001, 998, 999, 998, 1001, 1001, 994]
    assert int((scores == NOT_ATTEMPTED).sum()) == 628


def test_individual_results_carry_levels_date_maximum_and_control_counts(samples: Path) -> None:
    work = only_work(samples / "results" / "twins" / "TWIN_Ф1_Индивидуальные результаты (муниципалитет).xlsx")
    assert "".join(item.level or "?" for item in work.items) == "ББББББББППППБББ"
    assert sum(item.max_score or 0 for item in work.items) == work.declared_max_score == 24
    assert work.campaign.held_on is not None
    assert work.campaign.held_on.isoformat() == "2026-04-20"
    assert list(work.declared.values()) == [89, 41, 7, 64]
    assert work.participants.organizations[0].code == "edu990001"
    assert work.participants.organizations[0].name == "МБОУ «СОШ №1 г.Примерск»"


def test_file_totals_of_2022_are_controls_only(samples: Path) -> None:
    """325 totals of 593 written works are not the sum of the items: shown one by one up to a bound, then counted."""
    work = only_work(samples / "results" / "real" / "2022__11_География.anon.xlsx")
    people = work.participants
    sums = np.where(people.items > 0, people.items, 0).sum(axis=1, dtype=int)
    assert int((people.present & (people.file_total != NO_VALUE) & (people.file_total != sums)).sum()) == 325
    assert {problem.severity for problem in work.problems} == {Severity.WARNING}
    assert work.problems[-1].message == "Ещё 300 таких же замечаний (показаны первые 25)."


def test_municipality_of_2020_stands_among_access_groups(samples: Path) -> None:
    work = only_work(samples / "results" / "real" / "2020_raw_export__4_Математика.anon.xlsx")
    first = work.participants.organizations[0]
    assert (first.code, first.name, first.municipality) == ("sch990235", "", "reg99_m027")
    assert work.participants.participant[0] == "50001"
    assert work.participants.journal_mark[:3].tolist() == [3, NO_VALUE, 3]
