"""Names of groups as axis labels: short, but never so short that two of them look the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

WIDTH = 40
_SHORTER = (
    (re.compile(r"муниципальное\s+(бюджетное|автономное|каз[её]нное)\s+\w*образовательное\s+учреждение\s*", re.I), ""),
    (re.compile(r"средняя\s+общеобразовательная\s+школа", re.I), "СОШ"),
    (re.compile(r"основная\s+общеобразовательная\s+школа", re.I), "ООШ"),
    (re.compile(r"начальная\s+общеобразовательная\s+школа", re.I), "НОШ"),
    (re.compile(r"\s+имени\s+", re.I), " им. "),
)  # fmt: skip


def axis_labels(names: Sequence[str], width: int = WIDTH) -> list[str]:
    """A label of at most about `width` characters for each name; equal ones get their place in brackets."""
    labels = [name if len(name) <= width else shortened(_abbreviated(name), width) for name in names]
    return [
        label if labels.count(label) == 1 else f"{shortened(label, width - 5)} ({labels[:place].count(label) + 1})"
        for place, label in enumerate(labels)
    ]


def shortened(text: str, width: int = WIDTH) -> str:
    """A long text with «…»; the whole stands in the table of the chart."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip(' ,;(«')}…"


def _abbreviated(name: str) -> str:
    for pattern, short in _SHORTER:
        name = pattern.sub(short, name)
    return name.strip()
