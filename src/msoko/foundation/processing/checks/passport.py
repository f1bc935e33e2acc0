"""Passport of a check and the making of its remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intake.contracts import Problem, Severity
from msoko.foundation.processing.rows import Rows

#: Remarks of one check that are given row by row: for one file and for the whole campaign; the rest is counted.
PER_FILE = 20
PER_CAMPAIGN = 300


@dataclass(frozen=True, slots=True)
class Passport:
    """`id` is the positive fact; `message` a Russian template with the figures of the remark; `hint` the remedy;
    `topic` names the remark in the line that counts the rest."""

    id: str
    severity: Severity
    message: str
    hint: str = ""
    topic: str = ""

    def problem(
        self, file: str, sheet: str | None = None, row: int | None = None, column: str | None = None, **figures: object
    ) -> Problem:
        """A remark at a place."""
        return self.problem_with(figures, file, sheet, row, column)

    def problem_with(
        self,
        figures: Mapping[str, object],
        file: str,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> Problem:
        """The same with the figures of the message as one mapping."""
        message = self.message.format(**figures)
        return Problem(self.severity, self.id, message, file, sheet, row, column or None, self.hint)

    def about_rows(
        self,
        rows: Rows,
        chosen: npt.NDArray[np.integer],
        figures: Mapping[str, Sequence[object] | npt.NDArray[np.generic]] | None = None,
        items: npt.NDArray[np.integer] | None = None,
    ) -> list[Problem]:
        """Remarks about rows at positions `chosen`; `figures` and `items` (item of the remark) run beside them.

        Beyond `PER_FILE` of a file and `PER_CAMPAIGN` in all, remarks are replaced by their number.
        """
        problems: list[Problem] = []
        given: Counter[int] = Counter()
        silent: Counter[int] = Counter()
        for place, work in enumerate(rows.work[chosen].tolist()):
            if given[work] >= PER_FILE or len(problems) >= PER_CAMPAIGN:
                silent[work] += 1
                continue
            given[work] += 1
            problems.append(self._row_problem(rows, int(chosen[place]), work, place, figures or {}, items))
        return problems + [self._rest(rows, work, count) for work, count in silent.items()]

    def _row_problem(
        self,
        rows: Rows,
        position: int,
        work: int,
        place: int,
        figures: Mapping[str, Sequence[object] | npt.NDArray[np.generic]],
        items: npt.NDArray[np.integer] | None,
    ) -> Problem:
        source = rows.works[work]
        column = rows.columns[work][int(items[place])] if items is not None else None
        values = {name: series[place] for name, series in figures.items()}
        return self.problem(source.file, source.sheet, int(rows.row[position]), column, **values)

    def _rest(self, rows: Rows, work: int, count: int) -> Problem:
        source = rows.works[work]
        message = f"{self.topic or 'Такое же замечание'}: ещё строк — {count}."
        return Problem(self.severity, self.id, message, source.file, source.sheet, hint=self.hint)
