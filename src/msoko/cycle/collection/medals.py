"""Candidates for the graduate's medal: the school marks its own numbers, only their keys are stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from msoko.cycle.collection.code_tables import degree_of, refuse_names
from msoko.cycle.collection.models import MedalCandidate
from msoko.cycle.collection.pupil_keys import pupil_key
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.medals import medal_rules
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization

MAX_CANDIDATES = 500
_CELL = re.compile(r"[\t;]+")


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A line of the school's list: its number of the pupil, degree of the medal (0: struck off the list)."""

    number: str
    degree: int


def candidate_lines(text: str, degree: int) -> list[CandidateLine]:
    """Numbers one a line, with a degree after a tab or semicolon where it differs from `degree`.

    Raises:
        RefusedError: a name instead of a number, an unknown degree, too many lines.
    """
    lines: dict[str, CandidateLine] = {}
    for row, line in enumerate(text.splitlines(), start=1):
        number, *rest = [cell.strip() for cell in _CELL.split(line.strip())]
        if not number:
            continue
        refuse_names(row, number)
        lines[number.casefold()] = CandidateLine(number[:40], degree_of(rest[0], row) if any(rest) else degree)
    if len(lines) > MAX_CANDIDATES:
        raise RefusedError(f"В списке больше {MAX_CANDIDATES} номеров.", "Вставьте номера претендентов одного выпуска.")
    return list(lines.values())


def graduation_year_of(campaign: Campaign) -> int:
    """Year in which those who wrote the work finish school: 2026 for grade 8 in 2023.

    Raises:
        RefusedError: when the grade level of the work is not known.
    """
    if campaign.grade_level is None:
        raise RefusedError(
            "Год выпуска не определён: у процедуры не указан класс.", "Уберите столбец «Медаль» из списка кодов."
        )
    return campaign.year + medal_rules().grade_level - campaign.grade_level


@transaction.atomic
def mark_candidates(
    act: Act, *, organization: Organization, graduation_year: int, lines: Sequence[CandidateLine]
) -> int:
    """Add the numbers to the candidates of a graduation year; those already there get the degree given now."""
    require(act, Permission.LOAD_CODE_LIST, organization)
    if not lines:
        raise RefusedError("Список номеров пуст.", "Вставьте номера претендентов, по одному в строке.")
    set_degrees(act, organization, graduation_year, {pupil_key(organization, one.number): one.degree for one in lines})
    record(
        act, "collection.medal_candidates.marked", kind="medal_candidates", object_id=graduation_year,
        label=f"Выпуск {graduation_year} года", organization=organization, details={"numbers": len(lines)},
    )  # fmt: skip
    return len(lines)


@transaction.atomic
def forget_candidates(act: Act, *, organization: Organization, graduation_year: int) -> None:
    """Remove the whole list of a graduation year."""
    require(act, Permission.LOAD_CODE_LIST, organization)
    MedalCandidate.objects.filter(organization=organization, graduation_year=graduation_year).delete()
    record(
        act, "collection.medal_candidates.forgotten", kind="medal_candidates", object_id=graduation_year,
        label=f"Выпуск {graduation_year} года", organization=organization,
    )  # fmt: skip


def set_degrees(act: Act, organization: Organization, graduation_year: int, degrees: Mapping[bytes, int]) -> None:
    """Write the degrees of these pupils; 0 takes a pupil off the list. The caller has checked the right."""
    listed = MedalCandidate.objects.filter(organization=organization, graduation_year=graduation_year)
    listed.filter(pupil__in=list(degrees)).delete()
    MedalCandidate.objects.bulk_create(
        MedalCandidate(
            organization=organization, graduation_year=graduation_year, pupil=pupil, degree=degree,
            marked_at=act.at, marked_by=act.actor.actor_label,
        )
        for pupil, degree in degrees.items()
        if degree
    )  # fmt: skip
