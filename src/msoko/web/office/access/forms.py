"""Forms of accounts and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet

from msoko.foundation.access.api import ROLES, Role
from msoko.foundation.orgs.api import Organization
from msoko.web.office.people.forms import OrganizationChoice

ROLE_CHOICES = [(role.value, ROLES[role].title) for role in Role]
_USERNAME = RegexValidator(r"^[\w.@+-]+$", "Только буквы, цифры и знаки @ . + - _ без пробелов.")


class GrantForm(forms.Form):
    """A role in an organization."""

    organization = OrganizationChoice(label="Организация", queryset=Organization.objects.none())
    role = forms.ChoiceField(label="Роль", choices=[("", "Выберите роль"), *ROLE_CHOICES])

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class AccountForm(GrantForm):
    """A new account with its first role."""

    last_name = forms.CharField(label="Фамилия", max_length=100)
    first_name = forms.CharField(label="Имя", max_length=100, required=False)
    middle_name = forms.CharField(label="Отчество", max_length=100, required=False)
    username = forms.CharField(
        label="Имя для входа", max_length=150, validators=[_USERNAME], help_text="Например: ivanova.mp"
    )
    email = forms.EmailField(label="Электронная почта", required=False)

    field_order = ["last_name", "first_name", "middle_name", "username", "email", "organization", "role"]
