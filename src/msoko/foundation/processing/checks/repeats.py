"""Repeated participants: copies, conflicts, legal attempts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from intake.contracts import MISSING, NO_VALUE, Problem, Severity
from msoko.foundation.catalog.procedures import CodeScope, Repeats
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.rows import Rows

IDENTICAL_ROWS = Passport(
    "participants_are_unique",
    Severity.INFO,
    "Строка участника {code} повторяет строку {first} и не учтена второй раз.",
    topic="Повторы уже учтённых строк",
)
CONFLICT_IN_FILE = Passport(
    "participants_are_unique",
    Severity.ERROR,
    "Участник {code} встречается с разными результатами: учтена строка {first}, эта строка не учтена.",
    "Оставьте в файле одну строку участника и загрузите файл заново.",
    "Участники с разными результатами в одном файле",
)
CONFLICT_KEPT = Passport(
    "participants_are_unique",
    Severity.ERROR,
    "Участник {code} встречается с разными результатами: эта строка учтена, {first} — нет.",
    "Оставьте в файле одну строку участника и загрузите файл заново.",
    "Участники с разными результатами",
)
REPLACED_BY_LATER_FILE = Passport(
    "participants_are_unique",
    Severity.ERROR,
    "Участник {code}: результат заменён более поздним файлом, строка {first}.",
    "Проверьте, какой из файлов верный, и уберите лишний.",
    "Результаты заменены более поздним файлом",
)
REPEATED_ATTEMPTS = Passport(
    "attempts_are_ordered",
    Severity.INFO,
    "Участник сдавал экзамен повторно или подавал апелляцию: засчитан последний действующий результат, строка {first}.",
    topic="Повторные попытки и апелляции",
)

_NULLABLE = ("file_total", "mark", "journal_mark", "test_score", "passed")


@dataclass(slots=True)
class Repeated:
    """What became of repeated participants. keep: rows that stay; attempt and is_valid belong to all rows."""

    keep: npt.NDArray[np.bool_]
    attempt: npt.NDArray[np.int16]
    is_valid: npt.NDArray[np.bool_]
    problems: list[Problem] = field(default_factory=list)
    #: remarks to be made: passport → (row, row it is compared with)
    remarks: dict[Passport, list[tuple[int, int]]] = field(default_factory=dict)

    def remark(self, passport: Passport, position: int, other: int) -> None:
        self.remarks.setdefault(passport, []).append((position, other))


def participants_are_unique(rows: Rows, scope: CodeScope, repeats: Repeats) -> Repeated:
    """Find rows of one participant and decide by the rules of the procedure.

    Identical rows: one stays (blanks filled from the copies). Different rows: an attempt each where the procedure has
    attempts; else the later file replaces, and inside one file the first written row stays; both are named.
    """
    result = Repeated(np.ones(len(rows), bool), np.ones(len(rows), np.int16), np.ones(len(rows), bool))
    order, starts = _groups(rows, scope)
    if not len(starts):
        return result
    _drop_copies(rows, order, starts, has_days=repeats == Repeats.ATTEMPT, result=result)
    for group in _conflicting(order, starts, result.keep):
        if repeats == Repeats.ATTEMPT:
            _order_attempts(rows, group, result)
        else:
            _choose(rows, group, result)
    for passport, pairs in result.remarks.items():
        chosen, others = np.array(pairs).T
        result.problems += passport.about_rows(rows, chosen, _texts(rows, chosen, others))
    return result


def _groups(rows: Rows, scope: CodeScope) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.integer]]:
    """Positions of repeated rows, group after group in order of files; for each the index where its group starts."""
    empty = np.empty(0, dtype=np.int64)
    coded = np.flatnonzero(rows.code != 0)
    if scope == CodeScope.NONE or not len(coded):
        return empty, empty
    key = rows.organization[coded].astype(np.int64) * len(rows.codes) + rows.code[coded]
    if scope == CodeScope.CLASS:
        key = key * len(rows.class_groups) + rows.class_group[coded]
    order = np.argsort(key, kind="stable")
    key, coded = key[order], coded[order]
    is_new = np.r_[True, key[1:] != key[:-1]]
    sizes = np.diff(np.r_[np.flatnonzero(is_new), len(key)])
    repeated = np.repeat(sizes > 1, sizes)
    starts = np.maximum.accumulate(np.where(is_new[repeated], np.arange(repeated.sum()), 0))
    return coded[repeated], starts


def _drop_copies(
    rows: Rows,
    order: npt.NDArray[np.integer],
    starts: npt.NDArray[np.integer],
    *,
    has_days: bool,
    result: Repeated,
) -> None:
    first = order[starts]
    same = (order != first) & _are_same(rows, order, first)
    if has_days:
        same &= _are_same_day(rows, order, first)
    copies, originals = order[same], first[same]
    for name in _NULLABLE:
        values = getattr(rows, name)
        fill = values[originals] == NO_VALUE
        values[originals[fill]] = values[copies[fill]]
    result.keep[copies] = False
    result.problems += IDENTICAL_ROWS.about_rows(rows, copies, _texts(rows, copies, originals))


def _are_same(rows: Rows, one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Rows agree wherever both know a value."""
    same: npt.NDArray[np.bool_] = rows.present[one] == rows.present[other]
    same &= (rows.items[one] == rows.items[other]).all(axis=1)
    for name in _NULLABLE:
        a, b = getattr(rows, name)[one], getattr(rows, name)[other]
        same &= (a == b) | (a == NO_VALUE) | (b == NO_VALUE)
    return same


