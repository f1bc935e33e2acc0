"""Forms of the register of documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from msoko.cycle.regulations.api import DocumentLevel
from msoko.foundation.catalog.documents import document_kinds


def day_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A day chosen in the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.id, kind.title) for kind in document_kinds().values()]


class DocumentForm(forms.Form):
    """Requisites of a document. File and scan are attached on its page."""

    kind = forms.ChoiceField(label="Вид документа")
    title = forms.CharField(
        label="Заголовок", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Как в документе: «О муниципальной системе оценки качества образования».",
    )  # fmt: skip
    level = forms.ChoiceField(
        label="Уровень", choices=DocumentLevel.choices,
        help_text="Акты региона и федеральные акты вносят, когда на них ссылаются ваши документы.",
    )  # fmt: skip
    number = forms.CharField(
        label="Номер", max_length=60, required=False, help_text="У проекта номера ещё нет: его дают при регистрации."
    )
    signed_on = day_field("Дата документа")
    in_force_from = day_field("Вступает в силу", help_text="Если не указано — с даты документа.")
    review_on = day_field("Пересмотреть не позднее", help_text="Если не указано, срок считается по виду документа.")
    summary = forms.CharField(
        label="О чём документ", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Одна-две фразы: по ним документ находят.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Выберите вид"), *kind_choices()]  # type: ignore[attr-defined]


class RegistrationForm(forms.Form):
    """Number and dates of a signed document."""

    number = forms.CharField(label="Номер", max_length=60, help_text="Без номера — «б/н».")
    signed_on = day_field("Дата документа", required=True)
    in_force_from = day_field("Вступает в силу", help_text="Если не указано — с даты документа.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("signed_on"):
            self.initial["signed_on"] = timezone.localdate()


class RepealForm(forms.Form):
    """By what and since when a document is over."""

    on = day_field("Отменён с", required=True)
    ended_by = forms.CharField(label="Чем отменён", max_length=300, help_text="«Приказ от 01.09.2026 № 12».")
