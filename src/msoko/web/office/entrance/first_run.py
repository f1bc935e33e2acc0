"""The first run: an empty installation gets its municipality, its administrator and its list of organizations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from intake.layouts.organizations import OrganizationRow
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import is_empty
from msoko.foundation.roster.api import Founding, forget_first_run_code, found_municipality, is_right_code
from msoko.web.office.organizations.importing import read_list, sample_list
from msoko.web.ui.downloads import download
from msoko.web.ui.views import form_page, refuse, say

_TRIES = 10
_TRIES_KEY = "first-run-tries"


class FoundingForm(forms.Form):
    """What has to be known to begin."""

    code = forms.CharField(label="Код первого запуска", max_length=40, help_text="Его напечатала команда msoko init.")
    region = forms.CharField(label="Регион", max_length=200, help_text="Например: Орловская область.")
    municipality = forms.CharField(label="Муниципалитет", max_length=200, help_text="Например: город Ливны.")
    authority = forms.CharField(
        label="Управление образования: кратко", max_length=200, help_text="Как в справках: «УО г. Ливны»."
    )
    authority_full = forms.CharField(label="Управление образования: полностью", max_length=500, required=False)
    last_name = forms.CharField(label="Фамилия администратора", max_length=100)
    first_name = forms.CharField(label="Имя", max_length=100)
    middle_name = forms.CharField(label="Отчество", max_length=100, required=False)
    username = forms.CharField(label="Имя для входа", max_length=150)
    password = forms.CharField(label="Пароль", widget=forms.PasswordInput, help_text="Не короче 10 знаков.")
    password_again = forms.CharField(label="Пароль ещё раз", widget=forms.PasswordInput)
    file = forms.FileField(
        label="Список организаций (Excel)", required=False, help_text="Можно загрузить позже в разделе «Организации»."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("password_again"):
            self.add_error("password_again", "Пароли не совпали.")
        try:
            validate_password(cleaned.get("password", ""))
        except ValidationError as weak:
            self.add_error("password", weak)
        return cleaned

    @property
    def founding(self) -> Founding:
        names = Founding.__dataclass_fields__
        return Founding(**{name: value for name, value in self.cleaned_data.items() if name in names})


@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Open only while nothing is founded, and only with the code of this installation."""
    if not is_empty():
        raise Http404
    form = FoundingForm(request.POST or None, request.FILES or None)
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid() and _is_allowed(form):
        rows, problems = _listed(form)
        if not form.errors:
            answer = _found(request, form, rows)
            if answer is not None:
                return answer
    return form_page(request, "office/entrance/first_run.html", form, {"problems": problems})


@require_GET
def first_run_sample(request: HttpRequest) -> HttpResponse:
    """The blank list; it holds nothing of anybody."""
    return download("Образец списка организаций.xlsx", sample_list())


def _is_allowed(form: FoundingForm) -> bool:
    tries = cache.get_or_set(_TRIES_KEY, 0, 600) or 0
    if tries >= _TRIES:
        form.add_error("code", "Слишком много попыток. Подождите десять минут.")
        return False
    if not is_right_code(settings.HOME / "keys", form.cleaned_data["code"]):
        cache.set(_TRIES_KEY, tries + 1, 600)
        form.add_error("code", "Код не подходит. Повторите команду msoko init: она напечатает его ещё раз.")
        return False
    return True


def _listed(form: FoundingForm) -> tuple[list[OrganizationRow], list[dict[str, Any]]]:
    upload = form.cleaned_data["file"]
    if upload is None:
        return [], []
    rows, problems, is_usable = read_list(upload.name, upload.read())
    if not is_usable:
        form.add_error("file", problems[0]["message"] if problems else "В файле нет строк.")
    return rows, problems


def _found(request: HttpRequest, form: FoundingForm, rows: list[OrganizationRow]) -> HttpResponse | None:
    act = Act(SystemActor(), timezone.now(), request.META.get("REMOTE_ADDR", ""))
    try:
        user = found_municipality(act, founding=form.founding, rows=rows)
    except RefusedError as refusal:
        refuse(form, refusal)
        return None
    forget_first_run_code(settings.HOME / "keys")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    say(request, "Система готова к работе. Проверьте список организаций и выдайте доступ сотрудникам.")
    return redirect("office:organizations:list")
