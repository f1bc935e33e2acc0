"""Files of works written in class: VPR in its layouts with summary reports, diagnostics as plain tables."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from msoko.foundation.documents.result_files import federal, generic, regional
from msoko.foundation.documents.result_files.demo_plan import (
    Defects,
    Delivery,
    defects_of,
    delivery_of,
    mixed_class,
    with_wrong_total,
)
from msoko.foundation.documents.result_files.demo_rows import printed_rows, printed_work
from msoko.foundation.documents.result_files.demo_summaries import write_summaries
from msoko.foundation.documents.result_files.manifest import DemoFile, FileKind
from msoko.foundation.documents.result_files.printed import PrintedRow, PrintedWork
from qualimetry.synthetic import Municipality, SyntheticCampaign

_DATIVES = {"Математика": "математике"}
_ARCHIVE_TIME = (2026, 9, 1, 0, 0, 0)


def write_class_work(place: Path, municipality: Municipality, campaign: SyntheticCampaign) -> Iterator[DemoFile]:
    """Files of one campaign in `place`."""
    work, defects = printed_work(campaign), defects_of(campaign.key)
    rows = printed_rows(municipality, campaign, campaign.columns)
    if campaign.blueprint.procedure == "VPR":
        yield from write_summaries(place, municipality, campaign, rows)
    if defects.has_wrong_total:
        rows = with_wrong_total(rows)
    match delivery_of(campaign.key, campaign.blueprint.procedure):
        case Delivery.BY_SCHOOL:
            files = list(_by_school(place, work, rows))
        case Delivery.ARCHIVE:
            files = [_archive(place, work, rows)]
        case Delivery.FORMS:
            files = list(_forms(place, work, rows))
        case delivery:
            files = [_one_file(place, work, rows, delivery, defects)]
    for path, organization, count in files:
        yield DemoFile(path, FileKind.RESULTS, (campaign.key,), organization, count)


#: path, login of the school where the file does not name it, rows of participants
_Written = tuple[Path, str, int]


def _one_file(place: Path, work: PrintedWork, rows: list[PrintedRow], delivery: Delivery, defects: Defects) -> _Written:
    spell = _speller(work, is_mixed=defects.has_mixed_classes)
    if delivery is Delivery.MUNICIPAL:
        path = place / _report_name(work)
        federal.write_individual_results(path, work, rows, crosses=defects.crosses, with_tail=defects.has_tail)
        return path, "", sum(row.present for row in rows)
    if delivery is Delivery.REGIONAL_EXPORT:
        path = place / regional.regional_export_name(work, _DATIVES[work.subject])
        regional.write_regional_export(path, work, rows, crosses=defects.crosses, spell_class=spell)
        return path, "", len(rows)
    path = place / f"{work.procedure} {work.subject} {work.grade_level} класс {work.year}.xlsx"
    generic.write_participant_table(path, work, rows, spell_class=spell, with_tail=defects.has_tail)
    return path, "", len(rows)


def _speller(work: PrintedWork, *, is_mixed: bool) -> Callable[[PrintedRow], str]:
    return partial(mixed_class, grade_level=work.grade_level) if is_mixed else regional.class_of


def _report_name(work: PrintedWork, school: str = "") -> str:
    words = ["Ф1 Индивидуальные результаты", work.subject_code, str(work.grade_level), school]
    return " ".join(filter(None, words)) + ".xlsx"


def _schools(rows: list[PrintedRow]) -> Iterator[tuple[str, list[PrintedRow]]]:
    for organization, group in groupby(rows, key=lambda row: row.organization):
        yield organization.code, list(group)


def _by_school(place: Path, work: PrintedWork, rows: list[PrintedRow]) -> Iterator[_Written]:
    folder = place / f"{work.procedure} {work.year} {work.subject} {work.grade_level} класс"
    folder.mkdir(exist_ok=True)
    for code, group in _schools(rows):
        present = sum(row.present for row in group)
        if present:
            path = folder / _report_name(work, code)
            federal.write_individual_results(path, work, group)
            yield path, "", present


def _archive(place: Path, work: PrintedWork, rows: list[PrintedRow]) -> _Written:
    path = place / f"{work.title}.zip"
    with TemporaryDirectory() as scratch, zipfile.ZipFile(path, "w") as archive:
        for member, _, _ in _by_school(Path(scratch), work, rows):
            info = zipfile.ZipInfo(member.name, date_time=_ARCHIVE_TIME)
            archive.writestr(info, member.read_bytes())
    return path, "", sum(row.present for row in rows)


def _forms(place: Path, work: PrintedWork, rows: list[PrintedRow]) -> Iterator[_Written]:
    for code, group in _schools(rows):
        folder = place / code
        folder.mkdir(exist_ok=True)
        title = f"{work.subject} {work.grade_level} класс {work.procedure} {work.year}"
        path = folder / f"Форма сбора результатов {title}.xlsx"
        federal.write_collection_form(path, work, group)
        yield path, code, len(group)
