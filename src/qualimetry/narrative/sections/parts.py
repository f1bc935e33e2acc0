"""Rows that tables and charts share: references, the subject, its parts, in that order."""

from __future__ import annotations

from qualimetry.narrative.scene import Scene
from qualimetry.recipes.contracts import GroupResult

Labelled = tuple[str, GroupResult]

#: with more parts than this they stand in the annex only: neither a chart nor a page could be read
MANY = 40


def labelled_parts(scene: Scene, *, with_references: bool = True) -> tuple[Labelled, ...]:
    """(label, group): references from outside, the whole, then organizations (classes in the report of a school).

    Parts are left out of a report for the public; a small part has «*» after its name.
    """
    references = scene.comparison_groups() if with_references else ()
    rows = [(scene.name(group), group) for group in references]
    rows.append((scene.name(scene.subject), scene.subject))
    parts = shown_parts(scene)
    if len(parts) > 1 or not scene.is_school:
        rows += parts
    return tuple(rows)


def shown_parts(scene: Scene) -> list[Labelled]:
    """The parts where they are few enough for tables in the text and charts."""
    parts = parts_of(scene)
    return parts if len(parts) <= MANY else []


def parts_of(scene: Scene) -> list[Labelled]:
    """Organizations of the municipality or classes of the school, marked when small; none for the public."""
    if not scene.context.is_internal:
        return []
    if scene.is_school:
        return [(_marked(f"{scene.class_name(group)} класс", group), group) for group in scene.classes()]
    return [(_marked(scene.name(group), group), group) for group in scene.organizations()]


def _marked(name: str, group: GroupResult) -> str:
    return f"{name}*" if group.is_small else name
