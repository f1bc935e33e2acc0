"""Two published plans with all their defects: every row, section, unit and result accounted for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from intake.plans import ClaimSource, PlanReading, read_plan
from msoko.foundation.catalog.plans import plan_vocabulary


@pytest.fixture(scope="session")
def seeds(samples: Path) -> Path:
    return samples.parent / "seeds"


def plan(path: Path) -> PlanReading:
    reading = read_plan(path.name, path.read_bytes(), vocabulary=plan_vocabulary())
    assert reading.problems == []
    return reading


@pytest.fixture(scope="module")
def schedule(seeds: Path) -> PlanReading:
    return plan(seeds / "plan-usinsk.txt")


@pytest.fixture(scope="module")
def roadmap(seeds: Path) -> PlanReading:
    return plan(seeds / "order-livny-regulation-roadmap.txt")


def counts(reading: PlanReading) -> list[int]:
    return list(Counter(one.section_path for one in reading.activities).values())


def codes(reading: PlanReading, code: str) -> list[str]:
    return [one.number for one in reading.activities if code in {remark.code for remark in one.remarks}]


def test_schedule_has_all_activities_in_their_sections(schedule: PlanReading) -> None:
    assert counts(schedule) == [1, 12, 11, 8, 11, 11, 7, 13]
    assert [(one.number, one.level) for one in schedule.sections] == [
        ("1.", 1), ("2.", 1), ("2.1.", 2), ("2.2.", 2), ("2.3.", 2),
        ("III.", 1), ("3.1.", 2), ("3.3.", 2), ("3.4.", 2), ("3.5.", 2),
    ]  # fmt: skip


def test_schedule_keeps_numbers_as_printed(schedule: PlanReading) -> None:
    numbers = [one.number for one in schedule.activities]
    assert numbers[0] == "1.1"
    assert numbers[1:13] == [f"2.1.{place}." for place in range(1, 13)]
    assert numbers[32:43] == [*(f"3.1.{place}." for place in range(1, 6)), *(f"3.2.{place}." for place in range(6, 10)),
                              "3.2.10", "3.2.11."]  # fmt: skip
    assert codes(schedule, "number_out_of_section") == ["3.2.6.", "3.2.7.", "3.2.8.", "3.2.9.", "3.2.10", "3.2.11."]
    assert codes(schedule, "number_gap") == ["3.4.8."]
    assert codes(schedule, "number_repeated") == []


def test_schedule_has_six_broken_rows_joined(schedule: PlanReading) -> None:
    assert codes(schedule, "row_joined") == ["2.2.4.", "2.3.1.", "3.1.2.", "3.3.1.", "3.4.3.", "3.5.6."]
    joined = {one.number: one for one in schedule.activities}
    long = "Аналитическая информация для включения в Доклад об итогах работы МСО и УО"
    assert [joined[number].deliverables[0].text for number in ("2.2.4.", "3.1.2.", "3.4.3.")] == [long] * 3
    assert joined["2.3.1."].deliverables[0].text.endswith("для совещания с руководителями ОО")
    assert [one.raw for one in joined["3.3.1."].responsible] == ["Отделы УО в части касающейся", "МОО"]
    assert joined["3.4.3."].title.endswith("в соответствии с планом ГОУДПО «КРИРО»")
    assert joined["3.5.6."].title.endswith("реализации рабочей программы воспитания")


def test_schedule_has_its_units(schedule: PlanReading) -> None:
    units = Counter(one.raw.casefold() for activity in schedule.activities for one in activity.responsible)
    assert units == {
        "имо": 28, "оо": 26, "одоив": 26, "ооо": 20, "доо": 7, "моо": 4, "отделы уо": 4,
        "отделы уо в части касающейся": 3, "цдод": 3, "уо": 3, "окдипо": 3,
        "оо, реализующие дополнительные общеобразовательные программы": 1, "мбоу «сош № 5» г. усинска": 1,
    }  # fmt: skip
    assert codes(schedule, "responsible_repeated") == ["2.3.2."]
    unknown = [question.abbreviation for question in schedule.questions if question.reason == "unknown"]
    assert sorted(unknown) == ["ОКДиПО", "ЦДОД"]
    general = next(one for one in schedule.activities if one.number == "2.1.1.").responsible[0]
    assert (general.raw, general.resolved, general.source) == ("ООО", "отдел общего образования", "document")


def test_schedule_has_kinds_of_results(schedule: PlanReading) -> None:
    kinds = Counter(one.kind for activity in schedule.activities for one in activity.deliverables)
    assert kinds == {
        "order": 43, "analytics": 14, "recommendations": 5, "report": 3, "protocol": 3, "info_letter": 2,
        "info_materials": 1, "programme": 1, "expert_opinion": 1, "report_speech": 1, "register": 1, "plan": 1,
    }  # fmt: skip
    assert codes(schedule, "result_without_comma") == ["3.3.9."]
    shared = Counter(one.destination for activity in schedule.activities for one in activity.deliverables)
    assert shared["для включения в Доклад об итогах работы МСО и УО"] == 11


def test_schedule_follows_the_later_edition(schedule: PlanReading) -> None:
    assert schedule.edition == "2021"
    directions = Counter((one.direction, one.direction_source) for one in schedule.activities)
    by_section = {one: count for (one, source), count in directions.items() if source is ClaimSource.SECTION}
    assert by_section == {
        "training_quality": 12, "talents": 11, "career_guidance": 8, "preschool": 11,
        "leaders": 11, "teachers_development": 7, "upbringing": 13,
    }  # fmt: skip


def test_roadmap_has_all_activities_in_their_sections(roadmap: PlanReading) -> None:
    assert counts(roadmap) == [9, 6, 9, 9, 10, 5, 5, 5, 9]
    assert [one.number for one in roadmap.sections] == [f"{place}." for place in range(1, 10)]
    assert roadmap.period == "на 2020-2021 учебный год"
    assert sum(not one.number for one in roadmap.activities) == 10


def test_roadmap_has_broken_rows_joined(roadmap: PlanReading) -> None:
    joined = [one for one in roadmap.activities if "row_joined" in {remark.code for remark in one.remarks}]
    assert [(one.section_path[-1][0], one.number) for one in joined] == [
        ("1.", "1.5."), ("2.", "2.6."), ("5.", ""), ("6.", "2."), ("9.", "1."), ("9.", "8."),
    ]  # fmt: skip
    assert joined[1].title == "Принятие управленческих решений по результатам проведенного анализа"


def test_roadmap_has_labels_beside_numbers(roadmap: PlanReading) -> None:
    labels = [(one.section_path[-1][0], one.number, one.label) for one in roadmap.activities if one.label]
    assert labels == [
        ("3.", "3.1.", "Цели:"),
        ("3.", "3.4.", "Анализ, адресные рекомендации:"),
        ("3.", "3.5.", "Управленческие решения:"),
        ("4.", "4.", "Анализ, адресные рекомендации"),
        ("4.", "5.", "Меры, управленческие решения"),
        ("4.", "6.", "Анализ эффективности принятых мер"),
        ("5.", "1.", "Цели:"),
        ("5.", "2.", "Показатели, методы сбора информации"),
        ("5.", "3.", "Мониторинг:"),
        ("5.", "4.", "Анализ, адресные рекомендации"),
    ]


def test_roadmap_follows_the_edition_of_nine_directions(roadmap: PlanReading) -> None:
    assert roadmap.edition == "2020"
    assert [one.direction for one in roadmap.sections] == [
        "training_quality", "low_results", "talents", "career_guidance", "objectivity", "leaders",
        "teacher_training", "methodical_work", "upbringing",
    ]  # fmt: skip
    labelled = Counter(one.cycle_part for one in roadmap.activities if one.cycle_part_source is ClaimSource.LABEL)
    assert labelled == {"goals": 5, "analysis": 4, "measures": 5, "efficiency": 1, "indicators": 2, "monitoring": 1}


def test_roadmap_has_its_units(roadmap: PlanReading) -> None:
    units = Counter(one.raw for activity in roadmap.activities for one in activity.responsible)
    assert units == {"управление образования": 64, "ОО": 31, "общеобразовательные организации": 4}
    assert codes(roadmap, "responsible_without_comma") == ["3.3."]
    assert roadmap.abbreviations["ОО"] == "образовательная организация"
