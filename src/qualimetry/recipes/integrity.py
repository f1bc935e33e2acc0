"""Signs of biased results in a campaign, school by school and class by class, from its stored statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.descriptive.fdr import benjamini_hochberg
from qualimetry.frames.blueprint import Blueprint
from qualimetry.integrity.combined import cauchy_combination
from qualimetry.integrity.contracts import Evidence, Sign, Why
from qualimetry.integrity.journal import against_journal
from qualimetry.integrity.lifted import lifted
from qualimetry.integrity.pattern import GivenScore, as_observed, given_score, harder_half, pattern
from qualimetry.integrity.spread import narrow
from qualimetry.rasch.conditional import ItemFit, fit_conditional
from qualimetry.rasch.counted import CountedResponses, counted_responses
from qualimetry.rasch.errors import RaschError
from qualimetry.rasch.two_level import TwoLevel, fit_two_level
from qualimetry.recipes.policy import Policy
from qualimetry.statistics.campaign import CampaignStatistics
from qualimetry.statistics.rollup import Counters, Keys, add_up, cells_of, keys_of

Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SchoolSigns:
    """Signs of a school in the order of `Sign`; p: all of them together; q: after control of false discoveries among
    schools; is_marked: q not above the policy's level. observed_scores, expected_scores: participants by raw score, and
    how many a school of this level would have; empty without a scale."""

    organization: int
    signs: tuple[Evidence, ...]
    p: float | None
    q: float | None
    is_marked: bool
    observed_scores: tuple[int, ...] = ()
    expected_scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassSign:
    """Answers of a class against its raw scores; q among the classes of the campaign."""

    organization: int
    class_group: str
    evidence: Evidence
    q: float | None
    is_marked: bool


@dataclass(frozen=True, slots=True)
class IntegrityResult:
    """schools: by key; classes: those where the check applies. level: share of false discoveries that is allowed."""

    level: float
    schools: tuple[SchoolSigns, ...]
    classes: tuple[ClassSign, ...]

    @property
    def marked(self) -> tuple[SchoolSigns, ...]:
        return tuple(school for school in self.schools if school.is_marked)


@dataclass(frozen=True, slots=True)
class PooledSign:
    """A sign of a school over campaigns: in how many it applied; p of all together; q among all schools and signs."""

    organization: int
    sign: Sign
    campaigns: int
    p: float
    q: float
    is_marked: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Scaled:
    """What the checks by items need: responses, items, schools' models, the harder half with its distribution."""

    counted: CountedResponses
    fit: ItemFit
    schools: TwoLevel
    harder: Bool
    given: GivenScore | None


def integrity_of(statistics: CampaignStatistics, blueprint: Blueprint, policy: Policy) -> IntegrityResult:
    """All signs; those that do not apply say why."""
    keys = keys_of(statistics, ("organization",))
    scaled = _scaled(statistics, blueprint)
    columns = [
        _lifted(scaled, blueprint, policy, len(keys)),
        _pattern_of_schools(scaled, policy, len(keys)),
        *_journal(statistics, keys, policy),
        narrow(scaled.schools, fewest=policy.small_group) if scaled else _none(Sign.SPREAD, Why.NO_SCALE, len(keys)),
    ]
    schools = _schools(keys, columns, policy.false_discovery, _distributions(scaled, len(keys)))
    return IntegrityResult(policy.false_discovery, schools, _classes(statistics, scaled, policy))


def pooled_signs(results: Sequence[IntegrityResult], level: float) -> tuple[PooledSign, ...]:
    """What a school shows over several campaigns: a weak sign that comes again, or a strong one. Least q first."""
    found: dict[tuple[int, Sign], list[float]] = {}
    for result in results:
        for school in result.schools:
            for one in school.signs:
                if one.p is not None:
                    found.setdefault((school.organization, one.sign), []).append(one.p)
    together = {key: cauchy_combination(values) or 0.0 for key, values in found.items()}
    q = benjamini_hochberg(list(together.values()))
    rows = [
        PooledSign(organization, sign, len(found[organization, sign]), p, float(value), bool(value <= level))
        for ((organization, sign), p), value in zip(together.items(), q, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (row.q, row.p, row.organization)))


def _none(sign: Sign, why: Why, size: int) -> list[Evidence]:
    return [Evidence(sign, 0, why=why)] * size


def _scaled(statistics: CampaignStatistics, blueprint: Blueprint) -> _Scaled | None:
    """None where no scale can be built: no items, or responses that do not allow one."""
    if not blueprint.items:
        return None
    counted = counted_responses(statistics, blueprint)
    try:
        fit = fit_conditional(counted.responses)
    except RaschError:
        return None
    schools = fit_two_level(counted.booklets, fit.weights)
    steps = [values for values, _ in fit.layout.thresholds(fit.eta, fit.covariance)]
    difficulties = [
        float(np.mean([one for one in values if one is not None])) if any(one is not None for one in values) else None
        for values in steps
    ]
    harder = harder_half(difficulties)
    return _Scaled(counted, fit, schools, harder, _given(counted, fit, harder))


