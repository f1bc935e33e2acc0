"""`msoko measure rasch`: a scale from a table of responses or from counts. No database, no Django."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from msoko.cli.screen import complain, figure, say, to_json
from msoko.cli.tables import CsvTable, InputError, csv_table, number_of, read_text
from qualimetry.rasch.errors import RaschError
from qualimetry.rasch.responses import NOT_GIVEN, Responses, from_margins, from_matrix
from qualimetry.rasch.scale import BookletTable, Method, Oddity, Scale, calibrate

_WORDS: Final = {
    "no_data": "В таблице нет ответов.",
    "few_items": "Нужны хотя бы два задания, за которые участники получили разные баллы.",
    "negative": "Есть отрицательный балл. Баллы – целые числа от 0; пустая клетка – задания не было в варианте.",
    "counts_disagree": "Итоги по заданиям и по первичному баллу не сходятся: они должны быть об одних участниках.",
    "disconnected": "Шкалы не сопоставимы: у наборов заданий нет общих заданий, которые связали бы их: {parts}.",
    "no_middle": "Каждый участник решил либо всё, либо ничего: сравнить задания не по чему.",
    "no_estimate": "Оценок не существует: одно из заданий полностью отделяет участников (все, кто справился с другими, "
    "справились и с ним, или наоборот). Уберите такое задание или добавьте участников.",
    "no_convergence": "Расчёт не сошёлся: проверьте баллы.",
}
_ODDITIES: Final = {
    Oddity.ONE_CATEGORY: "задание «{label}»: у всех участников один и тот же балл, о трудности судить нельзя",
    Oddity.UNUSED_CATEGORY: "задание «{label}»: есть балл, которого не получил никто, его шаги не оценены",
    Oddity.REVERSED_STEPS: "задание «{label}»: пороги идут не по возрастанию, промежуточный балл редко бывает",
}
_SERVICE: Final = ("group", "booklet")
_LARGEST: Final = 1000


@dataclass(frozen=True)
class RaschRequest:
    """What the command line asks for."""

    file: Path
    method: str
    is_json: bool


def measure_rasch(request: RaschRequest) -> int:
    """Write the scale; status 2 when the input is wrong, 1 when no scale can be estimated."""
    if request.method not in tuple(Method):
        complain(
            f"Способ «{request.method}» неизвестен. Допустимо: cml (условное) или mml (маргинальное правдоподобие)."
        )
        return 2
    try:
        responses = read_responses(request.file)
        scale = calibrate(responses, Method(request.method))
    except InputError as error:
        complain(str(error))
        return 2
    except RaschError as error:
        complain(_words(error))
        return 1
    document = scale_document(scale, responses)
    if request.is_json:
        say(to_json(document))
    else:
        _show(document)
    for line in document["warnings"]:
        complain(f"Внимание: {line}.")
    return 0


def _words(error: RaschError) -> str:
    parts = error.details.get("parts", [])
    named = "; ".join(", ".join(part) for part in parts) if isinstance(parts, list) else ""
    return _WORDS[error.code].format(parts=named)


def read_responses(file: Path) -> Responses:
    """Responses of a CSV table or a JSON document of counts.

    Raises InputError, RaschError.
    """
    text = read_text(file)
    return _from_json(text) if text.lstrip()[:1] == "{" else _from_table(csv_table(text))


def _from_json(text: str) -> Responses:
    try:
        document = json.loads(text)
        items, scores = document["item_counts"], document["score_counts"]
        rows = [[_count(value) for value in row] for row in items]
        return from_margins(rows, [_count(value) for value in scores], [str(one) for one in document.get("labels", ())])
    except json.JSONDecodeError as error:
        raise InputError(f"JSON не читается: строка {error.lineno}, знак {error.colno}.") from None
    except (KeyError, TypeError):
        raise InputError(
            'Нужен объект {"item_counts": [[n0, n1, …], …], "score_counts": [n0, n1, …]} из целых чисел.'
        ) from None


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _from_table(table: CsvTable) -> Responses:
    service = {name.casefold(): name for name in table.names if name.casefold() in _SERVICE}
    labels = [name for name in table.names if name not in service.values()]
    if not labels:
        raise InputError("В заголовке нет ни одного задания.")
    places = [table.names.index(name) for name in labels]
    matrix = np.array(
        [[_score(row[place], line, table.names[place]) for place in places] for line, row in table.rows], np.int64
    )
    groups = table.column(service["group"]) if "group" in service else None
    if "booklet" in service:
        _check_booklets(matrix, table.column(service["booklet"]), [line for line, _ in table.rows], labels)
    return from_matrix(matrix, labels, groups)


def _score(text: str, line: int, name: str) -> int:
    if not text:
        return NOT_GIVEN
    number = number_of(text)
    if number is None or not number.is_integer() or not 0 <= number <= _LARGEST:
        raise InputError(f"Строка {line}, столбец «{name}»: «{text[:40]}» – не балл. Нужно целое число от 0.")
    return int(number)


def _check_booklets(
    matrix: np.ndarray[Any, Any], booklets: Sequence[str], lines: Sequence[int], labels: Sequence[str]
) -> None:
    """An item that others of the booklet answered was in it: a blank there is an omission, and nobody may guess it."""
    for booklet in sorted(set(booklets)):
        mine = np.array([one == booklet for one in booklets])
        given = matrix[mine] != NOT_GIVEN
        partly = given.any(axis=0) & ~given.all(axis=0)
        if partly.any():
            column = int(np.flatnonzero(partly)[0])
            row = int(np.flatnonzero(mine)[np.flatnonzero(~given[:, column])[0]])
            raise InputError(
                f"Строка {lines[row]}, столбец «{labels[column]}»: пусто, хотя задание есть в варианте "
                f"«{booklet}». Поставьте 0, если участник не приступал к заданию."
            )


def scale_document(scale: Scale, responses: Responses) -> dict[str, Any]:
    """The scale as plain values."""
    warnings = [_ODDITIES[odd].format(label=item.label) for item in scale.items for odd in item.oddities]
    if responses.empty:
        warnings.append(f"участников без единого задания: {responses.empty}, они не учтены")
    document: dict[str, Any] = {
        "method": scale.method.value,
        "loglik": scale.loglik,
        "items": [
            {
                "label": item.label,
                "thresholds": list(item.thresholds),
                "se": list(item.errors),
                "infit": item.fit.infit,
                "outfit": item.fit.outfit,
            }
            for item in scale.items
        ],
        "population": {"mean": scale.populations[0].mean, "sd": scale.populations[0].sd},
        "persons": [row for table in scale.tables for row in _persons(table, scale, responses)],
        "reliability": scale.reliability,
        "warnings": warnings,
    }
    if len(responses.groups) > 1:
        document["populations"] = [
            {"group": name, "mean": one.mean, "sd": one.sd}
            for name, one in zip(responses.groups, scale.populations, strict=True)
        ]
    return document


def _persons(table: BookletTable, scale: Scale, responses: Responses) -> Iterable[dict[str, Any]]:
    abilities = table.abilities
    for score in range(abilities.persons.size):
        row: dict[str, Any] = {
            "raw_score": score,
            "wle": _known(abilities.wle[score]),
            "wle_se": _known(abilities.wle_se[score]),
            "eap": _known(abilities.eap[score]),
            "eap_sd": _known(abilities.eap_sd[score]),
            "persons": int(abilities.persons[score]),
        }
        if len(scale.tables) > 1:
            row["items"] = [responses.labels[item] for item in table.items]
        if len(responses.groups) > 1:
            row["group"] = responses.groups[table.group]
        yield row


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _show(document: dict[str, Any]) -> None:
    say("Задание\tПороги, логиты\tОшибки\tИнфит\tАутфит")
    for item in document["items"]:
        cells = (_numbers(item["thresholds"]), _numbers(item["se"]), _number(item["infit"]), _number(item["outfit"]))
        say("\t".join((item["label"], *cells)))
    population = document["population"]
    say(f"Распределение участников: среднее {_number(population['mean'])}, отклонение {_number(population['sd'])}")
    say(f"Надёжность: {_number(document['reliability'])}")


def _numbers(values: Sequence[float | None]) -> str:
    return "; ".join(_number(value) for value in values)


def _number(value: float | None) -> str:
    return figure(value, ".3f")
