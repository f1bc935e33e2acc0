"""Forms of schedules: a new one, a work, approval."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from intake.fields.classes import class_letter
from intake.fields.subjects import subject_names
from msoko.cycle.procedures.api import ScheduledWork, WorkEntry, WorkLevel

_CLASS = re.compile(r"\s*0?(1[01]|[1-9])(?!\d)(.*)", re.DOTALL)


def _date(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class WorkForm(forms.Form):
    """One work of the schedule."""

    class_title = forms.CharField(
        label="Класс", max_length=20, help_text="«5А» — один класс, «5» — все классы параллели."
    )
    subject = forms.CharField(label="Предмет", max_length=100, widget=forms.TextInput(attrs={"list": "subjects"}))
    title = forms.CharField(
        label="Вид работы", max_length=200, required=False, help_text="«Входная диагностика», «Контрольная работа № 2»."
    )
    level = forms.ChoiceField(label="Уровень", choices=WorkLevel.choices, initial=WorkLevel.SCHOOL)
    starts_on = _date("День или начало периода")
    ends_on = _date("Конец периода", required=False, help_text="Не заполняйте, если день известен.")
    lesson = forms.IntegerField(label="Урок", required=False, min_value=1, max_value=14)
    minutes = forms.IntegerField(
        label="Длительность, минут", required=False, min_value=1, max_value=300,
        help_text="Если не указать, считается один урок.",
    )  # fmt: skip

    def __init__(self, *args: Any, work: ScheduledWork | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = subject_names()
        if work is not None:
            names = ("subject", "title", "level", "starts_on", "lesson", "minutes")
            self.initial = {name: getattr(work, name) for name in names} | {
                "class_title": f"{work.grade_level}{work.letter}",
                "ends_on": None if work.ends_on == work.starts_on else work.ends_on,
            }

    def clean_class_title(self) -> tuple[int, str]:
        found = _CLASS.fullmatch(self.cleaned_data["class_title"])
        if found is None:
            raise forms.ValidationError("Напишите класс числом от 1 до 11 и буквой: 5А.")
        grade = int(found[1])
        return grade, class_letter(found[2], grade)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Окончание раньше начала.")
        return cleaned

    @property
    def entry(self) -> WorkEntry:
        """The work that the valid form describes."""
        data = self.cleaned_data
        grade, letter = data["class_title"]
        names = ("starts_on", "ends_on", "title", "level", "lesson", "minutes")
        subject = " ".join(data["subject"].split())
        return WorkEntry(grade_level=grade, letter=letter, subject=subject, **{name: data[name] for name in names})


class ScheduleApprovalForm(forms.Form):
    """By what order a schedule comes into force."""

    approved_on = _date("Дата утверждения")
    basis = forms.CharField(
        label="Основание", max_length=500, help_text="«Распоряжение от 31.08.2026 № 120» или приказ школы."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_on"].initial = timezone.localdate()
