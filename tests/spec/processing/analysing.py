"""Files through the whole way, as `result.json` says it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from msoko.foundation.processing.analysis import analyse_readings
from msoko.foundation.processing.pipeline import read_paths
from msoko.foundation.processing.result_json import result_document

Json = dict[str, Any]


def analyse_paths(*paths: Path, specifications: tuple[Path, ...] = ()) -> Json:
    """result.json of these files."""
    readings = read_paths(paths, workers=1)
    known = read_paths(specifications, workers=1).specifications
    with tempfile.TemporaryDirectory() as folder:
        campaigns, problems = analyse_readings(readings, Path(folder), specifications=known)
    return result_document(campaigns, problems)


def only(document: Json) -> Json:
    """The single campaign of a document."""
    assert len(document["campaigns"]) == 1
    campaign: Json = document["campaigns"][0]
    return campaign


def codes(document: Json, *severities: str) -> dict[str, int]:
    """Numbers of remarks by code."""
    found: dict[str, int] = {}
    for problem in document["problems"]:
        if not severities or problem["severity"] in severities:
            found[problem["code"]] = found.get(problem["code"], 0) + 1
    return found
