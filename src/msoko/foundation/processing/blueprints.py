"""The specification of an assembled work: maxima, mark boundaries, levels, kind of result."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from intake.contracts import NO_VALUE, Problem, Severity
from msoko.foundation.catalog.levels import level_order
from msoko.foundation.catalog.scales import Scale, scale_for, scales_for
from msoko.foundation.processing.campaigns import Composition
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.item_maxima import Maxima
from msoko.foundation.processing.result_kinds import given_kind, kind_with_data, result_kind_of
from msoko.foundation.processing.rows import Rows
from msoko.foundation.processing.values import CampaignKey
from qualimetry.frames.blueprint import Blueprint, CutScores, Item, LevelCuts, MarkCondition, ResultKind

MAXIMUM_MATCHES_DECLARED = Passport(
    "maximum_matches_declared",
    Severity.WARNING,
    "В файле указан максимальный первичный балл {declared}, сумма максимумов заданий — {maximum}.",
    "Проверьте максимумы заданий или приложите спецификацию работы.",
)
MAXIMUM_MATCHES_SCALE = Passport(
    "maximum_matches_scale",
    Severity.WARNING,
    "Максимальный балл работы — {maximum}, по известной шкале перевода — {expected}. {outcome}",
    "Приложите спецификацию работы с максимальными баллами и шкалой перевода.",
)
CUT_SCORES_ARE_KNOWN = Passport(
    "cut_scores_are_known",
    Severity.WARNING,
    "Шкала перевода баллов в отметки для этой работы не известна, отметок в файлах нет: "
    "доли отметок, успеваемость и качество не рассчитаны.",
    "Приложите спецификацию работы с границами отметок.",
)
MARKS_ARE_COMPLETE = Passport(
    "cut_scores_are_known",
    Severity.WARNING,
    "Шкала перевода баллов в отметки для этой работы не известна, в файлах нет отметок у части участников "
    "({count} из {of}): доли отметок, успеваемость и качество рассчитаны по остальным.",
    "Внесите отметки или приложите спецификацию работы с границами отметок.",
)
CUT_SCORES_ARE_VERIFIED = Passport(
    "cut_scores_are_verified",
    Severity.WARNING,
    "Отметки рассчитаны по шкале, которая не сверена с официальным документом ({source}).",
    "Сверьте шкалу и приложите спецификацию работы с границами отметок.",
)
CONDITIONS_CAN_BE_CHECKED = Passport(
    "conditions_can_be_checked",
    Severity.WARNING,
    "Условие отметки «{name}» не проверено: таких заданий нет в файлах под этими номерами.",
    "Приложите спецификацию работы с номерами заданий.",
)
LEVEL_ORDER_IS_KNOWN = Passport(
    "level_order_is_known",
    Severity.WARNING,
    "Порядок уровней не известен: {names}. Уровни показаны по алфавиту.",
)


def blueprint_of(
    key: CampaignKey, composition: Composition, rows: Rows, maxima: Maxima
) -> tuple[Blueprint, list[Problem]]:
    """Blueprint of the rows and what is to be said about it."""
    kind = given_kind(composition, result_kind_of(key, rows))
    items = tuple(_item(composition, place, maximum) for place, maximum in enumerate(maxima.values))
    is_inferred = any(maxima.inferred)
    total = sum(maxima.values)
    problems = _declared_remarks(composition, total)
    scale, remarks = _choose_scale(key, total, is_inferred) if items else _itemless_scale(key)
    problems += _at(composition, remarks)
    cut_scores, remarks = _cut_scores(composition, scale, kind, rows)
    levels, more = _levels(composition, rows)
    kind = kind_with_data(kind, rows, cut_scores, levels)
    specification = composition.specification
    blueprint = Blueprint(
        procedure=key.procedure, subject=key.subject, grade_level=key.grade_level, year=key.year, items=items,
        result_kind=kind, cut_scores=cut_scores, levels=levels,
        test_score_minimum=_minimum(composition, scale) if kind == ResultKind.TEST_SCORE else None,
        element_names=dict(specification.element_names) if specification is not None else {},
        is_inferred=is_inferred,
    )  # fmt: skip
    return blueprint, problems + _at(composition, remarks + more)


def declared_maximum(key: CampaignKey, composition: Composition) -> int | None:
    """Greatest raw score that the files print, else that of the scale."""
    printed = [work.declared_max_score for work in composition.works if work.declared_max_score]
    known = scales_for(key.procedure, key.subject, key.grade_level, key.year)
    return printed[0] if printed else known[0].max_score if len(known) == 1 else None


def _item(composition: Composition, place: int, maximum: int) -> Item:
    label = composition.labels[place]
    known = composition.items.get(label)
    if known is not None:
        return Item(label, maximum, known.level, known.content_elements, known.skills, known.section)
    pairs = zip(composition.works, composition.columns, strict=True)
    levels = (work.items[columns[place]].level for work, columns in pairs if columns[place] >= 0)
    return Item(label, maximum, next((level for level in levels if level), None))


def _declared_remarks(composition: Composition, total: int) -> list[Problem]:
    return [
        MAXIMUM_MATCHES_DECLARED.problem(work.file, work.sheet, declared=work.declared_max_score, maximum=total)
        for work in composition.works
        if composition.labels and work.declared_max_score not in (None, total)
    ]


Remark = tuple[Passport, dict[str, object]]


def _choose_scale(key: CampaignKey, total: int, is_inferred: bool) -> tuple[Scale | None, list[Remark]]:
    scale = scale_for(key.procedure, key.subject, key.grade_level, key.year, total)
    if scale is not None:
        return scale, []
    known = scales_for(key.procedure, key.subject, key.grade_level, key.year)
    minima = [one for one in known if one.lowest is None and one.max_score is None]
    if minima:
        return minima[0], []
    if len(known) != 1:
        return None, []
    outcome = "Шкала применена: максимумы заданий определены по данным." if is_inferred else "Шкала не применена."
    figures: dict[str, object] = {"maximum": total, "expected": known[0].max_score, "outcome": outcome}
    return known[0] if is_inferred else None, [(MAXIMUM_MATCHES_SCALE, figures)]


def _itemless_scale(key: CampaignKey) -> tuple[Scale | None, list[Remark]]:
    return scale_for(key.procedure, key.subject, key.grade_level, key.year), []


def _cut_scores(
    composition: Composition, scale: Scale | None, kind: ResultKind, rows: Rows
) -> tuple[CutScores | None, list[Remark]]:
    if kind not in (ResultKind.MARKS, ResultKind.PASS_FAIL):
        return None, []
    specification = composition.specification
    if specification is not None and len(specification.cut_scores) == 3:
        source = specification.cut_scores_source or f"спецификация «{specification.file}»"
        if specification.conditions:
            return CutScores(*specification.cut_scores, source=source, conditions=_given_conditions(composition)), []
        conditions, remarks = _conditions(composition, scale)
        return CutScores(*specification.cut_scores, source=source, conditions=conditions), remarks
    has_marks = not bool((rows.present & (rows.mark == NO_VALUE)).any())
    if scale is None or scale.cut_scores is None:
        return None, [] if has_marks or kind == ResultKind.PASS_FAIL else [_without_scale(rows)]
    conditions, remarks = _conditions(composition, scale)
    if not scale.is_verified and not has_marks:
        remarks.append((CUT_SCORES_ARE_VERIFIED, {"source": scale.source}))
    lowest = scale.cut_scores
    return CutScores(lowest.lowest_three, lowest.lowest_four, lowest.lowest_five, scale.source, conditions), remarks


def _without_scale(rows: Rows) -> Remark:
    count = int((rows.present & (rows.mark == NO_VALUE)).sum())
    of = int(rows.present.sum())
    return (MARKS_ARE_COMPLETE, {"count": count, "of": of}) if count < of else (CUT_SCORES_ARE_KNOWN, {})


def _conditions(composition: Composition, scale: Scale | None) -> tuple[tuple[MarkCondition, ...], list[Remark]]:
    known = scale.conditions if scale is not None else ()
    usable = tuple(one for one in known if set(one.condition.labels) <= set(composition.labels))
    lost = dict.fromkeys(one.name for one in known if one not in usable)
    return tuple(one.condition for one in usable), [(CONDITIONS_CAN_BE_CHECKED, {"name": name}) for name in lost]


def _given_conditions(composition: Composition) -> tuple[MarkCondition, ...]:
    """Conditions of the specification over items that the files have."""
    given = composition.specification.conditions if composition.specification is not None else ()
    usable = (one for one in given if set(one.labels) <= set(composition.labels))
    return tuple(MarkCondition(one.labels, one.min_points, one.from_mark) for one in usable)


def _minimum(composition: Composition, scale: Scale | None) -> int | None:
    """Lowest passing test score: as the protocol prints it, else as published for the year."""
    printed = [minimum for work in composition.works if (minimum := work.declared.get("Минимальная граница"))]
    return int(printed[0]) if printed else scale.test_score_minimum if scale is not None else None


def _levels(composition: Composition, rows: Rows) -> tuple[LevelCuts | None, list[Remark]]:
    met = [rows.levels[index] for index in np.unique(rows.level).tolist() if index]
    given = _given_levels(composition)
    if given is not None and {_level_key(word) for word in met} <= {_level_key(name) for name in given.names}:
        spelled = {_level_key(name): name for name in given.names}
        rows.levels = [spelled.get(_level_key(word), word) for word in rows.levels]
        return given, []
    if not met:
        return None, []
    names, is_known = level_order(met)
    remarks: list[Remark] = [] if is_known else [(LEVEL_ORDER_IS_KNOWN, {"names": ", ".join(names)})]
    return LevelCuts(names=names, lowest=()), remarks


def _given_levels(composition: Composition) -> LevelCuts | None:
    specification = composition.specification
    if specification is None or not specification.level_names:
        return None
    return LevelCuts(specification.level_names, specification.level_lowest)


def _level_key(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("уровень", "").strip()


def _at(composition: Composition, remarks: Sequence[Remark]) -> list[Problem]:
    """Remarks about a whole campaign are placed at its first file."""
    work = composition.works[0]
    return [passport.problem_with(figures, work.file, work.sheet) for passport, figures in remarks]
