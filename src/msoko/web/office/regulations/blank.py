"""The blank of an organization: emblem, lines, requisites, margins; requisites of the standard beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from msoko.cycle.regulations.api import BlankEntry, PaperBlank, blank_lacks, blank_of, issuer_of, keep_blank
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.drafts import draft_look, look_limits, requisites, requisites_note
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.procedures.owners import owners_with
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, refuse, say, signed_in

_LOOK = {
    "left": "Левое поле, мм", "left_long": "Левое поле при хранении свыше 10 лет, мм", "right": "Правое поле, мм",
    "top": "Верхнее поле, мм", "bottom": "Нижнее поле, мм", "size": "Шрифт, пт", "spacing": "Межстрочный интервал",
    "indent_mm": "Абзацный отступ, мм",
}  # fmt: skip
_LINES = forms.Textarea(attrs={"rows": 3})


class BlankForm(forms.Form):
    """Lines of the blank; figures of the layout are added by the definitions."""

    top_lines = forms.CharField(label="Над названием", required=False, max_length=1000, widget=_LINES,
                                help_text="Например: «АДМИНИСТРАЦИЯ ЗАРЕЧНОГО ОКРУГА».")  # fmt: skip
    name_lines = forms.CharField(label="Название на бланке", required=False, max_length=1000, widget=_LINES,
                                 help_text="Если пусто, полное название из реестра организаций.")  # fmt: skip
    requisites = forms.CharField(label="Реквизиты", required=False, max_length=1000, widget=_LINES,
                                 help_text="Если пусто, адрес, телефон, почта, ОГРН и ИНН из реестра.")  # fmt: skip
    distribution = forms.CharField(label="Рассылка", required=False, max_length=2000, widget=_LINES,
                                   help_text="Для приказов, в которых рассылка не указана.")  # fmt: skip
    performer = forms.CharField(label="Отметка об исполнителе", required=False, max_length=200)
    emblem = forms.FileField(label="Герб или эмблема", required=False, help_text="PNG или JPEG до 512 КБ.")
    drops_emblem = forms.BooleanField(label="Убрать герб или эмблему", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, title in _LOOK.items():
            low, high = look_limits()[name]
            given = f"{getattr(draft_look(), name):g}".replace(".", ",")
            self.fields[name] = forms.FloatField(
                label=title, required=False, localize=True, help_text=f"От {low:g} до {high:g}; если пусто, {given}."
            )

    @property
    def entry(self) -> BlankEntry:
        values = self.cleaned_data
        lines = {name: values[name] for name in ("top_lines", "name_lines", "requisites", "distribution", "performer")}
        return BlankEntry(**lines, look={name: values[name] for name in _LOOK if values[name] is not None})


@require_http_methods(["GET", "POST"])
@signed_in(Permission.APPROVE_DOCUMENTS)
def blank_edit(request: WorkplaceRequest) -> HttpResponse:
    """What papers of the organization have at their head."""
    owners = owners_with(request.scope, Permission.APPROVE_DOCUMENTS)
    if not owners:
        raise RefusedError("Бланки ведут муниципалитет и организации.", "Обратитесь к администратору.")
    asked = whole_number(request.POST.get("owner") or request.GET.get("owner") or "")
    owner = next((one for one in owners if one.pk == asked), owners[0])
    blank = blank_of(owner)
    form = BlankForm(request.POST or None, request.FILES or None, initial=_initial(blank))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["emblem"]
        try:
            keep_blank(
                act_of(request), owner=owner, entry=form.entry, emblem=upload.read() if upload else b"",
                drops_emblem=form.cleaned_data["drops_emblem"],
            )  # fmt: skip
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Бланк сохранён: новые документы печатаются на нём.")
            return redirect(f"{reverse('office:regulations:blank')}?owner={owner.pk}")
    context = {
        "owner": owner, "owners": owners, "blank": blank, "lacks": blank_lacks(issuer_of(owner)),
        "requisites": requisites(), "note": requisites_note(), "source": draft_look().source,
    }  # fmt: skip
    return form_page(request, "office/regulations/blank.html", form, context)


def _initial(blank: PaperBlank | None) -> dict[str, Any]:
    if blank is None:
        return {}
    names = ("top_lines", "name_lines", "requisites", "distribution", "performer")
    return {**{name: getattr(blank, name) for name in names}, **blank.look}
