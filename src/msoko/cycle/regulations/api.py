"""Contents page of the step «Нормативная база»."""

from msoko.cycle.regulations.models import RegisteredDocument

__all__ = ["RegisteredDocument"]
