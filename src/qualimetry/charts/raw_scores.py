"""Distribution of raw scores with the boundaries of marks or levels."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.histogram import histogram_layers
from qualimetry.charts.theme import chart
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import counted, decimal, integer
from qualimetry.recipes.contracts import GroupResult

#: (label of what begins here, its lowest raw score)
Boundary = tuple[str, int]


def raw_score_chart(key: str, group: GroupResult, boundaries: Sequence[Boundary]) -> Chart:
    """A column for each raw score 0…maximum; dashed lines before the lowest score of each mark or level."""
    distribution = group.raw_score_distribution
    title = _title(group)
    subtitle = f"Число участников по первичным баллам; N = {integer(group.participants)}" + (
        "; пунктир – границы: подписано, что начинается справа от линии" if boundaries else ""
    )
    layers = histogram_layers(
        [(score, score, n) for score, n in enumerate(distribution)],
        boundaries,
        x_title="Первичный балл",
        label_bars=len(distribution) <= 40,
    )
    return Chart(
        key=key,
        caption="Распределение первичных баллов",
        specification=chart(title, subtitle, layers),
        alt=f"Гистограмма первичных баллов от 0 до {len(distribution) - 1}, {counted(group.participants, 'участник')}."
        + "".join(f" Граница {label} – {counted(score, 'балл')}." for label, score in boundaries),
        table=Table(
            f"{key}.table",
            "Число участников по первичным баллам",
            (Column("Первичный балл"), Column("Участников", "integer")),
            tuple((str(score), n) for score, n in enumerate(distribution)),
        ),
    )


def _title(group: GroupResult) -> str:
    mean = group.mean_raw_score.value
    if mean is None:
        return "Распределение первичных баллов"
    median = group.quantiles.get("p50")
    middle = f", медиана – {decimal(median, places=0 if median == int(median) else 1)}" if median is not None else ""
    return f"Средний первичный балл – {decimal(mean)} из {integer(group.max_raw_score)}{middle}"
