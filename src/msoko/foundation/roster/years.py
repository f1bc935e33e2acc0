"""School years are opened by those who keep the registry."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from msoko.foundation.access.api import Permission, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import SchoolYear, start_year_of


def year_to_open(stored: list[SchoolYear], today: dt.date) -> SchoolYear | None:
    """The school year that has begun but is not stored yet."""
    start_year = start_year_of(today)
    is_stored = any(year.start_year == start_year for year in stored)
    return None if is_stored else SchoolYear(start_year=start_year)


@transaction.atomic
def open_school_year(act: Act, *, start_year: int) -> SchoolYear:
    """Begin the school year of today; context data, classes and campaigns may then belong to it."""
    if not scope_for(act).may_anywhere(Permission.EDIT_REGISTRY):
        raise ForbiddenError
    if start_year != start_year_of(act.at.date()):
        raise RefusedError("Открыть можно только начавшийся учебный год.", "Выберите год из списка вверху страницы.")
    year, is_new = SchoolYear.objects.get_or_create(start_year=start_year)
    if is_new:
        record(act, "orgs.school_year.opened", kind="school_year", object_id=year.pk, label=year.label)
    return year
