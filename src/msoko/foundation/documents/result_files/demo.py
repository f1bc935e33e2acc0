"""Writes the whole demo set of files: the same seed gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from msoko.foundation.documents.result_files.code_lists import write_code_list
from msoko.foundation.documents.result_files.demo_class_works import write_class_work
from msoko.foundation.documents.result_files.demo_exams import write_exams
from msoko.foundation.documents.result_files.demo_plan import Delivery, delivery_of
from msoko.foundation.documents.result_files.demo_rows import listed_organizations, printed_work
from msoko.foundation.documents.result_files.manifest import DemoCampaign, DemoFile, DemoManifest, FileKind
from msoko.foundation.documents.result_files.organization_list import write_organization_list
from msoko.foundation.documents.result_files.specifications import write_specification
from qualimetry.synthetic import DEFAULT_SEED, Municipality, SyntheticCampaign, build_municipality, campaigns
from qualimetry.synthetic.results import ResultColumns

#: a school that follows its pupils by its own permanent numbers
CODE_LIST_SCHOOL = 3
#: the examination whose list names the candidates for the medal
MEDAL_LIST = "EGE-RU-2026"
_MEDAL_DEGREES = ("I", "I", "I", "II", "II", "II")
_LAST_YEAR = "2025/26"
_HAS_ABSENT = (Delivery.FORMS, Delivery.REGIONAL_EXPORT, Delivery.TABLE)


def write_demo_files(folder: Path, seed: int = DEFAULT_SEED) -> DemoManifest:
    """Every file of the demo under `folder`, a folder a school year × kind of file."""
    municipality = build_municipality(seed)
    found = campaigns(municipality)
    folder.mkdir(parents=True, exist_ok=True)
    files = [_organizations(folder, municipality)]
    for campaign in found:
        files.append(_specification(folder, campaign))
        if not _is_exam(campaign):
            files.extend(write_class_work(_place(folder, campaign), municipality, campaign))
    for school_year in sorted({campaign.school_year for campaign in found}):
        held = [campaign for campaign in found if _is_exam(campaign) and campaign.school_year == school_year]
        files.extend(write_exams(_place(folder, held[0]), municipality, held))
    files.extend(_code_lists(folder, municipality, found))
    return DemoManifest(folder, tuple(files), tuple(map(_counts, found)))


def _is_exam(campaign: SyntheticCampaign) -> bool:
    return campaign.blueprint.procedure in ("OGE", "EGE")


def _counts(campaign: SyntheticCampaign) -> DemoCampaign:
    columns = campaign.columns
    has_absent = delivery_of(campaign.key, campaign.blueprint.procedure) in _HAS_ABSENT
    return DemoCampaign(
        key=campaign.key,
        title=printed_work(campaign).title,
        participants=campaign.participants,
        absent=int((~columns.present).sum()) if has_absent else 0,
        superseded=int((~columns.is_valid_attempt).sum()),
    )


def _place(folder: Path, campaign: SyntheticCampaign, kind: str = "Результаты") -> Path:
    place = folder / campaign.school_year.replace("/", "-") / kind
    place.mkdir(parents=True, exist_ok=True)
    return place


def _organizations(folder: Path, municipality: Municipality) -> DemoFile:
    path = folder / "Перечень организаций.xlsx"
    title = f"Перечень образовательных организаций {municipality.name_genitive}, {_LAST_YEAR} учебный год"
    write_organization_list(path, title, listed_organizations(municipality))
    return DemoFile(path, FileKind.ORGANIZATIONS)


def _specification(folder: Path, campaign: SyntheticCampaign) -> DemoFile:
    title = printed_work(campaign).title
    path = _place(folder, campaign, "Спецификации") / f"Спецификация {title}.xlsx"
    write_specification(path, title, campaign.blueprint)
    return DemoFile(path, FileKind.SPECIFICATION, (campaign.key,))


def _code_lists(folder: Path, municipality: Municipality, found: list[SyntheticCampaign]) -> Iterator[DemoFile]:
    """Lists of one school: all works with codes in the class, and the examination where candidates are marked."""
    school = municipality.school(CODE_LIST_SCHOOL).organization
    for campaign in found:
        if campaign.blueprint.procedure == "VPR" or campaign.key == MEDAL_LIST:
            columns = campaign.columns.take(campaign.columns.organization == school.key)
            numbers = municipality.pupils.number[columns.pupil]
            path = _place(folder, campaign, "Списки кодов") / f"Коды {school.code} {printed_work(campaign).title}.xlsx"
            medals = _medals(municipality, columns) if campaign.key == MEDAL_LIST else None
            write_code_list(path, zip(columns.code.tolist(), numbers.tolist(), strict=True), medals)
            yield DemoFile(path, FileKind.CODE_LIST, (campaign.key,), school.code, len(columns))


def _medals(municipality: Municipality, columns: ResultColumns) -> dict[int, str]:
    """The ablest graduates are candidates: number → degree."""
    ability = municipality.pupils.ability[columns.pupil]
    ablest = columns.pupil[np.argsort(-ability, kind="stable")[: len(_MEDAL_DEGREES)]]
    return dict(zip(municipality.pupils.number[ablest].tolist(), _MEDAL_DEGREES, strict=False))
