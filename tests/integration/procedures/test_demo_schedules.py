"""Schedules of the demo: in force but for one draft, clashes where they were planted and nowhere else."""

from __future__ import annotations

import pytest

from msoko.cli.demo.organizations import build_tree
from msoko.cli.demo.schedules import build_schedules
from msoko.cycle.procedures.api import CurriculumHours, Schedule, ScheduleImport, checked, import_rows, unknown_words
from qualimetry.synthetic import build_municipality
from tests.factories import orgs

pytestmark = pytest.mark.django_db


def test_two_schools_have_clashes_and_the_rest_have_none() -> None:
    build_schedules(orgs.system_act(), orgs.system_act(), build_tree(build_municipality()))
    found = list(Schedule.objects.select_related("organization", "school_year").order_by("pk"))
    assert [(one.status, one.clash_count, bool(one.reason)) for one in found] == [
        ("approved", 0, False), ("approved", 2, True), ("approved", 0, False), ("approved", 0, False),
        ("draft", 0, False), ("draft", 0, False),
    ]  # fmt: skip
    assert sorted(clash.rule for clash in checked(found[-1]).clashes) == ["interval", "one_a_day"]
    assert CurriculumHours.objects.values("organization").distinct().count() == 2
    assert list(ScheduleImport.objects.values_list("layout", flat=True).order_by("pk")) == [
        "list", "dates", "months", "list", "months", "days",
    ]  # fmt: skip
    waiting = ScheduleImport.objects.get(accepted_at=None)
    rows = import_rows(waiting)
    assert unknown_words(rows) == [("ГЕО", 2)]
    assert [row.questions for row in rows if not row.word and row.questions] == [("Даты 30.02 не существует.",)]
