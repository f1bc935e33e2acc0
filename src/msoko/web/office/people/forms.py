"""Forms of staff and bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from msoko.foundation.orgs.api import Department, Organization
from msoko.foundation.roster.api import Appointment, AppointmentKind, BodyKind, Person, PersonEntry
from msoko.web.ui.choices import ManyRowsField


class OrganizationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Organizations by their short names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_label="Выберите организацию", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


class DepartmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Departments with the authority they belong to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_label="Без отдела", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.organization.short_name})"


class AppointmentChoice(ManyRowsField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.full_name} — {obj.post or obj.get_kind_display()}, {obj.organization.short_name}"


class PersonForm(forms.Form):
    """Who the person is."""

    last_name = forms.CharField(label="Фамилия", max_length=100)
    first_name = forms.CharField(label="Имя", max_length=100, required=False)
    middle_name = forms.CharField(label="Отчество", max_length=100, required=False)
    phone = forms.CharField(label="Телефон", max_length=40, required=False)
    email = forms.EmailField(label="Электронная почта", required=False)

    @classmethod
    def of(cls, person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in PersonForm.base_fields}

    @property
    def person_entry(self) -> PersonEntry:
        return PersonEntry(**{name: self.cleaned_data[name] for name in PersonForm.base_fields})


class AppointmentForm(forms.Form):
    """What the person does, and where."""

    organization = OrganizationChoice(label="Организация", queryset=Organization.objects.none())
    department = DepartmentChoice(
        label="Отдел", queryset=Department.objects.none(), required=False, help_text="Для сотрудников управления."
    )
    kind = forms.ChoiceField(label="Участие", choices=AppointmentKind.choices)
    post = forms.CharField(label="Должность", max_length=200, required=False)
    subject = forms.CharField(
        label="Предмет", max_length=100, required=False, help_text="Для экспертов и руководителей объединений."
    )

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        departments = Department.objects.filter(organization__in=organizations).select_related("organization")
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    @property
    def duty(self) -> dict[str, Any]:
        """Arguments of the act."""
        given = {name: self.cleaned_data[name] for name in AppointmentForm.base_fields}
        return given | {"kind": AppointmentKind(given["kind"])}


class NewPersonForm(AppointmentForm, PersonForm):
    """A person with a first post."""

    field_order = [*PersonForm.base_fields, *AppointmentForm.base_fields]


class BodyForm(forms.Form):
    organization = OrganizationChoice(label="При какой организации", queryset=Organization.objects.none())
    kind = forms.ChoiceField(label="Вид", choices=BodyKind.choices)
    name = forms.CharField(label="Название", max_length=200)
    subject = forms.CharField(label="Предмет", max_length=100, required=False)

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class MembersForm(forms.Form):
    members = AppointmentChoice(
        label="Состав", queryset=Appointment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, appointments: QuerySet[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = appointments  # type: ignore[attr-defined]
