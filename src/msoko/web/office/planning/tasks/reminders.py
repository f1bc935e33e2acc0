"""Reminders of a person, what they want to be told; letters that did not go, for those who keep accounts."""

from __future__ import annotations

from dataclasses import fields

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from msoko.cycle.planning.api import (
    LONGEST,
    change_reminders,
    is_mail_on,
    letters_visible,
    mark_seen,
    reminders_of,
    repeat_letter,
    settings_of,
    troubled,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.execution import ReminderDefaults
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.planning.tasks.looks import term_words
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, page_of, refuse, say, signed_in


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
@signed_in(Permission.EXECUTE_TASKS, Permission.SEE_PLANS, Permission.MANAGE_ACCESS)
def reminder_list(request: WorkplaceRequest) -> HttpResponse:
    """Reminders, newest first (what is shown counts as read); settings beside them."""
    page = page_of(request, reminders_of(request.user))
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
    if request.method == "GET":
        mark_seen(request.user, timezone.now(), [one.pk for one in page])
    context = {
        "page": page,
        "rows": rows,
        "mail": is_mail_on(),
        "letters": troubled(letters_visible(request.scope), timezone.now())[:50],
        "may_plan": request.scope.may_anywhere(Permission.EDIT_PLANS),
    }
    return form_page(request, "office/tasks/reminders.html", form, context)


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
