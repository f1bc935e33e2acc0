"""How each campaign of the demo reaches the authority: which layout, how many files, which usual defects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from msoko.foundation.documents.result_files.federal import CROSS
from msoko.foundation.documents.result_files.printed import PrintedRow


class Delivery(StrEnum):
    MUNICIPAL = "municipal"  # Ф1 of the whole municipality
    BY_SCHOOL = "by_school"  # Ф1, a file a school
    ARCHIVE = "archive"  # the same in a ZIP
    FORMS = "forms"  # collection forms, a file a school
    REGIONAL_EXPORT = "regional_export"  # layout of 2021
    TABLE = "table"  # one row a participant, made by hand
    PROTOCOL = "protocol"  # score sheets of examinations


#: Spellings of «not attempted» met in real files: Latin, Cyrillic, both cases, with spaces.
CROSSES = ("X", "Х", "x", "х", " X", "Х\xa0")


@dataclass(frozen=True, slots=True)
class Defects:
    """What people do to files: spellings of X and of classes, totals typed below, one total typed wrong."""

    crosses: tuple[str, ...] = CROSS
    has_tail: bool = False
    has_wrong_total: bool = False
    has_mixed_classes: bool = False


_DELIVERIES = {
    "VPR-MA7-2024": Delivery.REGIONAL_EXPORT,
    "VPR-RU5-2025": Delivery.ARCHIVE,
    "VPR-MA8-2025": Delivery.BY_SCHOOL,
    "VPR-MA4-2026": Delivery.BY_SCHOOL,
    "VPR-OM4-2026": Delivery.FORMS,
    "VPR-RU5-2026": Delivery.ARCHIVE,
}
_DEFECTS = {
    "VPR-MA7-2024": Defects(crosses=CROSSES, has_mixed_classes=True),
    "VPR-RU6-2026": Defects(crosses=CROSSES, has_tail=True),
    "VPR-MA6-2026": Defects(has_wrong_total=True),
    "CG8-2026": Defects(has_tail=True, has_mixed_classes=True),
}
_CLASS_SPELLINGS = ("{grade} {lower}", "0{grade}{letter}", "{letter}", "«{letter}»", "{grade}{letter}")


def delivery_of(campaign_key: str, procedure: str) -> Delivery:
    """The way in which the results of a campaign come."""
    if procedure in ("OGE", "EGE"):
        return Delivery.PROTOCOL
    default = Delivery.MUNICIPAL if procedure == "VPR" else Delivery.TABLE
    return _DELIVERIES.get(campaign_key, default)


def defects_of(campaign_key: str) -> Defects:
    """Defects of the files of a campaign."""
    return _DEFECTS.get(campaign_key, Defects())


def mixed_class(row: PrintedRow, grade_level: int) -> str:
    """A class in one of its spellings: «5 а», «05А», «А», ««А»», «5А»; the same class is spelled differently."""
    spelling = _CLASS_SPELLINGS[int(row.participant) % len(_CLASS_SPELLINGS)]
    return spelling.format(grade=grade_level, letter=row.class_group, lower=row.class_group.lower())


def with_wrong_total(rows: list[PrintedRow]) -> list[PrintedRow]:
    """The first present row that has points gets a total one point too low."""
    place = next(number for number, row in enumerate(rows) if row.present and row.total)
    wrong = replace(rows[place], total=(rows[place].total or 0) - 1)
    return [*rows[:place], wrong, *rows[place + 1 :]]
