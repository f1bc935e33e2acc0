"""The table of items and the scale as typed on the page → a specification, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.layouts.specification_levels import condition_labels
from msoko.foundation.kernel.errors import RefusedError
from qualimetry.frames.blueprint import Blueprint, CutScores, Item, LevelCuts, MarkCondition, ResultKind

COLUMNS = (
    ("label", "№ задания"), ("max_score", "Макс. балл"), ("level", "Уровень"), ("content", "КЭС"),
    ("skills", "Умение, планируемый результат"), ("section", "Раздел"),
)  # fmt: skip
BLANK_ROWS = 8
MAX_ROWS = 200
_CONDITION = re.compile(r"\s*([345])\s*:\s*(.+?)\s*(?:≥|>=|не меньше|:)\s*(\d{1,3})\s*")
_LEVEL = re.compile(r"\s*(.+?)\s*[:;–—-]\s*(\d{1,3})\s*")
_LEVEL_WORDS = {"б": "Б", "базовый": "Б", "п": "П", "повышенный": "П", "в": "В", "высокий": "В"}


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of the table as it stands on the page."""

    number: int
    label: str = ""
    max_score: str = ""
    level: str = ""
    content: str = ""
    skills: str = ""
    section: str = ""

    @property
    def is_blank(self) -> bool:
        return not any((self.label, self.max_score, self.level, self.content, self.skills, self.section))


def rows_of_items(items: tuple[Item, ...]) -> list[TypedRow]:
    """Rows of a stored specification with blank ones to go on."""
    rows = [
        TypedRow(number, item.label, str(item.max_score), item.level or "", "; ".join(item.content_elements),
                 "; ".join(item.skills), item.section)
        for number, item in enumerate(items)
    ]  # fmt: skip
    return [*rows, *(TypedRow(len(rows) + extra) for extra in range(BLANK_ROWS))]


def typed_rows(data: Mapping[str, Any]) -> list[TypedRow]:
    """Rows of the posted table («item-3-label»…), in order."""
    numbers = sorted({int(found[1]) for key in data if (found := re.fullmatch(r"item-(\d{1,3})-label", key))})
    return [
        TypedRow(number, *(" ".join(str(data.get(f"item-{number}-{name}", "")).split()) for name, _ in COLUMNS))
        for number in numbers[:MAX_ROWS]
    ]


def items_of_rows(rows: list[TypedRow]) -> tuple[Item, ...]:
    """Items of the filled rows.

    Raises:
        RefusedError: with the row that cannot be one.
    """
    filled = [row for row in rows if not row.is_blank]
    if not filled:
        raise RefusedError("В таблице нет ни одного задания.", "Заполните строки или вставьте их из Excel.")
    return tuple(_item(row) for row in filled)


def _item(row: TypedRow) -> Item:
    place = f"Строка {row.number + 1}"
    if not row.label:
        raise RefusedError(f"{place}: нет номера задания.", "Заполните столбец «№ задания».")
    points = row.max_score.removesuffix(",0").removesuffix(".0")
    if not points.isdecimal() or not 1 <= int(points) <= 100:
        raise RefusedError(f"{place}: максимальный балл «{row.max_score}» — не целое число от 1 до 100.")
    level = _LEVEL_WORDS.get(row.level.casefold(), "")
    if row.level and not level:
        raise RefusedError(f"{place}: уровень «{row.level}» не известен.", "Допустимы Б, П, В или пустая клетка.")
    return Item(row.label[:20], int(points), level or None, _parts(row.content), _parts(row.skills), row.section[:200])


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def blueprint_of(
    work: Mapping[str, Any], scale: Mapping[str, Any], rows: list[TypedRow], base: Blueprint | None
) -> Blueprint:
    """A specification of what was typed; names of content elements stay those of `base`.

    Raises:
        RefusedError: with what cannot be read.
    """
    kind = ResultKind(scale["result_kind"])
    items = items_of_rows(rows)
    return Blueprint(
        procedure=work["procedure"], subject=work["subject"], grade_level=work["grade_level"], year=work["year"],
        items=items, result_kind=kind, cut_scores=_cut_scores(scale, [item.label for item in items]),
        levels=_levels(scale), test_score_minimum=scale.get("test_score_minimum"),
        element_names=dict(base.element_names) if base else {},
    )  # fmt: skip


