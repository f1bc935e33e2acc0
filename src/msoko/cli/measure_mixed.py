"""`msoko measure mixed`: a linear mixed model from a table of rows. No database, no Django."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from msoko.cli.screen import complain, figure, say, to_json
from msoko.cli.tables import CsvTable, InputError, csv_table, number_of, read_text
from qualimetry.mixed.design import Design, design
from qualimetry.mixed.errors import MixedError
from qualimetry.mixed.fit import LevelResult, MixedResult, fit_mixed

_WORDS: Final = {
    "no_data": "Нет ни одной строки со всеми нужными значениями.",
    "too_few": "Строк слишком мало: {rows}. Их должно быть больше, чем коэффициентов.",
    "collinear": "Столбец «{name}» постоянен или следует из других столбцов: его влияние не отделить. Уберите его.",
    "no_spread": "Значения не различаются: оценивать нечего.",
    "one_group": "На уровне «{level}» одна группа: сравнивать не с чем.",
    "single_members": "На уровне «{level}» в каждой группе по одному участнику (или по одной группе): различия между "
    "группами и внутри них не отделить друг от друга.",
    "not_nested": "Модель не рассчитывается: уровней групп – не больше двух, а переменный наклон (--slope) возможен "
    "только при одном уровне.",
    "slope_not_fixed": "Столбца «{name}» нет среди объясняющих: добавьте его и в --fixed.",
    "no_convergence": "Расчёт не сошёлся: проверьте данные.",
}


@dataclass(frozen=True)
class MixedRequest:
    """What the command line asks for: names of columns, groups from inner to outer."""

    file: Path
    outcome: str
    fixed: str
    group: str
    slope: str
    is_ml: bool
    is_json: bool


def measure_mixed(request: MixedRequest) -> int:
    """Write the model; status 2 when the input is wrong, 1 when no model can be estimated."""
    try:
        known, left_out = _design(request)
        result = fit_mixed(known, is_restricted=not request.is_ml)
    except InputError as error:
        complain(str(error))
        return 2
    except MixedError as error:
        complain(_WORDS[error.code].format(**error.details))
        return 1
    if left_out:
        complain(f"Внимание: строк с пустыми значениями {left_out}, они не учтены.")
    document = mixed_document(result)
    if request.is_json:
        say(to_json(document))
    else:
        _show(result)
    return 0


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _design(request: MixedRequest) -> tuple[Design, int]:
    table = csv_table(read_text(request.file))
    fixed, groups, slopes = _names(request.fixed), _names(request.group), _names(request.slope)
    if not groups:
        raise InputError("Не указана группа: --group school или --group class,school.")
    for name in (*fixed, *groups, *slopes, request.outcome):
        table.column(name)
    if twice := [name for name in fixed if fixed.count(name) > 1]:
        raise InputError(f"Столбец «{twice[0]}» указан в --fixed дважды.")
    measured = [request.outcome, *fixed]
    places = [table.names.index(name) for name in (*measured, *groups)]
    whole = [(line, row) for line, row in table.rows if all(row[place] for place in places)]
    kept = CsvTable(table.names, tuple(whole))
    values = {name: np.array(list(_numbers(kept, name)), np.float64) for name in measured}
    made = design(
        values[request.outcome], {name: values[name] for name in fixed}, {name: kept.column(name) for name in groups},
        slopes,
    )  # fmt: skip
    return made, len(table.rows) - len(whole)


def _numbers(table: CsvTable, name: str) -> Iterator[float]:
    for (line, _), text in zip(table.rows, table.column(name), strict=True):
        value = number_of(text)
        if value is None or not math.isfinite(value):
            raise InputError(f"Строка {line}, столбец «{name}»: «{text[:40]}» – не число.")
        yield value


def mixed_document(result: MixedResult) -> dict[str, Any]:
    """The model as plain values."""
    return {
        "fixed": {
            name: {"estimate": one.estimate, "se": one.error}
            for name, one in zip(result.names, result.coefficients, strict=True)
        },
        "variance": {**dict(_variances(result.levels)), "residual": result.residual},
        "criterion": result.criterion,
        "method": "reml" if result.is_restricted else "ml",
        "effects": [row for level in result.levels for row in _effects(level)],
    }


def _variances(levels: Sequence[LevelResult]) -> Iterator[tuple[str, float]]:
    """`level` of the intercept, `level:x` of a slope, `level:(Intercept),x` of both together."""
    for level in levels:
        yield level.name, float(level.variance[0, 0])
        for place, term in enumerate(level.terms[1:], 1):
            yield f"{level.name}:{term}", float(level.variance[place, place])
            for other in range(place):
                yield f"{level.name}:{level.terms[other]},{term}", float(level.variance[place, other])


def _effects(level: LevelResult) -> Iterator[dict[str, Any]]:
    for place, label in enumerate(level.labels):
        for column, term in enumerate(level.terms):
            row: dict[str, Any] = {
                "level": level.name,
                "group": label,
                "effect": float(level.effects[place, column]),
                "se": float(level.errors[place, column]),
            }
            if len(level.terms) > 1:
                row["term"] = term
            yield row


def _show(result: MixedResult) -> None:
    say("Коэффициент\tОценка\tОшибка")
    for name, one in zip(result.names, result.coefficients, strict=True):
        say(f"{name}\t{_number(one.estimate)}\t{_number(one.error)}")
    say("Дисперсия\tОценка")
    for name, value in (*_variances(result.levels), ("остаток", result.residual)):
        say(f"{name}\t{_number(value)}")
    method = "ограниченного правдоподобия" if result.is_restricted else "правдоподобия"
    say(f"−2 логарифм {method}: {_number(result.criterion)}")


def _number(value: float | None) -> str:
    return figure(value, ".5g")
