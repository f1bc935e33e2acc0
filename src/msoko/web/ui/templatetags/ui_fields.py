"""Form fields with label, help and errors at the field."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField

register = template.Library()


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, css: str = "") -> dict[str, Any]:
    """A field of a form, whatever its widget."""
    widget = bound.field.widget
    is_check = isinstance(widget, forms.CheckboxInput)
    is_group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    look = "form-check-input" if is_check or is_group else "form-control"
    if isinstance(widget, forms.Select) and not is_group:
        look = "form-select"
    notes = {f"{bound.id_for_label}-help": bound.help_text, f"{bound.id_for_label}-error": bound.errors}
    described = " ".join(name for name, is_there in notes.items() if is_there)
    attributes: dict[str, str | bool] = {"class": look}
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    drawn = bound.as_widget(attrs=attributes)
    return {"field": bound, "drawn": drawn, "css": css, "is_check": is_check, "is_group": is_group}


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The list of what has to be mended, above the form."""
    return {"form": form}
