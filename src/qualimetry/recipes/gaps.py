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
from qualimetry.items.expected import Strata, group_strata, strata_of, surplus
from qualimetry.items.norms import norm_of
from qualimetry.recipes.contracts import Estimate, Gap, GapScope, GroupResult
from qualimetry.recipes.estimates import facility_size
from qualimetry.recipes.groups import Prepared
from qualimetry.recipes.item_results import element_facility, element_sums
from qualimetry.recipes.policy import Policy
from qualimetry.recipes.references import element_reference
from qualimetry.statistics.campaign import CampaignStatistics

Float = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """[G] arrays of one element: what a group scored, the rest scored, was expected, and both p-values."""

    element: Element
    facility: list[Estimate]
    rest: Float
    expected: Float
    p_own: Float
    p_weak: Float


def learning_gaps(
    statistics: CampaignStatistics, blueprint: Blueprint, policy: Policy,
    whole: Prepared, organizations: Prepared, classes: Prepared, references: Sequence[GroupResult],
) -> tuple[Gap, ...]:  # fmt: skip
    """All gaps: of the municipality first, then of organizations and classes in their order."""
    elements = gap_elements(blueprint)
    if not elements or not int(whole.items.n.sum()):
        return ()
    strata = strata_of(statistics, blueprint)
    by_school = [_evidence(statistics, strata, organizations, whole, e, blueprint, policy) for e in elements]
    by_class = [_evidence(statistics, strata, classes, whole, e, blueprint, policy) for e in elements]
    return (
        *_municipality(whole, elements, blueprint, policy, references),
        *_own_gaps(by_school, organizations, blueprint, policy, GapScope.ORGANIZATION),
        *_own_gaps(by_class, classes, blueprint, policy, GapScope.CLASS),
    )


def gap_elements(blueprint: Blueprint) -> tuple[Element, ...]:
    """What gaps are sought in: content elements and skills, else sections, else single items."""
    known = elements_of(blueprint)
    for kinds in (("content_element", "skill"), ("section",)):
        found = tuple(element for element in known if element.kind in kinds)
        if found:
            return found
    return tuple(Element("item", item.label, item.label, (k,)) for k, item in enumerate(blueprint.items, start=1))


def _municipality(
    whole: Prepared,
    elements: Sequence[Element],
    blueprint: Blueprint,
    policy: Policy,
    references: Sequence[GroupResult],
) -> list[Gap]:
    """Elements significantly below the norm of their difficulty or below the region, BH over all these tests."""
    tests: list[tuple[Element, Estimate, float | None, float]] = []
    for element in elements:
        facility = element_facility(whole.items, element, blueprint, policy)[0]
        if facility.value is None or facility.n < policy.small_group:
            continue
        size = float(_size(whole, element, blueprint)[0])
        norm = norm_of(element.items(blueprint), policy)
        if norm is not None:
            tests.append((element, facility, None, _below(facility.value, norm.insufficient, size)))
        reference = element_reference(element.kind, element.code, references)
        if reference == reference:
            p_value = _below(facility.value, reference, size)
            tests.append((element, facility, reference, p_value))
    q_values = benjamini_hochberg([test[3] for test in tests])
    best: dict[tuple[str, str], Gap] = {}
    for (element, facility, reference, p_value), q_value in zip(tests, q_values.tolist(), strict=True):
        # a shortfall that is certain but too small to matter is tested, never reported
        too_small = reference is not None and reference - (facility.value or 0) < policy.gap_minimum
        key = (element.kind, element.code)
        if (
            q_value <= policy.false_discovery
            and not too_small
            and (key not in best or q_value < (best[key].q_value or 0))
        ):
            shown = element_reference(element.kind, element.code, references)
            best[key] = _gap(GapScope.MUNICIPALITY, element, blueprint, facility, shown, None, p_value, q_value)
    return list(best.values())


def _below(value: float, norm: float, size: float) -> float:
    """One-sided p of a share as low as `value` where the truth is `norm` (score test)."""
    spread = norm * (1 - norm) / size
    return float(special.ndtr((value - norm) / spread**0.5)) if spread > 0 else 1.0


