"""Histogram of test scores with the line of the minimum."""

from __future__ import annotations

from qualimetry.charts.histogram import histogram_layers
from qualimetry.charts.theme import chart
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import counted, decimal, integer, percent
from qualimetry.recipes.contracts import ScaledScores

STEP = 5


def score_chart(key: str, scores: ScaledScores) -> Chart:
    """Columns of five test scores; a bin never crosses the minimum, so «below» and «passed» are told apart."""
    bins = score_bins(scores.distribution, scores.minimum)
    n = sum(scores.distribution.values())
    title = _title(scores)
    lines = [("минимум", scores.minimum)] if scores.minimum is not None else []
    layers = histogram_layers(bins, [(f"{label} – {score}", score) for label, score in lines], x_title="Тестовый балл")
    return Chart(
        key=key,
        caption="Распределение тестовых баллов",
        specification=chart(title, f"Число участников по тестовым баллам; N = {integer(n)}", layers),
        alt=f"Гистограмма тестовых баллов от 0 до 100, {counted(n, 'участник')}. {title}.",
        table=Table(
            f"{key}.table",
            "Число участников по тестовым баллам",
            (Column("Тестовые баллы"), Column("Участников", "integer")),
            tuple((f"{low}–{high}" if low < high else str(low), count) for low, high, count in bins),
        ),
    )


def score_bins(distribution: dict[int, int], minimum: int | None) -> list[tuple[int, int, int]]:
    """(from, to, participants) over 0…100 in steps of five, cut at the minimum; 100 belongs to the last bin."""
    edges = {*range(0, 101, STEP)} - {100} | ({minimum} if minimum is not None and 0 < minimum <= 100 else set())
    starts = sorted(edges)
    ends = [start - 1 for start in starts[1:]] + [100]
    return [
        (low, high, sum(n for score, n in distribution.items() if low <= score <= high))
        for low, high in zip(starts, ends, strict=True)
    ]


def _title(scores: ScaledScores) -> str:
    if scores.mean.value is None:
        return "Распределение тестовых баллов"
    title = f"Средний тестовый балл – {decimal(scores.mean.value)}"
    below = scores.below_minimum
    if below.value is None or scores.minimum is None:
        return title
    return f"{title}; ниже минимума – {percent(below.value, n=below.n)} участников"
