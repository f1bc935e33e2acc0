"""Reminders of a person, what they want to be told; letters that did not go, for those who keep accounts."""

from __future__ import annotations

from dataclasses import fields

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.planning.api import (
    LONGEST,
    badges,
    change_reminders,
    digest_preview,
    is_mail_on,
    letters_visible,
    mark_seen,
    reminders_of,
    repeat_letter,
    settings_of,
    troubled,
    unseen_count,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.execution import ReminderDefaults, execution_policy
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.planning.tasks.looks import term_words
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, page_of, refuse, say, signed_in

_READERS = (Permission.EXECUTE_TASKS, Permission.SEE_PLANS, Permission.MANAGE_ACCESS)
_IN_BELL = 8


class WishForm(forms.Form):
    """What a person wants to be told."""

    days_before = forms.IntegerField(
        label="За сколько дней до срока", min_value=0, max_value=LONGEST, help_text="0 — не напоминать заранее"
    )
    on_day = forms.BooleanField(label="В день срока", required=False)
    overdue_every_days = forms.IntegerField(
        label="О просроченном раз в столько дней", min_value=0, max_value=LONGEST, help_text="0 — не напоминать"
    )
    escalation = forms.BooleanField(
        label="О просроченном у исполнителей", required=False, help_text="Для тех, кто отвечает за план"
    )
    by_email = forms.BooleanField(label="Присылать напоминания и по почте", required=False)
    weekly_digest = forms.BooleanField(label="Присылать по почте сводку недели", required=False)


@require_http_methods(["GET", "POST"])
@signed_in(*_READERS)
def reminder_list(request: WorkplaceRequest) -> HttpResponse:
    """Reminders, newest first: all or those that are new; settings beside them."""
    found = reminders_of(request.user)
    page = page_of(request, found.filter(seen_at__isnull=True) if request.GET.get("only") == "new" else found)
    rows = [(one, term_words(one.occurrence), one.seen_at is None) for one in page]
    form = WishForm(request.POST or None, initial=_as_initial(settings_of(request.user)))
    if request.method == "POST" and form.is_valid():
        try:
            change_reminders(act_of(request), user=request.user, wish=ReminderDefaults(**form.cleaned_data))
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Настройки напоминаний сохранены.")
            return redirect("office:tasks:reminders")
    context = {
        "new": unseen_count(request.user),
        "page": page,
        "rows": rows,
        "mail": is_mail_on(),
        "letters": troubled(letters_visible(request.scope), timezone.now())[:50],
        "may_plan": request.scope.may_anywhere(Permission.EDIT_PLANS),
    }
    return form_page(request, "office/tasks/reminders.html", form, context)


@require_POST
@signed_in(*_READERS)
def reminders_seen(request: WorkplaceRequest) -> HttpResponse:
    """Mark reminders as read or as new: those that are ticked, or all."""
    chosen = [whole_number(one) for one in request.POST.getlist("reminder")]
    is_all = "all" in request.POST
    count = mark_seen(request.user, timezone.now(), None if is_all else chosen, is_seen="unseen" not in request.POST)
    say(request, f"Отмечено напоминаний: {count}." if count else "Отмечать нечего: выберите напоминания.")
    return redirect("office:tasks:reminders")


@require_GET
@signed_in(*_READERS)
def bell(request: WorkplaceRequest) -> HttpResponse:
    """What the bell of the frame opens, as a fragment: the newest reminders that are not read."""
    new = reminders_of(request.user).filter(seen_at__isnull=True)
    rows = [(one, term_words(one.occurrence)) for one in new[:_IN_BELL]]
    context = {"rows": rows, "new": unseen_count(request.user), "due": badges(request.scope, timezone.localdate())}
    return render(request, "office/tasks/parts/bell.html", context)


@require_GET
@signed_in(*_READERS)
def digest(request: WorkplaceRequest) -> HttpResponse:
    """The digest of the week as it would come today."""
    today = timezone.localdate()
    weekdays = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
    context = {
        "text": digest_preview(request.user, today), "today": today, "mail": is_mail_on(),
        "wish": settings_of(request.user), "may_plan": request.scope.may_anywhere(Permission.EDIT_PLANS),
        "weekday": weekdays[execution_policy().digest_weekday - 1],
    }  # fmt: skip
    return render(request, "office/tasks/digest.html", context)


def _as_initial(wish: ReminderDefaults) -> dict[str, object]:
    return {one.name: getattr(wish, one.name) for one in fields(ReminderDefaults)}


@require_POST
@signed_in(Permission.MANAGE_ACCESS)
def letter_repeat(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Send again a letter that did not go."""
    letter = get_object_or_404(letters_visible(request.scope), pk=pk)
    repeat_letter(act_of(request), letter=letter, scope=request.scope)
    say(request, "Письмо поставлено на отправку.")
    return redirect("office:tasks:reminders")
