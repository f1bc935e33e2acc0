"""Schedules of the demo's schools as files, each in a form of its own: the readers are seen at work."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from html import escape

from msoko.cycle.procedures.api import WorkEntry
from msoko.foundation.documents.official_table import OfficialTable, official_docx, official_xlsx
from qualimetry.narrative.russian import month_name

_SHORT = {
    "Математика": "МА", "Русский язык": "РЯ", "История": "ИС", "Биология": "БИ", "География": "ГЕО", "Физика": "ФИЗ",
    "Химия": "ХИМ",
}  # fmt: skip
_LEVELS = ("Федеральные", "Региональные", "Муниципальные", "По инициативе ОО", "Всего")


def as_list(title: str, entries: Sequence[WorkEntry]) -> tuple[str, bytes]:
    """A row a work, in Word."""
    columns = (("№", 0.06), ("Класс", 0.12), ("Предмет", 0.24), ("Вид работы", 0.26), ("Дата проведения", 0.18),
               ("Урок", 0.06), ("Длительность", 0.08))  # fmt: skip
    rows = tuple(
        (str(number), _class(one), one.subject, one.title, f"{one.starts_on:%d.%m.%Y}", str(one.lesson or ""),
         f"{one.minutes} мин" if one.minutes else "")
        for number, one in enumerate(entries, 1)
    )  # fmt: skip
    return "График оценочных процедур (список).docx", official_docx(OfficialTable(title, columns, rows))


def as_days(title: str, entries: Sequence[WorkEntry]) -> tuple[str, bytes]:
    """Classes in rows, days over columns, short forms of kinds and subjects in cells, in Excel."""
    days = sorted({one.starts_on for one in entries})
    cells: dict[tuple[str, dt.date], list[str]] = defaultdict(list)
    for one in entries:
        cells[_class(one), one.starts_on].append(f"КР {_SHORT.get(one.subject, one.subject)}")
    columns = (("Класс", 0.1), *((f"{day:%d.%m}", 0.9 / len(days)) for day in days))
    classes = dict.fromkeys(_class(one) for one in entries)
    rows = tuple((name, *(", ".join(cells[name, day]) for day in days)) for name in classes)
    table = OfficialTable(title, columns, rows)
    return "Единый график оценочных процедур (по дням).xlsx", official_xlsx(table, "График")


def as_levels(title: str, entries: Sequence[WorkEntry]) -> tuple[str, bytes]:
    """The model form: months with levels under them, subjects in rows under their classes, as a page of a site."""
    months = sorted({(one.starts_on.year, one.starts_on.month) for one in entries})
    head = "".join(f'<td colspan="{len(_LEVELS)}">{month_name(month).capitalize()}</td>' for _, month in months)
    levels = "".join(f"<td>{name}</td>" for name in _LEVELS) * len(months)
    found: dict[str, dict[str, dict[tuple[int, int], list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for one in entries:
        day = one.starts_on
        found[_class(one)][one.subject][day.year, day.month].append(f"{day:%d.%m}")
    width = 1 + len(_LEVELS) * len(months)
    lines = [f'<tr><td rowspan="2">Предмет</td>{head}</tr>', f"<tr>{levels}</tr>"]
    for name, subjects in found.items():
        lines.append(f'<tr><td colspan="{width}">{escape(name)}</td></tr>')
        for subject, of_months in subjects.items():
            cells = "".join(
                f"<td></td><td></td><td></td><td>{'<br>'.join(of_months[month])}</td>"
                f"<td>{len(of_months[month]) or ''}</td>"
                for month in months
            )
            lines.append(f"<tr><td>{escape(subject)}</td>{cells}</tr>")
    page = f"<html><body><p>{escape(title)}</p><table>{''.join(lines)}</table></body></html>"
    return "График оценочных процедур (страница сайта).html", page.encode()


def _class(entry: WorkEntry) -> str:
    return f"{entry.grade_level}{entry.letter}" if entry.letter else f"{entry.grade_level}-е классы"
