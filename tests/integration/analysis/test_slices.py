"""Slices agree with a plain count of the rows; those who see totals only cannot single anybody out."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from msoko.cycle.analysis.api import Choice, Run, dimensions_of, latest_run, slice_of, stored_statistics
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import SYSTEM_SCOPE, Role, Scope, scope_of
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from qualimetry.recipes.contracts import GroupResult
from tests.factories import campaigns, orgs

pytestmark = pytest.mark.django_db
TOPS = [item.max_score for item in campaigns.ITEMS]


def _campaign(place: orgs.Place, sizes: tuple[int, ...] = (40, 30, 21)) -> tuple[Run, list[dict[str, Any]]]:
    Organization.objects.filter(pk__in=[one.pk for one in place.schools]).update(
        school_type="secondary", place_kind="city"
    )
    Organization.objects.filter(pk=place.schools[0].pk).update(school_type="gymnasium")
    found = campaigns.campaign(place)
    rows = [row for school, n in zip(place.schools, sizes, strict=False) for row in campaigns.pupils(school.pk, n)]
    campaigns.load(found, rows)
    campaigns.compute(found)
    return _run(found), rows


def _run(found: Campaign) -> Run:
    run = latest_run(found)
    assert run is not None
    return run


def _plain(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Figures counted row by row."""
    n = len(rows)
    marks = {mark: sum(row["mark"] == mark for row in rows) for mark in (2, 3, 4, 5)}
    return {
        "participants": n,
        **{f"mark {mark}": count for mark, count in marks.items()},
        "pass_rate": (n - marks[2]) / n,
        "quality_rate": (marks[4] + marks[5]) / n,
        "mean_raw": sum(sum(row["items"]) for row in rows) / n,
        **{f"item {k + 1}": sum(row["items"][k] for row in rows) / n / top for k, top in enumerate(TOPS)},
    }


def _of(group: GroupResult) -> dict[str, Any]:
    return {
        "participants": group.participants,
        **{f"mark {mark}": count for mark, count in group.marks.items()},
        "pass_rate": group.pass_rate and group.pass_rate.value,
        "quality_rate": group.quality_rate and group.quality_rate.value,
        "mean_raw": group.mean_raw_score.value,
        **{f"item {item.label}": item.facility.value for item in group.items},
    }


@pytest.mark.parametrize(
    ("choice", "keep"),
    [
        ({"sex": 1}, lambda row, place: row["sex"] == 1),
        ({"variant": 2}, lambda row, place: row["variant"] == 2),
        ({"school_type": "gymnasium"}, lambda row, place: row["organization"] == place.schools[0].pk),
        (
            {"school_type": "secondary", "sex": 2, "variant": 1},
            lambda row, place: row["organization"] != place.schools[0].pk and (row["sex"], row["variant"]) == (2, 1),
        ),
    ],
)
def test_a_slice_is_what_a_plain_count_gives(choice: dict[str, Any], keep: Any) -> None:
    place = orgs.place()
    run, rows = _campaign(place)
    expected = _plain([row for row in rows if keep(row, place)])
    assert _of(slice_of(SYSTEM_SCOPE, run, Choice(**choice))) == pytest.approx(expected)


def test_a_class_and_a_part_of_a_class_are_what_a_plain_count_gives() -> None:
    place = orgs.place()
    run, rows = _campaign(place)
    key = place.schools[1].pk
    mine = [row for row in rows if (row["organization"], row["class_group"]) == (key, "Б")]
    whole = slice_of(SYSTEM_SCOPE, run, Choice(organization=key, class_group="Б"))
    part = slice_of(SYSTEM_SCOPE, run, Choice(organization=key, class_group="Б", variant=1))
    assert _of(whole) == pytest.approx(_plain(mine))
    assert _of(part) == pytest.approx(_plain([row for row in mine if row["variant"] == 1]))


def test_what_files_do_not_say_is_refused_with_the_reason() -> None:
    run, _ = _campaign(orgs.place())
    with pytest.raises(RefusedError) as refused:
        slice_of(SYSTEM_SCOPE, run, Choice(has_sen=True))
    assert refused.value.message == "В файлах результатов нет сведений об ограниченных возможностях здоровья."


def _scope(role: Role, where: Organization) -> Scope:
    return scope_of(orgs.account(role, where), timezone.localdate())


def test_totals_are_not_cut_down_to_one_organization() -> None:
    place = orgs.place()
    run, _ = _campaign(place)
    viewer = _scope(Role.REGIONAL_VIEWER, place.region)
    for choice in (Choice(school_type="gymnasium"), Choice(school_type="secondary")):
        with pytest.raises(RefusedError, match="отдельной организации"):
            slice_of(viewer, run, choice)
    with pytest.raises(RefusedError, match="Такой группы"):
        slice_of(viewer, run, Choice(organization=place.schools[0].pk))
    assert slice_of(viewer, run, Choice(sex=1)).participants == 46


def test_totals_are_cut_one_way_at_a_time_and_never_to_a_few_people() -> None:
    place = orgs.place()
    run, _ = _campaign(place)
    viewer = _scope(Role.ASSOCIATION_HEAD, place.authority)
    with pytest.raises(RefusedError, match="в одном разрезе"):
        slice_of(viewer, run, Choice(sex=1, variant=1))
    found = campaigns.campaign(place, label="малая")
    few = campaigns.pupils(place.schools[0].pk, 30, sex=[1] * 4 + [2] * 26)
    campaigns.load(found, few)
    small = campaigns.compute(found)
    for sex in (1, 2):  # the complement of a few people is not shown either
        with pytest.raises(RefusedError, match="меньше 10 участников"):
            slice_of(viewer, small, Choice(sex=sex))
    assert slice_of(SYSTEM_SCOPE, small, Choice(sex=1)).participants == 4


def test_a_school_cuts_its_own_results_freely_and_no_other_school() -> None:
    place = orgs.place()
    run, rows = _campaign(place)
    own, other = place.schools[0].pk, place.schools[1].pk
    scope = _scope(Role.SCHOOL_COORDINATOR, place.schools[0])
    mine = [row for row in rows if row["organization"] == own and (row["sex"], row["variant"]) == (1, 2)]
    assert slice_of(scope, run, Choice(organization=own, sex=1, variant=2)).participants == len(mine)
    for choice in (Choice(organization=other), Choice(organization=other, sex=1), Choice(class_group="А")):
        with pytest.raises(RefusedError):
            slice_of(scope, run, choice)
    titles = {one.key: [option.title for option in one.options] for one in _dimensions(scope, run)}
    assert titles["organization"] == ["МБОУ СОШ № 1"]


def _dimensions(scope: Scope, run: Run) -> Any:
    return dimensions_of(scope, run, stored_statistics(run))
