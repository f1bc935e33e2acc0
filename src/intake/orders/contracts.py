"""What is read from an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: to whom a point is addressed: «none» (it is fulfilled by the order itself), «owner» (the body that signs), «all»,
#: kinds of organizations joined by a plus («school», «preschool+supplementary»), «ask» (the words do not tell)
Circle = str


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """A point. `addressee` is inherited from the point above; `term` is the phrase as it stands; `organizations` and
    `people` are named in the addressee."""

    number: str
    text: str
    line: int
    addressee: str = ""
    term: str = ""
    circle: Circle = "owner"
    is_parent: bool = False
    organizations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderReading:
    """`controller` is in the case of the order; `questions` are Russian sentences for the preview."""

    title: str = ""
    number: str = ""
    signed_on: dt.date | None = None
    preamble: str = ""
    points: tuple[ReadPoint, ...] = ()
    controller: str = ""
    signer: str = ""
    questions: tuple[str, ...] = ()
