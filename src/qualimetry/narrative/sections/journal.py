"""Marks of the work against marks of the journal."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.journal import journal_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, figures_of, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import Labelled, compared_groups, labelled_parts, parts_of
from qualimetry.recipes.contracts import GroupResult, JournalConcordance

MARKS = (2, 3, 4, 5)


def blocks(scene: Scene) -> tuple[Block, ...]:
    journal = scene.subject.journal
    if journal is None or not journal.n:
        return paragraph("journal.none", scene.say("no_journal_marks"))
    rows = [row for row in labelled_parts(scene, _has_journal) if _has_journal(row[1])]
    return (
        *paragraph("journal.summary", *_summary(scene, journal)),
        *told_findings(scene, "journal"),
        _table("journal.table", rows if scene.is_school else compared_groups(scene, _has_journal)),
        *_chart(scene, rows),
        *_pairs(scene, journal),
    )


def annex(scene: Scene) -> tuple[Block, ...]:
    """The same figures of every organization."""
    rows = [row for row in parts_of(scene) if _has_journal(row[1])]
    return (_table("annex_journal.table", rows),) if rows else ()


def _has_journal(group: GroupResult) -> bool:
    return group.journal is not None and group.journal.n > 0


def _chart(scene: Scene, rows: list[Labelled]) -> tuple[Block, ...]:
    """Classes of a school are few enough for the table."""
    return () if scene.is_school or len(rows) < 2 else (journal_chart("journal.chart", rows),)


def _summary(scene: Scene, journal: JournalConcordance) -> tuple[Sentence | None, ...]:
    return (
        scene.say(
            "journal_summary",
            n=journal.n,
            lower=journal.lower.value,
            same=journal.same.value,
            higher=journal.higher.value,
            n_compared=journal.n,
            n_without=scene.subject.participants - journal.n,
        ),
        scene.say(
            "journal_by_two",
            n=journal.n,
            count=round((journal.differs_by_two.value or 0.0) * journal.n),
            **figures_of("share", journal.differs_by_two),
        ),
        scene.say("journal_reading", n=journal.n, n_compared=journal.n),
    )


def _table(key: str, rows: Sequence[Labelled]) -> Table:
    return Table(
        key,
        "Соответствие отметок за работу отметкам по журналу",
        (
            Column("Группа", width=3),
            Column("Сравнимых отметок", "integer", 1.2),
            Column("Ниже журнала", "percent"),
            Column("Совпали", "percent"),
            Column("Выше журнала", "percent"),
            Column("Расхождение 2 и более", "percent", 1.3),
        ),
        tuple((label, *_cells(group.journal)) for label, group in rows),
    )


def _cells(journal: JournalConcordance | None) -> tuple[float | int | None, ...]:
    if journal is None:
        return (None,) * 5
    return (journal.n, journal.lower.value, journal.same.value, journal.higher.value, journal.differs_by_two.value)


def _pairs(scene: Scene, journal: JournalConcordance) -> tuple[Block, ...]:
    if not journal.table or not scene.context.is_internal:
        return ()
    rows = tuple((f"«{given}»", *(journal.table.get(f"{given}>{test}", 0) for test in MARKS)) for given in MARKS)
    return (
        Table(
            "journal.pairs",
            "Отметки по журналу (строки) и отметки за работу (столбцы), участников",
            (Column("По журналу"), *(Column(f"«{test}»", "integer") for test in MARKS)),
            rows,
        ),
    )
