"""Stages named in the title («– школьный этап – муниципальный этап») matched with the windows of the term."""

from __future__ import annotations

import re

from intake.plans.contracts import Json

_STAGE = re.compile(r"(?:^|[\s:;,])[-–—]\s*([^-–—;,]{3,60}?)(?=\s+[-–—]\s|[;,.]|$)")


def stages_of(title: str) -> list[str]:
    """Items set off by dashes inside of the title."""
    return [match[1].strip() for match in _STAGE.finditer(title)]


def with_stages(terms: Json, title: str) -> Json:
    """Terms whose windows carry the names of the stages, when there are as many of both."""
    intervals = terms.get("intervals") or []
    if terms.get("parts") or len(intervals) < 2:
        return terms
    stages = stages_of(title)
    return {**terms, "parts": stages} if len(stages) == len(intervals) else terms
