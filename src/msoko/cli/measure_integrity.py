"""`msoko measure integrity`: signs of biased results in files of results. No database, no Django."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msoko.cli.screen import Progress, complain, figure, say, to_json
from msoko.foundation.processing.integrity import CheckedCampaign, check_readings, integrity_document
from msoko.foundation.processing.pipeline import read_paths
from msoko.foundation.processing.sign_words import SIGN_WORDS
from qualimetry.integrity.contracts import Evidence
from qualimetry.narrative.russian import counted


@dataclass(frozen=True)
class IntegrityRequest:
    """What the command line asks for."""

    files: tuple[Path, ...]
    specifications: tuple[Path, ...]
    engine: str
    is_json: bool


def measure_integrity(request: IntegrityRequest) -> int:
    """Write the signs; status 0 when a campaign was checked, 1 when there is none, 2 when the request is wrong."""
    if request.engine not in ("duckdb", "spark"):
        complain(f"Вычислитель «{request.engine}» неизвестен. Допустимо: duckdb или spark.")
        return 2
    progress = Progress()
    readings = read_paths(request.files, progress=progress)
    specifications = read_paths(request.specifications, workers=1).specifications
    with tempfile.TemporaryDirectory(prefix="msoko-") as folder:
        engine = _spark() if request.engine == "spark" else None
        checked, problems = check_readings(
            readings, Path(folder), specifications=specifications, engine=engine, progress=progress
        )
        if engine is not None:
            engine.close()
    progress.close()
    if request.is_json:
        say(to_json(integrity_document(checked, problems)))
    else:
        for campaign in checked:
            _show(campaign)
        if not checked:
            complain("В файлах нет результатов участников: проверять нечего.")
    return 0 if checked else 1


def _spark() -> Any:
    from qualimetry.engines.spark import SparkEngine  # noqa: PLC0415 -- slow import

    return SparkEngine()


def _show(campaign: CheckedCampaign) -> None:
    names = {organization.key: organization.name for organization in campaign.stored.organizations}
    marked = campaign.result.marked
    say(f"{campaign.title}: {counted(len(campaign.result.schools), 'организация')}, с признаками – {len(marked)}")
    for school in marked:
        strongest = min((one for one in school.signs if one.p is not None), key=lambda one: one.p or 0.0)
        say(f"  {names.get(school.organization, school.organization)}: {_said(strongest)}")
    for one in campaign.result.classes:
        if one.is_marked:
            say(f"  {names.get(one.organization, one.organization)}, {one.class_group}: {_said(one.evidence)}")


def _said(evidence: Evidence) -> str:
    return (
        f"{SIGN_WORDS[evidence.sign].title} ({_number(evidence.observed)} при ожидаемых {_number(evidence.expected)})"
    )


def _number(value: float | None) -> str:
    return figure(value, ".3g")
