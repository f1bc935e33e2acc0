"""Grounds of a sentence in words: its rule with the source, the figures put into it, N."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Block, BulletList, Grounds, Paragraph
from qualimetry.narrative.rulebook import load_rulebook

#: figures that are shares: name → what it is
_SHARES = {
    "share": "доля", "share2": "доля «2»", "share3": "доля «3»", "share4": "доля «4»", "share5": "доля «5»",
    "pass": "успеваемость", "quality": "качество знаний", "sou": "СОУ", "rate": "доля", "two": "доля «2»",
    "percent": "средний процент выполнения", "mean_percent": "средний процент выполнения",
    "municipality_mean_percent": "средний процент по муниципалитету", "municipality": "по муниципалитету",
    "other": "у группы сравнения", "reference": "для сравнения", "facility": "выполнение", "expected": "ожидалось",
    "sufficient": "норма достаточного уровня", "insufficient": "граница недостаточного уровня",
    "low_facility": "наименьшее выполнение", "high_facility": "наибольшее выполнение", "passed": "доля сдавших",
    "below": "ниже минимума", "lower": "понизили отметку", "same": "подтвердили отметку", "higher": "повысили отметку",
    "differs_by_two": "расхождение на 2 и более", "difference": "разница", "before": "было", "now": "стало",
    "whole_two": "доля «2» по муниципалитету", "whole_pass": "успеваемость по муниципалитету",
    "whole_quality": "качество по муниципалитету", "whole_percent": "средний процент по муниципалитету",
    "whole_passed": "доля сдавших по муниципалитету", "whole_below": "ниже минимума по муниципалитету",
    "whole_lower": "понизили по муниципалитету", "whole_same": "подтвердили по муниципалитету",
    "whole_higher": "повысили по муниципалитету", "low": "нижняя граница интервала",
    "high": "верхняя граница интервала", "low2": "доля «2», нижняя граница", "high2": "доля «2», верхняя граница",
}  # fmt: skip
_NUMBERS = {
    "n2": "отметок «2»", "n3": "отметок «3»", "n4": "отметок «4»", "n5": "отметок «5»", "n_present": "писали работу",
    "n_absent": "отсутствовали", "n_compared": "сравнено отметок", "n_without": "без отметки в журнале",
    "n_two": "расхождений на 2 и более", "participants": "участников", "organizations": "организаций",
    "classes": "классов", "items": "заданий", "elements": "элементов", "all_elements": "всего элементов",
    "all_items": "всего заданий", "gaps": "дефицитов", "maximum": "максимальный балл", "minimum": "минимальный балл",
    "score": "средний балл", "mark": "средняя отметка", "test_score": "средний тестовый балл", "p10": "10-й процентиль",
    "p25": "25-й процентиль", "p50": "медиана", "p75": "75-й процентиль", "p90": "90-й процентиль",
    "alpha": "надёжность (альфа Кронбаха)", "observed": "наблюдалось", "cut": "граница отметки", "year": "год",
    "above": "выше остальных", "indistinct": "неразличимо", "small": "малых групп", "count": "сколько",
    "other_n": "участников в группе сравнения", "p_value": "p", "q_value": "q (с поправкой)", "threshold": "порог",
}  # fmt: skip
_TEXTS = {
    "organization": "организация", "class_name": "класс", "topic": "тема", "name": "тема", "labels": "задания",
    "label": "задание", "level": "уровень сложности", "names": "перечень", "period": "период", "source": "источник",
    "subject": "предмет", "procedure": "процедура", "school_year": "учебный год", "version": "методика",
    "reason": "причина",
}  # fmt: skip
_BOUNDS = {"_low": "нижняя граница", "_high": "верхняя граница", "_n": "N"}
_SMALL_THRESHOLD = 1.0  # a threshold below it is a share


@dataclass(frozen=True, slots=True)
class GroundsCard:
    """A rule in words. `figures` are (what, value)."""

    rule: str
    source: str
    author: str
    n: str
    figures: tuple[tuple[str, str], ...]


def grounds_of(block: Block) -> list[GroundsCard]:
    """Grounds of every sentence of a block, in its order."""
    found = block.grounds if isinstance(block, Paragraph | BulletList) else ()
    return [_card(one) for one in found]


def _card(grounds: Grounds) -> GroundsCard:
    rule = load_rulebook().rules.get(grounds.rule)
    return GroundsCard(
        rule=grounds.rule,
        source=rule.source if rule else "",
        author=rule.author if rule else "",
        n=russian.integer(grounds.n) if grounds.n is not None else "",
        figures=tuple(_told(grounds)),
    )


def _told(grounds: Grounds) -> Iterator[tuple[str, str]]:
    for key, value in grounds.figures.items():
        where, _, name = key.rpartition(": ")
        title = figure_title(name)
        if title is not None and value is not None and value != "":
            yield (f"{where}: {title}" if where else title), _value(name, value)


def figure_title(name: str) -> str | None:
    """What a figure of a rule is; None for switches that only choose a wording."""
    known = _SHARES | _NUMBERS | _TEXTS
    if name in known:
        return known[name]
    for suffix, words in _BOUNDS.items():
        if name.endswith(suffix) and name.removesuffix(suffix) in known:
            return f"{known[name.removesuffix(suffix)]}, {words}"
    return None


def _value(name: str, value: float | int | str) -> str:
    if isinstance(value, str):
        return value
    stem = name.removesuffix("_low").removesuffix("_high")
    if stem in _SHARES or (name == "threshold" and value < _SMALL_THRESHOLD):
        return russian.percent(value, places=1)
    if name == "year":
        return str(int(value))
    if isinstance(value, int) or float(value).is_integer():
        return russian.integer(value)
    return russian.decimal(value, places=4 if name in ("p_value", "q_value") else 2)