def _given(counted: CountedResponses, fit: ItemFit, harder: Bool) -> GivenScore | None:
    """Only where everybody took the same items: points of different variants have no common expectation."""
    if len(counted.booklets) != 1 or not harder.any() or harder.all():
        return None
    block = counted.responses.blocks[0]
    assert block.cells is not None
    items = block.items
    own = np.array([harder[item] for item in items])
    if not own.any() or own.all():
        return None
    weights = fit.weights
    points = np.concatenate([np.arange(weights[item].size) * bool(harder[item]) for item in items])
    model = given_score([weights[item] for item in items], own)
    return as_observed(model, block.cells @ points, block.scores)


def _lifted(scaled: _Scaled | None, blueprint: Blueprint, policy: Policy, size: int) -> list[Evidence]:
    if scaled is None:
        return _none(Sign.LIFTED, Why.NO_SCALE, size)
    cuts = blueprint.cut_scores
    if cuts is None:
        return _none(Sign.LIFTED, Why.NO_CUTS, size)
    return lifted(scaled.schools, (cuts.lowest_three, cuts.lowest_four, cuts.lowest_five), fewest=policy.small_group)


def _pattern_of_schools(scaled: _Scaled | None, policy: Policy, size: int) -> list[Evidence]:
    if scaled is None or scaled.given is None:
        return _none(Sign.PATTERN, Why.NO_SCALE if scaled is None else Why.NO_ITEMS, size)
    booklet = scaled.counted.booklets[0]
    return pattern(_hard_by_school(scaled), booklet.scores, scaled.given, fewest=policy.small_group)


def _hard_by_school(scaled: _Scaled) -> Int64:
    return np.asarray(scaled.counted.points_by_organization[:, scaled.harder].sum(axis=1), np.int64)


def _journal(statistics: CampaignStatistics, keys: Keys, policy: Policy) -> tuple[list[Evidence], list[Evidence]]:
    pairs = cells_of(statistics, keys)
    lowered, compared = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    for code, column in pairs.outcomes.get("marks", {}).items():
        mark, journal = divmod(code, 10)
        if journal:
            found = add_up(pairs.group, column, len(keys))
            compared += found
            lowered += found * (mark < journal)
    return against_journal(lowered, compared, fewest=policy.small_group)


def _distributions(scaled: _Scaled | None, size: int) -> list[tuple[tuple[int, ...], tuple[float, ...]]]:
    """Of each school participants by raw score and how many the model expects."""
    if scaled is None:
        return [((), ())] * size
    top = max(booklet.scores.shape[1] for booklet in scaled.counted.booklets)
    observed, expected = np.zeros((size, top), np.int64), np.zeros((size, top))
    for model in scaled.schools.models:
        scores = model.booklet.scores
        observed[:, : scores.shape[1]] += scores
        expected[:, : scores.shape[1]] += scores.sum(axis=1, keepdims=True) * (scaled.schools.posterior @ model.chances)
    return [
        (tuple(int(n) for n in mine), tuple(float(n) for n in theirs))
        for mine, theirs in zip(observed, expected, strict=True)
    ]


def _schools(
    keys: Keys,
    columns: Sequence[list[Evidence]],
    level: float,
    distributions: Sequence[tuple[tuple[int, ...], tuple[float, ...]]],
) -> tuple[SchoolSigns, ...]:
    rows = list(zip(*columns, strict=True))
    together = [cauchy_combination([one.p for one in row if one.p is not None]) for row in rows]
    q = benjamini_hochberg([np.nan if p is None else p for p in together])
    return tuple(
        SchoolSigns(int(key or 0), row, p, _known(value), bool(value <= level), *scores)
        for key, row, p, value, scores in zip(keys.organizations, rows, together, q, distributions, strict=True)
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _classes(statistics: CampaignStatistics, scaled: _Scaled | None, policy: Policy) -> tuple[ClassSign, ...]:
    if scaled is None or scaled.given is None:
        return ()
    keys = keys_of(statistics, ("organization", "class_group"))
    counters = cells_of(statistics, keys)
    size = scaled.given.mean.size
    scores = np.stack(
        [
            add_up(counters.group, counters.outcomes.get("total", {}).get(r, np.zeros_like(counters.n)), len(keys))
            for r in range(size)
        ],
        axis=1,
    )
    evidence = pattern(
        _hard_points(counters, scaled.harder, len(keys)), scores, scaled.given, fewest=policy.small_group
    )
    q = benjamini_hochberg([np.nan if one.p is None else one.p for one in evidence])
    return tuple(
        ClassSign(int(organization or 0), name or "", one, _known(value), bool(value <= policy.false_discovery))
        for organization, name, one, value in zip(keys.organizations, keys.classes, evidence, q, strict=True)
        if one.p is not None
    )


def _hard_points(counters: Counters, harder: Bool, size: int) -> Int64:
    points = np.zeros(size, np.int64)
    for (position, value), column in counters.scores.items():
        if value > 0 and harder[position - 1]:
            points += value * add_up(counters.group, column, size)
    return points
