"""Annexes: everything behind the text as tables, and how each figure is computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.blocks import Block, Column, PageBreak, Table
from qualimetry.narrative.russian import decimal
from qualimetry.narrative.scene import Scene, bullets
from qualimetry.narrative.sections import journal
from qualimetry.narrative.sections.achievement import interval
from qualimetry.narrative.sections.items import has_norms
from qualimetry.narrative.sections.parts import Labelled, intervals_note, parts_of, small_note
from qualimetry.narrative.words import natural_key
from qualimetry.recipes.contracts import Estimate, GroupResult, ItemResult

Cell = str | int | float | None
MARKS = (2, 3, 4, 5)


def organizations(scene: Scene) -> tuple[Block, ...]:
    """All organizations with every figure of the result kind."""
    rows = parts_of(scene)
    if not rows:
        return ()
    return (
        *_results("annex_organizations", "Результаты образовательных организаций", "Организация", rows, scene),
        *journal.annex(scene),
    )


def classes(scene: Scene) -> tuple[Block, ...]:
    """Classes of organizations that have several: an only class has the figures of its organization."""
    written = [group for group in scene.classes() if group.participants]
    count = Counter(group.group.organization for group in written)
    several = [group for group in written if count[group.group.organization] > 1]
    if not scene.context.is_internal or not several:
        return ()
    rows: list[Labelled] = [
        (scene.class_name(group) if scene.is_school else f"{scene.name(group)}, {scene.class_name(group)}", group)
        for group in several
    ]
    rows.sort(key=lambda row: natural_key(row[0]))
    return _results("annex_classes", "Результаты по классам", "Класс", rows, scene)


def _results(key: str, caption: str, title: str, rows: list[Labelled], scene: Scene) -> tuple[Block, ...]:
    columns, cells = _COLUMNS[scene.kind], _CELLS[scene.kind]
    has_absent = any(group.absent for _, group in rows)
    table = Table(
        f"{key}.table",
        caption,
        (
            Column(title, width=3),
            Column("Чел.", "integer"),
            *((Column("Отсутствовали", "integer"), Column("Доля участия", "percent")) if has_absent else ()),
            Column("Средний балл", "decimal"),
            Column("% выполнения", "percent"),
            *columns(scene),
        ),
        tuple((label, *_common(group, has_absent=has_absent), *cells(group, scene)) for label, group in rows),
        note=_notes(scene, rows),
    )
    return (PageBreak(f"{key}.landscape", is_landscape=True), table, PageBreak(f"{key}.portrait"))


def _notes(scene: Scene, rows: list[Labelled]) -> str:
    has_intervals = scene.kind in (ResultKind.MARKS, ResultKind.PASS_FAIL)
    return " ".join(filter(None, (intervals_note(scene) if has_intervals else "", small_note(scene, rows))))


def _common(group: GroupResult, *, has_absent: bool) -> tuple[Cell, ...]:
    registered = group.participants + group.absent
    absence = (group.absent, group.participants / registered if registered else None) if has_absent else ()
    return (group.participants, *absence, group.mean_raw_score.value, group.mean_percent.value)


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None


def _mark_columns(_: Scene) -> tuple[Column, ...]:
    counts = tuple(Column(f"«{mark}»", "integer", 0.7) for mark in MARKS)
    titles = (
        ("Успеваемость", "percent"), ("Интервал", "text"), ("Качество", "percent"), ("Интервал", "text"),
        ("СОУ", "percent"), ("Средняя отметка", "text"),
    )  # fmt: skip
    return (*counts, *(Column(title, kind) for title, kind in titles))


def _mark_cells(group: GroupResult, _: Scene) -> tuple[Cell, ...]:
    counts = tuple(group.marks.get(mark, 0) for mark in MARKS)
    rates = (
        _value(group.pass_rate), interval(group.pass_rate), _value(group.quality_rate), interval(group.quality_rate),
        _value(group.sou_index),
    )  # fmt: skip
    return (*counts, *rates, decimal(_value(group.mean_mark), places=2))


def _score_columns(scene: Scene) -> tuple[Column, ...]:
    bands = scene.subject.scaled.bands if scene.subject.scaled else {}
    return (
        Column("Средний тестовый балл", "decimal"),
        Column("Ниже минимума", "percent"),
        *(Column(name, "percent") for name in bands),
    )


def _score_cells(group: GroupResult, scene: Scene) -> tuple[Cell, ...]:
    names = scene.subject.scaled.bands if scene.subject.scaled else {}
    scores = group.scaled
    if scores is None:
        return (None, None, *(None for _ in names))
    shares = (_value(scores.bands.get(name)) for name in names)
    return (scores.mean.value, scores.below_minimum.value, *shares)


def _level_columns(scene: Scene) -> tuple[Column, ...]:
    return tuple(Column(name[:1].upper() + name[1:], "percent") for name in scene.subject.levels)


def _level_cells(group: GroupResult, scene: Scene) -> tuple[Cell, ...]:
    return tuple(_value(group.levels.get(name)) for name in scene.subject.levels)


_COLUMNS: Mapping[ResultKind, Callable[[Scene], tuple[Column, ...]]] = {
    ResultKind.MARKS: _mark_columns,
    ResultKind.TEST_SCORE: _score_columns,
    ResultKind.PASS_FAIL: lambda _: (Column("Сдали", "percent"), Column("Интервал")),
    ResultKind.LEVELS: _level_columns,
    ResultKind.POINTS: lambda _: (),
}
_CELLS: Mapping[ResultKind, Callable[[GroupResult, Scene], tuple[Cell, ...]]] = {
    ResultKind.MARKS: _mark_cells,
    ResultKind.TEST_SCORE: _score_cells,
    ResultKind.PASS_FAIL: lambda group, _: (_value(group.passed), interval(group.passed)),
    ResultKind.LEVELS: _level_cells,
    ResultKind.POINTS: lambda _group, _scene: (),
}


def items(scene: Scene) -> tuple[Block, ...]:
    """Psychometric figures of the items."""
    found = scene.subject.items
    return (_item_table(found),) if found and not scene.context.is_counted else ()


def _item_table(items: tuple[ItemResult, ...]) -> Table:
    has_not_taught = any(item.not_taught for item in items)
    return Table(
        "annex_items.table",
        "Как работают задания",
        (
            Column("Задание"),
            Column("Полный балл", "integer"),
            Column("0 баллов", "integer"),
            Column("Не приступили", "integer"),
            *((Column("Не изучали", "integer"),) if has_not_taught else ()),
            Column("Дискриминативность"),
            Column("Связь с остальной работой"),
        ),
        tuple(
            (
                item.label,
                item.full,
                item.zero,
                item.not_attempted,
                *((item.not_taught,) if has_not_taught else ()),
                decimal(item.discrimination, places=2),
                decimal(item.item_rest_correlation, places=2),
            )
            for item in items
        ),
        note="Числа участников. «—» – участников недостаточно для устойчивой оценки показателя.",
    )


def methods(scene: Scene) -> tuple[Block, ...]:
    """How the figures of this report are computed, by the methodology's words."""
    rules = [rule for rule in scene.rulebook.rules.values() if rule.id.startswith("method_")]
    norms = "yes" if has_norms(scene.subject.items) else "no"
    return bullets("annex_methods.list", (scene.say(rule.id, kind=str(scene.kind), has_norms=norms) for rule in rules))
