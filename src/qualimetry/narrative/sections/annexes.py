"""Annexes: everything behind the text as tables, and how each figure is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.blocks import Block, Column, PageBreak, Table
from qualimetry.narrative.russian import decimal
from qualimetry.narrative.scene import Scene, bullets
from qualimetry.narrative.sections.items import has_norms
from qualimetry.narrative.sections.parts import Labelled, parts_of
from qualimetry.narrative.words import natural_key
from qualimetry.recipes.contracts import Estimate, GroupResult

Cell = str | int | float | None
MARKS = (2, 3, 4, 5)


def organizations(scene: Scene) -> tuple[Block, ...]:
    """All organizations with every figure of the result kind."""
    rows = parts_of(scene)
    if not rows:
        return ()
    return _results("annex_organizations", "Результаты образовательных организаций", "Организация", rows, scene)


def classes(scene: Scene) -> tuple[Block, ...]:
    """All classes of the report."""
    if not scene.context.is_internal or not scene.classes():
        return ()
    rows: list[Labelled] = [
        (scene.class_name(group) if scene.is_school else f"{scene.name(group)}, {scene.class_name(group)}", group)
        for group in scene.classes()
    ]
    rows.sort(key=lambda row: natural_key(row[0]))
    return _results("annex_classes", "Результаты по классам", "Класс", rows, scene)


def _results(key: str, caption: str, title: str, rows: list[Labelled], scene: Scene) -> tuple[Block, ...]:
    columns, cells = _COLUMNS[scene.kind], _CELLS[scene.kind]
    table = Table(
        f"{key}.table",
        caption,
        (
            Column(title, width=3),
            Column("Выполняли", "integer"),
            Column("Отсутствовали", "integer"),
            Column("Средний балл", "decimal"),
            Column("% выполнения", "percent"),
            *columns(scene),
        ),
        tuple((label, *_common(group), *cells(group, scene)) for label, group in rows),
    )
    return (PageBreak(f"{key}.landscape", is_landscape=True), table, PageBreak(f"{key}.portrait"))


def _common(group: GroupResult) -> tuple[Cell, ...]:
    return (group.participants, group.absent, group.mean_raw_score.value, group.mean_percent.value)


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None


def _mark_columns(_: Scene) -> tuple[Column, ...]:
    counts = tuple(Column(f"«{mark}»", "integer", 0.7) for mark in MARKS)
    titles = (("Успеваемость", "percent"), ("Качество", "percent"), ("СОУ", "percent"), ("Средняя отметка", "text"))
    return (*counts, *(Column(title, kind) for title, kind in titles))


def _mark_cells(group: GroupResult, _: Scene) -> tuple[Cell, ...]:
    counts = tuple(group.marks.get(mark, 0) for mark in MARKS)
    rates = (_value(group.pass_rate), _value(group.quality_rate), _value(group.sou_index))
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
    ResultKind.PASS_FAIL: lambda _: (Column("Сдали", "percent"),),
    ResultKind.LEVELS: _level_columns,
    ResultKind.POINTS: lambda _: (),
}
_CELLS: Mapping[ResultKind, Callable[[GroupResult, Scene], tuple[Cell, ...]]] = {
    ResultKind.MARKS: _mark_cells,
    ResultKind.TEST_SCORE: _score_cells,
    ResultKind.PASS_FAIL: lambda group, _: (_value(group.passed),),
    ResultKind.LEVELS: _level_cells,
    ResultKind.POINTS: lambda _group, _scene: (),
}


def items(scene: Scene) -> tuple[Block, ...]:
    """Psychometric figures of the items and what they check."""
    plan = {item.label: item for item in scene.result.blueprint.items}
    rows = []
    for item in scene.subject.items:
        source = plan.get(item.label)
        names = (
            [scene.result.blueprint.element_names.get(code, code) for code in source.content_elements] if source else []
        )
        rows.append(
            (
                item.label,
                "; ".join([*names, *(source.skills if source else ())]) or None,
                item.full,
                item.zero,
                item.not_attempted,
                item.not_taught,
                decimal(item.discrimination, places=2),
                decimal(item.item_rest_correlation, places=2),
            )
        )
    return (_item_table(tuple(rows)),) if rows else ()


def _item_table(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    return Table(
        "annex_items.table",
        "Что проверяют задания и как они работают",
        (
            Column("Задание"),
            Column("Элементы содержания и умения", width=5),
            Column("Полный балл", "integer"),
            Column("0 баллов", "integer"),
            Column("Не приступили", "integer"),
            Column("Не изучали", "integer"),
            Column("Дискриминативность"),
            Column("Связь с остальной работой", width=1.2),
        ),
        rows,
        note="«—» – участников недостаточно для устойчивой оценки показателя.",
    )


def methods(scene: Scene) -> tuple[Block, ...]:
    """How the figures of this report are computed, by the methodology's words."""
    rules = [rule for rule in scene.rulebook.rules.values() if rule.id.startswith("method_")]
    norms = "yes" if has_norms(scene.subject.items) else "no"
    return bullets("annex_methods.list", (scene.say(rule.id, kind=str(scene.kind), has_norms=norms) for rule in rules))
