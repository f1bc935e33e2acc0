"""Every field of every model is classified: personal, official or public."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

MODELS = [model for model in apps.get_models() if model.__module__.startswith("msoko.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified(model: type[Model]) -> None:
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    assert set(getattr(model, "privacy", {})) == fields


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_model_shows_a_person_by_itself(model: type[Model]) -> None:
    """`str()` of a row is what logs and error pages print."""
    assert model.__str__ is Model.__str__ or model._meta.label in {"access.User", "roster.Person"}
