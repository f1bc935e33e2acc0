"""What an organization may lack, as a filter."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from msoko.foundation.orgs.api import OrganizationContext, SchoolYear


class Lack(StrEnum):
    CODE = "code"
    EXAM_CODE = "exam_code"
    CONTEXT = "context"


TITLES = {
    Lack.CODE: "логина",
    Lack.EXAM_CODE: "кода ГИА",
    Lack.CONTEXT: "контекстных данных за год",
}


def lacking(lack: Lack, year: SchoolYear | None) -> Q:
    """Organizations without it; context is that of the school year."""
    if lack is Lack.CONTEXT:
        known = OrganizationContext.objects.filter(
            organization=OuterRef("pk"), school_year=year, enrolment__isnull=False
        )
        return ~Q(Exists(known))
    return Q(**{lack.value: ""})
