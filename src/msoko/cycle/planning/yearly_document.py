"""The yearly analysis as a document: sections of the outline with sentences of the rulebook, tables and charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msoko.cycle.planning.yearly_facts import YearFacts
from msoko.cycle.planning.yearly_figures import (
    Counts,
    by_label,
    by_quarter,
    by_unit,
    calling_for_decisions,
    to_be_proved,
    totals,
    without_decision,
    without_document,
)
from msoko.cycle.planning.yearly_proposals import extremes, names_of, proposals
from msoko.cycle.planning.yearly_tables import (
    counts_table,
    day,
    deviations_table,
    moved_table,
    plan_and_fact,
    reasons_table,
    requests_table,
    shares_chart,
    tasks_table,
)
from msoko.foundation.catalog.cycle import direction_titles, part_titles, result_titles
from msoko.foundation.catalog.plan_analysis import AnalysisRules, analysis_rules
from qualimetry.narrative.blocks import (
    Block,
    BulletList,
    Chart,
    Heading,
    PageBreak,
    Paragraph,
    ReportDocument,
    Table,
    TitlePage,
)
from qualimetry.narrative.forms import Figure
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import quote


@dataclass(frozen=True, slots=True)
class YearContext:
    """What the analysis says besides figures. `kind`: kind of the plan; `period`: «2025/26 учебный год»."""

    kind: str
    title: str
    period: str
    year: int
    authority: str
    place: str
    basis: str = ""
    stamp: str = ""


def yearly_document(facts: YearFacts, context: YearContext) -> ReportDocument:
    """The document. The same facts and context give the same document."""
    writer = _Writer(facts, context, analysis_rules())
    return ReportDocument(
        title_page=TitlePage(
            authority=context.authority,
            kind=f"Анализ выполнения {writer.rules.names.get(context.kind, 'плана')}",
            title=f"{quote(context.title)} за {context.period}",
            place=context.place,
            year=context.year,
            basis=context.basis,
        ),
        blocks=tuple(writer.blocks()),
        annexes=tuple(writer.annex()),
        stamp=context.stamp,
        has_contents=len(facts.terms) > 20,
    )


class _Writer:
    def __init__(self, facts: YearFacts, context: YearContext, rules: AnalysisRules) -> None:
        self.facts, self.context, self.rules = facts, context, rules
        self.all = totals(facts)

    def blocks(self) -> Iterator[Block]:
        for name, write in (
            ("basis", self._basis), ("totals", self._totals), ("sections", self._sections), ("units", self._units),
            ("quarters", self._quarters), ("results", self._results), ("directions", self._directions),
            ("deviations", self._deviations), ("requests", self._requests), ("decisions", self._decisions),
            ("proposals", self._proposals),
        ):  # fmt: skip
            found = [block for block in write() if block is not None]
            if found:
                yield Heading(f"{name}.heading", self.rules.sections[name])
                yield from found
        yield Paragraph("signature", "Составил: ____________________ / ____________________ /")

    def annex(self) -> Iterator[Block]:
        if self.facts.terms:
            yield PageBreak("annex.page", is_landscape=True)
            yield Heading("annex.heading", self.rules.sections["annex"])
            yield plan_and_fact(self.facts)

    def _say(self, rule: str, base: int | None = None, /, **figures: Figure) -> Sentence | None:
        """The sentence of a rule; `base` is its N."""
        return self.rules.rulebook.say(f"plan_year.{rule}", figures, n=base, thresholds=dict(self.rules.thresholds))

    def _paragraph(self, key: str, *said: Sentence | None) -> Paragraph | None:
        spoken = [one for one in said if one is not None]
        if not spoken:
            return None
        return Paragraph(key, " ".join(_ended(one.text) for one in spoken), tuple(one.grounds for one in spoken))

    def _basis(self) -> Iterator[Block | None]:
        said = self._say(
            "basis", basis=self.context.basis or None, as_of=day(self.facts.as_of), period=self.context.period,
            activities=len(self.facts.activities), terms=len(self.facts.terms),
            tasks=sum(len(term.tasks) for term in self.facts.terms),
        )  # fmt: skip
        yield self._paragraph("basis.text", said)
        yield self._paragraph("basis.method", self._say("method"))

    def _totals(self) -> Iterator[Block | None]:
        one = self.all
        said = self._say(
            "totals", one.due, as_of=day(self.facts.as_of), due=one.due, on_time=one.on_time, late=one.late,
            partly=one.partly, not_done=one.not_done, on_time_share=one.on_time_share,
        )  # fmt: skip
        changes = self._say("changes", moved=one.moved, cancelled=one.cancelled, ahead=one.ahead or None)
        waiting = sum(task.is_unconfirmed for term in self.facts.terms for task in term.tasks)
        yield self._paragraph("totals.text", said, changes, self._say("unconfirmed", unconfirmed=waiting))
        if self.facts.terms:
            yield counts_table("totals.table", "Сроки исполнения по итогам", "Показатель", [one])

    def _group(self, key: str, caption: str, first: str, rows: Sequence[Counts]) -> Iterator[Table | Chart | None]:
        """A table with its total and a chart where there are several groups."""
        if not rows:
            return
        table = counts_table(f"{key}.table", caption, first, rows, self.all if len(rows) > 1 else None)
        yield table
        if len(rows) > 1:
            yield shares_chart(f"{key}.chart", caption, self.rules.sections[key], rows, table)

    def _sections(self) -> Iterator[Block | None]:
        rows = by_label(self.facts.terms, lambda term: [term.section] if term.section else [])
        weakest, whole = extremes(rows, self.rules.thresholds["few_terms"])
        said = None
        if weakest is not None:
            figures: dict[str, Figure] = {"name": weakest.label, "share": weakest.on_time_share, "n": weakest.due}
            said = self._say("weakest", weakest.due, **figures)
        strong = self._say("strongest", names="; ".join(row.label for row in whole)) if whole else None
        yield self._paragraph("sections.text", said, strong)
        yield from self._group("sections", "Сроки исполнения по разделам", "Раздел", rows)

    def _units(self) -> Iterator[Block | None]:
        rows = by_unit(self.facts)
        judged = [row for row in rows if row.due >= self.rules.thresholds["few_tasks"]]
        said = [self._say("unit_failed", row.due, name=row.label, share=row.failed_share, n=row.due) for row in judged]
        yield self._paragraph("units.text", *said)
        if rows:
            yield tasks_table("units.table", "Задачи по исполнителям", rows)

    def _quarters(self) -> Iterator[Block | None]:
        yield from self._group("quarters", "Сроки исполнения по кварталам", "Квартал", by_quarter(self.facts))

    def _results(self) -> Iterator[Block | None]:
        titles = result_titles()
        rows = by_label(self.facts.terms, lambda term: [titles.get(code, code) for code in term.results])
        yield from self._group("results", "Сроки исполнения по видам результата", "Вид результата", rows)

    def _directions(self) -> Iterator[Block | None]:
        directions, parts = direction_titles(), part_titles()
        rows = by_label(
            self.facts.terms, lambda term: [directions.get(term.direction, term.direction)] if term.direction else []
        )
        of_parts = by_label(
            self.facts.terms, lambda term: [parts.get(term.cycle_part, term.cycle_part)] if term.cycle_part else []
        )
        if rows:
            yield counts_table("directions.table", "Сроки исполнения по направлениям", "Направление", rows)
        if of_parts:
            yield counts_table("parts.table", "Сроки исполнения по частям цикла", "Часть цикла", of_parts)

    def _deviations(self) -> Iterator[Block | None]:
        reasons = self.facts.reasons
        named = sum(reasons.values())
        if named >= self.rules.thresholds["few_reasons"]:
            name, count = reasons.most_common(1)[0]
            yield self._paragraph("deviations.text", self._say("reason", named, name=name, count=count, n=named))
        yield deviations_table(self.facts.terms)
        yield moved_table(self.facts.terms)
        yield reasons_table(self.facts)

    def _requests(self) -> Iterator[Block | None]:
        asked, done = self.facts.requests
        on_request = [one for one in self.facts.activities if one.status == "on_request" or one.asked]
        if not on_request:
            return
        most = max(on_request, key=lambda one: one.asked)
        said = self._say("requests", asked, asked=asked, done=done, name=most.title if asked else None, most=most.asked)
        yield self._paragraph("requests.text", said)
        yield requests_table(self.facts)

    def _decisions(self) -> Iterator[Block | None]:
        few = int(self.rules.thresholds["named"])
        calling, left = (
            calling_for_decisions(self.facts, self.rules.decision),
            without_decision(self.facts, self.rules.decision),
        )
        if calling:
            said = self._say(
                "no_decision", len(calling), count=len(left), n=len(calling), names=names_of(left, few) or None
            )
            yield self._paragraph("decisions.text", said)
        named, bare = to_be_proved(self.facts), without_document(self.facts)
        if named:
            said = self._say(
                "no_document", len(named), count=len(bare), n=len(named), names=names_of(bare, few) or None
            )
            yield self._paragraph("documents.text", said)

    def _proposals(self) -> Iterator[Block | None]:
        found = proposals(self.facts, self.rules)
        if not found:
            yield self._paragraph("proposals.none", self._say("propose.none"))
            return
        yield BulletList(
            "proposals.list", tuple(_ended(one.text) for one in found), is_numbered=True,
            grounds=tuple(one.grounds for one in found),
        )  # fmt: skip


def _ended(text: str) -> str:
    return text if text.endswith((".", "…", "!")) else f"{text}."
