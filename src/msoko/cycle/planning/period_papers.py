"""Plans of work, reports and lists of orders of a period on paper: official tables for Word and Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msoko.cycle.planning.period_orders import NeededDocument
from msoko.cycle.planning.period_rows import RESULTS, PeriodRow, Place, by_date, by_section, counts
from msoko.cycle.planning.spans import Period
from msoko.cycle.regulations.api import issuer_of, signature_name
from msoko.foundation.documents.official_table import FullRow, OfficialTable
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.api import head_of

_PLAN = (("№ п/п", 0.06), ("Мероприятие", 0.36), ("Срок", 0.14), ("Ответственные", 0.19), ("Результат", 0.16),
         ("Пункт плана", 0.09))  # fmt: skip
_BY_DATE = (*_PLAN[:2], _PLAN[2], _PLAN[3], ("Результат", 0.13), ("Раздел, пункт", 0.16))
_REPORT = (("№ п/п", 0.05), ("Мероприятие", 0.235), ("Срок", 0.11), ("Ответственные", 0.135), ("Исполнено", 0.105),
           ("Итог", 0.125), ("Основание, причина", 0.13), ("Подтверждение", 0.135))  # fmt: skip
_ORDERS = (("№ п/п", 0.06), ("Документ", 0.2), ("Вид", 0.14), ("Мероприятие", 0.28), ("Срок", 0.1),
           ("Ответственные", 0.13), ("Состояние", 0.15))  # fmt: skip
RUNNING = "В течение периода"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a paper is of: an organization, a period, the plan when it is of one plan alone, the day of its facts."""

    owner: Organization
    period: Period
    as_of: dt.date
    plan_title: str = ""

    @property
    def issuer(self) -> Organization:
        """Who issues papers of the organization."""
        return issuer_of(self.owner)


def work_plan_paper(heading: Heading, rows: Sequence[PeriodRow], *, is_by_date: bool = False) -> OfficialTable:
    """«План работы на октябрь 2026 года»: terms of the period, then what goes on through it."""
    due = [row for row in rows if row.place == Place.DUE]
    running = [row for row in rows if row.place == Place.RUNNING]
    number = _Numbers()
    lines: list[FullRow | tuple[str, ...]] = []
    if is_by_date:
        lines += [_plan_cells(number(), row, f"{row.section}{_point(row)}") for row in by_date(due)]
    else:
        for section, found in by_section(due):
            lines += [FullRow(section), *(_plan_cells(number(), row, row.number) for row in found)]
    if running:
        lines.append(FullRow(RUNNING))
        lines += [
            _plan_cells(number(), row, f"{row.section}{_point(row)}" if is_by_date else row.number) for row in running
        ]
    return OfficialTable(
        title=_titled(f"План работы на {heading.period.title}", heading),
        columns=_BY_DATE if is_by_date else _PLAN,
        rows=tuple(lines),
        approval=approval_blank(heading),
        closing=_closing(),
    )


def report_paper(heading: Heading, rows: Sequence[PeriodRow]) -> OfficialTable:
    """The report on fulfilment: what was planned for the period and what came of it."""
    planned = [row for row in rows if row.place != Place.RUNNING]
    number = _Numbers()
    lines: list[FullRow | tuple[str, ...]] = []
    for section, found in by_section(planned):
        lines += [FullRow(section), *(_report_cells(number(), row) for row in found)]
    return OfficialTable(
        title=_titled(f"Отчёт о выполнении плана работы за {heading.period.title}", heading),
        columns=_REPORT,
        rows=tuple(lines),
        approval=approval_blank(heading),
        notes=(summary_words(planned, heading.as_of),),
        closing=_closing(),
    )


def orders_paper(heading: Heading, documents: Sequence[NeededDocument], title: str) -> OfficialTable:
    """«Перечень приказов к подготовке»: what has to be prepared and what is there."""
    ready = sum(one.is_ready for one in documents)
    number = _Numbers()
    return OfficialTable(
        title=_titled(f"{title} на {heading.period.title}", heading),
        columns=_ORDERS,
        rows=tuple(_order_cells(number(), one) for one in documents),
        notes=(f"Состояние на {heading.as_of:%d.%m.%Y}: документов – {len(documents)}, есть – {ready}.",),
        closing=_closing(),
    )


def summary_words(rows: Sequence[PeriodRow], as_of: dt.date) -> str:
    """«По состоянию на 01.11.2026 запланировано сроков – 23: исполнено в срок – 15, не исполнено – 2.»"""
    found = ", ".join(f"{RESULTS[key]} – {count}" for key, count in counts(rows).items() if count)
    words = f"По состоянию на {as_of:%d.%m.%Y} запланировано сроков – {len(rows)}"
    return f"{words}: {found}." if found else f"{words}."


def approval_blank(heading: Heading) -> tuple[str, ...]:
    """«УТВЕРЖДАЮ» with the post and the name of the head, places for the signature and the day."""
    head = head_of(heading.issuer, heading.as_of)
    post = head.post[:1].upper() + head.post[1:] if head else "Руководитель"
    name = signature_name(head.person.full_name) if head else "____________________"
    return ("УТВЕРЖДАЮ", f"{post}", heading.issuer.short_name, f"_______________ {name}",
            f"«____» ______________ {heading.period.first.year} г.")  # fmt: skip


class _Numbers:
    """«1», «2», … through a whole paper."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> str:
        self._last += 1
        return str(self._last)


def _titled(title: str, heading: Heading) -> str:
    lines = (title, heading.issuer.full_name, f"(из плана: {heading.plan_title})" if heading.plan_title else "")
    return "\n".join(line for line in lines if line)


def _plan_cells(number: str, row: PeriodRow, place: str) -> tuple[str, ...]:
    source = f" ({row.activity.origin_label})" if row.activity.origin_label else ""
    return number, f"{row.title}{source}", row.term_words, row.units, row.results, place


def _point(row: PeriodRow) -> str:
    return f", п.\u00a0{row.number}" if row.number else ""


def _report_cells(number: str, row: PeriodRow) -> tuple[str, ...]:
    fact = row.fact
    day: Callable[[dt.date | None], str] = lambda on: f"{on:%d.%m.%Y}" if on else "—"  # noqa: E731
    moved = f" (по плану {day(fact.planned_on)})" if fact.planned_on != fact.term_on else ""
    return (number, row.title, f"{row.term_words}{moved}", row.units, day(fact.done_on), row.result_words, row.why,
            fact.evidence)  # fmt: skip


def _order_cells(number: str, one: NeededDocument) -> tuple[str, ...]:
    return number, one.text, one.kind_title, one.row.title, one.row.term_words, one.row.units, one.state


def _closing() -> tuple[str, ...]:
    return ("Составил: ____________________ / ____________________ /",)
