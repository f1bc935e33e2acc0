"""Fictional figures of the region and the country: the same work written by a population without planted truths."""

from __future__ import annotations

import numpy as np

from qualimetry.frames.blueprint import Blueprint
from qualimetry.synthetic.generation import POPULATION_DEVIATION, difficulties_of
from qualimetry.synthetic.randomness import normal, stream
from qualimetry.synthetic.responses import draw_scores
from qualimetry.synthetic.results import ReferenceGroup
from qualimetry.synthetic.schedule import Conduct
from qualimetry.synthetic.scoring import marks_of, totals_of

_SAMPLE = 3000
#: name → (mean ability in thousandths of a logit, schools, participants of a work of VPR)
GROUPS = {"country": ("Вся выборка", 80, 35500, 1_700_000), "region": ("Условный край", -20, 560, 30_200)}


def reference_group(seed: int, conduct: Conduct, blueprint: Blueprint, group: str) -> ReferenceGroup:
    """Figures of `group` («country», «region») for a campaign."""
    name, mean, organizations, participants = GROUPS[group]
    generator = stream(seed, "reference", group, conduct.key)
    ability = mean + normal(generator, _SAMPLE, POPULATION_DEVIATION)
    difficulties = difficulties_of(seed, conduct.work.key).region
    columns = [
        draw_scores(generator, ability - difficulty, item.max_score)
        for difficulty, item in zip(difficulties, blueprint.items, strict=True)
    ]
    items = np.stack(columns, axis=1)
    total = totals_of(items)
    marks = marks_of(total, items, blueprint)
    shares = {mark: int((marks == mark).sum()) / _SAMPLE for mark in (2, 3, 4, 5)} if blueprint.cut_scores else {}
    facilities = tuple(
        int(items[:, position].sum()) / (item.max_score * _SAMPLE) for position, item in enumerate(blueprint.items)
    )
    size = participants // (3 if conduct.work.grade_level == 11 else 1)
    return ReferenceGroup(name, organizations, size, shares, facilities, int(total.sum()) / _SAMPLE)
