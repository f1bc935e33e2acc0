"""Raw scores of a school beside those that a school of its level would have."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.histogram import histogram_layers
from qualimetry.charts.raw_scores import Boundary
from qualimetry.charts.theme import ALERT, INK, chart, inline
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import counted, integer


def expected_chart(
    key: str, observed: Sequence[int], expected: Sequence[float], boundaries: Sequence[Boundary]
) -> Chart:
    """Columns – participants, points – what is expected; dashed lines before the lowest score of each mark."""
    n = sum(observed)
    rows = tuple((str(score), count, round(expected[score], 1)) for score, count in enumerate(observed))
    layers = histogram_layers(
        [(score, score, count) for score, count in enumerate(observed)], boundaries, x_title="Первичный балл",
        label_bars=len(observed) <= 40,
    )  # fmt: skip
    y = layers["layer"][0]["encoding"]["y"]
    y["scale"]["domain"][1] = max(y["scale"]["domain"][1], max(expected, default=0.0) * 1.1)
    layers["layer"].append(
        {
            "data": inline([{"at": score, "n": round(value, 2)} for score, value in enumerate(expected)]),
            "mark": {"type": "point", "filled": True, "size": 34, "color": ALERT, "stroke": INK, "strokeWidth": 0.5},
            "encoding": {
                "x": {**layers["layer"][0]["encoding"]["x"], "field": "at"},
                "y": {**y, "field": "n"},
            },
        }
    )
    return Chart(
        key=key,
        caption="Первичные баллы и ожидаемое число участников",
        specification=chart(
            "Первичные баллы и ожидаемое число участников",
            f"Столбцы – участники, точки – сколько их было бы у школы такого уровня; N = {integer(n)}",
            layers,
        ),
        alt=f"Гистограмма первичных баллов, {counted(n, 'участник')}; точками показано ожидаемое число участников.",
        table=Table(
            f"{key}.table",
            "Участники по первичным баллам: наблюдаемое и ожидаемое",
            (Column("Первичный балл"), Column("Участников", "integer"), Column("Ожидалось", "decimal")),
            rows,
        ),
    )  # fmt: skip