def _cut_scores(scale: Mapping[str, Any], labels: list[str]) -> CutScores | None:
    bounds = [scale.get(name) for name in ("lowest_three", "lowest_four", "lowest_five")]
    given = [bound for bound in bounds if bound is not None]
    if not given:
        if scale.get("conditions"):
            raise RefusedError("Условия отметок заданы без границ.", "Заполните нижние баллы «3», «4», «5».")
        return None
    if len(given) < 3:
        raise RefusedError("Шкала заполнена не полностью.", "Укажите нижние баллы всех трёх отметок: 3, 4 и 5.")
    three, four, five = given
    conditions = _conditions(scale.get("conditions", ""), labels)
    return CutScores(three, four, five, source=scale.get("scale_source", ""), conditions=conditions)


def _conditions(text: str, labels: list[str]) -> tuple[MarkCondition, ...]:
    return tuple(_condition(line, labels) for line in text.splitlines() if line.strip())


def _condition(line: str, known: list[str]) -> MarkCondition:
    found = _CONDITION.fullmatch(line)
    if found is None:
        raise RefusedError(f"Условие «{line.strip()}» не понято.", "Образец: «3: 15, 16, 17 ≥ 2».")
    exact = tuple(part for part in re.split(r"[;,\s]+", found[2]) if part)
    labels = exact if set(exact) <= set(known) else condition_labels(found[2])
    unknown = [label for label in labels or exact if label not in known]
    if unknown or not labels:
        raise RefusedError(
            f"В условии «{line.strip()}» задания, которых нет в таблице: {', '.join(unknown) or found[2]}."
        )
    return MarkCondition(labels, int(found[3]), int(found[1]))


def _levels(scale: Mapping[str, Any]) -> LevelCuts | None:
    lines = [line for line in scale.get("levels", "").splitlines() if line.strip()]
    if not lines:
        return None
    found = [_LEVEL.fullmatch(line) for line in lines]
    met = [(one[1], int(one[2])) for one in found if one is not None]
    if len(met) < len(lines) or len(met) < 2:
        raise RefusedError("Уровни не поняты.", "По строке на уровень снизу вверх: «Низкий: 0», «Базовый: 8».")
    lowest = [low for _, low in met]
    if sorted(set(lowest)) != lowest:
        raise RefusedError("Нижние баллы уровней не возрастают.", "Перечислите уровни снизу вверх.")
    return LevelCuts(tuple(name for name, _ in met), tuple(lowest[1:]), scale.get("scale_source", ""))


def scale_initial(blueprint: Blueprint, *, is_verified: bool) -> dict[str, Any]:
    """Values of the scale form for a stored specification."""
    cuts, levels = blueprint.cut_scores, blueprint.levels
    lowest = dict(zip(("lowest_three", "lowest_four", "lowest_five"), _bounds(cuts), strict=False))
    bounds = (0, *levels.lowest) if levels and levels.lowest else ()
    return lowest | {
        "result_kind": blueprint.result_kind.value,
        "test_score_minimum": blueprint.test_score_minimum,
        "conditions": "\n".join(condition_text(rule) for rule in cuts.conditions) if cuts else "",
        "levels": "\n".join(
            f"{name}: {low}" for name, low in zip(levels.names if levels else (), bounds, strict=False)
        ),
        "scale_source": cuts.source if cuts else levels.source if levels else "",
        "is_scale_verified": is_verified,
    }


def _bounds(cuts: CutScores | None) -> tuple[int, ...]:
    return (cuts.lowest_three, cuts.lowest_four, cuts.lowest_five) if cuts else ()


def condition_text(rule: MarkCondition) -> str:
    """«3: 15, 16, 17 ≥ 2»."""
    return f"{rule.from_mark}: {', '.join(rule.labels)} ≥ {rule.min_points}"
