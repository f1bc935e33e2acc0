"""Forms of the registry."""

from __future__ import annotations

from typing import Any

from django import forms

from msoko.foundation.orgs.api import Organization, OrganizationContext, OrganizationKind, PlaceKind, SchoolType
from msoko.foundation.roster.api import CONTEXT_FIELDS, ENTERABLE, OrganizationEntry, context_problems, problems_of

BLANK = [("", "—")]


class OrganizationForm(forms.Form):
    """The entry of an organization; the same rules as the import of the list."""

    kind = forms.ChoiceField(label="Вид", choices=[(kind.value, kind.label) for kind in ENTERABLE])
    school_type = forms.ChoiceField(
        label="Тип школы", choices=BLANK + list(SchoolType.choices), required=False,
        help_text="Только для общеобразовательных организаций.",
    )  # fmt: skip
    short_name = forms.CharField(
        label="Краткое наименование", max_length=200, help_text="Как в отчётах: «МБОУ СОШ № 5»."
    )
    full_name = forms.CharField(label="Полное наименование", max_length=500, required=False, help_text="По уставу.")
    code = forms.CharField(
        label="Логин в федеральных системах", max_length=40, required=False, help_text="По нему узнаются файлы ВПР."
    )
    exam_code = forms.CharField(
        label="Код ОО в протоколах ГИА", max_length=20, required=False, help_text="По нему узнаются файлы ОГЭ и ЕГЭ."
    )
    inn = forms.CharField(label="ИНН", max_length=12, required=False)
    ogrn = forms.CharField(label="ОГРН", max_length=15, required=False)
    place_name = forms.CharField(label="Населённый пункт", max_length=120, required=False)
    place_kind = forms.ChoiceField(
        label="Вид населённого пункта", choices=BLANK + list(PlaceKind.choices), required=False
    )
    address = forms.CharField(label="Адрес", max_length=300, required=False)
    phone = forms.CharField(label="Телефон", max_length=40, required=False)
    email = forms.EmailField(label="Электронная почта", required=False)
    website = forms.URLField(label="Сайт", required=False, assume_scheme="https")

    @classmethod
    def of(cls, organization: Organization) -> dict[str, Any]:
        """Initial values."""
        return {name: getattr(organization, name) for name in cls.base_fields}

    def __init__(self, *args: Any, own_kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if own_kind and own_kind not in ENTERABLE and isinstance(field, forms.ChoiceField):
            field.choices = [(own_kind, OrganizationKind(own_kind).label)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "kind" in cleaned and "short_name" in cleaned:
            for name, problem in problems_of(self.entry).items():
                if name not in self.errors:
                    self.add_error(name, problem)
        return cleaned

    @property
    def entry(self) -> OrganizationEntry:
        known = {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}
        return OrganizationEntry(**known)


class CloseForm(forms.Form):
    """The day from which an organization is closed; empty opens it again."""

    closed_on = forms.DateField(
        label="Закрыта с", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ContextForm(forms.Form):
    """Counts of a school year; an empty field is «неизвестно», not zero."""

    source = forms.CharField(
        label="Источник", max_length=200, required=False, help_text="Например: форма ОО-1, 2025 год."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CONTEXT_FIELDS:
            title = str(OrganizationContext._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            self.fields[name] = forms.IntegerField(
                label=title[:1].upper() + title[1:], required=False, min_value=0, max_value=99_999
            )
        self.order_fields([*CONTEXT_FIELDS, "source"])

    @property
    def counts(self) -> dict[str, int | None]:
        return {name: self.cleaned_data.get(name) for name in CONTEXT_FIELDS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, problem in context_problems({key: cleaned.get(key) for key in CONTEXT_FIELDS}).items():
            self.add_error(name, problem)
        return cleaned


class DepartmentForm(forms.Form):
    name = forms.CharField(label="Название отдела", max_length=200)
    abbreviation = forms.CharField(label="Сокращение", max_length=20, required=False, help_text="Например: ООО.")


class ListForm(forms.Form):
    """A file with a list of organizations."""

    file = forms.FileField(label="Файл списка")
