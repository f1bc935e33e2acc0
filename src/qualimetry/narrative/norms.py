"""Norms of item facility in words, as the policy of the run gives them."""

from __future__ import annotations

from collections.abc import Mapping

from qualimetry.narrative.russian import decimal, enumerate_words
from qualimetry.recipes.policy import ItemNorm

LEVELS = {"Б": "базовый", "П": "повышенный", "В": "высокий"}


def norms_phrase(norms: Mapping[str, ItemNorm]) -> str:
    """«базовый уровень – достаточно от 60 %, недостаточно ниже 57 %; повышенный и высокий – …»; "" without norms."""
    said = []
    for norm, levels in _levels_by_norm(norms).items():
        names = enumerate_words([LEVELS.get(level, level) for level in levels])
        noun = " уровень" if len(levels) == 1 else " уровни"
        enough, lacking = _share(norm.sufficient), _share(norm.insufficient)
        said.append(f"{names}{noun} – достаточно от {enough}, недостаточно ниже {lacking}")
    return "; ".join(said)


def sufficient_phrase(norms: Mapping[str, ItemNorm]) -> str:
    """«Б – 60 %, П и В – 30 %»; "" without norms."""
    groups = _levels_by_norm(norms).items()
    return ", ".join(f"{enumerate_words(list(levels))} – {_share(norm.sufficient)}" for norm, levels in groups)


def _levels_by_norm(norms: Mapping[str, ItemNorm]) -> dict[ItemNorm, list[str]]:
    levels: dict[ItemNorm, list[str]] = {}
    for level, norm in norms.items():
        levels.setdefault(norm, []).append(level)
    return levels


def _share(value: float) -> str:
    """«60 %», «28,5 %»: as many decimals as the threshold has, at most one."""
    percent = round(value * 100, 1)
    return f"{decimal(percent, places=0 if percent == int(percent) else 1)}\u00a0%"
