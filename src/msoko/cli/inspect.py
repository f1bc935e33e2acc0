"""`msoko results inspect`: what was recognised in files, nothing computed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from intake.contracts import CampaignClaim, FileReading, Problem, Summary, Work
from msoko.cli.screen import Progress, say, to_json
from msoko.foundation.processing.assembly import assemble
from msoko.foundation.processing.campaigns import group_works
from msoko.foundation.processing.pipeline import (
    Readings,
    layouts_of,
    organizations_are_named,
    organizations_of,
    problems_of,
    read_paths,
)
from msoko.foundation.processing.pseudonyms import random_secret
from msoko.foundation.processing.result_json import Json, campaign_title, problem_document
from msoko.foundation.processing.values import Assembled


def inspect_files(files: Sequence[Path], *, is_json: bool) -> int:
    """Describe files; status 0 when anything was recognised."""
    progress = Progress()
    readings = read_paths(files, progress=progress)
    assembled = _assemble(readings)
    progress.close()
    problems = [*readings.problems, *organizations_are_named(readings.works)]
    problems += [problem for part in assembled for problem in part.problems]
    if is_json:
        say(to_json(inspection_document(readings, assembled, problems)))
    else:
        _show(readings, assembled, problems)
    return 0 if any(one.works or one.summaries or one.specifications for one in readings.files) else 1


def inspection_document(readings: Readings, assembled: Sequence[Assembled], problems: Sequence[Problem]) -> Json:
    """Files with what stands in them, campaigns they form together, remarks."""
    return {
        "files": [_file(reading) for reading in readings.files],
        "campaigns": [_campaign(part) for part in assembled],
        "problems": [problem_document(problem) for problem in problems],
    }


def _assemble(readings: Readings) -> list[Assembled]:
    grouped, secret = organizations_of(readings), random_secret()
    return [
        part
        for key, works in group_works(readings.works).items()
        for part in assemble(key, works, grouped.find, secret=secret, specifications=readings.specifications)
    ]


def _file(reading: FileReading) -> Json:
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "layouts": layouts_of(reading),
        "works": [_work(work) for work in reading.works],
        "summaries": [_summary(summary) for summary in reading.summaries],
        "specifications": [
            {**_claim(one.campaign), "items": len(one.items), "cut_scores": list(one.cut_scores)}
            for one in reading.specifications
        ],
        "unknown_tables": [
            {"sheet": table.sheet, "header_row": table.header_row, "rows": table.row_count,
             "columns": [{"column": one.column, "header": one.header} for one in table.columns]}
            for table in reading.unknown_tables
        ],
        "problems": [problem_document(problem) for problem in problems_of(reading)],
    }  # fmt: skip


def _work(work: Work) -> Json:
    people = work.participants
    return {
        "sheet": work.sheet,
        "layout": work.layout,
        **_claim(work.campaign),
        "held_on": work.campaign.held_on.isoformat() if work.campaign.held_on else None,
        "participants": int(people.present.sum()),
        "absent": int((~people.present).sum()),
        "items": [{"label": item.label, "max_score": item.max_score} for item in work.items],
        "organizations": [
            {"name": claim.name or None, "code": claim.code or None, "municipality": claim.municipality or None,
             "participants": int((people.present & (people.organization == place)).sum())}
            for place, claim in enumerate(people.organizations)
        ],
        "dropped_columns": work.dropped_columns,
    }  # fmt: skip


def _summary(summary: Summary) -> Json:
    return {
        "sheet": summary.sheet,
        "layout": summary.layout,
        "kind": summary.kind.value,
        "is_verified_layout": summary.is_verified_layout,
        **_claim(summary.campaign),
        "groups": len(summary.rows),
    }


def _claim(claim: CampaignClaim) -> dict[str, Any]:
    return {
        "procedure": claim.procedure.value if claim.procedure else None,
        "subject": claim.subject,
        "grade_level": claim.grade_level,
        "year": claim.year,
    }


def _campaign(part: Assembled) -> Json:
    return {
        "procedure": part.key.procedure or None,
        "subject": part.key.subject or None,
        "grade_level": part.key.grade_level,
        "year": part.key.year,
        "result_kind": part.blueprint.result_kind.value,
        "rows": part.counts.rows,
        "participants": part.counts.present,
        "absent": part.counts.absent,
        "duplicates": part.counts.duplicates,
        "excluded_cells": part.counts.excluded_cells,
        "max_raw_score": part.blueprint.max_score,
        "items": len(part.blueprint.items),
        "organizations": [{"name": one.name, "code": one.code or None} for one in part.organizations],
    }


def _show(readings: Readings, assembled: Sequence[Assembled], problems: Sequence[Problem]) -> None:
    for reading in readings.files:
        layouts = ", ".join(layouts_of(reading))
        say(f"{reading.file}: {layouts or ('спецификация' if reading.specifications else 'не распознан')}")
    for part in assembled:
        say(
            f"{campaign_title(part.key)}: участников — {part.counts.present}, отсутствовали — {part.counts.absent}, "
            f"организаций — {len(part.organizations)}, заданий — {len(part.blueprint.items)}"
        )
    for problem in problems:
        place = ", ".join(
            text
            for text in (problem.sheet, f"строка {problem.row}" if problem.row else "", problem.column or "")
            if text
        )
        say(f"[{problem.severity.value}] {problem.file}{f' ({place})' if place else ''}: {problem.message}")
