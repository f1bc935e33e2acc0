"""Results of campaigns made by hand: pupils drawn with a fixed seed, figures counted plainly, no product code.

Only the shapes of `recipes.contracts` are used, so that narrative and charts are tested apart from the statistics.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from functools import cache

from qualimetry.frames.blueprint import Blueprint, CutScores, Item, LevelCuts, ResultKind
from qualimetry.recipes.contracts import (
    CampaignResult,
    ElementResult,
    Estimate,
    Gap,
    GapScope,
    Group,
    GroupKind,
    GroupResult,
    ItemResult,
    JournalConcordance,
    Reading,
    ScaledScores,
    Thresholds,
    YearComparison,
)
from qualimetry.recipes.policy import ItemNorm

ELEMENTS = {
    "1.1": "Натуральные числа и действия с ними",
    "1.2": "Обыкновенные дроби",
    "2.1": "Решение текстовых задач",
    "3.1": "Чтение таблиц и диаграмм",
}
ITEMS = tuple(
    Item(label, maximum, level, content_elements=(code,), skills=(skill,))
    for label, maximum, level, code, skill in (
        ("1", 1, "Б", "1.1", "Выполнять действия с натуральными числами"),
        ("2", 1, "Б", "1.1", "Выполнять действия с натуральными числами"),
        ("3", 1, "Б", "1.2", "Находить часть числа и число по его части"),
        ("4", 2, "П", "1.2", "Находить часть числа и число по его части"),
        ("5.1", 1, "Б", "2.1", "Решать задачи на движение и работу"),
        ("5.2", 1, "П", "2.1", "Решать задачи на движение и работу"),
        ("6", 1, "Б", "3.1", "Извлекать информацию из таблиц и диаграмм"),
        ("7", 2, "В", "2.1", "Решать задачи на движение и работу"),
    )
)
DIFFICULTY = (0.9, 0.8, 0.5, 0.35, 0.7, 0.4, 0.85, 0.15)
MAXIMUM = sum(item.max_score for item in ITEMS)
CUTS = CutScores(4, 6, 9, source="Описание проверочной работы, 2026 год")
LEVELS = LevelCuts(("низкий", "базовый", "повышенный"), (4, 8), source="Методика диагностики, 2026 год")


THRESHOLDS = Thresholds(
    item_norms={"Б": ItemNorm(0.60, 0.57), "П": ItemNorm(0.30, 0.285), "В": ItemNorm(0.30, 0.285)},
    small_group=10,
    histogram_minimum=50,
    histogram_caution=20,
    confidence=0.95,
    sou_coefficients={2: 0.16, 3: 0.36, 4: 0.64, 5: 1.0},
    discrimination_share=0.27,
    skipped_items=0.15,
)


@dataclass(frozen=True, slots=True)
class Pupil:
    organization: int
    class_group: str
    points: tuple[int, ...]
    journal: int

    @property
    def total(self) -> int:
        return sum(self.points)


def blueprint(kind: ResultKind = ResultKind.MARKS, *, procedure: str = "VPR", grade_level: int = 5) -> Blueprint:
    return Blueprint(
        procedure=procedure,
        subject="Математика",
        grade_level=grade_level,
        year=2026,
        items=ITEMS,
        result_kind=kind,
        cut_scores=CUTS if kind is ResultKind.MARKS else None,
        levels=LEVELS if kind is ResultKind.LEVELS else None,
        test_score_minimum=27 if kind is ResultKind.TEST_SCORE else None,
        element_names=ELEMENTS,
    )


def campaign(
    kind: ResultKind = ResultKind.MARKS,
    *,
    sizes: tuple[int, ...] = (62, 48, 45, 24, 9),
    seed: int = 7,
    with_journal: bool = True,
    **changes: object,
) -> CampaignResult:
    """A municipality whose school number i has `sizes[i]` pupils; the second school is weak."""
    return replace(_campaign(kind, sizes, seed, with_journal), **changes)  # type: ignore[arg-type]


@cache
def _campaign(kind: ResultKind, sizes: tuple[int, ...], seed: int, with_journal: bool) -> CampaignResult:
    pupils = [pupil for number, size in enumerate(sizes, start=1) for pupil in draw(number, size, seed)]
    plan = blueprint(kind, **({"procedure": "EGE", "grade_level": 11} if kind is ResultKind.TEST_SCORE else {}))
    keep = with_journal and kind is ResultKind.MARKS
    classes = sorted({(pupil.organization, pupil.class_group) for pupil in pupils})
    return CampaignResult(
        blueprint=plan,
        method_version="1.0",
        whole=group_result(Group(GroupKind.WHOLE), pupils, plan, absent=len(sizes), journal=keep),
        organizations=tuple(
            group_result(
                Group(GroupKind.ORGANIZATION, organization=number),
                [pupil for pupil in pupils if pupil.organization == number],
                plan,
                absent=1,
                journal=keep,
                band="below" if number == 2 else "indistinct",
                rest=[pupil for pupil in pupils if pupil.organization != number],
            )
            for number in range(1, len(sizes) + 1)
        ),
        classes=tuple(
            group_result(
                Group(GroupKind.CLASS, organization=number, class_group=letter),
                [pupil for pupil in pupils if (pupil.organization, pupil.class_group) == (number, letter)],
                plan,
                journal=keep,
            )
            for number, letter in classes
        ),
        alpha=Estimate(0.71, 0.66, 0.76, len(pupils)),
        thresholds=THRESHOLDS,
    )


def draw(number: int, size: int, seed: int) -> list[Pupil]:
    """Pupils of school `number`: points by difficulty, ability and the school's shift."""
    rng = random.Random(seed * 1000 + number)
    shift = -0.25 if number == 2 else 0.04 * (number % 3 - 1)
    pupils = []
    for index in range(size):
        ability = rng.gauss(shift, 0.18)
        points = tuple(
            sum(rng.random() < min(0.98, max(0.02, easy + ability)) for _ in range(item.max_score))
            for item, easy in zip(ITEMS, DIFFICULTY, strict=True)
        )
        letter = "" if size < 30 else "АБ"[index % 2]
        mark = CUTS.mark(sum(points))
        pupils.append(Pupil(number, letter, points, min(5, max(2, mark + rng.choice((-1, 0, 0, 0, 0, 1))))))
    return pupils


