"""The same work in different years: what may be compared, and the differences."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.descriptive.proportions import newcombe_difference
from qualimetry.frames.blueprint import Blueprint, ResultKind
from qualimetry.recipes.contracts import CampaignResult, Estimate, GroupResult, YearComparison
from qualimetry.recipes.policy import Policy

#: Differences that stand on the boundaries of marks.
_MARK_SHARES = ("pass_rate", "quality_rate")


def year_comparisons(
    whole: GroupResult, blueprint: Blueprint, policy: Policy, previous: Sequence[CampaignResult]
) -> tuple[YearComparison, ...]:
    """One comparison for each earlier result, latest year first. Results of unknown year are left out."""
    dated = [result for result in previous if result.blueprint.year is not None]
    ordered = sorted(dated, key=lambda result: -(result.blueprint.year or 0))
    return tuple(_compare(whole, blueprint, policy, result) for result in ordered)


def _compare(whole: GroupResult, blueprint: Blueprint, policy: Policy, earlier: CampaignResult) -> YearComparison:
    reason = why_not_comparable(blueprint, earlier.blueprint)
    year = earlier.blueprint.year or 0
    if reason:
        return YearComparison(year, False, reason, earlier.whole)
    same_scale = has_same_scale(blueprint, earlier.blueprint)
    note = "" if same_scale else "Границы отметок изменились: сравниваются только первичные баллы"
    return YearComparison(year, True, note, earlier.whole, differences(whole, earlier.whole, policy, marks=same_scale))


def why_not_comparable(now: Blueprint, before: Blueprint) -> str:
    """Reason in Russian why two works cannot be compared, empty when they can."""
    if (now.procedure, now.subject, now.grade_level) != (before.procedure, before.subject, before.grade_level):
        return "Это разные работы: не совпадают процедура, предмет или класс"
    if now.result_kind is not before.result_kind:
        return "Результаты выражены по-разному"
    if now.result_kind is ResultKind.TEST_SCORE:
        return ""  # test scores are scaled to one scale by the holder of the examination
    if not now.items or not before.items:
        return "Состав заданий одной из работ неизвестен"
    if now.max_score != before.max_score:
        return f"Изменился максимальный первичный балл: {before.max_score} и {now.max_score}"
    if [(i.label, i.max_score) for i in now.items] != [(i.label, i.max_score) for i in before.items]:
        return "Изменился состав заданий или их максимальные баллы"
    if [_content(i.content_elements, i.skills) for i in now.items] != [
        _content(i.content_elements, i.skills) for i in before.items
    ]:
        return "Изменились проверяемые элементы содержания или умения"
    return ""


def _content(elements: tuple[str, ...], skills: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(elements)), tuple(sorted(skills))


def has_same_scale(now: Blueprint, before: Blueprint) -> bool:
    """Whether marks (or levels) of both years were given by the same boundaries."""
    if (now.cut_scores is None) != (before.cut_scores is None):
        return False
    if now.cut_scores is not None and before.cut_scores is not None:
        ours, theirs = now.cut_scores, before.cut_scores
        bounds = (ours.lowest_three, ours.lowest_four, ours.lowest_five, ours.conditions)
        return bounds == (theirs.lowest_three, theirs.lowest_four, theirs.lowest_five, theirs.conditions)
    return (now.levels and (now.levels.names, now.levels.lowest)) == (
        before.levels and (before.levels.names, before.levels.lowest)
    )


def differences(now: GroupResult, before: GroupResult, policy: Policy, *, marks: bool) -> dict[str, Estimate]:
    """Now minus before, with intervals of the difference, by the names of the figures of a group result."""
    found = {"mean_percent": _means(now.mean_percent, before.mean_percent)}
    if marks:
        found["share_two"] = share_difference(now.mark_shares.get(2), before.mark_shares.get(2), policy)
        found |= {name: share_difference(getattr(now, name), getattr(before, name), policy) for name in _MARK_SHARES}
        found["mean_mark"] = _means(now.mean_mark, before.mean_mark)
        found["passed"] = share_difference(now.passed, before.passed, policy)
    if now.scaled and before.scaled:
        found["mean_test_score"] = _means(now.scaled.mean, before.scaled.mean)
        if now.scaled.minimum == before.scaled.minimum:
            found["below_minimum"] = share_difference(now.scaled.below_minimum, before.scaled.below_minimum, policy)
    return {name: estimate for name, estimate in found.items() if estimate.value is not None}


def share_difference(now: Estimate | None, before: Estimate | None, policy: Policy) -> Estimate:
    """Difference of two shares with Newcombe's interval; `n` is that of the later one."""
    if now is None or before is None or now.value is None or before.value is None:
        return Estimate(None)
    value, low, high = newcombe_difference(now.value, now.n, before.value, before.n, confidence=policy.confidence)
    return Estimate(float(value), float(low), float(high), now.n)


def _means(now: Estimate | None, before: Estimate | None) -> Estimate:
    """Difference of two means; its half-width is the root of the summed squares of theirs."""
    if now is None or before is None or now.value is None or before.value is None:
        return Estimate(None)
    value = now.value - before.value
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return Estimate(value, None, None, now.n)
    low = value - ((now.value - now.low) ** 2 + (before.high - before.value) ** 2) ** 0.5
    high = value + ((now.high - now.value) ** 2 + (before.value - before.low) ** 2) ** 0.5
    return Estimate(value, low, high, now.n)
