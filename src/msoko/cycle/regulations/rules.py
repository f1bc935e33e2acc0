"""The life cycle of a document and when it asks for attention. Pure: no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # ships no types

from msoko.cycle.regulations.enums import DocumentStatus
from msoko.foundation.catalog.documents import document_kinds

S = DocumentStatus
#: from → to; what leads back is the undoing of a mistake
TRANSITIONS: dict[DocumentStatus, frozenset[DocumentStatus]] = {
    S.DRAFT: frozenset({S.DISCUSSION, S.APPROVED, S.IN_FORCE}),
    S.DISCUSSION: frozenset({S.DRAFT, S.APPROVED, S.IN_FORCE}),
    S.APPROVED: frozenset({S.IN_FORCE, S.DRAFT, S.REPEALED}),
    S.IN_FORCE: frozenset({S.SUPERSEDED, S.REPEALED, S.APPROVED}),
    S.SUPERSEDED: frozenset({S.IN_FORCE}),
    S.REPEALED: frozenset({S.IN_FORCE}),
}
#: states in which the words of a document may still change
OPEN = frozenset({S.DRAFT, S.DISCUSSION})
#: states of a document that has been in force
PAST = frozenset({S.SUPERSEDED, S.REPEALED})
#: what organizations below the owner read
SHOWN_BELOW = frozenset({S.IN_FORCE, *PAST})


def may_become(now: str, then: str) -> bool:
    """Whether the life cycle leads from one state to another."""
    return DocumentStatus(then) in TRANSITIONS[DocumentStatus(now)]


def review_day(kind: str, signed_on: dt.date | None) -> dt.date | None:
    """The day by which a document of the kind is reviewed; None when the kind is not reviewed."""
    found = document_kinds().get(kind)
    if found is None or not found.review_years or signed_on is None:
        return None
    day: dt.date = signed_on + relativedelta(years=found.review_years)
    return day


class Trouble(StrEnum):
    """What is wrong with a document that others rest on."""

    BASE_REPEALED = "base_repealed"
    BASE_CHANGED = "base_changed"
    REVIEW_OVERDUE = "review_overdue"
    NOT_IN_FORCE_YET = "not_in_force_yet"


TROUBLE_TITLES = {
    Trouble.BASE_REPEALED: "Основание отменено",
    Trouble.BASE_CHANGED: "Основание изменено",
    Trouble.REVIEW_OVERDUE: "Истёк срок пересмотра",
    Trouble.NOT_IN_FORCE_YET: "Срок вступления в силу наступил",
}


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """A trouble in words: what, why, what to do."""

    trouble: Trouble
    text: str
    hint: str = ""

    @property
    def title(self) -> str:
        return TROUBLE_TITLES[self.trouble]