def group_result(
    group: Group,
    pupils: list[Pupil],
    plan: Blueprint,
    *,
    absent: int = 0,
    journal: bool = False,
    band: str | None = None,
    rest: list[Pupil] | None = None,
) -> GroupResult:
    totals = [pupil.total for pupil in pupils]
    marks = [CUTS.mark(total) for total in totals]
    has_marks = plan.result_kind is ResultKind.MARKS
    counts = {mark: marks.count(mark) for mark in (2, 3, 4, 5)}
    return GroupResult(
        group=group,
        participants=len(pupils),
        absent=absent,
        max_raw_score=MAXIMUM,
        mean_raw_score=mean(totals),
        mean_percent=mean([total / MAXIMUM for total in totals]),
        raw_score_distribution=tuple(totals.count(score) for score in range(MAXIMUM + 1)),
        quantiles=quantiles(totals),
        marks=counts if has_marks else {},
        mark_shares={m: share(c, len(pupils)) for m, c in counts.items()} if has_marks else {},
        pass_rate=share(sum(m >= 3 for m in marks), len(marks)) if has_marks else None,
        quality_rate=share(sum(m >= 4 for m in marks), len(marks)) if has_marks else None,
        sou_index=mean([{2: 0.16, 3: 0.36, 4: 0.64, 5: 1.0}[m] for m in marks]) if has_marks else None,
        mean_mark=mean(marks) if has_marks else None,
        journal=concordance(pupils) if journal else None,
        scaled=scaled(totals) if plan.result_kind is ResultKind.TEST_SCORE else None,
        passed=share(sum(t >= 4 for t in totals), len(totals)) if plan.result_kind is ResultKind.PASS_FAIL else None,
        levels=levels(totals) if plan.result_kind is ResultKind.LEVELS else {},
        items=tuple(item_result(place, pupils, rest, with_marks=has_marks) for place in range(len(ITEMS))),
        elements=elements(pupils, rest),
        band=band,
        is_small=len(pupils) < 10,
    )


def share(count: int, n: int) -> Estimate:
    """Wilson's interval."""
    if n == 0:
        return Estimate(None)
    p, z = count / n, 1.959964
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Estimate(p, max(0.0, (centre - half) / (1 + z * z / n)), min(1.0, (centre + half) / (1 + z * z / n)), n)


def mean(values: list[float] | list[int]) -> Estimate:
    n = len(values)
    if n == 0:
        return Estimate(None)
    average = sum(values) / n
    if n == 1:
        return Estimate(average, None, None, 1)
    error = 2.0 * math.sqrt(sum((value - average) ** 2 for value in values) / (n - 1) / n)
    return Estimate(average, average - error, average + error, n)


