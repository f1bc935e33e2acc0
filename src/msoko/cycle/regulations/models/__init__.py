"""Tables of regulations, one module an aggregate."""

from msoko.cycle.regulations.models.register import RegisteredDocument

__all__ = ["RegisteredDocument"]
