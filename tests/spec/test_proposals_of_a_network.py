"""Dependencies proposed from the texts of the plan of the samples, against those that people found in it."""

from __future__ import annotations

from pathlib import Path

from intake.plans import read_plan
from msoko.cycle.planning.proposing import Subject, propose
from msoko.foundation.catalog.plans import plan_vocabulary

#: «before» and «after» by numbers of the plan
FOUND_BY_PEOPLE = (
    ("2.1.1 2.1.2", "2.1.10"), ("3.2.6 3.2.7", "3.2.9"), ("3.2.9", "3.2.10"), ("3.2.10", "3.2.11"),
    ("3.3.1", "3.3.2 3.3.3"), ("3.3.6", "3.3.7"), ("3.4.1", "3.4.6"), ("3.5.5", "3.5.7"),
    ("2.2.4 2.2.5 2.2.8 3.1.1 3.1.2 3.2.10 3.4.3 3.4.4 3.4.6 3.5.9 2.3.3", "3.3.11"), ("3.3.11", "3.3.10"),
)  # fmt: skip


def test_almost_all_links_that_people_found_are_proposed_and_few_others(samples: Path) -> None:
    path = samples.parent / "seeds" / "plan-usinsk.txt"
    activities = read_plan(path.name, path.read_bytes(), vocabulary=plan_vocabulary()).activities
    sections = {path: number for number, path in enumerate({one.section_path for one in activities})}
    subjects = [
        Subject(key, one.title, sections[one.section_path], tuple(result.text for result in one.deliverables))
        for key, one in enumerate(activities)
    ]
    number = {key: one.number.rstrip(".") for key, one in enumerate(activities)}
    proposed = {(number[one.before], number[one.after]) for one in propose(subjects)}
    wanted = {
        (first, second)
        for before, after in FOUND_BY_PEOPLE
        for first in before.split()
        for second in after.split()
    }  # fmt: skip
    assert len(wanted & proposed) >= 22, wanted - proposed
    assert len(proposed - wanted) <= 20
