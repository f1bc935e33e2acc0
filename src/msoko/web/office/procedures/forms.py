"""Forms of campaigns and specifications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from intake.fields.subjects import subject_names
from msoko.cycle.collection.api import likely_organizations
from msoko.cycle.procedures.api import RESULT_KIND_TITLES, Campaign, may_conduct
from msoko.foundation.catalog.procedures import procedures
from msoko.foundation.orgs.api import Organization
from msoko.web.office.procedures.owners import members_of
from msoko.web.ui.choices import ManyRowsField

GRADES = [("", "—"), *((level, f"{level} класс") for level in range(1, 12))]
EARLIEST, LATEST = 2010, 2100


def procedure_choices(owner: Organization | None) -> list[tuple[str, str]]:
    """Procedures that the owner may conduct; all of the catalogue without an owner."""
    known = sorted(procedures().values(), key=lambda one: one.names.short)
    return [(one.id, one.names.short) for one in known if owner is None or may_conduct(owner, one)]


class WorkForm(forms.Form):
    """What work it is: procedure, subject, grade level, year."""

    procedure = forms.ChoiceField(label="Процедура")
    subject = forms.CharField(
        label="Предмет или название работы", max_length=100, widget=forms.TextInput(attrs={"list": "subjects"}),
        help_text="Начните набирать: «Математика», «Читательская грамотность».",
    )  # fmt: skip
    grade_level = forms.TypedChoiceField(
        label="Класс работы", choices=GRADES, coerce=int, empty_value=None, required=False,
        help_text="Осенняя работа за 4 класс в 5 классе — это работа 4 класса.",
    )  # fmt: skip
    year = forms.IntegerField(label="Год работы", min_value=EARLIEST, max_value=LATEST, help_text="ВПР 2026 — 2026.")

    def __init__(self, *args: Any, owner: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = subject_names()
        self.fields["procedure"].choices = procedure_choices(owner)  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())


class WindowForm(forms.Form):
    """When, on what basis and in which organizations."""

    label = forms.CharField(
        label="Уточнение",
        max_length=120,
        required=False,
        help_text="Если работ с таким названием несколько: «вариант Б».",
    )
    starts_on = forms.DateField(
        label="Начало", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label="Окончание", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(
        label="Основание", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Приказ, письмо, план: «Приказ управления образования от 12.01.2026 № 14».",
    )  # fmt: skip
    organizations = ManyRowsField(
        label="Организации-участники", queryset=Organization.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text="По списку видно, кто ещё не сдал результаты. Отмечены организации, где есть такие классы.",
    )  # fmt: skip

    def __init__(self, *args: Any, owner: Organization, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organizations"]
        field.queryset = members_of(owner)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.short_name  # type: ignore[attr-defined]
        if campaign is not None:
            chosen = list(campaign.organizations.values_list("pk", flat=True))
            likely = likely_organizations(owner, campaign.grade_level, campaign.school_year.start_year)
            self.initial.update({
                "label": campaign.label, "starts_on": campaign.starts_on, "ends_on": campaign.ends_on,
                "basis": campaign.basis, "organizations": chosen or list(likely),
            })  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "Окончание раньше начала.")
        return cleaned


class CampaignForm(WindowForm, WorkForm):
    """A new campaign: the work and its window."""

    field_order = [
        "procedure",
        "subject",
        "grade_level",
        "year",
        "label",
        "starts_on",
        "ends_on",
        "basis",
        "organizations",
    ]

    def __init__(self, *args: Any, owner: Organization, **kwargs: Any) -> None:
        WorkForm.__init__(self, *args, owner=owner, **kwargs)
        field = self.fields["organizations"]
        field.queryset = members_of(owner)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.short_name  # type: ignore[attr-defined]
        field.help_text = "Если не отмечать, участниками станут организации, которые сдадут результаты."


class ScaleForm(forms.Form):
    """How raw scores become results."""

    result_kind = forms.ChoiceField(label="Вид результата", choices=RESULT_KIND_TITLES)
    lowest_three = forms.IntegerField(label="«3» с балла", min_value=1, max_value=500, required=False)
    lowest_four = forms.IntegerField(label="«4» с балла", min_value=1, max_value=500, required=False)
    lowest_five = forms.IntegerField(label="«5» с балла", min_value=1, max_value=500, required=False)
    test_score_minimum = forms.IntegerField(
        label="Минимальный тестовый балл", min_value=1, max_value=100, required=False, help_text="Только для ЕГЭ."
    )
    conditions = forms.CharField(
        label="Дополнительные условия отметок", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="По строке на условие: «3: 15, 16, 17 ≥ 2» — «3» и выше, если за них не меньше 2 баллов.",
    )  # fmt: skip
    levels = forms.CharField(
        label="Уровни", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Для работ без отметок, по строке на уровень снизу вверх: «Низкий: 0», «Базовый: 8».",
    )  # fmt: skip
    scale_source = forms.CharField(
        label="Источник шкалы",
        max_length=300,
        required=False,
        help_text="Документ и дата, например письмо Рособрнадзора.",
    )
    is_scale_verified = forms.BooleanField(label="Шкала сверена с официальным документом", required=False)
