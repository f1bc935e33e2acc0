"""The figures of a group by kind of result: their keys, names and how each is counted, in words."""

from __future__ import annotations

from dataclasses import dataclass

from msoko.foundation.catalog.policies import analysis_policy
from qualimetry.frames.blueprint import Blueprint, ResultKind
from qualimetry.narrative.thresholds import sou_phrase
from qualimetry.recipes.contracts import Estimate, GroupResult, Thresholds


@dataclass(frozen=True, slots=True)
class Figure:
    """`formula` is for «Откуда цифра?»; `places` are decimals of a figure that is no share."""

    key: str
    title: str
    formula: str
    is_share: bool = True
    places: int = 2
    #: of two values the greater is the better one (None: neither)
    is_more_better: bool | None = True


PASS_RATE = Figure(
    "pass_rate",
    "Успеваемость",
    "Число участников с отметками «3», «4» и «5», делённое на число участников с отметкой.",
)
QUALITY_RATE = Figure(
    "quality_rate",
    "Качество знаний",
    "Число участников с отметками «4» и «5», делённое на число участников с отметкой.",
)
MEAN_MARK = Figure(
    "mean_mark", "Средняя отметка", "Сумма отметок, делённая на число участников с отметкой.", is_share=False
)
SOU_INDEX = Figure(
    "sou_index",
    "СОУ",
    f"Степень обученности учащихся по В. П. Симонову: {sou_phrase(Thresholds.of(analysis_policy()))}, "
    "среднее по участникам с отметкой.",
)
MEAN_PERCENT = Figure(
    "mean_percent",
    "Средний процент выполнения",
    "Средний первичный балл, делённый на максимальный первичный балл работы.",
)
MEAN_RAW_SCORE = Figure(
    "mean_raw_score", "Средний первичный балл", "Сумма первичных баллов, делённая на число участников.", is_share=False
)
MEAN_TEST_SCORE = Figure(
    "mean_test_score", "Средний тестовый балл", "Сумма тестовых баллов, делённая на число участников.", is_share=False
)
BELOW_MINIMUM = Figure(
    "below_minimum",
    "Не преодолели минимум",
    "Число участников с тестовым баллом ниже минимального, делённое на число участников.",
    is_more_better=False,
)
PASSED = Figure("passed", "Получили «зачёт»", "Число участников с зачётом, делённое на число участников с итогом.")


def figures_of(blueprint: Blueprint, group: GroupResult) -> tuple[Figure, ...]:
    """Every figure of a group, the main ones first. Marks and test scores are given wherever the data have them."""
    found = list(_of_kind(blueprint, group))
    if group.mark_shares and blueprint.result_kind is not ResultKind.MARKS:
        found += [PASS_RATE, QUALITY_RATE, MEAN_MARK]
    return tuple(dict.fromkeys((*found, MEAN_PERCENT, MEAN_RAW_SCORE)))


def _of_kind(blueprint: Blueprint, group: GroupResult) -> tuple[Figure, ...]:
    match blueprint.result_kind:
        case ResultKind.MARKS:
            return (PASS_RATE, QUALITY_RATE, MEAN_MARK, MEAN_PERCENT, SOU_INDEX)
        case ResultKind.TEST_SCORE:
            bands = tuple(band_figure(name) for name in (group.scaled.bands if group.scaled else ()))
            return (MEAN_TEST_SCORE, BELOW_MINIMUM, *reversed(bands))
        case ResultKind.PASS_FAIL:
            return (PASSED,)
        case ResultKind.LEVELS:
            names = tuple(group.levels)
            return tuple(level_figure(name) for name in dict.fromkeys((*names[-1:], *names[:1], *names)))
        case _:
            return ()


def band_figure(name: str) -> Figure:
    """Share of test scores in a band: «81–99»."""
    return Figure(
        f"band:{name}",
        f"Набрали {name} баллов",
        f"Число участников с тестовым баллом {name}, делённое на число участников.",
    )


def level_figure(name: str) -> Figure:
    """Share of a level of a work without marks."""
    return Figure(
        f"level:{name}",
        f"Уровень «{name}»",
        f"Число участников с уровнем «{name}», делённое на число участников с уровнем.",
        is_more_better=None,
    )


def mark_figure(mark: int) -> Figure:
    """Share of a mark."""
    return Figure(
        f"mark:{mark}",
        f"Доля отметок «{mark}»",
        f"Число участников с отметкой «{mark}», делённое на число участников с отметкой.",
        is_more_better=mark > 3,
    )


def estimate_of(group: GroupResult, key: str) -> Estimate | None:
    """The figure of a group; None where it is not defined or not known."""
    name, _, part = key.partition(":")
    if name == "mark":
        return group.mark_shares.get(int(part)) if part.isdigit() else None
    if name == "level":
        return group.levels.get(part)
    if key == "mean_test_score":
        return group.scaled.mean if group.scaled else None
    if key == "below_minimum":
        return group.scaled.below_minimum if group.scaled else None
    if name == "band":
        return group.scaled.bands.get(part) if group.scaled else None
    found = getattr(group, key, None)
    return found if isinstance(found, Estimate) else None


def known_figure(blueprint: Blueprint, group: GroupResult, key: str) -> Figure | None:
    """The figure of this key if this group has it."""
    marks = tuple(mark_figure(mark) for mark in group.mark_shares)
    return next((figure for figure in (*figures_of(blueprint, group), *marks) if figure.key == key), None)
