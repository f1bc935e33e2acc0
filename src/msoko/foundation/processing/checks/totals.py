"""Checks of totals and marks against the items."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from intake.contracts import NO_VALUE, Problem, Severity
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.rows import Rows
from qualimetry.narrative.russian import decimal

TOTALS_MATCH_ITEMS = Passport(
    "totals_match_items",
    Severity.WARNING,
    "Итог в файле — {file_total}, сумма баллов за задания — {total}. Учтена сумма баллов за задания.",
    "Проверьте баллы за задания: итог пересчитывается по ним.",
    "Итог в файле не равен сумме баллов за задания",
)
DECLARED_MEANS_MATCH = Passport(
    "declared_means_match",
    Severity.WARNING,
    "В файле указано среднее ({name}) {declared}, по прочитанным строкам — {computed}.",
    "Проверьте, что файл загружен целиком и баллы не изменены.",
)
#: code of the same remark made at reading
CHECKED_BY_READER = "total.differs"
MARKS_MATCH_SCORES = Passport(
    "marks_match_scores",
    Severity.WARNING,
    "Отметка в файле — {mark}, по шкале перевода при {total} б. — {expected}. Учтена отметка файла.",
    "Сверьте шкалу перевода и отметку.",
    "Отметка не соответствует шкале перевода",
)


def totals_match_items(rows: Rows, total: npt.NDArray[np.integer], excluded: npt.NDArray[np.bool_]) -> list[Problem]:
    """The total printed in the file equals the sum of the items; rows with `excluded` cells and files whose reader
    has already compared the totals are named elsewhere."""
    is_checked = np.array([any(p.code == CHECKED_BY_READER for p in work.problems) for work in rows.works])
    excluded = excluded | is_checked[rows.work]
    differs = rows.present & (rows.file_total != NO_VALUE) & (rows.file_total != total) & ~excluded
    chosen = np.flatnonzero(differs)
    return TOTALS_MATCH_ITEMS.about_rows(rows, chosen, {"file_total": rows.file_total[chosen], "total": total[chosen]})


def marks_match_scores(rows: Rows, total: npt.NDArray[np.integer], expected: npt.NDArray[np.integer]) -> list[Problem]:
    """The official mark of the file agrees with the mark boundaries."""
    differs = rows.present & (rows.mark != NO_VALUE) & (expected != NO_VALUE) & (rows.mark != expected)
    chosen = np.flatnonzero(differs)
    figures = {"mark": rows.mark[chosen], "total": total[chosen], "expected": expected[chosen]}
    return MARKS_MATCH_SCORES.about_rows(rows, chosen, figures)


def declared_means_match(rows: Rows, total: npt.NDArray[np.integer]) -> list[Problem]:
    """Means printed under a protocol agree with its rows: to a unit where whole numbers are printed, else to 0.05."""
    columns = {"первичный балл": total, "тестовый балл": rows.test_score, "отметка": rows.mark}
    problems = []
    for number, work in enumerate(rows.works):
        for name, values in columns.items():
            declared = work.declared.get(f"Средние: {name}")
            known = values[(rows.work == number) & rows.present & (values != NO_VALUE)]
            if declared is None or not len(known):
                continue
            tolerance = 1.0 if float(declared).is_integer() else 0.05
            if abs(declared - float(known.mean())) >= tolerance:
                figures = {"name": name, "declared": decimal(declared, 2), "computed": decimal(float(known.mean()), 2)}
                problems.append(DECLARED_MEANS_MATCH.problem_with(figures, work.file, work.sheet))
    return problems
