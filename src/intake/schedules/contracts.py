"""What reading a schedule yields."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from intake.contracts import Problem

LEVELS = ("federal", "regional", "municipal", "school")


@dataclass(frozen=True, slots=True)
class ReadWork:
    """A work as printed and as understood. Empty `questions` mean that everything needed is there.

    `letter` is empty for a whole grade; `subject` is canonical when known, else as printed; `place` says where the
    work stands in the file; `word` is the subject as printed when nobody knows it, so that it is asked once for a file;
    `school` is the organization that the file names for the work, when it has works of several.
    """

    place: str
    raw: str
    grade_level: int | None
    letter: str
    subject: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    title: str = ""
    level: str = "school"
    lesson: int | None = None
    minutes: int | None = None
    questions: tuple[str, ...] = ()
    word: str = ""
    school: str = ""


@dataclass(slots=True)
class ScheduleReading:
    """Works of a file in its order; `layout` is «list», «months», «days», «weeks», «dates»,
    «classes», «subjects», «levels» or «periods», empty when no schedule was found."""

    file: str
    works: list[ReadWork] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    layout: str = ""
