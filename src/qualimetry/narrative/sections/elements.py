"""Content elements and skills: what has been learnt and what has not."""

from __future__ import annotations

from qualimetry.charts.elements import column_name, heat_map
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import enumerate_words, percent
from qualimetry.narrative.scene import Scene, paragraph, subheading
from qualimetry.narrative.sections.achievement import interval
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import shown_parts
from qualimetry.narrative.topics import BRIEF, brief, topic
from qualimetry.narrative.words import natural_key
from qualimetry.recipes.contracts import ElementResult, Reading

ELEMENT_WORDS = {
    Reading.SUFFICIENT: "освоено",
    Reading.BORDERLINE: "на границе",
    Reading.INSUFFICIENT: "не освоено",
    Reading.NOT_ENOUGH_DATA: "данных недостаточно",
    Reading.NO_NORM: "норма не задана",
}
#: columns of a heat map whose figures can be read on paper
COLUMNS = 18
KINDS = (("skill", "Умения"), ("content_element", "Элементы содержания"), ("section", "Разделы"))


def blocks(scene: Scene) -> tuple[Block, ...]:
    elements = scene.subject.elements
    if not scene.subject.items:
        return ()
    if not elements or not scene.subject.participants:
        return paragraph("elements.none", scene.say("no_elements"))
    shown = [(kind, title) for kind, title in KINDS if _adds_to_items(scene, kind)]
    parts = [block for kind, title in shown for block in _kind(scene, kind, title)]
    return (*parts, *told_findings(scene, "elements"))


def _adds_to_items(scene: Scene, kind: str) -> bool:
    """Skills that one item each checks stand in the table of items; sections that are the difficulty levels stand in
    its text. In the report of a school skills stand in the table of items, and content elements say enough."""
    items = scene.subject.items
    groups = {frozenset(element.labels) for element in scene.subject.elements if element.kind == kind}
    levels = {frozenset(i.label for i in items if i.level == level) for level in {i.level for i in items}}
    has_content = _has_content(scene)
    if kind == "content_element" and not has_content:
        return False
    has_skills = any(element.kind == "skill" for element in scene.subject.elements)
    if scene.is_school and kind != "content_element" and (has_content or has_skills):
        return False
    is_one_by_one = kind == "skill" and len(groups) == len(items) and has_content
    return not is_one_by_one and not (kind == "section" and (groups <= levels or _are_levels(scene)))


def _has_content(scene: Scene) -> bool:
    return scene.names_elements() and any(e.kind == "content_element" for e in scene.subject.elements)


def _are_levels(scene: Scene) -> bool:
    """Sections that only name the difficulty of their items."""
    return all("уровень" in e.name.casefold() for e in scene.subject.elements if e.kind == "section")


def _kind(scene: Scene, kind: str, title: str) -> tuple[Block, ...]:
    elements = sorted((e for e in scene.subject.elements if e.kind == kind), key=lambda e: natural_key(e.code))
    if not elements:
        return ()
    return (
        subheading(f"elements.{kind}.heading", title),
        *paragraph(f"elements.{kind}.summary", *_summary(scene, kind, elements)),
        _table(scene, kind, title, elements),
        *(_heat_map(scene, kind, title, elements) if kind == _drawn(scene) else ()),
    )


def _summary(scene: Scene, kind: str, elements: list[ElementResult]) -> list[Sentence | None]:
    said = []
    for reading in (Reading.INSUFFICIENT, Reading.BORDERLINE, Reading.SUFFICIENT):
        chosen = [element for element in elements if element.reading is reading]
        names = [f"{topic(e.kind, e.code, e.name)} ({percent(e.facility.value, n=e.facility.n)})" for e in chosen]
        if chosen:
            said.append(
                scene.say(
                    f"elements_{reading}",
                    n=scene.subject.participants,
                    kind=kind,
                    elements=len(chosen),
                    all_elements=len(elements),
                    names="; ".join(names) if len(names) > 2 else enumerate_words(names),
                )
            )
    return said


def _table(scene: Scene, kind: str, title: str, elements: list[ElementResult]) -> Table:
    has_reference = any(element.reference is not None for element in elements)
    has_norms = any(element.reading is not Reading.NO_NORM for element in elements)
    has_codes = any(column_name(place, element) == element.code for place, element in enumerate(elements, 1))
    return Table(
        f"elements.{kind}.table",
        f"{title}: доля набранных баллов от возможных",
        (
            Column("Код" if has_codes else "№"),
            Column("Наименование", width=5),
            Column("Задания"),
            Column("Выполнение", "percent"),
            Column("Интервал"),
            *((Column("Остальные организации", "percent"),) if has_reference else ()),
            *((Column("Оценка"),) if has_norms else ()),
        ),
        tuple(
            _row(place, element, has_reference=has_reference, has_norms=has_norms)
            for place, element in enumerate(elements, 1)
        ),
    )


def _row(place: int, element: ElementResult, *, has_reference: bool, has_norms: bool) -> tuple[str | float | None, ...]:
    return (
        column_name(place, element),
        brief(element.name, 2 * BRIEF),
        ", ".join(element.labels),
        element.facility.value,
        interval(element.facility),
        *((element.reference,) if has_reference else ()),
        *((ELEMENT_WORDS[element.reading].replace(" ", "\u00a0"),) if has_norms else ()),
    )


def _drawn(scene: Scene) -> str:
    """The kind whose figures are drawn by group: one map is read, three are not."""
    kinds = {e.kind for e in scene.subject.elements if e.kind != "content_element" or scene.names_elements()}
    return next((kind for kind in ("content_element", "skill", "section") if kind in kinds), "")


def _heat_map(scene: Scene, kind: str, title: str, elements: list[ElementResult]) -> tuple[Block, ...]:
    rows, columns = shown_parts(scene), _distinct(elements)
    if len(rows) < 2 or len(columns) > COLUMNS:
        return ()
    parts = [(label, {e.code: e for e in group.elements if e.kind == kind}) for label, group in rows]
    return (heat_map(f"elements.{kind}.chart", title, columns, parts, ELEMENT_WORDS),)


def _distinct(elements: list[ElementResult]) -> list[tuple[str, ElementResult]]:
    """(name of the column in the table, element): one of those that the same items test."""
    by_items: dict[tuple[str, ...], tuple[str, ElementResult]] = {}
    for place, element in enumerate(elements, 1):
        by_items.setdefault(element.labels, (column_name(place, element), element))
    return list(by_items.values())
