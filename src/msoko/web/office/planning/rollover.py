"""A plan goes over to the next years: the preview with its decisions, the making, removal of a draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from msoko.cycle.planning.api import (
    Choice,
    Fate,
    Horizon,
    Plan,
    RollPreview,
    RollRow,
    delete_draft,
    plans_visible,
    preview_rollover,
    roll_over,
    usual_horizon,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.office.planning.rows import shown_dates
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, say_refusal, signed_in

_MOST_DATES = 3
#: rows of a group that needs no decision
NAMED = 40


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def plan_roll_over(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What becomes of each activity in the next years; sent, it becomes a draft."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    if not request.scope.may(Permission.EDIT_PLANS, plan.owner):
        raise ForbiddenError
    sent = request.POST if request.method == "POST" else request.GET
    usual = usual_horizon(plan)
    horizon = Horizon(
        whole_number(sent.get("start_year", "")) or usual.start_year, whole_number(sent.get("years", "")) or usual.years
    )
    if request.method == "GET":
        return _page(request, plan, horizon)
    try:
        made = roll_over(
            act_of(request), plan=plan, horizon=horizon, title=sent.get("title", ""), choices=_choices(request)
        )
    except RefusedError as refusal:
        return _page(request, plan, horizon, refusal)
    say(request, "Проект плана подготовлен. Проверьте его и утвердите.")
    return redirect("office:planning:differences", made.pk)


def _choices(request: WorkplaceRequest) -> dict[int, Choice]:
    """What was decided: the boxes «не переносить» and the lists of those that are asked about."""
    found = {whole_number(value): Choice.DROP for value in request.POST.getlist("drop")}
    for name, value in request.POST.items():
        if name.startswith("choice-") and value in {one.value for one in Choice}:
            found[whole_number(name.removeprefix("choice-"))] = Choice(str(value))
    return found


def _page(request: WorkplaceRequest, plan: Plan, horizon: Horizon, refusal: RefusedError | None = None) -> HttpResponse:
    preview: RollPreview | None = None
    try:
        preview = preview_rollover(plan, horizon, timezone.localdate())
    except RefusedError as wrong:
        refusal = wrong
    context = {"plan": plan, "horizon": horizon, "refusal": refusal, "preview": preview, "spans": range(1, 6)}
    if preview is not None:
        choices = _choices(request) if request.method == "POST" else {}
        context |= {
            "groups": [_group(*one, choices) for one in _groups(preview)],
            "undone": preview.undone[:NAMED],
            "undone_count": len(preview.undone),
            "carried_count": len(preview.of(Fate.CARRIED, Fate.AWAITS, Fate.RESTS)),
            "new_title": request.POST.get("title") or preview.title,
        }
    return render(request, "office/planning/rollover.html", context, status=400 if refusal else 200)


@dataclass(frozen=True, slots=True)
class RollGroup:
    """A group of rows on the page. Of groups that need no decision only the first rows are named: whatever is not
    named goes the way of its group."""

    code: str
    title: str
    about: str
    rows: list[dict[str, object]]
    count: int


def _group(code: str, title: str, about: str, rows: list[RollRow], choices: dict[int, Choice]) -> RollGroup:
    named = [row for row in rows if row.activity.pk in choices and choices[row.activity.pk] != row.usual]
    shown = rows if code == "choose" else list(dict.fromkeys([*named, *rows[:NAMED]]))
    return RollGroup(code, title, about, _shown(shown, choices), len(rows))


def _groups(preview: RollPreview) -> list[tuple[str, str, str, list[RollRow]]]:
    """Groups of the page from what needs a decision to what needs none."""
    return [
        (
            "choose", "Не исполнены, а срок прошёл: решите",
            "Разовые мероприятия прошлого плана. Перенесите их в новый план или исключите.", preview.to_choose,
        ),
        (
            "asked", "Срок не понят",
            "Переходят в новый план с вопросом. Уточнить срок можно и потом, на странице мероприятия.",
            preview.of(Fate.ASKED),
        ),
        (
            "ended", "Закончились",
            "Названные в плане годы прошли. Год в тексте срока меняется, только если так решите вы.",
            preview.of(Fate.ENDED),
        ),
        (
            "rests", "В эти годы не проводятся",
            "Остаются в плане без дат: проводятся раз в несколько лет или позже.", preview.of(Fate.RESTS),
        ),
        (
            "awaits", "Ждут внешнего графика", "Даты появятся, когда график будет привязан.", preview.of(Fate.AWAITS),
        ),
        ("carried", "Переходят", "Даты посчитаны на новый год по тем же словам.", preview.of(Fate.CARRIED)),
    ]  # fmt: skip


def _shown(rows: list[RollRow], choices: dict[int, Choice]) -> list[dict[str, object]]:
    return [
        {
            "row": row, "activity": row.activity, "dates": _dates(row.outlook.slots),
            "phrase": row.outlook.phrase if row.outlook.phrase != row.activity.terms_text else "",
            "shifted": row.shifted, "shifted_dates": _dates(row.shifted.slots) if row.shifted else "",
            "choice": choices.get(row.activity.pk, row.usual),
        }
        for row in rows
    ]  # fmt: skip


def _dates(slots: tuple[object, ...]) -> str:
    texts = [shown_dates(one.starts_on, one.ends_on) for one in slots[:_MOST_DATES]]  # type: ignore[attr-defined]
    more = len(slots) - _MOST_DATES
    return ", ".join(texts) + (f" и ещё {more}" if more > 0 else "")


@require_POST
@signed_in(Permission.EDIT_PLANS)
def plan_delete(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Remove a draft."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    try:
        delete_draft(act_of(request), plan=plan)
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return redirect("office:planning:plan", pk)
    say(request, "Проект плана удалён.")
    return redirect("office:planning:list")
