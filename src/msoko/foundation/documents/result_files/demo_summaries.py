"""Summary reports of VPR for the demo: country, region, municipality, every school."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from msoko.foundation.documents.result_files.demo_rows import printed_work
from msoko.foundation.documents.result_files.federal_summaries import (
    MARKS,
    JournalLine,
    MarkLine,
    journal_line,
    mark_line,
    write_journal_comparison,
    write_mark_statistics,
)
from msoko.foundation.documents.result_files.manifest import DemoFile, FileKind
from msoko.foundation.documents.result_files.printed import PrintedRow
from qualimetry.synthetic import Municipality, ReferenceGroup, SyntheticCampaign

#: shares «lower» and «higher» of the fictional region, of a thousand
_REGION_JOURNAL = (271, 118)


def write_summaries(
    place: Path, municipality: Municipality, campaign: SyntheticCampaign, rows: list[PrintedRow]
) -> Iterator[DemoFile]:
    """Ф3 of the campaign, and the comparison with the journal in the last year."""
    work = printed_work(campaign)
    schools = {
        f"{organization.name}({organization.code})": list(group)
        for organization, group in groupby(rows, key=lambda row: row.organization)
    }
    schools = {name: group for name, group in schools.items() if any(row.present for row in group)}
    municipal = f"{municipality.name}({municipality.code})"
    marks = [
        reference_line(campaign.country),
        reference_line(campaign.region),
        mark_line(municipal, len(schools), rows),
        *(mark_line(name, None, group) for name, group in schools.items()),
    ]
    path = place / f"Ф3 Статистика по отметкам {work.subject_code} {work.grade_level}.xlsx"
    write_mark_statistics(path, work, marks)
    yield DemoFile(path, FileKind.SUMMARY, (campaign.key,))
    journal = [
        _region_journal(campaign.region),
        journal_line(municipal, rows),
        *(journal_line(name, group) for name, group in schools.items()),
    ]
    path = place / f"Сравнение отметок с журналом {work.subject_code} {work.grade_level}.xlsx"
    write_journal_comparison(path, work, journal)
    yield DemoFile(path, FileKind.SUMMARY, (campaign.key,))


def reference_line(group: ReferenceGroup) -> MarkLine:
    """Counts of marks of a reference group, from its shares."""
    counts = [int(group.participants * group.mark_shares[mark] + 0.5) for mark in MARKS[:-1]]
    return MarkLine(group.name, group.organization_count, (*counts, group.participants - sum(counts)))


def _region_journal(region: ReferenceGroup) -> JournalLine:
    lower, higher = (region.participants * share // 1000 for share in _REGION_JOURNAL)
    return JournalLine(region.name, lower, region.participants - lower - higher, higher)
