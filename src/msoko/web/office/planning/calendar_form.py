"""The form of a school calendar: four quarters and the breaks, each from and to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from intake.terms import SchoolCalendar

SPANS = (
    ("q1", "1-я четверть"), ("autumn", "Осенние каникулы"), ("q2", "2-я четверть"), ("winter", "Зимние каникулы"),
    ("q3", "3-я четверть"), ("first_grade", "Дополнительные каникулы 1-х классов"), ("spring", "Весенние каникулы"),
    ("q4", "4-я четверть"), ("summer", "Летние каникулы"),
)  # fmt: skip
_BREAKS = ("autumn", "winter", "spring", "summer", "first_grade")


class CalendarForm(forms.Form):
    """Dates of the school year, both ends inclusive."""

    basis = forms.CharField(
        label="Основание", max_length=300, required=False,
        help_text="«Приказ управления образования от 25.08.2026 № 401».",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, title in SPANS:
            for end, words in (("from", "с"), ("to", "по")):
                self.fields[f"{name}_{end}"] = forms.DateField(
                    label=f"{title}: {words}", required=name != "first_grade",
                    widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                )  # fmt: skip

    @property
    def start_year(self) -> int:
        return int(self.cleaned_data["q1_from"].year)


def initial_of(calendar: SchoolCalendar) -> dict[str, dt.date]:
    """The calendar as values of the form."""
    spans = {f"q{number}": span for number, span in enumerate(calendar.quarters, 1)} | calendar.breaks
    return {f"{name}_{end}": day for name, span in spans.items() for end, day in zip(("from", "to"), span, strict=True)}


def calendar_text(values: Mapping[str, Any]) -> str:
    """The values of the form as the YAML text of a calendar."""
    quarters = ", ".join(_pair(values, f"q{number}") for number in range(1, 5))
    breaks = ", ".join(f"{name}: {_pair(values, name)}" for name in _BREAKS if values.get(f"{name}_from"))
    return f"quarters: [{quarters}]\nbreaks: {{{breaks}}}\n"


def _pair(values: Mapping[str, Any], name: str) -> str:
    return f"[{values[f'{name}_from']:%Y-%m-%d}, {values[f'{name}_to']:%Y-%m-%d}]"
