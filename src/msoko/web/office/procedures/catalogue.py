"""The catalogue of procedures: classification, act, allowed purposes, bans."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from msoko.cycle.procedures.api import RESULT_KIND_TITLES
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.procedures import Ban, ProcedureDefinition, Repeats, procedure, procedures
from msoko.foundation.catalog.titles import HOLDERS, LEVELS, MANDATES, OBJECTS, PURPOSES, REGIMES
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in


@dataclass(frozen=True, slots=True)
class Passport:
    """A procedure of the catalogue in Russian words."""

    definition: ProcedureDefinition
    regime: str
    mandate: str
    objects: str
    levels: str
    grades: str
    holder: str
    result_kind: str
    repeats: str
    purposes: list[str]
    bans: list[tuple[str, Ban]]
    is_ranking_forbidden: bool


def described(definition: ProcedureDefinition) -> Passport:
    """The passport of a procedure."""
    return Passport(
        definition=definition,
        regime=REGIMES[definition.regime],
        mandate=MANDATES[definition.mandate],
        objects=", ".join(OBJECTS[one] for one in definition.objects),
        levels=", ".join(LEVELS[one] for one in definition.levels),
        grades=", ".join(str(level) for level in definition.grade_levels) or "любые",
        holder=HOLDERS[definition.holder],
        result_kind=dict(RESULT_KIND_TITLES)[definition.result_kind.value],
        repeats="законная попытка: учитывается последний действующий результат"
        if definition.repeats == Repeats.ATTEMPT
        else "повтор: учитывается один раз",
        purposes=[PURPOSES[one] for one in definition.allowed_purposes],
        bans=[(PURPOSES[ban.purpose], ban) for ban in definition.bans],
        is_ranking_forbidden="result" not in definition.organization_order,
    )


def listed_passports(request: WorkplaceRequest) -> list[Passport]:
    """Procedures that the address asks for, by short name."""
    passports = sorted((described(one) for one in procedures().values()), key=lambda one: one.definition.names.short)
    for field in ("regime", "mandate", "holder"):
        wanted = request.GET.get(field)
        passports = [one for one in passports if not wanted or getattr(one.definition, field).value == wanted]
    return passports


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def catalogue(request: WorkplaceRequest) -> HttpResponse:
    """All procedures with their classification, filtered by the address."""
    context = {
        "passports": listed_passports(request),
        "regimes": [(key.value, title) for key, title in REGIMES.items()],
        "mandates": [(key.value, title) for key, title in MANDATES.items()],
        "holders": [(key.value, title) for key, title in HOLDERS.items()],
    }
    return render(request, "office/procedures/catalogue.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def passport(request: WorkplaceRequest, procedure_id: str) -> HttpResponse:
    """The passport of one procedure."""
    definition = procedure(procedure_id)
    if definition is None:
        raise Http404
    return render(request, "office/procedures/passport.html", {"passport": described(definition)})
