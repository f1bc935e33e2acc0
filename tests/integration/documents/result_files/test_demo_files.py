"""The demo set enters through the same reading as a user's files and gives back the campaigns it was made from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from intake.contracts import NO_VALUE, FileReading, GroupLevel, Severity, SummaryKind, Work
from intake.layouts.organizations import read_organizations
from intake.tables import read_book
from msoko.foundation.documents.result_files import DemoFile, DemoManifest, FileKind
from msoko.foundation.documents.result_files.demo_class_works import write_class_work
from msoko.foundation.documents.result_files.demo_exams import write_exams
from msoko.foundation.documents.result_files.demo_plan import defects_of
from qualimetry.synthetic import Municipality, SittingKind, SyntheticCampaign

Readings = list[tuple[DemoFile, FileReading]]
Campaigns = dict[str, SyntheticCampaign]


def campaign_of(work: Work, keys: tuple[str, ...], found: Campaigns) -> SyntheticCampaign:
    """The campaign of `keys` that the work claims to be of."""
    claim = work.campaign
    same = [
        found[key]
        for key in keys
        if (found[key].blueprint.procedure, found[key].blueprint.subject, found[key].blueprint.grade_level)
        == (claim.procedure, claim.subject, claim.grade_level)
        and claim.year == found[key].held_on.year
    ]
    assert len(same) == 1, (claim, keys)
    return same[0]


def works_by_campaign(readings: Readings, found: Campaigns) -> dict[str, list[tuple[str, Work]]]:
    works: dict[str, list[tuple[str, Work]]] = defaultdict(list)
    for file, reading in readings:
        for work in reading.works:
            works[campaign_of(work, file.campaigns, found).key].append((file.organization, work))
    return works


def test_every_campaign_is_recognised_with_its_participants(
    readings: Readings, found: Campaigns, manifest: DemoManifest
) -> None:
    works = works_by_campaign(readings, found)
    for campaign in manifest.campaigns:
        present = sum(int(work.participants.present.sum()) for _, work in works[campaign.key])
        absent = sum(int((~work.participants.present).sum()) for _, work in works[campaign.key])
        assert (present - campaign.superseded, absent) == (campaign.participants, campaign.absent), campaign.key


def test_rows_of_every_file_are_as_the_manifest_says(readings: Readings) -> None:
    for file, reading in readings:
        assert sum(len(work.participants) for work in reading.works) == file.rows, file.path


def printed_scores(work: Work, own_organization: str) -> Counter[tuple[object, ...]]:
    people = work.participants
    return Counter(
        (
            people.organizations[organization].code.removeprefix("edu") or own_organization.removeprefix("edu"),
            tuple(items),
            mark if mark != NO_VALUE else None,
            score if score != NO_VALUE else None,
        )
        for organization, items, mark, score in zip(
            people.organization.tolist(), people.items.tolist(), people.mark.tolist(), people.test_score.tolist(),
            strict=True,
        )
    )  # fmt: skip


def test_scores_and_marks_of_every_school_come_back(
    readings: Readings, found: Campaigns, municipality: Municipality
) -> None:
    """Appeals are apart: they have no item scores. Forms, exports and tables made by hand print no marks."""
    codes = {plan.key: plan.organization.exam_code for plan in municipality.schools}
    for key, works in works_by_campaign(readings, found).items():
        campaign = found[key]
        read = sum((printed_scores(work, own) for own, work in works if not work.is_appeal), Counter())
        appeals = [n for n, sitting in enumerate(campaign.sittings) if sitting.kind is SittingKind.APPEAL]
        columns = campaign.columns.take(~np.isin(campaign.columns.sitting, appeals))
        if not any((~work.participants.present).any() for _, work in works):
            columns = columns.take(columns.present)
        has_marks = any((work.participants.mark != NO_VALUE).any() for _, work in works)
        written = Counter(
            (
                codes[organization],
                tuple(items),
                mark if mark != NO_VALUE and has_marks else None,
                score if score != NO_VALUE else None,
            )
            for organization, items, mark, score in zip(
                columns.organization.tolist(), columns.items.tolist(), columns.mark.tolist(),
                columns.test_score.tolist(), strict=True,
            )
        )  # fmt: skip
        assert read == written, key


def test_items_come_back_with_labels_and_maxima(readings: Readings, found: Campaigns) -> None:
    for key, works in works_by_campaign(readings, found).items():
        items = found[key].blueprint.items
        for _, work in works:
            if not work.is_appeal:
                assert [claim.label for claim in work.items] == [item.label for item in items]
                for claim, item in zip(work.items, items, strict=True):
                    assert claim.max_score in (None, item.max_score)


def test_classes_come_back_whatever_their_spelling(readings: Readings, found: Campaigns) -> None:
    for key, works in works_by_campaign(readings, found).items():
        if defects_of(key).has_mixed_classes:
            read = Counter(letter for _, work in works for letter in work.participants.class_group)
            assert read == Counter(found[key].columns.class_group.tolist())


def test_appeals_and_resits_carry_the_key_of_the_first_attempt(readings: Readings, found: Campaigns) -> None:
    works = [work for _, work in works_by_campaign(readings, found)["OGE-MA-2026"]]
    codes = [set(work.participants.participant) for work in works]
    times = Counter(code for one in codes for code in one)
    superseded = int((~found["OGE-MA-2026"].columns.is_valid_attempt).sum())
    assert sum(count - 1 for count in times.values()) == superseded
    assert sum(work.is_appeal for work in works) == 1


def test_no_name_of_a_pupil_passes_the_reader(readings: Readings) -> None:
    for _, reading in readings:
        assert "Фамилия0" not in repr(reading)
        for work in reading.works:
            if work.layout.startswith(("oge", "ege")):
                assert "Фамилия" in work.dropped_columns


def test_the_only_wrong_total_is_reported(readings: Readings) -> None:
    faults = [
        (file.campaigns, problem.code)
        for file, reading in readings
        for problem in (*reading.problems, *(p for work in reading.works for p in work.problems))
        if problem.severity is not Severity.INFO
    ]
    assert faults == [(("VPR-MA6-2026",), "total.differs")]


def test_summary_reports_agree_with_the_results(
    manifest: DemoManifest, read: Callable[[DemoFile], FileReading], found: Campaigns
) -> None:
    for file in manifest.of_kind(FileKind.SUMMARY):
        (summary,) = read(file).summaries
        columns = found[file.campaigns[0]].columns
        columns = columns.take(columns.present)
        (row,) = [row for row in summary.rows if row.level is GroupLevel.MUNICIPALITY]
        schools = [row for row in summary.rows if row.level is GroupLevel.ORGANIZATION]
        assert len(schools) == len(np.unique(columns.organization))
        if summary.kind is SummaryKind.MARKS:
            assert row.participants == len(columns) == sum(school.participants or 0 for school in schools)
            shares = {str(mark): 100 * float((columns.mark == mark).mean()) for mark in (2, 3, 4, 5)}
            assert row.values == pytest.approx(shares, abs=0.006)
        else:
            both = columns.take(columns.journal_mark != NO_VALUE)
            assert row.values["lower"] == int((both.mark < both.journal_mark).sum())
            assert row.values["higher"] == int((both.mark > both.journal_mark).sum())


def test_specifications_come_back(
    manifest: DemoManifest, read: Callable[[DemoFile], FileReading], found: Campaigns
) -> None:
    files = manifest.of_kind(FileKind.SPECIFICATION)
    assert {file.campaigns[0] for file in files} == set(found)
    for file in files:
        (specification,) = read(file).specifications
        blueprint = found[file.campaigns[0]].blueprint
        claim = specification.campaign
        assert (claim.procedure, claim.subject, claim.grade_level, claim.year) == (
            blueprint.procedure, blueprint.subject, blueprint.grade_level, blueprint.year,
        )  # fmt: skip
        for read_item, item in zip(specification.items, blueprint.items, strict=True):
            assert (read_item.label, read_item.max_score, read_item.level) == (item.label, item.max_score, item.level)
            assert (read_item.content_elements, read_item.skills) == (item.content_elements, item.skills)
        cuts = blueprint.cut_scores
        expected = () if cuts is None else (cuts.lowest_three, cuts.lowest_four, cuts.lowest_five)
        assert specification.cut_scores == expected
        assert specification.element_names == blueprint.element_names


def test_list_of_organizations_comes_back(manifest: DemoManifest, municipality: Municipality) -> None:
    (file,) = manifest.of_kind(FileKind.ORGANIZATIONS)
    book, _ = read_book(file.path.name, file.path.read_bytes())
    listed = read_organizations(book)
    assert [(row.code, row.full_name, row.short_name) for row in listed.rows] == [
        (one.code, one.full_name, one.short_name) for one in municipality.organizations
    ]
    assert [row.place_kind for row in listed.rows] == [one.place.kind for one in municipality.organizations]
    assert not listed.problems


def test_the_same_rows_write_the_same_bytes(
    manifest: DemoManifest, municipality: Municipality, found: Campaigns, tmp_path: Path
) -> None:
    """So that a demo set up anew has files of the same SHA-256."""
    held = [campaign for key, campaign in found.items() if key.startswith(("OGE", "EGE")) and key.endswith("2026")]
    again = [
        *write_class_work(tmp_path, municipality, found["VPR-RU5-2026"]),
        *write_class_work(tmp_path, municipality, found["CG8-2026"]),
        *write_exams(tmp_path, municipality, held),
    ]
    first = {file.path.name: file.path for file in manifest.files if file.path.parent.parent.name == "2025-26"}
    assert len(again) == 11
    for file in again:
        assert file.path.read_bytes() == first[file.path.name].read_bytes(), file.path.name
