"""Kind of result of an assembled work."""

from __future__ import annotations

from intake.contracts import NO_VALUE
from msoko.foundation.catalog.procedures import Repeats, procedure
from msoko.foundation.processing.campaigns import Composition
from msoko.foundation.processing.rows import Rows
from msoko.foundation.processing.values import CampaignKey
from qualimetry.frames.blueprint import CutScores, LevelCuts, ResultKind


def result_kind_of(key: CampaignKey, rows: Rows) -> ResultKind:
    """Kind of result: what the procedure prescribes where the data have it (or have nothing), else what they have."""
    definition = procedure(key.procedure)
    met = [
        kind
        for kind, is_met in (
            (ResultKind.TEST_SCORE, bool((rows.test_score != NO_VALUE).any())),
            (ResultKind.MARKS, bool((rows.mark != NO_VALUE).any())),
            (ResultKind.PASS_FAIL, bool((rows.passed != NO_VALUE).any())),
            (ResultKind.LEVELS, bool((rows.level != 0).any())),
        )
        if is_met
    ]
    if definition is None:
        return met[0] if met else ResultKind.POINTS
    prescribed = definition.result_kind
    if prescribed in met or (prescribed == ResultKind.PASS_FAIL and ResultKind.MARKS in met):
        return prescribed
    is_strict = definition.repeats == Repeats.ATTEMPT or definition.id == "VPR"
    return met[0] if met else prescribed if is_strict else ResultKind.POINTS


def kind_with_data(kind: ResultKind, rows: Rows, cut_scores: CutScores | None, levels: LevelCuts | None) -> ResultKind:
    """Raw scores alone where nothing of the prescribed kind is known: statistics and reports follow what there is."""
    marks = bool((rows.mark != NO_VALUE).any()) or cut_scores is not None
    is_known = {
        ResultKind.MARKS: marks,
        ResultKind.PASS_FAIL: marks or bool((rows.passed != NO_VALUE).any()),
        ResultKind.TEST_SCORE: bool((rows.test_score != NO_VALUE).any()),
        ResultKind.LEVELS: levels is not None and bool((rows.level != 0).any() or levels.lowest),
        ResultKind.POINTS: True,
    }
    return kind if is_known[kind] else ResultKind.POINTS


def given_kind(composition: Composition, met: ResultKind) -> ResultKind:
    """Kind by the specification: levels where it gives them and no marks; marks where it gives their boundaries and the
    data have raw scores alone (`met`)."""
    specification = composition.specification
    if specification is None:
        return met
    if specification.level_names and not specification.cut_scores:
        return ResultKind.LEVELS
    return ResultKind.MARKS if met == ResultKind.POINTS and len(specification.cut_scores) == 3 else met
