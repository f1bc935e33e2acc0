"""Campaigns of the demo municipality with all their results."""

from __future__ import annotations

import numpy as np

from qualimetry.frames.blueprint import Blueprint
from qualimetry.synthetic import truths
from qualimetry.synthetic.entities import Municipality, school_year
from qualimetry.synthetic.exams import exam_columns
from qualimetry.synthetic.generation import abilities, draw_items, draw_journal_marks, leave_blanks, lift_scores
from qualimetry.synthetic.randomness import Ints, flags, stream
from qualimetry.synthetic.reference import reference_group
from qualimetry.synthetic.results import MISSING, NO_VALUE, ResultColumns, SyntheticCampaign
from qualimetry.synthetic.rows import make_columns
from qualimetry.synthetic.schedule import Conduct, schedule

_ABSENT_PER_THOUSAND = 60
#: a topic that one school had not reached by the day of the work: campaign → (organization, label of the item)
NOT_TAUGHT = {"VPR-MA7-2024": (12, "15")}


def campaigns(municipality: Municipality) -> list[SyntheticCampaign]:
    """All campaigns of three school years, in the order of `schedule`."""
    return [build_campaign(municipality, conduct) for conduct in schedule()]


def build_campaign(municipality: Municipality, conduct: Conduct) -> SyntheticCampaign:
    """One campaign with its results and reference figures."""
    blueprint = conduct.work.blueprint(conduct.year)
    is_exam = conduct.work.procedure in ("OGE", "EGE")
    make = exam_columns if is_exam else _class_work_columns
    return SyntheticCampaign(
        key=conduct.key,
        work_key=conduct.work.key,
        blueprint=blueprint,
        school_year=school_year(conduct.year_start),
        sittings=conduct.sittings,
        columns=make(municipality, conduct, blueprint),
        country=reference_group(municipality.seed, conduct, blueprint, "country"),
        region=reference_group(municipality.seed, conduct, blueprint, "region"),
    )


def _class_work_columns(municipality: Municipality, conduct: Conduct, blueprint: Blueprint) -> ResultColumns:
    """Results of a work written in class: VPR, diagnostics."""
    generator = stream(municipality.seed, "results", conduct.key)
    work = conduct.work
    pupils = municipality.pupils.at_grade(work.grade_level, conduct.year_start)
    ability = abilities(municipality, conduct, pupils)
    items = draw_items(generator, municipality, work, pupils, ability)
    if work.procedure == "VPR":
        items = leave_blanks(generator, items, blueprint)
    if conduct.key in truths.LIFTED_CAMPAIGNS:
        lifted = np.isin(municipality.pupils.school[pupils], np.array(truths.LIFTED_SCHOOLS) - 1)
        items = lift_scores(generator, items, blueprint, lifted)
    _forget_untaught(municipality, conduct, blueprint, pupils, items)
    columns = make_columns(municipality, conduct, blueprint, pupils, items, generator)
    if work.procedure == "VPR":
        columns.journal_mark = draw_journal_marks(generator, municipality, work, pupils, ability)
    return _without_absent(columns, ~flags(generator, len(pupils), _ABSENT_PER_THOUSAND))


def _forget_untaught(
    municipality: Municipality, conduct: Conduct, blueprint: Blueprint, pupils: Ints, items: np.ndarray
) -> None:
    if conduct.key in NOT_TAUGHT:
        organization, label = NOT_TAUGHT[conduct.key]
        position = [item.label for item in blueprint.items].index(label)
        items[municipality.pupils.school[pupils] == organization - 1, position] = MISSING


def _without_absent(columns: ResultColumns, present: np.ndarray) -> ResultColumns:
    columns.present = present
    columns.items[~present] = MISSING
    columns.variant[~present] = 0
    for column in (columns.total, columns.mark, columns.journal_mark, columns.level):
        column[~present] = NO_VALUE
    return columns