def quantiles(totals: list[int]) -> dict[str, float]:
    if not totals:
        return {}
    ordered = sorted(totals)
    return {f"p{q}": float(ordered[min(len(ordered) - 1, q * len(ordered) // 100)]) for q in (10, 25, 50, 75, 90)}


def concordance(pupils: list[Pupil]) -> JournalConcordance:
    pairs = [(pupil.journal, CUTS.mark(pupil.total)) for pupil in pupils]
    n = len(pairs)
    return JournalConcordance(
        n=n,
        lower=share(sum(test < journal for journal, test in pairs), n),
        same=share(sum(test == journal for journal, test in pairs), n),
        higher=share(sum(test > journal for journal, test in pairs), n),
        differs_by_two=share(sum(abs(test - journal) >= 2 for journal, test in pairs), n),
        table={f"{journal}>{test}": pairs.count((journal, test)) for journal, test in sorted(set(pairs))},
    )


def scaled(totals: list[int]) -> ScaledScores:
    scores = [round(100 * total / MAXIMUM) for total in totals]
    n = len(scores)
    bands = {
        "61–80": share(sum(61 <= score <= 80 for score in scores), n),
        "81–99": share(sum(81 <= score <= 99 for score in scores), n),
        "100": share(scores.count(100), n),
    }
    below = share(sum(score < 27 for score in scores), n)
    return ScaledScores(mean(scores), below, 27, bands, {score: scores.count(score) for score in sorted(set(scores))})


def levels(totals: list[int]) -> dict[str, Estimate]:
    reached = [sum(total >= lowest for lowest in LEVELS.lowest) for total in totals]
    return {name: share(reached.count(place), len(totals)) for place, name in enumerate(LEVELS.names)}


def facility(places: list[int], pupils: list[Pupil]) -> Estimate:
    maximum = sum(ITEMS[place].max_score for place in places)
    return mean([sum(pupil.points[place] for place in places) / maximum for pupil in pupils])


def reading(value: Estimate, level: str | None) -> Reading:
    if value.value is None or value.n < 10:
        return Reading.NOT_ENOUGH_DATA
    enough, lacking = (0.60, 0.57) if level == "Б" else (0.30, 0.285)
    if value.value >= enough:
        return Reading.SUFFICIENT
    return Reading.INSUFFICIENT if value.value < lacking else Reading.BORDERLINE


def item_result(place: int, pupils: list[Pupil], rest: list[Pupil] | None, *, with_marks: bool) -> ItemResult:
    item, value = ITEMS[place], facility([place], pupils)
    return ItemResult(
        label=item.label,
        max_score=item.max_score,
        level=item.level,
        facility=value,
        not_attempted=len(pupils) // 20,
        not_taught=0,
        zero=sum(pupil.points[place] == 0 for pupil in pupils),
        full=sum(pupil.points[place] == item.max_score for pupil in pupils),
        discrimination=0.42 if len(pupils) >= 50 else None,
        item_rest_correlation=0.38 if len(pupils) >= 50 else None,
        reading=reading(value, item.level),
        reference=facility([place], rest).value if rest else None,
        facility_by_mark={
            mark: facility([place], [pupil for pupil in pupils if CUTS.mark(pupil.total) == mark])
            for mark in (2, 3, 4, 5)
        }
        if with_marks
        else {},
    )


def elements(pupils: list[Pupil], rest: list[Pupil] | None) -> tuple[ElementResult, ...]:
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, item in enumerate(ITEMS):
        groups.setdefault(("content_element", item.content_elements[0], ELEMENTS[item.content_elements[0]]), []).append(
            place
        )
        groups.setdefault(("skill", item.skills[0], item.skills[0]), []).append(place)
    return tuple(
        ElementResult(
            kind,
            code,
            name,
            tuple(ITEMS[place].label for place in places),
            facility(places, pupils),
            reading(facility(places, pupils), "Б"),
            facility(places, rest).value if rest else None,
        )
        for (kind, code, name), places in groups.items()
    )


def gap(scope: GapScope, *, organization: int | None = None, class_group: str | None = None) -> Gap:
    return Gap(
        scope=scope,
        element="1.2",
        element_kind="content_element",
        name=ELEMENTS["1.2"],
        labels=("3", "4"),
        organization=organization,
        class_group=class_group,
        facility=Estimate(0.31, 0.22, 0.42, 62),
        reference=0.47,
        expected=0.44,
        p_value=0.002,
        q_value=0.01,
    )


def comparison(*, is_comparable: bool = True, kind: ResultKind = ResultKind.MARKS) -> YearComparison:
    if not is_comparable:
        return YearComparison(2025, False, "Изменился максимальный первичный балл: 12 и 10")
    previous = campaign(kind, seed=3).whole
    difference = Estimate(-0.06, -0.15, 0.03, 188)
    return YearComparison(2025, True, "", previous, {"quality_rate": difference, "pass_rate": difference})
