"""Classes of a school in the chosen school year: one editable table, filled by hand or pasted from Excel."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from msoko.foundation.access.api import Permission, visible_organizations
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationKind, SchoolYear, school_years
from msoko.foundation.roster.api import ClassChanges, class_entries, set_classes
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in

COLUMNS = (("grade", "Параллель"), ("letter", "Литера"), ("pupils", "Обучающихся"))
BLANK_ROWS = 3
MAX_ROWS = 200
HIGHEST_GRADE = 11


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_CLASSES)
def classes_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The table of the school year chosen at the top; a row left blank is a class removed."""
    found = visible_organizations(request.scope).filter(request.scope.filter(Permission.EDIT_CLASSES))
    organization = get_object_or_404(found, pk=pk, kind=OrganizationKind.SCHOOL)
    year = chosen_school_year(request, school_years())
    if year is None:
        raise RefusedError("Ни один учебный год ещё не заведён.", "Он появится с первой процедурой.")
    refusal: RefusedError | None = None
    rows = _typed(request) if request.method == "POST" else _stored(organization, year)
    if request.method == "GET" and request.GET.get("promote"):
        rows = _promoted(organization, year)
    if request.method == "POST":
        try:
            entries = class_entries(rows)
            changes = set_classes(act_of(request), organization=organization, school_year=year, entries=entries)
        except RefusedError as error:
            refusal = error
        else:
            say(request, _told(changes), "good" if changes else "info")
            return redirect("office:organizations:detail", pk)
    last_year = SchoolYear(start_year=year.start_year - 1)
    context = {
        "organization": organization, "year": year, "columns": COLUMNS, "refusal": refusal, "last_year": last_year,
        "rows": [*rows, *([["", "", ""]] * BLANK_ROWS)],
        "may_promote": organization.class_groups.filter(school_year__start_year=last_year.start_year).exists(),
    }  # fmt: skip
    return render(request, "office/organizations/classes.html", context, status=400 if refusal else 200)


def _typed(request: WorkplaceRequest) -> list[list[str]]:
    """Rows of the posted table («class-3-grade»…), in order."""
    numbers = sorted({int(found[1]) for key in request.POST if (found := re.fullmatch(r"class-(\d{1,3})-grade", key))})
    if not numbers:
        raise RefusedError("Таблица классов не получена.", "Откройте страницу заново: сохранённое не изменилось.")
    return [
        [" ".join(request.POST.get(f"class-{number}-{name}", "").split())[:30] for name, _ in COLUMNS]
        for number in numbers[:MAX_ROWS]
    ]


def _stored(organization: Organization, year: SchoolYear) -> list[list[str]]:
    """Classes of the year."""
    classes = organization.class_groups.filter(school_year=year).order_by("grade_level", "letter")
    return [[str(one.grade_level), one.letter, "" if one.enrolment is None else str(one.enrolment)] for one in classes]


def _promoted(organization: Organization, year: SchoolYear) -> list[list[str]]:
    """Classes of the year before one grade higher, to be checked and saved; first grades are new every year."""
    last = organization.class_groups.filter(school_year__start_year=year.start_year - 1, grade_level__lt=HIGHEST_GRADE)
    return [
        [str(one.grade_level + 1), one.letter, "" if one.enrolment is None else str(one.enrolment)]
        for one in last.order_by("grade_level", "letter")
    ]


def _told(changes: ClassChanges) -> str:
    words = (("добавлено", changes.added), ("изменено", changes.changed), ("удалено", changes.removed))
    told = ", ".join(f"{word}: {', '.join(titles)}" for word, titles in words if titles)
    return f"Классы сохранены; {told}." if told else "Ничего не изменилось."
