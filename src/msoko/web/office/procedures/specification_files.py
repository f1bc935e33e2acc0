"""A specification read from a file, kept in the session until it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from intake import read_file
from intake.contracts import (
    CampaignClaim,
    Procedure,
    Specification,
    SpecificationCondition,
    SpecificationItem,
)
from msoko.cycle.collection.api import blueprint_of_specification
from msoko.foundation.kernel.errors import RefusedError
from qualimetry.frames.blueprint import Blueprint

KEY = "specification"
_ITEM_LISTS = ("content_elements", "skills")


def read_specification(name: str, data: bytes) -> tuple[Specification | None, list[dict[str, Any]]]:
    """The first specification of the file, and remarks as plain values."""
    reading = read_file(name, data)
    found = reading.specifications[0] if reading.specifications else None
    problems = [*reading.problems, *(found.problems if found else ())]
    plain = [asdict(problem) | {"severity": problem.severity.value} for problem in problems]
    return (found if found is not None and found.items else None), plain


def keep(found: Specification) -> dict[str, Any]:
    """For the session."""
    claim = found.campaign
    return {
        "file": found.file,
        "work": {
            "procedure": claim.procedure.value if claim.procedure else "VPR",
            "subject": claim.subject or claim.raw_subject, "grade_level": claim.grade_level, "year": claim.year,
        },
        "items": [asdict(item) for item in found.items],
        "cut_scores": list(found.cut_scores), "cut_scores_source": found.cut_scores_source,
        "level_names": list(found.level_names), "level_lowest": list(found.level_lowest),
        "conditions": [asdict(rule) for rule in found.conditions],
        "element_names": found.element_names,
        "problems": [asdict(problem) | {"severity": problem.severity.value} for problem in found.problems],
    }  # fmt: skip


def blueprint_of_kept(kept: Mapping[str, Any], work: Mapping[str, Any] | None) -> Blueprint:
    """The specification of the session as the work that the person confirmed (or as the file says).

    Raises:
        RefusedError: when the procedure is not one that files can name.
    """
    said = work or kept["work"]
    known = said["procedure"] in Procedure.__members__
    claim = CampaignClaim(
        Procedure(said["procedure"]) if known else Procedure.SCHOOL_DIAGNOSTIC,
        said["subject"] or "Работа", said["grade_level"], said["year"] or 2000,
    )  # fmt: skip
    blueprint = blueprint_of_specification(_specification(kept, claim))
    if blueprint is None:
        raise RefusedError("Не указано, чья это спецификация.", "Выберите процедуру, предмет, класс и год.")
    return blueprint if known else replace(blueprint, procedure=said["procedure"])


def _specification(kept: Mapping[str, Any], claim: CampaignClaim) -> Specification:
    items = [
        SpecificationItem(**(item | {name: tuple(item[name]) for name in _ITEM_LISTS})) for item in kept["items"]
    ]  # fmt: skip
    rules = [SpecificationCondition(**(rule | {"labels": tuple(rule["labels"])})) for rule in kept["conditions"]]
    return Specification(
        file=kept["file"], campaign=claim, items=items, cut_scores=tuple(kept["cut_scores"]),
        cut_scores_source=kept["cut_scores_source"], element_names=kept["element_names"],
        level_names=tuple(kept["level_names"]), level_lowest=tuple(kept["level_lowest"]), conditions=tuple(rules),
    )  # fmt: skip
