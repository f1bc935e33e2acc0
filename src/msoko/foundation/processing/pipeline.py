"""The whole way without a database: files → readings → assembled batches → statistics → results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from intake import read_files
from intake.contracts import FileReading, OrganizationClaim, Problem, Severity, Specification, Summary, Work
from msoko.foundation.processing.assembly import assemble
from msoko.foundation.processing.campaigns import campaign_of_file, group_works
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.grouping import GroupedOrganizations
from msoko.foundation.processing.pseudonyms import random_secret
from msoko.foundation.processing.sources import expand_sources, read_sources
from msoko.foundation.processing.values import Assembled, CampaignKey, Counts, Organization
from qualimetry.frames.blueprint import Blueprint
from qualimetry.frames.store import write_batch

#: progress(stage in Russian, done, of): `of` is 0 where the number is not known beforehand.
Progress = Callable[[str, int, int], None]

FILES_DIFFER = Passport(
    "files_differ",
    Severity.INFO,
    "Файл совпадает с файлом «{first}» и прочитан один раз.",
)
LAYOUT_IS_KNOWN = Passport(
    "layout_is_known",
    Severity.WARNING,
    "Таблица не распознана: строк — {rows}. Столбцы: {columns}.",
    "Назначьте столбцам роли на странице загрузки или приведите таблицу к одной из известных форм.",
)
ORGANIZATIONS_ARE_NAMED = Passport(
    "organizations_are_named",
    Severity.WARNING,
    "В файле не названа организация: её результаты показаны под именем файла.",
    "Назовите файл по организации.",
)


@dataclass(slots=True)
class Readings:
    """Everything read in a run, files in order; copies of a file are left out."""

    works: list[Work] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    specifications: list[Specification] = field(default_factory=list)
    files: list[FileReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StoredCampaign:
    """A part of a campaign whose rows lie in a batch file."""

    key: CampaignKey
    part: int
    blueprint: Blueprint
    organizations: tuple[Organization, ...]
    counts: Counts
    batch: Path
    declared_max_score: int | None = None


def silent(stage: str, done: int, of: int) -> None:
    """Progress for those who do not look."""


def read_paths(paths: Sequence[Path], *, workers: int | None = None, progress: Progress = silent) -> Readings:
    """Read files, folders and archives. Nothing raises on bad input: what is wrong stands in `problems`."""
    sources, problems = expand_sources(paths)
    readings = Readings(problems=problems)
    seen: dict[str, str] = {}
    for done, reading in enumerate(read_files(read_sources(sources), workers=workers), 1):
        _take(readings, reading, seen)
        progress("Чтение файлов", done, max(done, len(sources)))
    return readings


def organizations_of(readings: Readings) -> GroupedOrganizations:
    """Organizations of all works and summaries of a run, grouped by code and name."""
    return GroupedOrganizations(_claims(readings))


def store_campaigns(
    readings: Readings,
    folder: Path,
    *,
    specifications: Sequence[Specification] = (),
    secret: bytes | None = None,
    progress: Progress = silent,
) -> tuple[list[StoredCampaign], list[Problem]]:
    """Assemble every campaign and store its rows as batches in `folder`; the earliest year of a work first."""
    grouped = organizations_of(readings)
    groups = group_works(readings.works)
    chosen = [*readings.specifications, *specifications]
    key_secret = secret or random_secret()
    stored: list[Future[StoredCampaign]] = []
    problems = organizations_are_named(readings.works)
    with ThreadPoolExecutor(1) as writer:  # compressing and syncing go on while the next campaign is assembled
        for done, key in enumerate(sorted(groups, key=_order), 1):
            for part in assemble(key, groups[key], grouped.find, secret=key_secret, specifications=chosen):
                problems += part.problems
                if part.counts.kept:
                    stored.append(writer.submit(_stored, part, folder))
            progress("Сведение результатов", done, len(groups))
    return [written.result() for written in stored], problems


def organizations_are_named(works: Iterable[Work]) -> list[Problem]:
    """Every file names its organization."""
    unnamed = {
        work.file: work.sheet
        for work in works
        if any(not claim.code and not claim.name for claim in work.participants.organizations)
    }
    return [ORGANIZATIONS_ARE_NAMED.problem(file, sheet) for file, sheet in unnamed.items()]


def problems_of(reading: FileReading) -> list[Problem]:
    """Remarks of reading: of the file itself and of everything found in it."""
    problems = list(reading.problems)
    for work in reading.works:
        problems += work.problems
    for summary in reading.summaries:
        problems += summary.problems
    for specification in reading.specifications:
        problems += specification.problems
    return problems


def layouts_of(reading: FileReading) -> list[str]:
    """Layouts recognised in a file, each once."""
    names = [work.layout for work in reading.works] + [summary.layout for summary in reading.summaries]
    return list(dict.fromkeys(names))


def _take(readings: Readings, reading: FileReading, seen: dict[str, str]) -> None:
    if reading.sha256 and reading.sha256 in seen:
        readings.problems.append(FILES_DIFFER.problem(reading.file, first=seen[reading.sha256]))
        return
    seen[reading.sha256] = reading.file
    readings.files.append(reading)
    readings.works += [work for work in reading.works if len(work.participants)]
    readings.summaries += [
        replace(summary, campaign=campaign_of_file(summary.campaign, reading.works)) for summary in reading.summaries
    ]
    readings.specifications += reading.specifications
    readings.problems += problems_of(reading)
    for table in reading.unknown_tables:
        columns = ", ".join(f"{column.column} «{column.header}»" for column in table.columns[:8])
        readings.problems.append(
            LAYOUT_IS_KNOWN.problem(table.file, table.sheet, table.header_row, rows=table.row_count, columns=columns)
        )


def _claims(readings: Readings) -> Iterator[tuple[OrganizationClaim, str]]:
    for work in readings.works:
        for claim in work.participants.organizations:
            yield claim, work.file
    for summary in readings.summaries:
        for row in summary.rows:
            if row.code or row.name:
                yield OrganizationClaim(row.code, row.name, row.municipality), summary.file


def _order(key: CampaignKey) -> tuple[str, str, int, int]:
    return key.procedure, key.subject, key.grade_level or 0, key.year or 0


def _stored(part: Assembled, folder: Path) -> StoredCampaign:
    batch = write_batch(part.table, folder)
    return StoredCampaign(
        part.key, part.part, part.blueprint, part.organizations, part.counts, batch, part.declared_max_score
    )
