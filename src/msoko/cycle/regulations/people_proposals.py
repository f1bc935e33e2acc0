"""People proposed for functions by their posts. Whoever proposes does not decide: a person marks whom to assign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from intake.matrices import same_words
from msoko.cycle.regulations.functions import assign_people
from msoko.cycle.regulations.gaps import GroupState
from msoko.cycle.regulations.models import MatrixFunction
from msoko.foundation.kernel.acts import Act
from msoko.foundation.roster.models import Appointment

#: a shorter post is a beginning of too many others («специалист»)
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class PersonProposal:
    """The only holder of a post that a function without people names; `post` as the matrix writes it."""

    function: MatrixFunction
    person: Appointment
    post: str


def people_proposals(board: Sequence[GroupState], staff: Iterable[Appointment]) -> list[PersonProposal]:
    """For functions without anyone in office, in the order of the matrix."""
    holders: dict[str, list[Appointment]] = {}
    for one in staff:
        if one.post:
            holders.setdefault(same_words(one.post), []).append(one)
    found = []
    for state in (one for group in board for one in group.functions if not one.people):
        for post in state.function.posts:
            person = _only_holder(same_words(post), holders)
            if person is not None:
                found.append(PersonProposal(state.function, person, post))
                break
    return found


def _only_holder(post: str, holders: Mapping[str, list[Appointment]]) -> Appointment | None:
    """The person whose post it is word for word, else the one whose post it begins with."""
    if post in holders:
        return holders[post][0] if len(holders[post]) == 1 else None
    near = [
        one for held, people in holders.items() for one in people
        if post.startswith(f"{held} ") and len(held.split()) >= _LEAST_WORDS
    ]  # fmt: skip
    return near[0] if len(near) == 1 else None


@transaction.atomic
def assign_proposed(act: Act, *, pairs: Sequence[tuple[MatrixFunction, Appointment]]) -> None:
    """Assign the people that a person marked, each to their function; all of them or nobody."""
    for function, person in pairs:
        assign_people(act, functions=[function], people=[person])
