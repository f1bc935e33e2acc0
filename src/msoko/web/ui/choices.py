"""Choices of rows in forms, where anybody may write anything."""

from __future__ import annotations

from typing import Any

from django import forms

from msoko.web.ui.numbers import whole_number


class ManyRowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Several rows by their keys; a number that no row can have is a wrong choice, not an error of the database."""

    def clean(self, value: Any) -> Any:
        absurd = [one for one in value or () if not whole_number(str(one))]
        if absurd:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(absurd[0])[:40]}
            )
        return super().clean(value)
