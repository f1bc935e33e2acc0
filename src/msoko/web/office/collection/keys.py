"""«Ключ у школы»: the school's code list, a pupil by number, a cohort over two procedures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.collection.api import (
    CodeListOutcome,
    Cohort,
    Participant,
    cohort,
    forget_code_list,
    key_states,
    load_code_list,
    pairs_of_file,
    pairs_of_text,
    results_of_pupil,
    takes_code_list,
)
from msoko.cycle.procedures.api import Campaign, blueprint_value, campaign_title
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.collection.individual import delivered_campaigns
from msoko.web.office.collection.result_words import result_columns, result_words
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in

MARKS = (2, 3, 4, 5)


def home_school(request: WorkplaceRequest) -> Organization | None:
    """The school the person belongs to and whose individual results they see; None for people of the authority."""
    paths = request.scope.paths.get(Permission.SEE_INDIVIDUAL, ())
    return Organization.objects.filter(path__in=[path for path in paths if path in request.scope.home_paths]).first()


def own_school(request: WorkplaceRequest) -> Organization:
    """The school whose key it is: the one the person belongs to.

    Raises:
        RefusedError: for people of the authority: the key stays at the school.
    """
    school = home_school(request)
    if school is None:
        raise RefusedError(
            "Ключ хранится у школы: связать результаты с номерами обучающихся может только она.",
            "Работа со списком кодов доступна координатору и руководителю школы.",
        )
    return school


def school_campaigns(request: WorkplaceRequest, school: Organization) -> list[Campaign]:
    """Campaigns of the school whose codes can be linked."""
    return [one for one in delivered_campaigns(request, school) if takes_code_list(one)]


@require_GET
@signed_in(Permission.SEE_INDIVIDUAL)
def key_home(request: WorkplaceRequest) -> HttpResponse:
    """Procedures of the school with the state of its code lists."""
    school = own_school(request)
    states = key_states(school, school_campaigns(request, school))
    context = {
        "school": school,
        "states": [(state, campaign_title(state.campaign)) for state in states],
        "linked": sum(state.links > 0 for state in states),
        "without_codes": sum(state.has_no_codes for state in states),
        "may_load": request.scope.may(Permission.LOAD_CODE_LIST, school),
    }
    return render(request, "office/collection/keys.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.LOAD_CODE_LIST)
def key_load(request: WorkplaceRequest) -> HttpResponse:
    """Paste or choose the list; only the two columns are taken."""
    school = own_school(request)
    campaigns = school_campaigns(request, school)
    refusal: RefusedError | None = None
    if request.method == "POST":
        try:
            outcome = _load(request, school, campaigns)
        except RefusedError as error:
            refusal = error
        else:
            say(request, _told(outcome), "good" if outcome.linked else "warn")
            return redirect("office:collection:keys")
    chosen = request.POST.get("campaign") or request.GET.get("campaign", "")
    context = {
        "school": school, "campaigns": [(str(one.pk), campaign_title(one)) for one in campaigns], "chosen": chosen,
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "office/collection/key_load.html", context, status=400 if refusal else 200)


def _load(request: WorkplaceRequest, school: Organization, campaigns: list[Campaign]) -> CodeListOutcome:
    campaign = next((one for one in campaigns if str(one.pk) == request.POST.get("campaign")), None)
    if campaign is None:
        raise RefusedError("Не выбрана процедура.", "Выберите работу, коды которой указаны в списке.")
    upload = request.FILES.get("file")
    text = request.POST.get("pairs", "")
    if upload is None and not text.strip():
        raise RefusedError("Список не вставлен.", "Вставьте два столбца из Excel или выберите файл.")
    pairs = pairs_of_text(text) if text.strip() else pairs_of_file(upload.name or "", upload.read())  # type: ignore[union-attr]
    return load_code_list(act_of(request), organization=school, campaign=campaign, pairs=pairs)


def _told(outcome: CodeListOutcome) -> str:
    parts = [f"Связано {outcome.linked} из {outcome.pairs} строк списка"]
    if outcome.without_result:
        parts.append(f"без результатов осталось кодов: {outcome.without_result}")
    if outcome.without_number:
        parts.append(f"участников без номера: {outcome.without_number}")
    if outcome.candidates is not None:
        parts.append(f"претендентов на медаль: {outcome.candidates}")
    return "; ".join(parts) + "."


@require_POST
@signed_in(Permission.LOAD_CODE_LIST)
def key_forget(request: WorkplaceRequest) -> HttpResponse:
    """Remove the links of one procedure."""
    school = own_school(request)
    asked = request.POST.get("campaign", "")
    campaign = next((one for one in school_campaigns(request, school) if str(one.pk) == asked), None)
    if campaign is not None:
        forget_code_list(act_of(request), organization=school, campaign=campaign)
        say(request, f"Список кодов удалён: {campaign_title(campaign)}.")
    return redirect("office:collection:keys")


@require_http_methods(["GET", "POST"])
@signed_in(Permission.SEE_INDIVIDUAL)
def pupil(request: WorkplaceRequest) -> HttpResponse:
    """Results of one pupil by number. The number travels in the body of the request, never in an address."""
    school = own_school(request)
    number = request.POST.get("number", "").strip()[:40]
    context: dict[str, object] = {"school": school, "number": number, "results": None}
    if request.method == "POST" and number:
        found = results_of_pupil(school, school_campaigns(request, school), number)
        record(act_of(request), "collection.pupil_results.viewed", kind="pupil", organization=school,
               details={"campaigns": len(found)})  # fmt: skip
        context["results"] = [_pupil_row(one.campaign, one.row) for one in found]
    return render(request, "office/collection/pupil.html", context)


def _pupil_row(campaign: Campaign, row: Participant | None) -> dict[str, object]:
    blueprint = blueprint_value(campaign.blueprint) if campaign.blueprint else None
    words = result_words(row, blueprint) if row else []
    return {
        "campaign": campaign, "title": campaign_title(campaign), "row": row,
        "maximum": blueprint.max_score if blueprint else None,
        "results": list(zip(result_columns(blueprint), words, strict=False)),
    }  # fmt: skip


@require_GET
@signed_in(Permission.SEE_INDIVIDUAL)
def cohort_page(request: WorkplaceRequest) -> HttpResponse:
    """Marks of the same pupils in two procedures; without a list only groups can be compared."""
    school = own_school(request)
    campaigns = school_campaigns(request, school)
    before, after, found = cohort_of(request, school, campaigns)
    context: dict[str, object] = {
        "school": school, "campaigns": [(one.pk, campaign_title(one)) for one in campaigns],
        "before": before, "after": after, "marks": MARKS, "found": found,
    }  # fmt: skip
    if before is not None and after is not None and found is not None:
        context |= {
            "before_title": campaign_title(before), "after_title": campaign_title(after),
            "rows": [(mark, [found.cells.get((mark, other), 0) for other in MARKS]) for mark in MARKS],
        }  # fmt: skip
    return render(request, "office/collection/cohort.html", context)


def cohort_of(
    request: WorkplaceRequest, school: Organization, campaigns: list[Campaign]
) -> tuple[Campaign | None, Campaign | None, Cohort | None]:
    """The two campaigns of the address and the cohort over them, None where they are not chosen."""
    before, after = (
        next((one for one in campaigns if str(one.pk) == request.GET.get(name)), None) for name in ("before", "after")
    )
    if before is None or after is None or before.pk == after.pk:
        return before, after, None
    return before, after, cohort(school, before, after)
