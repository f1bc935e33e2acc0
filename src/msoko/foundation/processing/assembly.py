"""Works of one campaign from many files become one table under one blueprint, with every doubt named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from intake.contracts import MISSING, NO_VALUE, OrganizationClaim, Problem, Severity, Specification, Work
from msoko.foundation.catalog.procedures import CodeScope, Repeats, procedure
from msoko.foundation.processing.batch_table import Attempts, batch_table
from msoko.foundation.processing.blueprints import blueprint_of, declared_maximum
from msoko.foundation.processing.campaigns import Composition, campaign_is_known, compose
from msoko.foundation.processing.checks import cells, repeats, totals
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.item_maxima import maxima_of
from msoko.foundation.processing.levels import settle_levels
from msoko.foundation.processing.marks import marks_by_scores
from msoko.foundation.processing.rows import UNPLACED, Rows, rows_with_code, stack_rows
from msoko.foundation.processing.values import Assembled, CampaignKey, Counts, Organization
from qualimetry.frames.blueprint import Blueprint, ResultKind

#: Finds the organization of a claim in a file; None when a person has to decide.
FindOrganization = Callable[[OrganizationClaim, str], Organization | None]

ORGANIZATIONS_ARE_KNOWN = Passport(
    "organizations_are_known",
    Severity.ERROR,
    "Организация «{name}» не найдена в реестре: строк не учтено — {count}.",
    "Сопоставьте название с организацией реестра и повторите загрузку.",
)
CUT_SCORES_FIT_MARKS = Passport(
    "cut_scores_fit_marks",
    Severity.WARNING,
    "Отметки файла не согласуются с известной шкалой перевода ({source}) у {count} участников из {of}: "
    "шкала не применена, учтены отметки файла.",
    "Если регион утвердил свою шкалу, приложите спецификацию работы с границами отметок.",
)
#: An unverified scale that disagrees with this share of at least so many marks is not the scale of the work.
_MISFIT_SHARE = 0.2
_MISFIT_COUNT = 5


def assemble(
    key: CampaignKey,
    works: Sequence[Work],
    find_organization: FindOrganization,
    *,
    secret: bytes,
    specifications: Sequence[Specification] = (),
) -> list[Assembled]:
    """Tables of a campaign: one as a rule, more when the files differ in composition of items.

    Rows keep their participants: present and absent; what is left out (copies, unknown organizations, impossible
    cells) is named in `problems` and counted in `counts`.
    """
    compositions, problems = compose(key, works, specifications)
    problems = campaign_is_known(key, works) + problems
    parts = [
        _assemble_part(key, composition, find_organization, secret, part)
        for part, composition in enumerate(compositions, 1)
    ]
    parts[0].problems = problems + parts[0].problems
    return parts


def organizations_are_known(works: Sequence[Work], keys: Sequence[Sequence[int | None]]) -> list[Problem]:
    """Every organization named in a file is placed; rows of the others are left out."""
    return [
        ORGANIZATIONS_ARE_KNOWN.problem(
            work.file, work.sheet, name=claim.name or claim.code or "не названа",
            count=int((work.participants.organization == place).sum()),
        )
        for work, found in zip(works, keys, strict=True)
        for place, (claim, key) in enumerate(zip(work.participants.organizations, found, strict=True))
        if key is None
    ]  # fmt: skip


def _assemble_part(
    key: CampaignKey, composition: Composition, find: FindOrganization, secret: bytes, part: int
) -> Assembled:
    found = [[find(claim, work.file) for claim in work.participants.organizations] for work in composition.works]
    keys = [[one.key if one is not None else None for one in claims] for claims in found]
    stacked = stack_rows(composition.works, composition.columns, keys)
    placed = stacked.take(stacked.organization != UNPLACED)
    unique, attempts, problems = _without_copies(key, placed)
    problems = organizations_are_known(composition.works, keys) + problems
    gives_marks, gives_levels = bool((unique.mark != NO_VALUE).any()), bool(unique.level.any())
    blueprint, total, excluded, remarks = _settle(key, composition, unique)
    table = batch_table(unique, total, attempts, blueprint, campaign=key.text, secret=secret)
    counts = Counts(
        files=len({work.file for work in composition.works}), rows=len(stacked), kept=len(unique),
        present=int(unique.present.sum()), absent=int((~unique.present).sum()),
        duplicates=len(placed) - len(unique), unplaced=len(stacked) - len(placed),
        superseded_attempts=int((~attempts.is_valid).sum()), excluded_cells=excluded,
    )  # fmt: skip
    met = set(np.unique(unique.organization).tolist())
    organizations = {one.key: one for claims in found for one in claims if one is not None and one.key in met}
    ordered = tuple(organizations[number] for number in sorted(organizations))
    declared = declared_maximum(key, composition)
    return Assembled(
        key, blueprint, table, ordered, problems + remarks, counts, part, declared, gives_marks, gives_levels,
        rows_with_code(unique),
    )  # fmt: skip


def _without_copies(key: CampaignKey, rows: Rows) -> tuple[Rows, Attempts, list[Problem]]:
    definition = procedure(key.procedure)
    scope = definition.code_scope if definition is not None else CodeScope.CLASS
    kind = definition.repeats if definition is not None else Repeats.DUPLICATE
    repeated = repeats.participants_are_unique(rows, scope, kind)
    attempts = Attempts(repeated.attempt[repeated.keep], repeated.is_valid[repeated.keep])
    return rows.take(repeated.keep), attempts, repeated.problems


def _settle(
    key: CampaignKey, composition: Composition, rows: Rows
) -> tuple[Blueprint, npt.NDArray[np.int16], int, list[Problem]]:
    """Take impossible cells out of `rows`, find blueprint, totals and marks. Returns the number of cells taken out."""
    problems = cells.marks_within_range(rows) + cells.journal_marks_within_range(rows)
    problems += cells.scaled_scores_within_range(rows)
    maxima = maxima_of(key, composition, rows)
    remarks, places = cells.scores_within_maximum(rows, composition.labels, maxima.values, maxima.inferred)
    problems += maxima.problems + remarks + cells.written_works_have_scores(rows)
    blueprint, remarks = blueprint_of(key, composition, rows, maxima)
    total = totals_of(rows)
    excluded = np.zeros(len(rows), dtype=bool)
    excluded[places] = True
    problems += remarks + totals.totals_match_items(rows, total, excluded)
    problems += totals.declared_means_match(rows, total)
    blueprint, remarks = settle_marks(rows, total, blueprint)
    settle_levels(rows, total, blueprint.levels)
    return blueprint, total, len(places), problems + remarks


def totals_of(rows: Rows) -> npt.NDArray[np.int16]:
    """Raw scores: the sum over items (not attempted counts 0, missing is skipped); the total of the file where a row
    has no item scores; `NO_VALUE` for the absent."""
    has_items = (rows.items != MISSING).any(axis=1) if rows.items.shape[1] else np.zeros(len(rows), dtype=bool)
    summed = np.maximum(rows.items, 0).sum(axis=1, dtype=np.int16)
    total = np.where(has_items, summed, rows.file_total)
    return np.where(rows.present, total, NO_VALUE).astype(np.int16)


def settle_marks(rows: Rows, total: npt.NDArray[np.int16], blueprint: Blueprint) -> tuple[Blueprint, list[Problem]]:
    """The official mark of the file counts; where there is none it follows from the mark boundaries."""
    if blueprint.cut_scores is None:
        _settle_passed(rows, blueprint)
        return blueprint, []
    labels = [item.label for item in blueprint.items]
    expected = marks_by_scores(total, rows.items, labels, blueprint.cut_scores)
    known = rows.present & (rows.mark != NO_VALUE) & (expected != NO_VALUE)
    count = int((known & (rows.mark != expected)).sum())
    if count >= _MISFIT_COUNT and count > _MISFIT_SHARE * known.sum():
        work = rows.works[int(rows.work[np.flatnonzero(known)[0]])]
        figures = {"source": blueprint.cut_scores.source, "count": count, "of": int(known.sum())}
        problems = [CUT_SCORES_FIT_MARKS.problem_with(figures, work.file, work.sheet)]
        blueprint = replace(blueprint, cut_scores=None)
    else:
        problems = totals.marks_match_scores(rows, total, expected)
        rows.mark[rows.mark == NO_VALUE] = expected[rows.mark == NO_VALUE]
    _settle_passed(rows, blueprint)
    return blueprint, problems


def _settle_passed(rows: Rows, blueprint: Blueprint) -> None:
    if blueprint.result_kind == ResultKind.PASS_FAIL:
        derived = (rows.passed == NO_VALUE) & (rows.mark != NO_VALUE) & rows.present
        rows.passed[derived] = rows.mark[derived] >= 3
