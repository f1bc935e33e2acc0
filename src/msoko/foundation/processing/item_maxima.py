"""Maxima of the items of a composition: specification, else header, else inferred from the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from intake.contracts import Problem, Severity
from msoko.foundation.catalog.procedures import Repeats, procedure
from msoko.foundation.catalog.scales import scales_for
from msoko.foundation.processing.campaigns import Composition
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.maxima import infer_maxima
from msoko.foundation.processing.rows import Rows
from msoko.foundation.processing.values import CampaignKey

MAXIMA_AGREE = Passport(
    "maxima_agree",
    Severity.ERROR,
    "Задание {label}: максимальный балл в заголовке — {met}, в большинстве файлов — {maximum}. Взято {maximum}.",
    "Исправьте заголовок столбца или приложите спецификацию работы.",
)


@dataclass(slots=True)
class Maxima:
    values: list[int]
    inferred: list[bool]
    problems: list[Problem]


def maxima_of(key: CampaignKey, composition: Composition, rows: Rows) -> Maxima:
    """Maxima of the items: specification, else header, else inferred from the data."""
    printed = [_printed_maxima(composition, place) for place in range(len(composition.labels))]
    definition = procedure(key.procedure)
    is_keyed = definition is not None and definition.repeats == Repeats.ATTEMPT
    given = [_given_maximum(composition, place, printed[place], is_keyed) for place in range(len(printed))]
    known = scales_for(key.procedure, key.subject, key.grade_level, key.year)
    total = known[0].max_score if len(known) == 1 and not any(given) else None
    found = infer_maxima(rows.items, total, is_keyed) if not all(given) else [0] * len(given)
    values = [value or inferred for value, inferred in zip(given, found, strict=True)]
    problems = [] if is_keyed else maxima_agree(composition, values)
    return Maxima(values, [value is None for value in given], problems)


def maxima_agree(composition: Composition, values: Sequence[int]) -> list[Problem]:
    """Every header gives the maximum that the others (or the specification) give."""
    return [
        MAXIMA_AGREE.problem(
            work.file, work.sheet, None, work.items[column].column,
            label=label, met=work.items[column].max_score, maximum=maximum,
        )
        for work, columns in zip(composition.works, composition.columns, strict=True)
        for label, column, maximum in zip(composition.labels, columns, values, strict=True)
        if column >= 0 and work.items[column].max_score not in (None, maximum)
    ]  # fmt: skip


def _printed_maxima(composition: Composition, place: int) -> Counter[int]:
    """Maxima printed for an item, weighted by participants."""
    met: Counter[int] = Counter()
    for work, columns in zip(composition.works, composition.columns, strict=True):
        maximum = work.items[columns[place]].max_score if columns[place] >= 0 else None
        if maximum:
            met[maximum] += max(1, len(work.participants))
    return met


def _given_maximum(composition: Composition, place: int, printed: Counter[int], is_keyed: bool) -> int | None:
    label = composition.labels[place]
    if label in composition.items:
        return composition.items[label].max_score
    if is_keyed:  # «+» and «−» alone say 1, another file may show that the item has more points
        return max((maximum for maximum in printed if maximum > 1), default=None)
    return max(printed, key=lambda maximum: (printed[maximum], maximum)) if printed else None
