"""What was understood, as stored for the page: campaigns, files, questions, remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from intake.contracts import FileReading, Problem, Severity
from msoko.cycle.collection.models import CurrentBatch, ImportFile, ImportSession
from msoko.cycle.collection.reading import SessionReading
from msoko.cycle.collection.titles import key_title
from msoko.foundation.orgs.names import municipality_of
from msoko.foundation.processing.values import Assembled, CampaignKey

#: Remarks kept for one file; the rest is counted.
MAX_PROBLEMS = 200


def store_preview(session: ImportSession, reading: SessionReading, excluded: frozenset[str]) -> None:
    """Replace the understood files and the preview of the import."""
    problems = _problems_by_file(reading)
    uploads = {upload["name"]: upload for upload in session.uploads}
    session.files.all().delete()
    ImportFile.objects.bulk_create(
        _file_row(session, item, problems.get(item.file, []), uploads, item.file in excluded)
        for item in reading.readings
    )
    session.preview = {
        "campaigns": [_campaign(session, part) for part in reading.assembled],
        "summaries": [
            {"title": key_title(key), "kind": summary.kind.value, "file": summary.file, "rows": len(summary.rows),
             "is_verified_layout": summary.is_verified_layout}
            for key, summary in reading.summaries
        ],
        "specifications": [
            {"file": item.file, "items": len(item.items), "subject": item.campaign.subject or ""}
            for item in reading.specifications
        ],
        "questions": [question.as_dict() for question in reading.questions],
        "severities": dict(Counter(problem.severity.value for found in problems.values() for problem in found)),
    }  # fmt: skip


def _problems_by_file(reading: SessionReading) -> dict[str, list[Problem]]:
    """Remarks by the file that the person sent: those of a member of an archive name the member."""
    found: dict[str, list[Problem]] = {item.file: [] for item in reading.readings}
    for item in reading.readings:
        found[item.file] += [_of_file(problem, item.file) for problem in _own_problems(item)]
    for part in reading.assembled:
        for problem in part.problems:
            found.setdefault(problem.file, []).append(problem)
    return found


def _own_problems(item: FileReading) -> Iterable[Problem]:
    yield from item.problems
    for work in item.works:
        yield from work.problems
    for summary in item.summaries:
        yield from summary.problems
    for specification in item.specifications:
        yield from specification.problems


def _of_file(problem: Problem, file: str) -> Problem:
    if problem.file == file:
        return problem
    member = problem.file.removeprefix(f"{file}/")
    return replace(problem, file=file, message=f"{member}: {problem.message}")


def _file_row(
    session: ImportSession,
    item: FileReading,
    problems: list[Problem],
    uploads: dict[str, dict[str, Any]],
    is_excluded: bool,
) -> ImportFile:
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    ordered = sorted(problems, key=lambda problem: order[problem.severity])
    layouts = [*(w.layout for w in item.works), *(s.layout for s in item.summaries)]
    return ImportFile(
        session=session,
        name=item.file[-400:],
        sha256=item.sha256,
        size=uploads.get(item.file, {}).get("size", 0),
        layout=(layouts[0] if layouts else "specification" if item.specifications else "")[:60],
        is_excluded=is_excluded,
        understood={
            "participants": int(sum(np.count_nonzero(work.participants.present) for work in item.works)),
            "absent": int(sum(np.count_nonzero(~work.participants.present) for work in item.works)),
            "organizations": len({c for work in item.works for c in work.participants.organizations}),
            "campaigns": sorted({_claim_title(work.campaign) for work in item.works}),
            "summaries": [summary.kind.value for summary in item.summaries],
            "dropped_columns": sorted({column for work in item.works for column in work.dropped_columns}),
            "unknown_tables": len(item.unknown_tables),
            "problem_count": len(problems),
        },
        problems=[problem_row(problem) for problem in ordered[:MAX_PROBLEMS]],
    )


def problem_row(problem: Problem) -> dict[str, Any]:
    """A remark for storage; no participant is named in it."""
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
    }


def _claim_title(claim: Any) -> str:
    parts = (claim.procedure.value if claim.procedure else "", claim.subject or claim.raw_subject, claim.grade_level)
    return key_title(CampaignKey(str(parts[0]), str(parts[1]), parts[2], claim.year))


def _campaign(session: ImportSession, part: Assembled) -> dict[str, Any]:
    keys, counts = _participants(part)
    owner = municipality_of(session.organization) or session.organization
    superseded = set(
        CurrentBatch.objects.filter(
            organization_id__in=keys,
            campaign__owner=owner,
            campaign__procedure=part.key.procedure,
            campaign__subject=part.key.subject,
            campaign__grade_level=part.key.grade_level,
            campaign__year=part.key.year or 0,
        ).values_list("organization_id", flat=True)
    )
    return {
        "title": key_title(part.key),
        "part": part.part,
        "items": len(part.blueprint.items),
        "max_score": part.blueprint.max_score,
        "is_inferred": part.blueprint.is_inferred,
        "has_scale": part.blueprint.cut_scores is not None,
        "files": part.counts.files,
        "rows": part.counts.rows,
        "participants": part.counts.present,
        "absent": part.counts.absent,
        "duplicates": part.counts.duplicates,
        "superseded_attempts": part.counts.superseded_attempts,
        "excluded_cells": part.counts.excluded_cells,
        "unplaced": part.counts.unplaced,
        "organizations": [
            {"id": key, "participants": count, "replaces": key in superseded}
            for key, count in zip(keys, counts, strict=True)
        ],
        "problems": dict(Counter(problem.severity.value for problem in part.problems)),
    }


def _participants(part: Assembled) -> tuple[list[int], list[int]]:
    """Organizations of the table with how many of their participants wrote."""
    organization = part.table["organization"].to_numpy()
    counted = part.table["present"].to_numpy(zero_copy_only=False) & part.table["is_valid_attempt"].to_numpy(
        zero_copy_only=False
    )
    keys = np.unique(organization)
    return keys.tolist(), [int(np.count_nonzero(counted[organization == key])) for key in keys]


def participants_by_organization(part: Assembled) -> dict[int, int]:
    """Organization → how many of its participants count."""
    return dict(zip(*_participants(part), strict=True))