def _evidence(
    statistics: CampaignStatistics, strata: Strata, part: Prepared, whole: Prepared, element: Element,
    blueprint: Blueprint, policy: Policy,
) -> Evidence:  # fmt: skip
    members = group_strata(statistics, part.tables.keys, strata)
    found = surplus(strata, members, part.items, element)
    points, maximum, n, _ = element_sums(part.items, element, blueprint)
    all_points, all_maximum, _, _ = element_sums(whole.items, element, blueprint)
    big_enough = n >= policy.small_group
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = (all_points - points) / (all_maximum - maximum)
        expected = found.expected / maximum
    p_weak = _weakness(part, whole, element, blueprint, rest)
    return Evidence(
        element,
        element_facility(part.items, element, blueprint, policy),
        rest,
        expected,
        np.where(big_enough, found.p_value, np.nan),
        np.where(big_enough, p_weak, np.nan),
    )


def _weakness(part: Prepared, whole: Prepared, element: Element, blueprint: Blueprint, rest: Float) -> Float:
    """One-sided p of the group's facility being no lower than that of the rest (pooled z at effective sizes)."""
    points, maximum, _, _ = element_sums(part.items, element, blueprint)
    size = _size(part, element, blueprint)
    rest_size = np.maximum(_size(whole, element, blueprint) - size, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        facility = points / maximum
        pooled = (facility * size + rest * rest_size) / (size + rest_size)
        z = (facility - rest) / np.sqrt(pooled * (1 - pooled) * (1 / size + 1 / rest_size))
    return np.asarray(special.ndtr(z), np.float64)


def _size(prepared: Prepared, element: Element, blueprint: Blueprint) -> Float:
    """Effective number of yes-or-no answers behind an element's facility."""
    points, maximum, n, squares = element_sums(prepared.items, element, blueprint)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = maximum / n
    known = np.where(np.isnan(squares), points * weight, squares)
    return facility_size(points, known, n, weight)[1]


def _own_gaps(
    evidence: Sequence[Evidence], part: Prepared, blueprint: Blueprint, policy: Policy, scope: GapScope
) -> list[Gap]:
    """Gaps beyond the general level of a group; for organizations also elements low as everything there is."""
    q_own = _adjusted([found.p_own for found in evidence])
    q_weak = _adjusted([found.p_weak for found in evidence])
    gaps: list[Gap] = []
    for g in range(len(part.groups)):
        for e, found in enumerate(evidence):
            value, expected, rest = found.facility[g].value, float(found.expected[g]), float(found.rest[g])
            if value is None:
                continue
            is_own = q_own[e, g] <= policy.false_discovery and expected - value >= policy.gap_minimum
            is_weak = q_weak[e, g] <= policy.false_discovery and rest - value >= policy.gap_minimum
            if is_own:
                p, q, found_scope = float(found.p_own[g]), float(q_own[e, g]), scope
            elif is_weak and scope is GapScope.ORGANIZATION:
                p, q, found_scope = float(found.p_weak[g]), float(q_weak[e, g]), GapScope.WEAK
            else:
                continue
            known = None if np.isnan(expected) else expected
            group = part.groups[g]
            gaps.append(
                _gap(found_scope, found.element, blueprint, found.facility[g], rest, known, p, q,
                     group.organization, group.class_group)
            )  # fmt: skip
    return gaps


def _adjusted(columns: list[Float]) -> Float:
    """[E, G] q-values over all groups × distinct elements; NaN (not tested) compares as no discovery."""
    p_values = np.stack(columns)
    return benjamini_hochberg(p_values.ravel()).reshape(p_values.shape)


def _gap(
    scope: GapScope, element: Element, blueprint: Blueprint, facility: Estimate, reference: float | None,
    expected: float | None, p_value: float, q_value: float,
    organization: int | None = None, class_group: str | None = None,
) -> Gap:  # fmt: skip
    labels = tuple(item.label for item in element.items(blueprint))
    known = None if reference is None or reference != reference else reference
    return Gap(
        scope, element.code, element.kind, element.name, labels, organization, class_group,
        facility, known, expected, p_value, q_value,
    )  # fmt: skip