def _are_same_day(rows: Rows, one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    days = np.array([_day(rows, work) for work in range(len(rows.works))])
    appeals = np.array([work.is_appeal for work in rows.works])
    same: npt.NDArray[np.bool_] = days[rows.work[one]] == days[rows.work[other]]
    same &= ~appeals[rows.work[one]] & ~appeals[rows.work[other]]
    return same


def _day(rows: Rows, work: int) -> int:
    held_on = rows.works[work].campaign.held_on
    return (held_on or dt.date.min).toordinal()


def _conflicting(
    order: npt.NDArray[np.integer], starts: npt.NDArray[np.integer], keep: npt.NDArray[np.bool_]
) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    left = keep[order]
    for position, start in zip(order[left].tolist(), starts[left].tolist(), strict=True):
        groups.setdefault(start, []).append(position)
    return [group for group in groups.values() if len(group) > 1]


def _choose(rows: Rows, group: list[int], result: Repeated) -> None:
    last_work = int(rows.work[group[-1]])
    within = [position for position in group if rows.work[position] == last_work]
    chosen = next((position for position in within if rows.present[position]), within[0])
    for position in group:
        if position == chosen:
            continue
        result.keep[position] = False
        is_earlier = rows.work[position] != last_work
        passport = REPLACED_BY_LATER_FILE if is_earlier else CONFLICT_IN_FILE
        result.remark(passport, position, chosen)
    other = next(position for position in group if position != chosen)
    result.remark(CONFLICT_KEPT, chosen, other)


def _order_attempts(rows: Rows, group: list[int], result: Repeated) -> None:
    def moment(position: int) -> tuple[int, bool, int]:
        work = int(rows.work[position])
        return _day(rows, work), rows.works[work].is_appeal, position

    ordered = sorted(group, key=moment)
    result.attempt[ordered] = np.arange(1, len(ordered) + 1)
    result.is_valid[ordered] = False
    changing = [position for position in ordered if not _is_rejected_appeal(rows, position)] or ordered
    valid = next((position for position in reversed(changing) if _has_result(rows, position)), changing[-1])
    result.is_valid[valid] = True
    for position in ordered:
        if position != valid:
            result.remark(REPEATED_ATTEMPTS, position, valid)


def _is_rejected_appeal(rows: Rows, position: int) -> bool:
    """The appeal changed nothing: the earlier result stands, with its items."""
    return int(rows.row[position]) in rows.works[int(rows.work[position])].unchanged_rows


def _has_result(rows: Rows, position: int) -> bool:
    known = [getattr(rows, name)[position] for name in ("file_total", "mark", "test_score", "passed")]
    return bool(rows.present[position]) and (
        any(value != NO_VALUE for value in known) or bool((rows.items[position] != MISSING).any())
    )


def _texts(rows: Rows, chosen: npt.NDArray[np.integer], others: npt.NDArray[np.integer]) -> dict[str, list[object]]:
    shown = zip(chosen[:2000].tolist(), others[:2000].tolist(), strict=True)
    pairs = [(_code(rows, position), _place(rows, position, other)) for position, other in shown]
    filler = [("", "")] * max(0, len(chosen) - len(pairs))
    return {"code": [code for code, _ in pairs + filler], "first": [place for _, place in pairs + filler]}


def _code(rows: Rows, position: int) -> str:
    """Code as printed; keys that the reader made from documents are not shown."""
    code = rows.codes[rows.code[position]]
    return "(код не указан)" if code.startswith("doc:") else code


def _place(rows: Rows, position: int, other: int) -> str:
    row, work = int(rows.row[other]), int(rows.work[other])
    return f"{row}" if work == rows.work[position] else f"{row} файла «{rows.works[work].file}»"
