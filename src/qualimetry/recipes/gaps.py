"""Learning gaps of the municipality, of schools (their own or of weakness) and of classes, with FDR control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualimetry.descriptive.fdr import benjamini_hochberg
from qualimetry.frames.blueprint import Blueprint
from qualimetry.items.elements import Element, elements_of
from qualimetry.items.expected import Members, Strata, group_strata, strata_of, surplus
from qualimetry.recipes.contracts import Gap, GapScope, GroupResult
from qualimetry.recipes.estimates import estimates
from qualimetry.recipes.groups import Levels, Prepared
from qualimetry.recipes.item_results import element_interval, element_sums
from qualimetry.recipes.municipal_gaps import effective_answers, municipal_gaps, new_gap
from qualimetry.recipes.policy import Policy
from qualimetry.statistics.campaign import CampaignStatistics
from qualimetry.statistics.rollup import Keys

Float = npt.NDArray[np.float64]
Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evidence:
    """[G] arrays of one element: what a group scored with bounds and n, the rest scored, was expected, p-values."""

    element: Element
    facility: tuple[Float, Float, Float, Int64]
    rest: Float
    expected: Float
    p_own: Float
    p_weak: Float


def learning_gaps(
    statistics: CampaignStatistics, blueprint: Blueprint, policy: Policy,
    levels: Levels, references: Sequence[GroupResult],
) -> tuple[Gap, ...]:  # fmt: skip
    """All gaps: of the municipality first, then of organizations and classes in their order."""
    elements = gap_elements(blueprint)
    whole = levels.whole
    if not elements or not int(whole.items.n.sum()):
        return ()
    strata = strata_of(statistics, blueprint)
    found = list(municipal_gaps(whole, elements, blueprint, policy, references))
    for part, scope in ((levels.organizations, GapScope.ORGANIZATION), (levels.classes, GapScope.CLASS)):
        members = group_strata(statistics, part.tables.keys, strata)
        tested = _has_siblings(part.tables.keys) if scope is GapScope.CLASS else np.ones(len(part.groups), np.bool_)
        evidence = [_evidence(strata, members, part, whole, element, blueprint, policy, tested) for element in elements]
        found += _own_gaps(evidence, part, blueprint, policy, scope)
    return tuple(found)


def _has_siblings(keys: Keys) -> Bool:
    """Classes that are not the only one of their organization: what that one has not learnt, the school has not."""
    _, place, sizes = np.unique(np.array(keys.organizations, np.int64), return_inverse=True, return_counts=True)
    return np.asarray(sizes[place] > 1)


def gap_elements(blueprint: Blueprint) -> tuple[Element, ...]:
    """What gaps are sought in: content elements and skills, else sections, else single items."""
    known = elements_of(blueprint)
    for kinds in (("content_element", "skill"), ("section",)):
        found = tuple(element for element in known if element.kind in kinds)
        if found:
            return found
    return tuple(Element("item", item.label, item.label, (k,)) for k, item in enumerate(blueprint.items, start=1))


def _evidence(
    strata: Strata, members: Members, part: Prepared, whole: Prepared, element: Element, blueprint: Blueprint,
    policy: Policy, tested: Bool,
) -> Evidence:  # fmt: skip
    found = surplus(strata, members, part.items, element)
    points, maximum, n, _ = element_sums(part.items, element, blueprint)
    all_points, all_maximum, _, _ = element_sums(whole.items, element, blueprint)
    big_enough = (n >= policy.small_group) & tested
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = (all_points - points) / (all_maximum - maximum)
        expected = found.expected / maximum
    p_weak = _weakness(part, whole, element, blueprint, rest)
    return Evidence(
        element,
        element_interval(part.items, element, blueprint, policy),
        rest,
        expected,
        np.where(big_enough, found.p_value, np.nan),
        np.where(big_enough, p_weak, np.nan),
    )


def _weakness(part: Prepared, whole: Prepared, element: Element, blueprint: Blueprint, rest: Float) -> Float:
    """One-sided p of the group's facility being no lower than that of the rest (pooled z at effective sizes)."""
    points, maximum, _, _ = element_sums(part.items, element, blueprint)
    size = effective_answers(part, element, blueprint)
    rest_size = np.maximum(effective_answers(whole, element, blueprint) - size, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        facility = points / maximum
        pooled = (facility * size + rest * rest_size) / (size + rest_size)
        z = (facility - rest) / np.sqrt(pooled * (1 - pooled) * (1 / size + 1 / rest_size))
    return np.asarray(special.ndtr(z), np.float64)


def _own_gaps(
    evidence: Sequence[Evidence], part: Prepared, blueprint: Blueprint, policy: Policy, scope: GapScope
) -> list[Gap]:
    """Gaps beyond the general level of a group; for organizations also elements low as everything there is."""
    q_own, q_weak = (_adjusted(columns) for columns in zip(*((e.p_own, e.p_weak) for e in evidence), strict=True))
    value, expected, rest = (
        np.stack(arrays) for arrays in zip(*((e.facility[0], e.expected, e.rest) for e in evidence), strict=True)
    )
    is_own = (q_own <= policy.false_discovery) & (expected - value >= policy.gap_minimum)
    is_weak = (q_weak <= policy.false_discovery) & (rest - value >= policy.gap_minimum)
    is_gap = is_own | is_weak if scope is GapScope.ORGANIZATION else is_own
    gaps: list[Gap] = []
    for g, e in np.argwhere(is_gap.T).tolist():
        found, group = evidence[e], part.groups[g]
        p_values, q_values = (found.p_own, q_own[e]) if is_own[e, g] else (found.p_weak, q_weak[e])
        gaps.append(
            new_gap(
                scope if is_own[e, g] else GapScope.WEAK, found.element, blueprint,
                estimates(*(array[g] for array in found.facility))[0],
                reference=float(rest[e, g]), p_value=float(p_values[g]), q_value=float(q_values[g]),
                expected=float(expected[e, g]), organization=group.organization, class_group=group.class_group,
            )
        )  # fmt: skip
    return gaps


def _adjusted(columns: Sequence[Float]) -> Float:
    """[E, G] q-values over all groups × distinct elements; NaN (not tested) compares as no discovery."""
    p_values = np.stack(columns)
    return benjamini_hochberg(p_values.ravel()).reshape(p_values.shape)
