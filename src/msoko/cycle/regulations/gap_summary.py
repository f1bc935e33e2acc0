"""Gaps of many matrices as numbers: the counts of the board without loading a text of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from msoko.cycle.regulations.gaps import Gap, requirement_state
from msoko.cycle.regulations.models import FunctionGroup, FunctionMatrix, MatrixFunction, RequiredDocument
from msoko.cycle.regulations.models import RegisteredDocument as Document
from msoko.cycle.regulations.queries import with_bases


@dataclass(frozen=True, slots=True)
class GapSummary:
    """How many functions a matrix has, and the counts of `gap_counts` of its board."""

    functions: int
    counts: dict[Gap, int]


def gap_summaries(matrices: Iterable[FunctionMatrix], today: dt.date) -> dict[int, GapSummary]:
    """By the key of the matrix; a constant number of queries."""
    keys = [one.pk for one in matrices]
    live = {"group__matrix__in": keys, "group__removed_at__isnull": True, "removed_at__isnull": True}
    functions = dict(MatrixFunction.objects.filter(**live).values_list("pk", "group__matrix"))
    counts: dict[int, Counter[Gap]] = defaultdict(Counter)
    ends = _ends_by_function(functions)
    for pk, matrix in functions.items():
        if all(end is not None and end < today for end in ends[pk]):
            counts[matrix][Gap.PERSON_LEFT if ends[pk] else Gap.NO_PERSON] += 1
    for matrix, gap in _document_gaps(keys, live, today):
        counts[matrix][gap] += 1
    totals = Counter(functions.values())
    return {key: GapSummary(totals[key], {gap: counts[key][gap] for gap in Gap if counts[key][gap]}) for key in keys}


def _ends_by_function(functions: Iterable[int]) -> dict[int, list[dt.date | None]]:
    ends: dict[int, list[dt.date | None]] = defaultdict(list)
    rows = MatrixFunction.people.through.objects.filter(matrixfunction__in=list(functions))
    for pk, end in rows.values_list("matrixfunction", "appointment__valid_until"):
        ends[pk].append(end)
    return ends


def _document_gaps(keys: list[int], live: dict[str, object], today: dt.date) -> list[tuple[int, Gap]]:
    """Matrix and gap of every required document that a row needs."""
    of_functions = MatrixFunction.objects.filter(**live, required__isnull=False).values_list("required", flat=True)
    of_groups = FunctionGroup.objects.filter(matrix__in=keys, removed_at__isnull=True, required__isnull=False)
    needed = {*of_functions, *of_groups.values_list("required", flat=True)}
    bound = RequiredDocument.objects.filter(matrix__in=keys, documents__isnull=False).distinct()
    documents = with_bases(Document.objects.defer("text", "search_key", "summary"))
    states = {
        one.pk: requirement_state(one, today).gap for one in bound.prefetch_related(Prefetch("documents", documents))
    }
    homes = RequiredDocument.objects.filter(matrix__in=keys).values_list("pk", "matrix")
    found = [(matrix, states.get(pk, Gap.NO_DOCUMENT)) for pk, matrix in homes if pk in needed]
    return [(matrix, gap) for matrix, gap in found if gap is not None]
