"""Forms of plans and activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from msoko.cycle.planning.api import Plan, PlanKind, YearKind
from msoko.cycle.regulations.api import RegisteredDocument
from msoko.foundation.catalog.cycle import cycle_parts, directions, editions
from msoko.foundation.orgs.api import Organization, start_year_of

YEARS = [(number, str(number)) for number in range(1, 6)]


class PlanForm(forms.Form):
    """What plan it is and of which years."""

    title = forms.CharField(label="Название", max_length=500, help_text="«Циклограмма функционирования МСОКО».")
    kind = forms.ChoiceField(label="Вид плана", choices=PlanKind.choices)
    year_kind = forms.ChoiceField(label="Год плана", choices=YearKind.choices)
    start_year = forms.IntegerField(
        label="Первый год", min_value=2000, max_value=2100,
        help_text="Для 2026/27 учебного года — 2026. От года зависят даты: «сентябрь» — это сентябрь 2026 года.",
    )  # fmt: skip
    years = forms.TypedChoiceField(label="На сколько лет", choices=YEARS, coerce=int)
    directions = forms.ChoiceField(
        label="Перечень направлений", required=False,
        help_text="По какой редакции распределять мероприятия по направлениям и частям управленческого цикла.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start_year"].initial = start_year_of(timezone.localdate())
        self.fields["kind"].initial = PlanKind.CYCLOGRAM
        self.fields["years"].initial = 1
        if "directions" in self.fields:
            self.fields["directions"].choices = [("", "Последняя редакция"), *editions()]  # type: ignore[attr-defined]


class ImportForm(PlanForm):
    """A file or a pasted table, and of which years it is. The list of directions is told by the file."""

    directions = None  # type: ignore[assignment]

    title = forms.CharField(
        label="Название", max_length=500, required=False, help_text="Если не указать, возьмётся из файла."
    )


class ApprovalForm(forms.Form):
    """By what order and since when a plan is in force."""

    approved_on = forms.DateField(
        label="Дата утверждения", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(
        label="Основание", max_length=500, required=False,
        help_text="«Приказ управления образования от 28.08.2026 № 412».",
    )  # fmt: skip
    document = forms.ModelChoiceField(
        RegisteredDocument.objects.none(), label="Документ реестра", required=False, empty_label="не выбран",
        help_text="Если приказ внесён в реестр документов, выберите его: основание впишется само.",
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_on"].initial = timezone.localdate()
        documents = RegisteredDocument.objects.filter(owner=plan.owner).exclude(number="")
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.fields["document"].label_from_instance = document_words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("basis") and values.get("document"):
            values["basis"] = document_words(values["document"])
        return values


def document_words(document: RegisteredDocument) -> str:
    """«Приказ от 28.08.2026 № 412 «Об утверждении…»» as far as the register knows."""
    day = f" от {document.signed_on:%d.%m.%Y}" if document.signed_on else ""
    return f"{document.title[:200]}{day} № {document.number}"


class SignForm(forms.Form):
    """When the yearly analysis was signed, under what number."""

    signed_on = forms.DateField(
        label="Дата подписания", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    number = forms.CharField(label="Номер", max_length=60, required=False, help_text="Если документ регистрируется.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = timezone.localdate()


class ActivityForm(forms.Form):
    """A row of a plan. Several responsible units or results are separated by «;»."""

    number = forms.CharField(label="№", max_length=40, required=False)
    title = forms.CharField(label="Мероприятие", widget=forms.Textarea(attrs={"rows": 3}))
    terms_text = forms.CharField(
        label="Срок", required=False, max_length=1000,
        help_text="Как в плане: «сентябрь», «до 20 апреля», «ежеквартально», «по запросу».",
    )  # fmt: skip
    responsible = forms.CharField(
        label="Ответственные", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Первый — ответственный, остальные — соисполнители; разделяйте точкой с запятой.",
    )  # fmt: skip
    results = forms.CharField(
        label="Результат", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="«Приказ; Аналитическая справка».",
    )  # fmt: skip
    direction = forms.ChoiceField(label="Направление", required=False)
    cycle_part = forms.ChoiceField(label="Часть управленческого цикла", required=False)
    duration_days = forms.IntegerField(
        label="Длительность, рабочих дней", required=False, min_value=1, max_value=400,
        help_text="Нужна для критического пути сетевого графика.",
    )  # fmt: skip

    def __init__(self, *args: Any, edition: str = "", is_linked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "terms_text", "results") if is_linked else ():
            self.fields[name].disabled = True
            self.fields[name].help_text = "Ведёт вышестоящий план."
        self.fields["direction"].choices = [("", "—"), *directions(edition)]  # type: ignore[attr-defined]
        self.fields["cycle_part"].choices = [("", "—"), *cycle_parts(edition)]  # type: ignore[attr-defined]


def owner_of(owners: list[Organization], chosen: str | None) -> Organization:
    """The owner named in the address or the form, else the first."""
    return next((one for one in owners if str(one.pk) == chosen), owners[0])
