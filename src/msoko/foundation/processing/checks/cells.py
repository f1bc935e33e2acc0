"""Checks of single cells: impossible values are taken out, the participant stays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from intake.contracts import MISSING, NO_VALUE, Problem, Severity
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.rows import Rows

SCORES_WITHIN_MAXIMUM = Passport(
    "scores_within_maximum",
    Severity.ERROR,
    "Задание {label}: балл {score} больше максимального ({maximum}). Балл не учтён, участник оставлен.",
    "Исправьте балл в файле и загрузите файл заново.",
    "Балл больше максимального",
)
SCORES_ARE_PLAUSIBLE = Passport(
    "scores_are_plausible",
    Severity.ERROR,
    "Задание {label}: балл {score} встречается лишь в единичных работах, у остальных не больше {maximum}: похоже на "
    "ошибку ввода. Балл не учтён, участник оставлен.",
    "Проверьте балл по работе. Если максимум задания больше, приложите спецификацию работы.",
    "Единичный балл выше остальных",
)
MARKS_WITHIN_RANGE = Passport(
    "marks_within_range",
    Severity.ERROR,
    "Отметка {value} вне пределов 2–5 и не учтена.",
    "Исправьте отметку в файле и загрузите файл заново.",
    "Отметка вне пределов 2–5",
)
JOURNAL_MARKS_WITHIN_RANGE = Passport(
    "journal_marks_within_range",
    Severity.WARNING,
    "Отметка по журналу {value} вне пределов 2–5: участник не входит в сравнение с журналом.",
    "Исправьте отметку по журналу в файле.",
    "Отметка по журналу вне пределов 2–5",
)
SCALED_SCORES_WITHIN_RANGE = Passport(
    "scaled_scores_within_range",
    Severity.ERROR,
    "Тестовый балл {value} вне пределов 0–100 и не учтён.",
    "Исправьте тестовый балл в файле и загрузите файл заново.",
    "Тестовый балл вне пределов 0–100",
)
WRITTEN_WORKS_HAVE_SCORES = Passport(
    "written_works_have_scores",
    Severity.WARNING,
    "У участника нет ни одного балла и нет отметки «отсутствовал»: он отнесён к отсутствовавшим.",
    "Если работа написана, внесите баллы; иначе поставьте «отсутствовал».",
    "Строка без единого балла",
)


def scores_within_maximum(
    rows: Rows, labels: Sequence[str], maxima: Sequence[int], inferred: Sequence[bool]
) -> tuple[list[Problem], npt.NDArray[np.integer]]:
    """Scores above the maximum become MISSING; remarks and the row of every cell taken out."""
    limit = np.asarray(maxima, dtype=np.int16)
    position, item = np.nonzero(rows.items > limit)
    if not len(position):
        return [], position
    scores = rows.items[position, item].tolist()
    rows.items[position, item] = MISSING
    is_inferred = np.asarray(inferred, dtype=bool)[item]
    names, tops = np.asarray(labels, dtype=object)[item], limit[item]
    problems = []
    for passport, chosen in ((SCORES_WITHIN_MAXIMUM, ~is_inferred), (SCORES_ARE_PLAUSIBLE, is_inferred)):
        kept = [score for score, is_chosen in zip(scores, chosen.tolist(), strict=True) if is_chosen]
        figures = {"label": names[chosen], "score": kept, "maximum": tops[chosen]}
        problems += passport.about_rows(rows, position[chosen], figures, item[chosen])
    return problems, position


def marks_within_range(rows: Rows) -> list[Problem]:
    """Marks outside 2–5 become unknown."""
    return _clear_outside(rows, rows.mark, 2, 5, MARKS_WITHIN_RANGE)


def journal_marks_within_range(rows: Rows) -> list[Problem]:
    """Journal marks outside 2–5 become unknown."""
    return _clear_outside(rows, rows.journal_mark, 2, 5, JOURNAL_MARKS_WITHIN_RANGE)


def scaled_scores_within_range(rows: Rows) -> list[Problem]:
    """Test scores outside 0–100 become unknown."""
    return _clear_outside(rows, rows.test_score, 0, 100, SCALED_SCORES_WITHIN_RANGE)


def written_works_have_scores(rows: Rows) -> list[Problem]:
    """A present participant without any score, mark or level counts as absent."""
    silent = rows.present & (rows.items == MISSING).all(axis=1) & (rows.level == 0)
    silent &= (rows.file_total == NO_VALUE) | ((rows.file_total == 0) & (rows.items.shape[1] > 0))
    for known in (rows.mark, rows.test_score, rows.passed):
        silent &= known == NO_VALUE
    rows.present[silent] = False
    return WRITTEN_WORKS_HAVE_SCORES.about_rows(rows, np.flatnonzero(silent))


def _clear_outside(
    rows: Rows, values: npt.NDArray[np.integer], lowest: int, highest: int, passport: Passport
) -> list[Problem]:
    wrong = np.flatnonzero((values != NO_VALUE) & ((values < lowest) | (values > highest)))
    met = values[wrong].tolist()
    values[wrong] = NO_VALUE
    return passport.about_rows(rows, wrong, {"value": met})
