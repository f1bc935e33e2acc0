"""A schedule on paper and on the site of a school: the form that schools publish. Names of people are not in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from msoko.cycle.procedures.models import Schedule, SchedulePeriod, ScheduleStatus
from msoko.cycle.procedures.schedule_tables import by_class, day_text, legend, month_title, months_of
from msoko.cycle.procedures.schedule_works import Checked, Entry, period_span
from msoko.foundation.catalog.load import load_policy
from msoko.foundation.documents.official_table import Cells, FullRow, HeadRow, OfficialTable, cells_of

LIST_COLUMNS = (
    ("Класс", 0.09), ("Предмет", 0.22), ("Вид работы", 0.25), ("Дата", 0.16), ("Уровень", 0.14), ("Урок", 0.06),
    ("Минут", 0.08),
)  # fmt: skip


def schedule_paper(state: Checked, entries: Sequence[Entry]) -> OfficialTable:
    """Subjects of each class by months, as schools publish it."""
    months = months_of(period_span(state.schedule), entries)
    share = 0.66 / max(1, len(months))
    columns = (
        ("Предмет", 0.17), *((month_title(month).capitalize(), share) for month in months),
        ("Всего работ", 0.06), ("Часов в год", 0.06), ("Доля", 0.05),
    )  # fmt: skip
    rows: list[FullRow | tuple[str, ...]] = []
    for block in by_class(state, entries, months):
        rows.append(FullRow(block.title if "классы" in block.title else f"{block.title} класс"))
        for row in block.rows:
            cells = ("\n".join(cell.text for cell in month) for month in row.cells)
            hours = str(row.hours) if row.hours else "–"
            rows.append((row.subject, *cells, str(row.count), hours, _percent(row.share)))
    return OfficialTable(
        _title(state.schedule), columns, tuple(rows), _approval(state.schedule), _notes(state), is_dense=True
    )


def schedule_list_paper(state: Checked, entries: Sequence[Entry]) -> OfficialTable:
    """A row a work: class, subject, kind, date, level, lesson, minutes."""
    policy = load_policy()
    rows = tuple(
        (entry.work.class_title, entry.work.subject, entry.work.title, list_day(entry),
         policy.levels[entry.level], str(entry.work.lesson or ""), str(entry.work.minutes or ""))
        for entry in entries
    )  # fmt: skip
    return OfficialTable(_title(state.schedule), LIST_COLUMNS, rows, _approval(state.schedule), _notes(state))


def list_day(entry: Entry) -> str:
    """«11.09.2026» or «12.04.2027–16.04.2027»."""
    first, last = entry.work.first, entry.work.last
    return f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"


def schedule_html(paper: OfficialTable) -> bytes:
    """The table as one page for the site of an organization: nothing but text and a table."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title, _ in paper.columns)
    body = "".join(_html_row(row, len(paper.columns)) for row in paper.rows)
    notes = "".join(f"<p>{escape(line)}</p>" for line in (*paper.approval, *paper.notes))
    title = escape(paper.title)
    return (
        f'<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<h1>{title}</h1>{notes}<table border="1"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</body></html>"
    ).encode()


def _html_row(row: FullRow | HeadRow | Cells, width: int) -> str:
    if isinstance(row, FullRow):
        return f'<tr><th colspan="{width}">{escape(row.text)}</th></tr>'
    cells = (escape(cell or "").replace("\n", "<br>") for cell in cells_of(row))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _title(schedule: Schedule) -> str:
    year = schedule.school_year.start_year
    period = "" if schedule.period == SchedulePeriod.YEAR else f"{SchedulePeriod(schedule.period).label} "
    name = schedule.organization.full_name or schedule.organization.short_name
    return f"График оценочных процедур на {period}{year}/{year + 1} учебного года. {name}".replace(
        f"на {year}/{year + 1} учебного года", f"на {year}/{year + 1} учебный год"
    )


def _approval(schedule: Schedule) -> tuple[str, ...]:
    if schedule.status == ScheduleStatus.DRAFT:
        return ("ПРОЕКТ",)
    first = _first_edition(schedule)
    if first is schedule:
        return ("Приложение", "УТВЕРЖДЁН", _instrumental(schedule.basis))
    return ("Приложение", "УТВЕРЖДЁН", _instrumental(first.basis), f"(в редакции: {schedule.basis})")


def _first_edition(schedule: Schedule) -> Schedule:
    """The version from which the editions go."""
    while schedule.edition_of is not None and schedule.edition_of.basis:
        schedule = schedule.edition_of
    return schedule


def _instrumental(basis: str) -> str:
    """«Распоряжение … № 5» → «распоряжением … № 5»; other bases as they are."""
    for word, form in (("Приказ", "приказом"), ("Распоряжение", "распоряжением"), ("Постановление", "постановлением")):
        if re.match(rf"{word}\b", basis, re.IGNORECASE):
            return form + basis[len(word) :]
    return basis


def _notes(state: Checked) -> tuple[str, ...]:
    marks = "; ".join(f"{mark} – {words}" for mark, words in legend())
    lines = [f"Уровень работы: {marks}; без отметки – по инициативе школы."]
    if any(not entry.work.has_day for entry in state.entries):
        lines.append("Для работ с периодом день проведения устанавливается внутри периода.")
    return tuple(lines)


def _percent(share: float | None) -> str:
    return f"{share * 100:.1f} %".replace(".", ",") if share is not None else "–"


__all__ = ["LIST_COLUMNS", "day_text", "schedule_html", "schedule_list_paper", "schedule_paper"]
