"""Rows that tables and charts share: references, the subject, its parts, in that order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualimetry.narrative.scene import Scene
from qualimetry.narrative.thresholds import interval_word
from qualimetry.recipes.contracts import Estimate, GroupKind, GroupResult

Labelled = tuple[str, GroupResult]
#: whether a group knows what a table shows
Known = Callable[[GroupResult], bool]

WHOLE = "Муниципалитет в целом"
#: with more parts than this they stand in the annex only: neither a chart nor a page could be read
MANY = 40


def compared_groups(scene: Scene, known: Known) -> tuple[Labelled, ...]:
    """(label, group): references that know the figures, then the whole (in a school's report the municipality, then
    the school)."""
    references = [(_row_name(scene, group), group) for group in scene.comparison_groups() if known(group)]
    return (*references, (_row_name(scene, scene.subject), scene.subject))


def _row_name(scene: Scene, group: GroupResult) -> str:
    """The full name of a municipality stands on the title page: a row of a table is not the place for it."""
    return WHOLE if group.group.kind is GroupKind.WHOLE else scene.name(group)


def labelled_parts(scene: Scene, known: Known) -> tuple[Labelled, ...]:
    """The compared groups, then organizations (several classes in the report of a school).

    Parts are left out of a report for the public; a small part has «*» after its name.
    """
    parts = shown_parts(scene)
    return (*compared_groups(scene, known), *(parts if len(parts) > 1 else ()))


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


def small_note(scene: Scene, rows: Sequence[Labelled]) -> str:
    """What «*» means, where a row has it."""
    if not any(label.endswith("*") for label, _ in rows):
        return ""
    return f"Знаком * отмечены группы, в которых менее {scene.few} участников: их показатели приведены справочно."


def intervals_note(scene: Scene) -> str:
    """What the intervals of a table of shares are."""
    return f"Интервалы – {interval_word(scene.result.thresholds, 'ые')}, метод Уилсона."


def is_known(estimate: Estimate | None) -> bool:
    return estimate is not None and estimate.value is not None


def _marked(name: str, group: GroupResult) -> str:
    return f"{name}*" if group.is_small else name
