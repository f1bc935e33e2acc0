"""Reading of a facility against the norm of its difficulty level."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.frames.blueprint import Item
from qualimetry.recipes.contracts import Reading
from qualimetry.recipes.policy import ItemNorm, Policy


def norm_of(items: Sequence[Item], policy: Policy) -> ItemNorm | None:
    """Norm of several items together: the norms of their levels weighted by maximum; None when one has no level."""
    norms = [(item.max_score, policy.item_norms.get(item.level or "")) for item in items]
    weight = sum(points for points, _ in norms)
    known = [(points, norm) for points, norm in norms if norm is not None]
    if not weight or len(known) < len(norms):
        return None
    return ItemNorm(
        sum(points * norm.sufficient for points, norm in known) / weight,
        sum(points * norm.insufficient for points, norm in known) / weight,
    )


def reading(facility: float | None, n: int, norm: ItemNorm | None, policy: Policy) -> Reading:
    """Sufficient, insufficient or in the zone of error between; groups below the policy's size are not read."""
    if norm is None:
        return Reading.NO_NORM
    if facility is None or n < policy.small_group:
        return Reading.NOT_ENOUGH_DATA
    if facility >= norm.sufficient:
        return Reading.SUFFICIENT
    return Reading.INSUFFICIENT if facility < norm.insufficient else Reading.BORDERLINE
