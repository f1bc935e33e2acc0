"""Learning gaps: of the municipality, specific to a school or class, and weak schools told apart from both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import percent
from qualimetry.narrative.scene import Scene, paragraph, whole_class
from qualimetry.narrative.topics import BRIEF, absorbed, brief, topic
from qualimetry.narrative.words import listed, natural_key
from qualimetry.recipes.contracts import Gap, GapScope

#: rows of the text's table of gaps by element; the annex has the rest
SHOWN = 12
#: organizations named in a row of it
NAMED = 6
#: elements of the same items that a row names
TWINS = 2


def blocks(scene: Scene) -> tuple[Block, ...]:
    gaps = gaps_of(scene)
    return (
        *paragraph(
            "gaps.intro",
            scene.say(
                "gaps_intro",
                counted="yes" if scene.context.is_counted else "no",
                gaps=len(gaps),
                items=len(scene.subject.items),
                n_present=scene.subject.participants,
            ),
        ),
        *_common(scene),
        *(_of_school(scene) if scene.is_school else _by_element(scene, gaps)),
        *paragraph("gaps.weak", _weak(scene, gaps)),
    )


def annex(scene: Scene) -> tuple[Block, ...]:
    """Every gap of organizations and classes with its figures; of weak schools the level is the matter, not a topic."""
    own = [gap for gap in _named_in_full(scene) if gap.scope in (GapScope.ORGANIZATION, GapScope.CLASS)]
    of_schools = {(gap.organization, gap.labels) for gap in own if gap.scope is GapScope.ORGANIZATION}
    classes = Counter(group.group.organization for group in scene.result.classes if group.participants)
    own = [gap for gap in own if gap.scope is GapScope.ORGANIZATION or classes[gap.organization] > 1
           or (gap.organization, gap.labels) not in of_schools]  # fmt: skip
    own.sort(
        key=lambda gap: (natural_key(scene.context.short_name(gap.organization)), gap.scope, gap.class_group or "")
    )
    return _table(scene, "annex_gaps.table", "Дефициты организаций и классов", own, has_place=True)


def gaps_of(scene: Scene) -> tuple[Gap, ...]:
    """Gaps this report may name: municipal ones always, those of organizations inside, of itself for a school.

    Elements that the same items test have the same figures: they are one gap, named by the first of them.
    """
    return tuple(group[0] for group in _grouped(scene))


def own_topics(scene: Scene, organization: int | None, scopes: Sequence[GapScope]) -> list[str]:
    """Topics of the gaps of an organization, the widest behind the rest first; a topic stands for its skills."""
    gaps = [gap for gap in gaps_of(scene) if gap.organization == organization and gap.scope in scopes]
    left = [gap for gap in gaps if not _is_absorbed(gap, gaps) and gap.class_group is None]
    left.sort(key=lambda gap: (gap.facility.value or 0.0) - (gap.reference or 0.0))
    return [topic(gap.element_kind, gap.element, gap.name) for gap in left]


def _grouped(scene: Scene) -> list[list[Gap]]:
    groups: dict[object, list[Gap]] = {}
    for gap in scene.result.gaps:
        if _may_name(scene, gap):
            groups.setdefault((gap.scope, gap.organization, gap.class_group, gap.labels), []).append(gap)
    return list(groups.values())


def _may_name(scene: Scene, gap: Gap) -> bool:
    if gap.element_kind == "content_element" and not scene.names_elements():
        return False
    if not scene.context.is_internal:
        return gap.scope is GapScope.MUNICIPALITY
    return not scene.is_school or gap.organization in (None, scene.organization)


def _named_in_full(scene: Scene) -> list[Gap]:
    """Gaps with the names of the elements that their items test, for tables."""
    return [replace(group[0], name="; ".join(brief(gap.name) for gap in group[:TWINS])) for group in _grouped(scene)]


def _is_absorbed(gap: Gap, gaps: Sequence[Gap]) -> bool:
    same = [other for other in gaps if _place(other) == _place(gap)]
    return absorbed(gap.element_kind, gap.labels, [(other.element_kind, other.labels) for other in same])


def _place(gap: Gap) -> tuple[object, ...]:
    return (gap.scope, gap.organization, gap.class_group)


def _common(scene: Scene) -> tuple[Block, ...]:
    """Gaps of the whole municipality: a table in its own report, a sentence in that of a school."""
    common = [gap for gap in _named_in_full(scene) if gap.scope is GapScope.MUNICIPALITY]
    topics = [topic(g.element_kind, g.element, g.name) for g in gaps_of(scene) if g.scope is GapScope.MUNICIPALITY
              and not _is_absorbed(g, gaps_of(scene))]  # fmt: skip
    said = scene.say("gaps_common", gaps=len(common), topics="; ".join(topics)) if common else None
    table = () if scene.is_school else _table(scene, "gaps.table", "Дефициты, общие для муниципалитета", common)
    return (*paragraph("gaps.common", said), *table)


def _of_school(scene: Scene) -> tuple[Block, ...]:
    own = [gap for gap in _named_in_full(scene) if gap.scope in (GapScope.ORGANIZATION, GapScope.CLASS)]
    said = scene.say("gaps_own", gaps=len(own)) if own else None
    has_classes = any(gap.class_group is not None for gap in own)
    table = _table(scene, "gaps.own.table", "Дефициты организации и её классов", own, has_place=has_classes)
    return (*paragraph("gaps.own", said), *table)


def _by_element(scene: Scene, gaps: Sequence[Gap]) -> tuple[Block, ...]:
    """Own gaps of organizations in one table: what is lacking and where."""
    own = [gap for gap in gaps if gap.scope is GapScope.ORGANIZATION and not _is_absorbed(gap, gaps)]
    if not own:
        return ()
    by_element: dict[tuple[str, ...], list[Gap]] = {}
    for gap in own:
        by_element.setdefault(gap.labels, []).append(gap)
    rows = sorted(by_element.values(), key=len, reverse=True)
    organizations = {gap.organization for gap in own}
    has_topics = any(gap.element_kind != "item" for gap in own)
    said = scene.say("gaps_own", gaps=len(rows), organizations=len(organizations))
    table = Table(
        "gaps.own.table",
        "Дефициты, характерные для отдельных организаций",
        (
            Column("Элемент содержания, умение" if has_topics else "Задание", width=3 if has_topics else 1),
            *((Column("Задания"),) if has_topics else ()),
            Column("Организации", width=5),
        ),
        tuple((*_what(row[0], has_topics=has_topics), _where(scene, row)) for row in rows[:SHOWN]),
        note="В скобках – выполнение и доля, ожидаемая у участников с такими же первичными баллами."
        + (f" Остальные строки ({len(rows) - SHOWN}) – в приложении." if len(rows) > SHOWN else ""),
    )
    return (*paragraph("gaps.own", said), table)


def _what(gap: Gap, *, has_topics: bool) -> tuple[str, ...]:
    return (_name(gap), ", ".join(gap.labels)) if has_topics else (gap.name,)


def _where(scene: Scene, gaps: list[Gap]) -> str:
    ordered = sorted(gaps, key=lambda gap: natural_key(scene.context.short_name(gap.organization)))
    said = [_organization(scene, gap) for gap in ordered[:NAMED]]
    rest = f" и\u00a0ещё\u00a0{len(gaps) - NAMED}" if len(gaps) > NAMED else ""
    return "; ".join(said) + rest


def _organization(scene: Scene, gap: Gap) -> str:
    n = gap.facility.n
    expected = f" при {percent(gap.expected, n=n)}" if gap.expected is not None else ""
    return f"{scene.context.short_name(gap.organization)} ({percent(gap.facility.value, n=n)}{expected})"


def _weak(scene: Scene, gaps: Sequence[Gap]) -> Sentence | None:
    """One sentence for all weak schools: their level is the matter, not a topic."""
    weak = [gap for gap in gaps if gap.scope is GapScope.WEAK]
    if not weak:
        return None
    count = {gap.organization: sum(other.organization == gap.organization for other in weak) for gap in weak}
    keys = sorted(count, key=lambda key: natural_key(scene.context.short_name(key)))
    names = [f"{scene.context.short_name(key)} ({count[key]})" for key in keys]
    topics = own_topics(scene, scene.organization, (GapScope.WEAK,)) if scene.is_school else []
    return scene.say(
        "gaps_weak",
        n=weak[0].facility.n,
        organizations=listed(names),
        number=len(keys),
        elements=len(weak),
        topics="; ".join(topics[:NAMED]) or None,
    )


def _name(gap: Gap) -> str:
    return f"Задание {gap.name}" if gap.element_kind == "item" else brief(gap.name, 2 * BRIEF)


def _table(scene: Scene, key: str, caption: str, gaps: Sequence[Gap], *, has_place: bool = False) -> tuple[Block, ...]:
    """Columns without a single figure are left out."""
    if not gaps:
        return ()
    has_expected = any(gap.expected is not None for gap in gaps)
    has_reference = any(gap.reference is not None for gap in gaps)
    columns = (
        *((Column("Где", width=2.4),) if has_place else ()),
        Column("Элемент содержания, умение", width=3.6),
        Column("Задания"),
        Column("Выполнение", "percent"),
        *((Column("Для сравнения", "percent"),) if has_reference else ()),
        *((Column("Ожидалось", "percent"),) if has_expected else ()),
    )
    rows = tuple(
        (
            *((_place_name(scene, gap),) if has_place else ()),
            _name(gap),
            ", ".join(gap.labels),
            gap.facility.value,
            *((gap.reference,) if has_reference else ()),
            *((gap.expected,) if has_expected else ()),
        )
        for gap in gaps
    )
    return (Table(key, caption, columns, rows, note=_note(has_expected=has_expected, has_reference=has_reference)),)


def _note(*, has_expected: bool, has_reference: bool) -> str:
    said = (
        "«Для сравнения» – выполнение остальными участниками или в регионе." if has_reference else "",
        "«Ожидалось» – доля, обычная для участников с теми же первичными баллами." if has_expected else "",
    )
    return " ".join(filter(None, said))


def _place_name(scene: Scene, gap: Gap) -> str:
    where = "Организация в целом" if scene.is_school else scene.context.short_name(gap.organization)
    if gap.class_group is None:
        return where
    name = whole_class(scene.result, scene.context, gap.class_group) or ""
    return name if scene.is_school else f"{where}, {name}"
