"""What is odd about the numbers of activities: other section, gaps, repetitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.contracts import Severity
from intake.plans.contracts import Remark, RowPlace
from intake.plans.numbers import Number, heading_number

_KEPT = "Номер сохранён как в документе; при необходимости исправьте его в таблице плана."


@dataclass(slots=True)
class NumberWatch:
    """Watches the numbers of one section after another."""

    _path: tuple[tuple[str, str], ...] = ()
    _seen: dict[tuple[int, ...], RowPlace] = field(default_factory=dict)
    _last: tuple[int, ...] = ()
    _everywhere: dict[tuple[int, ...], str] = field(default_factory=dict)

    def remarks(self, number: Number, path: tuple[tuple[str, str], ...], place: RowPlace) -> list[Remark]:
        """Remarks on the next number in order of reading."""
        if path != self._path:
            self._path, self._seen, self._last = path, {}, ()
        if not number.parts:
            return []
        found = [*self._repeated(number, place), *self._misplaced(number, place), *self._gap(number, place)]
        self._seen.setdefault(number.parts, place)
        self._last = number.parts
        return found

    def with_lost_zero(self, number: Number, path: tuple[tuple[str, str], ...]) -> Number:
        """«1.10» that a spreadsheet stored as the number 1.1: known by «1.9» right before it."""
        last = self._last if path == self._path else ()
        is_lost = (
            len(number.parts) == len(last) == 2
            and number.parts[0] == last[0]
            and number.parts[1] * 10 == last[1] + 1
            and not number.raw.endswith(".")
        )
        if not is_lost:
            return number
        return Number(f"{number.raw}0", (number.parts[0], number.parts[1] * 10), number.rest, number.is_roman)

    def _repeated(self, number: Number, place: RowPlace) -> list[Remark]:
        if number.parts not in self._seen:
            return []
        message = f"Номер «{number.raw}» в этом разделе уже был ({self._seen[number.parts]})."
        return [Remark("number_repeated", message, _KEPT, Severity.WARNING, place)]

    def _misplaced(self, number: Number, place: RowPlace) -> list[Remark]:
        section = next((heading_number(raw) for raw, _ in reversed(self._path) if raw), None)
        if section is None or len(number.parts) < 2 or number.parts[: len(section.parts)] == section.parts:
            return []
        if number.parts[:-1] in self._seen or len(number.parts) <= 1:
            return []
        title = self._path[-1][1]
        message = f"Номер «{number.raw}» не относится к разделу «{section.raw} {title}», в котором стоит строка."
        hint = "Мероприятие отнесено к разделу, под которым стоит; если раздел пропущен, добавьте его."
        return [Remark("number_out_of_section", message, hint, Severity.WARNING, place)]

    def _gap(self, number: Number, place: RowPlace) -> list[Remark]:
        last = self._last
        if not last or len(last) != len(number.parts) or last[:-1] != number.parts[:-1]:
            return []
        missing = range(last[-1] + 1, number.parts[-1])
        if not missing:
            return []
        names = ", ".join(".".join(map(str, (*last[:-1], one))) for one in missing[:3])
        message = f"Перед «{number.raw}» пропущен номер: {names}."
        return [Remark("number_gap", message, "Проверьте, не потеряна ли строка документа.", Severity.INFO, place)]


def unnumbered(numbers: Sequence[Number]) -> int:
    """How many activities have no number."""
    return sum(not number.parts for number in numbers)
