"""Directions and parts of the cycle for all activities of a reading."""

from __future__ import annotations

from dataclasses import replace

from intake.plans.contracts import Activity, ClaimSource, PlanReading, Section
from intake.plans.cycle import Claim, direction_of, edition_of, part_of_label, part_of_title
from intake.plans.vocabulary import Edition, Vocabulary


def claim_cycle(reading: PlanReading, vocabulary: Vocabulary) -> None:
    """Put directions and parts into the activities and sections; what is not certain is marked as proposed."""
    edition = edition_of(reading.sections, vocabulary)
    reading.edition = edition.id if edition is not None else ""
    reading.sections = [_with_direction(section, edition, vocabulary) for section in reading.sections]
    label = ""
    path: tuple[tuple[str, str], ...] = ()
    for place, activity in enumerate(reading.activities):
        if activity.section_path != path:
            label, path = "", activity.section_path
        if activity.label:
            label = activity.label
        path_with_group = (*activity.section_path, ("", activity.group)) if activity.group else activity.section_path
        direction = direction_of(path_with_group, activity.title, edition, vocabulary)
        part = _part(activity, label, edition, vocabulary)
        reading.activities[place] = replace(
            activity,
            direction=direction.id,
            direction_source=direction.source,
            cycle_part=part.id,
            cycle_part_source=part.source,
        )


def _with_direction(section: Section, edition: Edition | None, vocabulary: Vocabulary) -> Section:
    claim = direction_of(section.path, "", edition, vocabulary)
    return replace(section, direction=claim.id if claim.source is ClaimSource.SECTION else "")


def _part(activity: Activity, label: str, edition: Edition | None, vocabulary: Vocabulary) -> Claim:
    """By the row's own label; under a merged label by that label; by a heading of a stage; else proposed."""
    own = part_of_label(activity.label, edition, vocabulary) or part_of_label(activity.group, edition, vocabulary)
    if own:
        return Claim(own, ClaimSource.LABEL)
    above = part_of_label(label, edition, vocabulary)
    if above and not activity.number:
        return Claim(above, ClaimSource.LABEL)
    for _, heading in reversed(activity.section_path):
        if found := part_of_label(heading, edition, vocabulary):
            return Claim(found, ClaimSource.SECTION)
    proposed = part_of_title(activity.title, edition, vocabulary) or above
    return Claim(proposed, ClaimSource.PROPOSED) if proposed else Claim()
