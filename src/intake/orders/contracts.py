"""What is read from an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

#: to whom a point is addressed: nobody (it is fulfilled by the order itself), the body that signs, organizations
Circle = Literal["none", "owner", "all", "school", "preschool", "supplementary"]


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """A point. `addressee` is inherited from the point above; `term` is the phrase as it stands."""

    number: str
    text: str
    line: int
    addressee: str = ""
    term: str = ""
    circle: Circle = "owner"
    is_parent: bool = False


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
