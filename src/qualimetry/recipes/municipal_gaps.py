"""Learning gaps of the whole municipality: below the norm of the difficulty or below the region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualimetry.descriptive.fdr import benjamini_hochberg
from qualimetry.frames.blueprint import Blueprint
from qualimetry.items.elements import Element
from qualimetry.items.norms import norm_of
from qualimetry.recipes.contracts import Estimate, Gap, GapScope, GroupResult
from qualimetry.recipes.estimates import facility_size
from qualimetry.recipes.groups import Prepared
from qualimetry.recipes.item_results import element_facility, element_sums
from qualimetry.recipes.policy import Policy
from qualimetry.recipes.references import element_reference

Float = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A test of an element against a target: `by` is how far below it lies, `least` how far it has to."""

    element: Element
    facility: Estimate
    by: float
    least: float
    p_value: float


def municipal_gaps(
    whole: Prepared, elements: Sequence[Element], blueprint: Blueprint, policy: Policy,
    references: Sequence[GroupResult],
) -> list[Gap]:  # fmt: skip
    """Elements significantly below the norm of their difficulty or below the region, BH over all these tests.

    A shortfall against the region that is certain but smaller than the policy's least is tested, never reported.
    """
    tests = [test for e in elements for test in _tests(whole, e, blueprint, policy, references)]
    q_values = benjamini_hochberg([test.p_value for test in tests]).tolist()
    best: dict[Element, tuple[float, Shortfall]] = {}
    for test, q_value in zip(tests, q_values, strict=True):
        is_gap = q_value <= policy.false_discovery and test.by >= test.least
        if is_gap and (test.element not in best or q_value < best[test.element][0]):
            best[test.element] = (q_value, test)
    return [
        new_gap(
            GapScope.MUNICIPALITY, element, blueprint, test.facility,
            reference=element_reference(element.kind, element.code, references),
            p_value=test.p_value, q_value=q_value,
        )
        for element, (q_value, test) in best.items()
    ]  # fmt: skip


def _tests(
    whole: Prepared, element: Element, blueprint: Blueprint, policy: Policy, references: Sequence[GroupResult]
) -> Iterator[Shortfall]:
    facility = element_facility(whole.items, element, blueprint, policy)[0]
    if facility.value is None or facility.n < policy.small_group:
        return
    size = float(effective_answers(whole, element, blueprint)[0])
    norm = norm_of(element.items(blueprint), policy)
    reference = element_reference(element.kind, element.code, references)
    for target, least in ((norm.insufficient if norm else np.nan, 0.0), (reference, policy.gap_minimum)):
        if not np.isnan(target):
            p_value = _below(facility.value, target, size)
            yield Shortfall(element, facility, target - facility.value, least, p_value)


def _below(value: float, target: float, size: float) -> float:
    """One-sided p of a share as low as `value` where the truth is `target` (score test)."""
    spread = target * (1 - target) / size
    return float(special.ndtr((value - target) / spread**0.5)) if spread > 0 else 1.0


def effective_answers(prepared: Prepared, element: Element, blueprint: Blueprint) -> Float:
    """[G] effective number of yes-or-no answers behind an element's facility."""
    points, maximum, n, squares = element_sums(prepared.items, element, blueprint)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = maximum / n
    known = np.where(np.isnan(squares), points * weight, squares)
    return facility_size(points, known, n, weight)[1]


def new_gap(
    scope: GapScope, element: Element, blueprint: Blueprint, facility: Estimate, *,
    reference: float, p_value: float, q_value: float, expected: float = np.nan,
    organization: int | None = None, class_group: str | None = None,
) -> Gap:  # fmt: skip
    """A gap; NaN stands for what is not known."""
    labels = tuple(item.label for item in element.items(blueprint))
    return Gap(
        scope, element.code, element.kind, element.name, labels, organization, class_group, facility,
        None if np.isnan(reference) else float(reference), None if np.isnan(expected) else float(expected),
        p_value, q_value,
    )  # fmt: skip
