"""Problems of a table, gathered so that ten thousand equal remarks stay readable."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from intake.contracts import Problem, Severity
from intake.fields.text import column_letters

#: remarks of one kind that keep their own place; the rest are counted
_SHOWN = 25


@dataclass(slots=True)
class Remarks:
    """Collector for one sheet of one file. `row` is from 0 as in lists, places come out as in Excel."""

    file: str
    sheet: str | None
    problems: list[Problem] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        *,
        row: int | None = None,
        column: int | None = None,
        hint: str = "",
    ) -> None:
        """Add a remark; row and column are indices from 0."""
        self._counts[code] += 1
        if self._counts[code] > _SHOWN:
            return
        place_row = None if row is None else row + 1
        letters = None if column is None else column_letters(column)
        self.problems.append(Problem(severity, code, message, self.file, self.sheet or None, place_row, letters, hint))

    def finished(self) -> list[Problem]:
        """All remarks with one line for each kind that did not fit."""
        severities = {problem.code: problem.severity for problem in self.problems}
        rest = [
            Problem(
                severities[code],
                code,
                f"Ещё {count - _SHOWN} таких же замечаний (показаны первые {_SHOWN}).",
                self.file,
                self.sheet or None,
            )
            for code, count in self._counts.items()
            if count > _SHOWN
        ]
        return self.problems + rest
