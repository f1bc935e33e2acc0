"""Tables and charts of the yearly analysis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msoko.cycle.planning.yearly_facts import Outcome, TermFact, YearFacts
from msoko.cycle.planning.yearly_figures import Counts
from qualimetry.charts.stacked import StackedRow, stacked_layers
from qualimetry.charts.theme import chart
from qualimetry.narrative.blocks import Chart, Column, Table

OUTCOMES = {
    Outcome.ON_TIME: "исполнено в срок", Outcome.LATE: "с нарушением срока", Outcome.PARTLY: "не всеми исполнителями",
    Outcome.NOT_DONE: "не исполнено", Outcome.CANCELLED: "снято", Outcome.AHEAD: "срок не наступил",
}  # fmt: skip
_COLORS = {
    "в срок": "#2166ac", "с нарушением срока": "#92c5de", "не всеми": "#fdb863", "не исполнено": "#b35806",
}  # fmt: skip
_COUNTS = (
    Column("План", "integer"), Column("В срок", "integer"), Column("Доля в срок", "percent"),
    Column("Позже срока", "integer"), Column("Не всеми", "integer"), Column("Не исполнено", "integer"),
    Column("Перенесено", "integer"), Column("Снято", "integer"), Column("Впереди", "integer"),
)  # fmt: skip
_TASKS = (
    Column("Задач", "integer"), Column("В срок", "integer"), Column("С нарушением срока", "integer"),
    Column("Не исполнено", "integer"), Column("Снято", "integer"), Column("Не наступило", "integer"),
    Column("Доля в срок", "percent"),
)  # fmt: skip


def counts_table(key: str, caption: str, first: str, rows: Sequence[Counts], total: Counts | None = None) -> Table:
    """Groups with their counts; `total` is the last row."""
    lines = [*rows, *([total] if total else [])]
    return Table(
        key, caption, (Column(first), *_COUNTS),
        tuple(
            (one.label, one.planned, one.on_time, one.on_time_share, one.late, one.partly, one.not_done, one.moved,
             one.cancelled, one.ahead)
            for one in lines
        ),
        total_rows=1 if total else 0,
    )  # fmt: skip


def tasks_table(key: str, caption: str, rows: Sequence[Counts]) -> Table:
    """Executors with their tasks."""
    return Table(
        key, caption, (Column("Исполнитель"), *_TASKS),
        tuple(
            (one.label, one.planned, one.on_time, one.late, one.not_done, one.cancelled, one.ahead, one.on_time_share)
            for one in rows
        ),
    )  # fmt: skip


def shares_chart(key: str, caption: str, title: str, rows: Sequence[Counts], table: Table) -> Chart | None:
    """Shares of outcomes by group; nothing where no term is over."""
    drawn = [row for row in rows if row.due]
    if not drawn:
        return None
    stacked = [
        StackedRow(
            row.label[:60], row.due,
            {
                name: count / row.due
                for name, count in zip(_COLORS, (row.on_time, row.late, row.partly, row.not_done), strict=True)
            },
        )
        for row in drawn
    ]  # fmt: skip
    subtitle = "Доли наступивших сроков; N – наступило сроков"
    worst = min(drawn, key=lambda row: row.on_time_share or 0)
    alt = (
        f"{caption}. Наименьшая доля исполненного в срок: {worst.label} – {round(100 * (worst.on_time_share or 0))} %."
    )
    return Chart(key, caption, chart(title, subtitle, stacked_layers(stacked, _COLORS, legend="Сроки:")), alt, table)


def deviations_table(terms: Sequence[TermFact]) -> Table | None:
    """Terms late, not done by all or not done, with reasons."""
    wrong = [one for one in terms if one.outcome in {Outcome.LATE, Outcome.PARTLY, Outcome.NOT_DONE}]
    if not wrong:
        return None
    columns = (
        Column("№"), Column("Мероприятие"), Column("Срок"), Column("Исполнено"), Column("Отклонение"),
        Column("Причина"),
    )  # fmt: skip
    lines = tuple(
        (one.number, one.title, day(one.term_on), day(one.done_on), OUTCOMES[one.outcome],
         "; ".join(one.reasons) or "не указана")
        for one in wrong
    )  # fmt: skip
    return Table("deviations.table", "Отклонения от плана", columns, lines)


def moved_table(terms: Sequence[TermFact]) -> Table | None:
    """Terms moved and taken off."""
    moved = [one for one in terms if one.moves or one.outcome == Outcome.CANCELLED]
    if not moved:
        return None
    columns = (
        Column("№"), Column("Мероприятие"), Column("Срок по плану"), Column("Новый срок"),
        Column("Переносов", "integer"), Column("Итог"),
    )  # fmt: skip
    lines = tuple(
        (one.number, one.title, day(one.planned_on), day(one.term_on) if one.moves else "—", one.moves,
         OUTCOMES[one.outcome])
        for one in moved
    )  # fmt: skip
    return Table("moved.table", "Перенесённые и снятые сроки", columns, lines)


def reasons_table(facts: YearFacts) -> Table | None:
    """Reasons that people named, the most frequent first."""
    if not facts.reasons:
        return None
    lines = tuple(facts.reasons.most_common(10))
    columns = (Column("Причина"), Column("Названа, раз", "integer"))
    return Table("reasons.table", "Причины отклонений и переносов", columns, lines)


def requests_table(facts: YearFacts) -> Table | None:
    """Requests of the journal by activity with its executors, the most asked first."""
    asked = sorted((one for one in facts.activities if one.asked), key=lambda one: (-one.asked, one.number, one.title))
    if not asked:
        return None
    columns = (
        Column("№"), Column("Мероприятие"), Column("Исполнители"), Column("Поступило", "integer"),
        Column("Исполнено", "integer"),
    )  # fmt: skip
    lines = [(one.number, one.title, one.units, one.asked, one.answered) for one in asked]
    total = ("", "Всего", "", facts.requests[0], facts.requests[1])
    return Table("requests.table", "Запросы по мероприятиям", columns, (*lines, total), total_rows=1)


def plan_and_fact(facts: YearFacts) -> Table:
    """Every term of the year: plan, fact, deviation, reason, document."""
    columns = (
        Column("№"), Column("Мероприятие"), Column("Исполнители"), Column("По плану"),
        Column("Исполнено"), Column("Отклонение"), Column("Причина"),
        Column("Подтверждение"),
    )  # fmt: skip
    lines = tuple(
        (one.number, one.title, one.units, day(one.planned_on), day(one.done_on), OUTCOMES[one.outcome],
         "; ".join(one.reasons), one.evidence)
        for one in facts.terms
    )  # fmt: skip
    return Table("annex.table", "План и факт", columns, lines)


def day(date: dt.date | None) -> str:
    """«15.03.2026», a dash where there is none."""
    return f"{date:%d.%m.%Y}" if date else "—"
